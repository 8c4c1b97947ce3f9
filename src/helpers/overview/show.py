"""What the overview page shows, small groups hidden: months, days, cohorts and funnels as frames."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from helpers.overview.calendar import Calendar, earlier
from helpers.overview.funnels import Passed, Step
from helpers.privacy import MINIMUM, Published, publish, publish_for
from helpers.reporting import date as written
from helpers.reporting import days, number, percent

if TYPE_CHECKING:
    from helpers.datasets import Shop

# Columns of `overview_months` that count people, and what they are called on the page.
PEOPLE = {
    "active": "Active",
    "new": "New",
    "returning": "Returning",
    "resurrecting": "Came back",
    "dormant": "Stayed away",
    "buyers": "Buyers",
}
_SALES = ("orders", "revenue")
_MEANS = ("active_1d", "active_7d", "active_30d", "stickiness")
WINDOWS = {"active_1d": "on the day", "active_7d": "in 7 days", "active_30d": "in 30 days"}
_HIDDEN = "hidden"
_MOST_DAYS = 365
_MOST_COHORTS = 13
_AGES = (1, 2, 3, 6, 9, 12)


def month_name(month: date) -> str:
    """A month as a page names it: "March 2026"."""
    return written(month).partition(" ")[2]


def label(month: date, calendar: Calendar) -> str:
    """A month's name, with what is missing of it."""
    if not calendar.is_over(month):
        return f"{month_name(month)} (not over)"
    return month_name(month) if calendar.is_whole(month) else f"{month_name(month)} (in part)"


def publish_growth(shop: Shop, months: pd.DataFrame, calendar: Calendar) -> Published:
    """The people of each month as a table of a page, the earliest month first.

    Who is active in a month is new, returning or came back, and who was active in the month before is returning or
    stayed away: what one row hides, the next must not give away.

    Args:
        shop: The data set.
        months: Rows of table `overview_months`, consecutive.
        calendar: What the log covers.
    """
    names = [label(month, calendar) for month in months["month"]]
    frame = months[list(PEOPLE)].rename(columns=PEOPLE).astype("Int64")
    frame.insert(0, "Month", names)
    sums = [[(name, column) for column in ("Active", "New", "Returning", "Came back")] for name in names]
    sums += [[(past, "Active"), (name, "Returning"), (name, "Stayed away")] for past, name in pairwise(names)]
    people = list(PEOPLE.values())
    parts = [["Active", "Buyers"]]
    return publish_for(shop, "overview.months", frame, people=people, totals="none", parts=parts, across=sums)


def shown_months(months: pd.DataFrame, growth: Published) -> pd.DataFrame:
    """The months with what is hidden on the page missing: orders and revenue of fewer than 10 buyers among it.

    Args:
        months: Rows of table `overview_months`.
        growth: As `publish_growth` makes of them.
    """
    own = growth.frame.rename(columns={there: here for here, there in PEOPLE.items()})
    people = {name: own[name].astype("float64").to_numpy() for name in PEOPLE}
    few = months["buyers"].between(1, MINIMUM - 1)
    sales = {name: months[name].astype("float64").mask(few) for name in _SALES}
    means = {name: months[name].mask(months["active"].between(1, MINIMUM - 1)) for name in _MEANS}
    return months.assign(**people, **sales, **means)


def sales_table(months: pd.DataFrame, calendar: Calendar) -> Published:
    """Orders and revenue of the months as a table of a page.

    Args:
        months: As `shown_months` gives them.
        calendar: What the log covers.
    """
    names = [label(month, calendar) for month in months["month"]]
    frame = pd.DataFrame({"Month": names, "Orders": months["orders"].astype("Int64").to_numpy()})
    if with_revenue(months):
        frame["Revenue"] = months["revenue"].to_numpy()
    return publish(frame, people=None, why="orders and money, those of fewer than 10 buyers missing")


def publish_days(shop: Shop, days: pd.DataFrame) -> Published:
    """The people active up to each of the last 365 days, as a table of a page."""
    own = days.tail(_MOST_DAYS)[["day", *WINDOWS]].rename(columns={"day": "Day", **WINDOWS})
    own = own.astype(dict.fromkeys(WINDOWS.values(), "Int64"))
    return publish_for(shop, "overview.days", own, people=list(WINDOWS.values()), totals="none")


