"""What the overview page says of months: sales, active people, who is new and who stayed away."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.overview.build import Overview
from helpers.overview.calendar import Calendar, earlier
from helpers.overview.show import at, compared, label, month_name, with_revenue
from helpers.privacy import MINIMUM
from helpers.reporting import date as written
from helpers.reporting import money, number, people, percent

if TYPE_CHECKING:
    from helpers.reporting.formats import Format

_NO_ORDERS = "Nobody with a profile ordered anything, so there are no orders and no revenue to show."
_NO_REVENUE = "The log says what was bought and not for how much, so there is no revenue to show."
_NO_MONTH = "The log covers no calendar month whole"


def period(months: pd.DataFrame, calendar: Calendar) -> str:
    """The months that are shown, in words."""
    first, last = (label(month, calendar) for month in months["month"].iloc[[0, -1]])
    return first if first == last else f"{first} to {last}"


def formats(overview: Overview) -> dict[str, Format]:
    """How the columns of the table of sales become text."""
    return {"Revenue": partial(money, currency=overview.currency)} if with_revenue(overview.months) else {}


def sales(overview: Overview, months: pd.DataFrame) -> list[str]:
    """How the last whole month sold, against the month before and the year before.

    Args:
        overview: The business picture.
        months: Rows of table `overview_months`, with what is hidden missing.

    Returns:
        Sentences, the one about the month first.
    """
    if not overview.months["orders"].sum():
        return [_NO_ORDERS]
    month, own = overview.calendar.last_whole, [] if with_revenue(overview.months) else [_NO_REVENUE]
    if month is None:
        return [*_in_all(overview, months), *own]
    brought = [each for name in _told(overview) for each in _versus(months, month, name, overview.currency)]
    said = f"{month_name(month)} brought {' and '.join(brought)}." if brought else _small(month)
    return [said, *_running(overview, months), *_past(overview), *own]


def sales_title(overview: Overview, months: pd.DataFrame) -> str:
    """What the picture of the months shows, as a title, where there is a whole month."""
    month = overview.calendar.last_whole
    brought = _versus(months, month, _told(overview)[0], overview.currency)
    return f"{month_name(month)} brought {brought[0]}" if brought else _small(month).removesuffix(".")


def sales_measure(overview: Overview) -> str:
    """What the picture of the months draws."""
    return f"Revenue net of refunds, in {overview.currency}, and orders" if with_revenue(overview.months) else "Orders"


def actives(overview: Overview, months: pd.DataFrame) -> list[str]:
    """How many people are active in a month, on a day, and how often those of a month."""
    month = overview.calendar.last_whole
    if not overview.days["active_1d"].sum():
        return ["Nobody with a profile did anything themselves; what reached them is no act of theirs."]
    if month is None:
        return [f"{_NO_MONTH}, so nothing is said of a usual one."]
    there = _versus(months, month, "active", "")
    if not there:
        return [_small(month)]
    sentences = [f"In {month_name(month)}, {there[0]}."]
    mean, share = at(months, month, "active_1d"), at(months, month, "stickiness")
    if mean is not None and mean >= MINIMUM:
        sentences.append(f"On a day of that month it was {number(round(mean))} people, as a mean.")
    if share is None:
        return [*sentences, "The log does not reach back 30 days from each day of it, so nothing is said of how often."]
    past = [f"{percent(value)} in {month_name(then)}" for then, value in compared(months, month, "stickiness").items()]
    before = f" ({', '.join(past)})" if past else ""
    return [*sentences, f"Of those seen within 30 days, {percent(share)} were there on a day, as a mean{before}."]


def actives_title(days: pd.DataFrame) -> str:
    """What the picture of active people shows, as a title.

    Args:
        days: As `helpers.overview.publish_days` publishes them.
    """
    last = days.iloc[-1]
    known = [name for name in days.columns[1:] if not pd.isna(last[name])]
    if not known:
        return "Too few people were active lately to be told of"
    count = number(int(last[known[-1]])) if last[known[-1]] else "No"
    return f"{count} people were active {known[-1]}, up to {written(last['Day'])}"


def growth(overview: Overview, months: pd.DataFrame) -> str:
    """Who is new, who came back, who stayed away, in the last whole month."""
    month = overview.calendar.last_whole
    if month is None:
        return f"{_NO_MONTH}, so that nobody can be told to be new or to have come back."
    found = {name: at(months, month, name) for name in ("active", "new", "resurrecting", "dormant")}
    if any(value is None for value in found.values()):
        return f"Some of those who came or stayed away in {month_name(month)} are too few to be told of."
    now, new, back, gone = map(int, found.values())
    before = now - new - back + gone
    if not before and not now:
        return f"Nobody was active in {month_name(month)}, nor in the month before."
    return (
        f"In {month_name(month)}, {_somebody(new)} were active for the first time and {_somebody(back)} came back "
        f"after a month away or more; of {number(before)} active the month before, {_somebody(gone)} stayed away. "
        f"Active were {number(before)} then and {number(now)} now ({number(now - before, signed=True)})."
    )


def growth_title(overview: Overview, months: pd.DataFrame) -> str:
    """What the picture of new, returning and lost people shows, as a title, where there is a whole month."""
    month = overview.calendar.last_whole
    found = [at(months, month, name) for name in ("active", "new", "resurrecting", "dormant")]
    if any(value is None for value in found):
        return "Some of those who came or stayed away are too few to be told of"
    _, new, back, gone = map(int, found)
    enough = "made" if new + back >= gone else "did not make"
    came = f"{number(new)} new and {number(back)} back"
    return f"In {month_name(month)}, {came} {enough} up for {number(gone)} who stayed away"


def _told(overview: Overview) -> list[str]:
    return ["revenue", "orders"] if with_revenue(overview.months) else ["orders"]


def _versus(months: pd.DataFrame, month: date, name: str, currency: str) -> list[str]:
    """A figure of a month against earlier ones, as a list of one text; empty where it is hidden."""
    form, what = {
        "revenue": (partial(money, currency=currency), "of revenue"),
        "orders": (number, "orders"),
        "active": (number, "people were active"),
    }[name]
    value = at(months, month, name)
    if value is None:
        return []
    past = compared(months, month, name).items()
    changes = [
        f"{percent(value / before - 1, signed=True)} on {month_name(then)}"
        if value != before
        else f"as in {month_name(then)}"
        for then, before in past
    ]
    return [f"{form(value)} {what}" + (f" ({', '.join(changes)})" if changes else "")]


def _in_all(overview: Overview, months: pd.DataFrame) -> list[str]:
    """What the days of a log brought that is too short for a month."""
    first, last = overview.calendar.first, overview.calendar.as_of - timedelta(days=1)
    if months["orders"].isna().any():
        return [f"{_NO_MONTH}, and too few people ordered to be told of."]
    return [f"{_NO_MONTH}. From {written(first)} to {written(last)} it tells of {_both(months, overview)}."]


def _running(overview: Overview, months: pd.DataFrame) -> list[str]:
    """What the month that is not over has brought so far."""
    last = months.tail(1)
    month = last["month"].iloc[0]
    if overview.calendar.is_over(month) or last["orders"].isna().any():
        return []
    return [f"{month_name(month)} is not over: so far {_both(last, overview)}, compared with nothing."]


def _both(months: pd.DataFrame, overview: Overview) -> str:
    orders = f"{number(int(months['orders'].sum()))} orders"
    if not with_revenue(overview.months):
        return orders
    return f"{orders} and {money(months['revenue'].astype('float64').sum(), currency=overview.currency)} of revenue"


def _past(overview: Overview) -> list[str]:
    """That the log does not reach back a year, where it does not."""
    first = overview.calendar.first
    if first <= earlier(overview.calendar.last_whole, 12):
        return []
    return [f"There is no year before to hold it against: the log begins on {written(first)}."]


def _small(month: date) -> str:
    return f"{month_name(month)} is left to too few people to be told of."


def _somebody(count: int) -> str:
    return people(count) if count else "none"
