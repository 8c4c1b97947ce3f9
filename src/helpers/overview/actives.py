"""How many people are active on a day, in a week and in a month: DAU, WAU, MAU."""

from __future__ import annotations

import ibis

from helpers.datasets.tables.ingestion import MONEY
from helpers.overview.calendar import Calendar, days_table
from helpers.profiles.facts import total
from helpers.profiles.windows import day_number

WIDTHS = (1, 7, 30)


def by_day(daily: ibis.Table, calendar: Calendar) -> ibis.Table:
    """The rows of table `overview_days`.

    Active is who did something themselves (`acts` of `daily`). A window of several days is missing until the log is
    as long as it.

    Args:
        daily: Table `daily`, before `calendar.as_of`.
        calendar: What the log covers.
    """
    days = days_table(calendar)
    age = days.number - (days.number.min().over(ibis.window()) - 1)
    sums = _sums(daily)
    days = days.mutate(age=age).left_join(sums, "day").drop("day_right")
    for width in WIDTHS:
        changes = _changes(daily, width)
        days = days.left_join(changes, days.number == changes["at"]).drop("at")
        up_to_then = ibis.cumulative_window(order_by="number")
        people = total_so_far(days.change.fill_null(0), up_to_then)
        known = ibis.ifelse(days.age >= width, people, None)
        days = days.mutate(**{f"active_{width}d": known}).drop("change")
    return days.select(
        "day",
        *(f"active_{width}d" for width in WIDTHS),
        orders=days.orders.fill_null(0),
        revenue=days.revenue.fill_null(0).cast(MONEY),
    )


def total_so_far(change: ibis.Value, window: object) -> ibis.Value:
    """A running sum of whole numbers as one."""
    return change.cast("float64").sum().over(window).cast("int64")


def _sums(daily: ibis.Table) -> ibis.Table:
    return daily.group_by("day").aggregate(
        orders=total(daily.orders), revenue=(daily.order_revenue - daily.refunds).sum().cast(MONEY)
    )


def _changes(daily: ibis.Table, width: int) -> ibis.Table:
    """By how many the people active in `width` days up to a day are more than those up to the day before.

    An active day holds its person in for `width` days, or until their next active day, which takes over; so each is
    counted once a day, without a join of days with days.
    """
    active = daily.filter(daily.acts > 0)
    active = active.select("profile_id", number=day_number(active.day))
    person = ibis.window(group_by="profile_id", order_by="number")
    active = active.mutate(later=active.number.lead().over(person))
    until = active.number + width
    spans = active.select("number", until=ibis.ifelse(active.later < until, active.later, until))
    enter = spans.select(at=spans.number, change=ibis.literal(1).cast("int64"))
    leave = spans.select(at=spans.until, change=ibis.literal(-1).cast("int64"))
    both = enter.union(leave)
    return both.group_by("at").aggregate(change=both.change.cast("float64").sum().cast("int64"))