def publish_cohorts(shop: Shop, cells: pd.DataFrame) -> Published:
    """Who of each of the last 13 cohorts was active 1, 2, 3, 6, 9 and 12 months later, as a table of a page, in shares.

    What is not over yet is empty; a share that would tell of fewer than 10 people, or of all but so few, is hidden.
    """
    known = cells[cells["on_day"].notna() & cells["age"].isin(_AGES)]
    counts = known.pivot_table(index="cohort", columns="age", values="on_day", aggfunc="first").tail(_MOST_COHORTS)
    counts = counts.dropna(axis=1, how="all").astype("Int64")
    ages = [str(age) for age in counts.columns]
    counts = counts.set_axis(ages, axis=1)
    sizes = known.groupby("cohort")["size"].first()
    counts.insert(0, "Customers", sizes[counts.index])
    counts.insert(0, "Since", [month_name(month) for month in counts.index])
    whole = publish_for(
        shop, "overview.cohorts", counts.reset_index(drop=True), people=["Customers", *ages], totals="none",
        parts=[["Customers", age] for age in ages],
    )  # fmt: skip
    shares = {
        age: [
            _HIDDEN if gone else "" if pd.isna(there) else _HIDDEN if pd.isna(size) else percent(there / size)
            for there, size, gone in zip(whole.frame[age], whole.frame["Customers"], whole.hidden[age], strict=True)
        ]
        for age in ages
    }
    frame = whole.frame[["Since", "Customers"]].assign(**shares)
    return publish(frame, people="Customers", totals="none")


def publish_visits(shop: Shop, months: pd.DataFrame, calendar: Calendar) -> Published:
    """The length of visits by month, as a table of a page; months without a visit are left out."""
    own = months[months["visits"] > 0]
    frame = pd.DataFrame(
        {
            "Month": [label(month, calendar) for month in own["month"]],
            "People": own["visitors"].to_numpy(),
            "Visits": own["visits"].to_numpy(),
            "Shortest quarter up to": [length(each) for each in own["visit_quarter_s"]],
            "Median": [length(each) for each in own["visit_median_s"]],
            "Longest quarter from": [length(each) for each in own["visit_three_quarters_s"]],
        }
    )
    return publish_for(shop, "overview.visits", frame, people="People", totals="none")


def publish_steps(shop: Shop, passed: Passed) -> list[Step]:
    """The steps of a funnel that may be told of: of people, none is so small, nor left so few behind.

    Returns:
        The steps, those that tell too much with people missing (None), and no times.
    """
    names = [f"{number}. {step.name}" for number, step in enumerate(passed.steps, 1)]
    wide = pd.DataFrame([[passed.funnel.name, *(step.people for step in passed.steps)]], columns=["Funnel", *names])
    parts = [[whole, inner] for place, whole in enumerate(names) for inner in names[place + 1 :]]
    found = publish_for(
        shop, f"overview.funnel.{passed.funnel.name}", wide, people=names, totals="none", parts=parts
    )  # fmt: skip
    gone = found.hidden.iloc[0]
    return [
        step._replace(people=None, from_first_s=None, from_last_s=None) if gone[name] else step
        for name, step in zip(names, passed.steps, strict=True)
    ]


def steps_table(steps: list[Step]) -> Published:
    """The steps of a funnel as a table of a page.

    Args:
        steps: As `publish_steps` gives them.
    """
    first, before, rows = steps[0].people, None, []
    for step in steps:
        rows.append(
            {
                "Step": step.name,
                "People": step.people,
                "Of those who began": _of(step.people, first),
                "Of the step before": _of(step.people, before),
                "Lost before it": "" if None in {before, step.people} else number(before - step.people),
                "Median time from the first step": length(step.from_first_s),
                "Median time from the step before": length(step.from_last_s),
            }
        )
        before = step.people
    frame = pd.DataFrame(rows).astype({"People": "Int64"})
    return publish(frame, people="People", totals="none")


def length(seconds: float | None) -> str:
    """A time span as people say it.

    Example:
        >>> from helpers.overview.show import length
        >>> [length(each) for each in (48, 93, 5_400, 200_000, None)]
        ['48 s', '1 min 33 s', '1 h 30 min', '2.31 days', '']
    """
    if seconds is None or pd.isna(seconds):
        return ""
    if seconds >= 86_400:
        return days(seconds / 86_400)
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _of(part: int | None, whole: int | None) -> str:
    if part is None or not whole:
        return ""
    return percent(part / whole)


def at(months: pd.DataFrame, month: date | None, name: str) -> float | None:
    """A figure of a month; None where it is missing, hidden, or the log does not cover the month whole."""
    own = months[(months["month"] == month) & months["is_whole"]]
    return None if own.empty or pd.isna(own[name].iloc[0]) else float(own[name].iloc[0])


def compared(months: pd.DataFrame, month: date, name: str) -> dict[date, float]:
    """A figure in the month before and in the same month of the year before, where both are known and not 0."""
    past = {then: at(months, then, name) for then in (earlier(month, 1), earlier(month, 12))}
    return {then: value for then, value in past.items() if value}


def with_revenue(months: pd.DataFrame) -> bool:
    """Whether the log tells of amounts at all."""
    return bool((months["revenue"].astype("float64") != 0).any())
