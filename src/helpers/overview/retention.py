"""Who came back: cohorts by the month of their first order, and how many are active so many months later.

On-day retention counts who was active in one month, on-or-after retention (also called unbounded) who was active in it
or in any later one, as Amplitude and Mixpanel name and count them, with calendar months for days.
"""

from __future__ import annotations

import ibis
import pandas as pd
import pyarrow as pa

from helpers.overview.calendar import Calendar, first_day, month_of
from helpers.statistics import Estimate, proportion

# A share is told up to a year later: beyond, few cohorts are old enough, and what lies after it is short.
MOST_AGE = 12
KINDS = {"on_day": "in that month", "on_or_after": "in that month or later"}


def cohorts(daily: ibis.Table, calendar: Calendar, *, by_orders: bool) -> ibis.Table:
    """The rows of table `overview_retention`.

    A month that is not over yet tells nothing, so its cells are missing.

    Args:
        daily: Table `daily`, before `calendar.as_of`.
        calendar: What the log covers.
        by_orders: Whether a customer belongs to the month of their first order; else to that of their first active day.
    """
    begins = daily.filter(daily.orders > 0 if by_orders else daily.acts > 0)
    first = begins.group_by("profile_id").aggregate(cohort=month_of(begins.day.min()))
    active = daily.filter(daily.acts > 0)
    active = active.select("profile_id", number=month_of(active.day)).distinct()
    ages = first.inner_join(active, "profile_id")
    ages = ages.mutate(age=ages.number - ages.cohort).filter(lambda row: row.age >= 0)
    last = ages.group_by("profile_id", "cohort").aggregate(age=ages.age.max())
    cells = _cells(calendar)
    for part in (
        first.group_by("cohort").aggregate(size=first.count()),
        ages.group_by("cohort", "age").aggregate(there=ages.count()),
        last.group_by("cohort", "age").aggregate(ended=last.count()),
    ):
        key = [name for name in ("cohort", "age") if name in part.columns]
        cells = cells.left_join(part, key).drop(*(f"{name}_right" for name in key))
    later = ibis.window(group_by="cohort", order_by="age", preceding=0, following=None)
    since = cells.ended.fill_null(0).cast("float64").sum().over(later).cast("int64")
    cells = cells.mutate(since=since).filter(lambda row: row["size"].notnull())
    return cells.select(
        "age",
        "size",
        cohort="month",
        on_day=ibis.ifelse(cells.is_over, cells.there.fill_null(0), None),
        on_or_after=ibis.ifelse(cells.is_over, cells.since, None),
    ).relocate("cohort")


def _cells(calendar: Calendar) -> ibis.Table:
    """Each cohort at each age up to that of the first: columns cohort (number), month, age, is_over."""
    months = calendar.months
    place = {month: number for number, month in enumerate(months, months[0].year * 12 + months[0].month - 1)}
    pairs = [(month, age) for month in months for age in range(len(months))]
    columns = {
        "cohort": pa.array([place[month] for month, _ in pairs], pa.int64()),
        "month": pa.array([month for month, _ in pairs], pa.date32()),
        "age": pa.array([age for _, age in pairs], pa.int64()),
        "is_over": [calendar.is_over(first_day(place[month] + age)) for month, age in pairs],
    }
    return ibis.memtable(pa.table(columns))


def pooled(cells: pd.DataFrame, kind: str) -> dict[int, Estimate]:
    """Share of customers who were active at each age, of all cohorts old enough, with Wilson intervals.

    Args:
        cells: Table `overview_retention`.
        kind: "on_day" or "on_or_after".

    Returns:
        Age in months, from 1 to 12, to its share.
    """
    known = cells[cells[kind].notna() & cells["age"].between(1, MOST_AGE)]
    sums = known.groupby("age")[["size", kind]].sum()
    return {int(age): proportion(int(row["size"]), int(row[kind])) for age, row in sums.iterrows()}
