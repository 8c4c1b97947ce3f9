"""What the overview page says in sentences, from the figures it shows."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.overview.build import Overview
from helpers.overview.calendar import Calendar
from helpers.overview.funnels import DEFAULT, Drop, Passed, Step, largest_drop
from helpers.overview.retention import KINDS, pooled
from helpers.overview.show import at, compared, label, length, month_name, with_revenue
from helpers.overview.visits import LATELY_DAYS
from helpers.privacy import MINIMUM
from helpers.reporting import date as written
from helpers.reporting import interval, literal, money, number, part, percent
from helpers.statistics import Estimate

if TYPE_CHECKING:
    from helpers.reporting.formats import Format

ORDERS = {
    "sequential": "in this order, with anything in between",
    "strict": "in this order, with nothing else of theirs in between",
    "any": "in any order",
}
NO_FUNNEL = "The log tells of no two steps on the way to an order, and dataset.toml declares no funnel."
_NO_MONTH = "The log covers no calendar month whole, so there is none to tell of and none to compare."
_NO_ORDERS = "Nobody ordered anything before this day, so there are no orders and no revenue to show."
_NO_REVENUE = "The log says that something was bought and not for how much, so there is no revenue to show."


def sales(overview: Overview, months: pd.DataFrame, currency: str) -> list[str]:
    """How the last whole month sold, against the month before and the year before.

    Args:
        overview: The business picture.
        months: Rows of table `overview_months`, with what is hidden missing.
        currency: Of the revenue.
    """
    if not overview.months["orders"].sum():
        return [_NO_ORDERS]
    told = with_revenue(overview.months)
    month = overview.calendar.last_whole
    if month is None:
        return [_NO_MONTH, *([] if told else [_NO_REVENUE])]
    brought = []
    if told:
        brought += _versus(months, month, "revenue", partial(money, currency=currency), "of revenue net of refunds")
    brought += _versus(months, month, "orders", number, "orders")
    said = [f"{month_name(month)} brought {' and '.join(brought)}."] if brought else [_small(month)]
    return [*said, *_running(overview, months, currency), *_past(overview), *([] if told else [_NO_REVENUE])]


def sales_title(overview: Overview, months: pd.DataFrame, currency: str) -> str:
    """What the picture of the months shows, as a title."""
    month = overview.calendar.last_whole
    if month is None:
        return "The log covers no month whole"
    name, form, what = "orders", number, "orders"
    if with_revenue(overview.months):
        name, form, what = "revenue", partial(money, currency=currency), "of revenue"
    brought = _versus(months, month, name, form, what)
    return f"{month_name(month)} brought {brought[0]}" if brought else _small(month).removesuffix(".")


def period(months: pd.DataFrame, calendar: Calendar) -> str:
    """The months that are shown, in words."""
    first, last = (label(month, calendar) for month in months["month"].iloc[[0, -1]])
    return first if first == last else f"{first} to {last}"


def formats(currency: str) -> dict[str, Format]:
    """How the columns of the table of months become text."""
    return {"Revenue": partial(money, currency=currency)}


def actives(overview: Overview, months: pd.DataFrame) -> list[str]:
    """How many people are active in a month, on a day, and how often of those of a month."""
    month = overview.calendar.last_whole
    if month is None:
        return [_NO_MONTH]
    there = _versus(months, month, "active", number, "people were active")
    sentences = [f"In {month_name(month)}, {there[0]}."] if there else [_small(month)]
    mean, share = at(months, month, "active_1d"), at(months, month, "stickiness")
    if mean is not None and mean >= MINIMUM:
        sentences.append(f"On a day of that month it was {number(round(mean))} people, as a mean.")
    if share is None:
        return [*sentences, "The log does not reach back 30 days from each day of it, so nothing is said of them."]
    past = [f"{percent(value)} in {month_name(then)}" for then, value in compared(months, month, "stickiness").items()]
    before = f" ({', '.join(past)})" if past else ""
    return [*sentences, f"Of those seen within 30 days, {percent(share)} were there on a day, as a mean{before}."]


def actives_title(days: pd.DataFrame) -> str:
    """What the picture of active people shows, as a title."""
    for column in reversed(days.columns[1:]):
        last = days[column].dropna()
        if len(last):
            return f"{number(int(last.iloc[-1]))} people were active {column}, up to {written(days['Day'].iloc[-1])}"
    return "Too few people are active to be shown"


def growth(overview: Overview, months: pd.DataFrame) -> list[str]:
    """Who is new, who came back, who stayed away, in the last whole month."""
    month = overview.calendar.last_whole
    if month is None:
        return [_NO_MONTH]
    names = ("active", "new", "resurrecting", "dormant")
    found = {name: at(months, month, name) for name in names}
    if any(value is None for value in found.values()):
        return [f"Of {month_name(month)}, some of these groups are too small to be told of."]
    before = found["active"] - found["new"] - found["resurrecting"] + found["dormant"]
    return [
        f"In {month_name(month)}, {number(found['new'])} people were active for the first time and "
        f"{number(found['resurrecting'])} came back after a whole month away or more; {number(found['dormant'])} "
        f"of the {number(before)} who were active the month before stayed away. So {number(before)} active people "
        f"became {number(found['active'])} ({_signed(found['active'] - before)})."
    ]


def growth_title(overview: Overview, months: pd.DataFrame) -> str:
    """What the picture of new, returning and lost people shows, as a title."""
    month = overview.calendar.last_whole
    found = [month and at(months, month, name) for name in ("new", "resurrecting", "dormant")]
    if any(value is None for value in found):
        return "The log covers no month whole" if month is None else "Some groups are too small to be told of"
    new, back, gone = map(int, found)
    enough = "made" if new + back >= gone else "did not make"
    came = f"{number(new)} new and {number(back)} back"
    return f"In {month_name(month)}, {came} {enough} up for {number(gone)} who stayed away"


def retention_curves(overview: Overview) -> dict[str, dict[int, Estimate]]:
    """What is shown of who came back: the name of each curve to its shares, those of enough customers."""
    curves = {said: pooled(overview.retention, kind) for kind, said in KINDS.items()}
    return {
        said: {age: each for age, each in own.items() if _tells_of_enough(each)} for said, own in curves.items() if own
    }


def retained(curves: dict[str, dict[int, Estimate]]) -> str:
    """Who came back one, three and twelve months later, as natural frequencies."""
    if not any(curves.values()):
        return "No cohort is old enough, or large enough, to say who comes back."
    on_day, later = (curves[said] for said in KINDS.values())
    shown = [age for age in (1, 3, 12) if age in on_day]
    words = [interval(on_day[age], form=_in_100, words=age == shown[0]) + f" {_months(age)} later" for age in shown]
    sentences = [f"Of 100 new customers, so many are active: {', '.join(words)}."] if shown else []
    if shown and shown[-1] in later:
        share = interval(later[shown[-1]], form=_in_100, words=False)
        sentences.append(f"So far {share} have been active {_months(shown[-1])} later or since.")
    return " ".join(sentences)


def retention_title(curves: dict[str, dict[int, Estimate]]) -> str:
    """What the picture of who came back shows, as a title."""
    on_day = curves[KINDS["on_day"]]
    if not on_day:
        return "Too few customers to say who comes back"
    age = max((each for each in (1, 3, 12) if each in on_day), default=min(on_day))
    return f"Of 100 new customers, {100 * on_day[age].value:.0f} are active {_months(age)} later"


def funnel(passed: Passed, steps: list[Step], *, days: int) -> list[str]:
    """How many get through a funnel, where most are lost, and how long it takes.

    Args:
        passed: What became of those who began it.
        steps: As `helpers.overview.publish_steps` gives them.
        days: Days of beginnings that were looked at.
    """
    funnel = passed.funnel
    first, last = steps[0], steps[-1]
    if not passed.steps[0].people:
        return [f"Nobody began the funnel {literal(funnel.name)} in the {days} days that it looks at."]
    if any(step.people is None for step in steps):
        return [f"Of the funnel {literal(funnel.name)}, some steps are left to too few people to be told of."]
    sentences = [f"Of those who began, {part(last.people, first.people)} got through to {literal(last.name)}."]
    drop = largest_drop(steps)
    if drop:
        sentences.append(_lost(drop))
    if last.from_first_s is not None:
        sentences.append(f"Half of those who got through took {length(last.from_first_s)} or less.")
    if passed.taken_out >= MINIMUM:
        sentences.append(f"{number(passed.taken_out)} more are left out for what they did on the way.")
    return sentences


def funnel_subtitle(passed: Passed, *, days: int) -> str:
    """What the picture of a funnel draws."""
    hours = passed.funnel.window_hours
    window = f"{hours // 24} days" if hours % 24 == 0 and hours > 24 else f"{hours} hours"
    name = "" if passed.funnel.name == DEFAULT else f"{literal(passed.funnel.name)}: "
    return (
        f"{name}People who got so far within {window}, {ORDERS[passed.funnel.order]}, of those who began in {days} days"
    )


def funnel_title(steps: list[Step]) -> str:
    """What the picture of a funnel shows, as a title."""
    drop = largest_drop(steps) if all(step.people is not None for step in steps) else None
    return _lost(drop).removesuffix(".") if drop else "Some steps are left to too few people to be told of"


def visits(overview: Overview) -> str:
    """How long the visits of the last 30 days were."""
    found = overview.lengths
    if not found.visits:
        return f"No visit ended in the last {LATELY_DAYS} days."
    if found.people < MINIMUM:
        return f"Fewer than {MINIMUM} people came in the last {LATELY_DAYS} days, too few to say how long they stay."
    return (
        f"Half of the {number(found.visits)} visits of the last {LATELY_DAYS} days took {length(found.median_s)} or "
        f"less; a quarter {length(found.quarter_s)} or less, a quarter {length(found.three_quarters_s)} or more."
    )


def headlines(overview: Overview, months: pd.DataFrame, steps: list[list[Step]], currency: str) -> list[str]:
    """The page's headlines, at most six, the first saying that nothing is decided here."""
    sentences = ["No decision yet: these figures say how business goes, not what would change it."]
    sentences += sales(overview, months, currency)[:1]
    sentences += actives(overview, months)[:1] if overview.calendar.last_whole else []
    sentences += growth(overview, months) if overview.calendar.last_whole else []
    sentences += [retained(retention_curves(overview))]
    for own in steps[:1]:
        drop = largest_drop(own) if all(step.people is not None for step in own) else None
        sentences += [_lost(drop)] if drop else []
    return [each for each in sentences if each][:6]


