"""Metrics that need no purchase: how much, how lately, on what days, and how it changes."""

from __future__ import annotations

from datetime import date

import ibis

from helpers.datasets.tables.facts import COUNTS
from helpers.datasets.tables.ingestion import CATEGORIES, CHANNELS
from helpers.datasets.tables.metrics import WEEKDAYS, WINDOWS
from helpers.profiles.windows import KEY, Gathered, day_number, each_cutoff, so_far, within

_KINDS = ("events", *(f"{each}_events" for each in CATEGORIES))
_PLACES = tuple(f"on_{each}" for each in CHANNELS)
_RECENT = 90
_WEEKS = 8
# For the slope of equally spaced points: the sum of squared distances from their middle.
_SQUARES = sum((week - (_WEEKS - 1) / 2) ** 2 for week in range(_WEEKS))
_GAP_UNIT = 1_000_000


def gathered(days: ibis.Table, cutoffs: list[date], *, half_life: float) -> ibis.Table:
    """What has gathered of all days before each cutoff: one row a person seen before it.

    Args:
        days: Table `daily`.
        cutoffs: Local days, earliest first.
        half_life: Days in which a decayed event halves.
    """

    def gather(row: ibis.Table) -> dict[str, Gathered]:
        active, number = row.acts > 0, day_number(row.day)
        weekday = row.day.day_of_week.index()
        return (
            {name: Gathered(row[name]) for name in COUNTS}
            | {f"{name}_decayed": Gathered(row[name], "fade") for name in _KINDS}
            | {f"{name}_last": Gathered(ibis.ifelse(row[name] > 0, number, None), "max") for name in _KINDS[1:]}
            | {f"{day}s": Gathered((active & (weekday == place)).cast("int64")) for place, day in enumerate(WEEKDAYS)}
            | {
                "active_days": Gathered(active.cast("int64")),
                "weekend_days": Gathered((active & (weekday >= 5)).cast("int64")),
                "engagement_score": Gathered(row.engagement, "fade"),
                "first_at": Gathered(row.first_at, "min"),
                "last_at": Gathered(row.last_at, "max"),
                "first_day": Gathered(number, "min"),
                "revenue": Gathered(row.order_revenue - row.refunds, "exact"),
            }
        )

    return so_far(days, cutoffs, gather, half_life=half_life)


def recent(days: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """What has gathered of the last 90 days before each cutoff: no row for whoever was not seen in them."""

    def gather(row: ibis.Table) -> dict[str, Gathered]:
        def last(value: ibis.Value, days: int, since: int = 0) -> ibis.Value:
            return ibis.ifelse((row.age <= days) & (row.age > since), value, 0)

        week = (row.age - 1) // 7
        return {
            **{f"{name}_{n}d": Gathered(last(row[name], n)) for name in (*_KINDS, *_PLACES) for n in WINDOWS},
            **{f"orders_{n}d": Gathered(last(row.orders, n)) for n in (30, 90)},
            "revenue_90d": Gathered(row.order_revenue - row.refunds, "exact"),
            "sessions_30d": Gathered(last(row.sessions, 30)),
            "product_views_7d": Gathered(last(row.product_views, 7)),
            "active_days_30d": Gathered(last((row.acts > 0).cast("int64"), 30)),
            "acts_30d": Gathered(last(row.acts, 30)),
            "acts_before": Gathered(last(row.acts, 60, since=30)),
            "slope": Gathered(last(row.acts.cast("float64") * ((_WEEKS - 1) / 2 - week), _WEEKS * 7)),
        }

    return within(days, cutoffs, _RECENT, gather)


def visit_gaps(days: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """The median gap between active days before each cutoff; no row for whoever has none.

    Returns:
        Columns cutoff, profile_id, visit_gap_median_d.
    """
    active = days.filter(days.acts > 0)
    person = ibis.window(group_by="profile_id", order_by="day")
    numbered = active.select("profile_id", "day", number=day_number(active.day))
    gaps = numbered.mutate(gap=numbered.number - numbered.number.lag().over(person))
    gaps = gaps.filter(gaps.gap.notnull())
    # One whole number holds gap and day, so that one sorted list serves every cutoff.
    lists = gaps.group_by("profile_id").aggregate(both=(gaps.gap * _GAP_UNIT + gaps.number).collect().sort())
    crossed = lists.cross_join(each_cutoff(cutoffs)).mutate(at=lambda row: day_number(row.cutoff))
    before = crossed.mutate(own=crossed.both.filter(lambda one: one % _GAP_UNIT < crossed["at"])).drop("both")
    before = before.mutate(n=before.own.length())
    before = before.filter(before.n > 0)
    # Spark takes no place in a list that is a long number.
    low, high = (before.own[((before.n - less) // 2).cast("int32")] // _GAP_UNIT for less in (1, 0))
    return before.select(*KEY, visit_gap_median_d=(low + high) / 2)


def activity_metrics(state: ibis.Table) -> dict[str, ibis.Value]:
    """The metrics of groups engagement, web, timing and windows, from columns of the tables of this module."""
    at = day_number(state.cutoff)
    active = state.active_days.nullif(0)
    return {
        "first_seen_at": state.first_at,
        "last_seen_at": state.last_at,
        "tenure_days": at - state.first_day,
        "n_channels_active": sum((state[name] > 0).cast("int64") for name in _PLACES),
        "orders_count": state.orders.cast("int64"),
        "revenue_total": state.revenue.cast("float64"),
        "revenue_90d": state.revenue_90d.cast("float64").fill_null(0.0),
        "engagement_score": state.engagement_score,
        "engagement_ratio_30d": state.acts_30d / state.acts_before.nullif(0),
        "engagement_velocity": (state.slope / _SQUARES).fill_null(0.0),
        "search_rate": state.searches / state.sessions.nullif(0),
        "events_total": state.events.cast("int64"),
        **{f"{day}_share": state[f"{day}s"] / active for day in WEEKDAYS},
        **{
            name: state[name].fill_null(0).cast("int64")
            for name in ("sessions_30d", "product_views_7d", "active_days_30d", "orders_30d", "orders_90d")
        },
        **{
            f"{name}_{n}d": state[f"{name}_{n}d"].fill_null(0).cast("int64")
            for name in (*_KINDS, *_PLACES)
            for n in WINDOWS
        },
        **{f"{name}_decayed": state[f"{name}_decayed"] for name in _KINDS},
        **{f"{name}_total": state[name].cast("int64") for name in (*_KINDS, *_PLACES)},
        **{f"days_since_{each}": at - state[f"{each}_events_last"] for each in CATEGORIES},
    }
