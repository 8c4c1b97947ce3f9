"""The business by calendar month, and its growth accounting: new, returning, resurrecting, dormant.

active = active of the month before + new + resurrecting - dormant.
"""

from __future__ import annotations

from functools import reduce

import ibis

from helpers.datasets.tables.ingestion import MONEY
from helpers.overview.actives import WIDTHS
from helpers.overview.calendar import Calendar, month_of, months_table
from helpers.profiles.facts import total

_MEANS = (*(f"active_{width}d" for width in WIDTHS), "stickiness")
_COUNTS = ("active", "new", "returning", "resurrecting", "buyers", "orders", "visitors", "visits")


def by_month(daily: ibis.Table, days: ibis.Table, visits: ibis.Table, calendar: Calendar) -> ibis.Table:
    """The rows of table `overview_months`.

    Args:
        daily: Table `daily`, before `calendar.as_of`.
        days: Table `overview_days`.
        visits: As `helpers.overview.visits.whole_visits` gives them.
        calendar: What the log covers.
    """
    months = months_table(calendar)
    parts = (*growth(daily), _sales(daily), _means(days), _visits(visits))
    rows = reduce(lambda left, right: left.left_join(right, "number").drop("number_right"), parts, months)
    return rows.select(
        "month",
        "is_whole",
        **{name: rows[name].fill_null(0) for name in _COUNTS},
        dormant=ibis.ifelse(rows.is_over, rows.dormant.fill_null(0), None),
        revenue=rows.revenue.fill_null(0).cast(MONEY),
        **{name: ibis.ifelse(rows.is_whole, rows[name], None) for name in _MEANS},
        **{name: rows[name] for name in ("visit_quarter_s", "visit_median_s", "visit_three_quarters_s")},
    )


def growth(daily: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    """Who is active in each month, by what they were before; and who is not any more.

    Returns:
        Columns number (of the month), active, new, returning, resurrecting; and columns number, dormant.
    """
    active = daily.filter(daily.acts > 0)
    active = active.select("profile_id", number=month_of(active.day)).distinct()
    person = ibis.window(group_by="profile_id", order_by="number")
    own = active.mutate(before=active.number.lag().over(person), after=active.number.lead().over(person))
    there = own.group_by("number").aggregate(
        active=own.count(),
        new=own.count(where=own.before.isnull()),
        returning=own.count(where=own.before == own.number - 1),
        resurrecting=own.count(where=own.before < own.number - 1),
    )
    left = own.filter(own.after.isnull() | (own.after > own.number + 1))
    gone = left.group_by(number=left.number + 1).aggregate(dormant=left.count())
    return there, gone


def _sales(daily: ibis.Table) -> ibis.Table:
    return daily.group_by(number=month_of(daily.day)).aggregate(
        buyers=daily.profile_id.nunique(where=daily.orders > 0),
        orders=total(daily.orders),
        revenue=(daily.order_revenue - daily.refunds).sum().cast(MONEY),
    )


def _means(days: ibis.Table) -> ibis.Table:
    """Means over the days of each month; missing where one of them is."""
    days = days.mutate(stickiness=days.active_1d / days.active_30d.nullif(0))
    return days.group_by(number=month_of(days.day)).aggregate(
        **{name: ibis.ifelse(days[name].isnull().any(), None, days[name].cast("float64").mean()) for name in _MEANS}
    )


def _visits(visits: ibis.Table) -> ibis.Table:
    shares = {"visit_quarter_s": 0.25, "visit_median_s": 0.5, "visit_three_quarters_s": 0.75}
    return visits.group_by(number=month_of(visits.day)).aggregate(
        visitors=visits.profile_id.nunique(),
        visits=visits.count(),
        **{name: visits.seconds.quantile(share) for name, share in shares.items()},
    )