def _lost(drop: Drop) -> str:
    return (
        f"Most are lost between {literal(drop.after)} and {literal(drop.before)}: {part(drop.lost, drop.reached)} stop "
        "there."
    )


def _versus(months: pd.DataFrame, month: date, name: str, form: Format, what: str) -> list[str]:
    """A figure of a month against earlier ones, as a list of one text; empty where it is hidden."""
    value = at(months, month, name)
    if value is None:
        return []
    past = compared(months, month, name).items()
    changes = [f"{percent(value / before - 1, signed=True)} on {month_name(then)}" for then, before in past]
    return [f"{form(value)} {what}" + (f" ({', '.join(changes)})" if changes else "")]


def _running(overview: Overview, months: pd.DataFrame, currency: str) -> list[str]:
    """What the month that is not over has brought so far."""
    last = months.iloc[-1]
    if overview.calendar.is_over(last["month"]) or pd.isna(last["orders"]):
        return []
    revenue = f" and {money(last['revenue'], currency=currency)} of revenue" if with_revenue(overview.months) else ""
    so_far = f"{number(int(last['orders']))} orders{revenue}"
    return [f"{month_name(last['month'])} is not over: so far {so_far}, compared with nothing."]


def _small(month: date) -> str:
    return f"{month_name(month)} is left to too few people to be told of."


def _past(overview: Overview) -> list[str]:
    """What the log does not reach back to."""
    month, first = overview.calendar.last_whole, overview.calendar.first
    if month and first > date(month.year - 1, month.month, 1):
        return [f"{month_name(date(month.year - 1, month.month, 1))} is not in the log as a whole: it begins on "
                f"{written(first)}."]  # fmt: skip
    return []


def _tells_of_enough(estimate: Estimate) -> bool:
    return min(estimate.numerator, estimate.n - estimate.numerator) >= MINIMUM


def _months(age: int) -> str:
    return "a month" if age == 1 else f"{age} months"


def _in_100(share: float) -> str:
    return f"{100 * share:.0f}"


def _signed(change: float) -> str:
    return number(int(change), signed=True)
