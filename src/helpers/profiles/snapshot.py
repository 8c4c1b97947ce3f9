"""Profiles as of a moment: one definition for today's profile and for a past month's training panel."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from helpers import identity
from helpers.datasets.tables.profiles import PROFILES
from helpers.profiles.daily import CATEGORIES, total

if TYPE_CHECKING:
    from helpers.datasets import Shop


def snapshot(shop: Shop, cutoff: date) -> ibis.Table:
    """Profiles at local midnight of `cutoff`, from events strictly before it.

    Args:
        shop: An open data set whose `daily` and `identity_map` are written.
        cutoff: Local day.

    Returns:
        The columns of table `profiles`, one row a person seen before `cutoff`.
    """
    return metrics(shop.table("daily"), identity.current(shop), cutoff, shop.midnight(cutoff))


def orders_between(shop: Shop, start: date, end: date) -> ibis.Table:
    """Orders and net revenue per person in the local days [start, end); people without an order are absent."""
    daily = shop.table("daily")
    window = daily.filter(daily.day >= start, daily.day < end)
    sums = window.group_by("profile_id").aggregate(
        orders=total(window.orders), revenue=(window.order_revenue - window.refunds).sum().cast("float64")
    )
    return sums.filter(sums.orders > 0)


def metrics(daily: ibis.Table, identity_map: ibis.Table, cutoff: date, cutoff_utc: object) -> ibis.Table:
    """The metrics of `snapshot` from its two tables.

    Args:
        daily: Table `daily`.
        identity_map: Table `identity_map`, as it is now.
        cutoff: Local day; earlier days count.
        cutoff_utc: Its midnight in UTC, for identifiers.
    """
    days = daily.filter(daily.day < cutoff)
    days = days.mutate(age=_day_number(ibis.literal(cutoff)) - _day_number(days.day))
    known = identity_map.filter(identity_map.first_seen_at < cutoff_utc)
    identifiers = known.group_by("profile_id").aggregate(n_identifiers=known.count())
    channel = days.select("profile_id", channel=days.channels.unnest())
    channels = channel.group_by("profile_id").aggregate(n_channels_active=channel.channel.nunique())
    joined = (
        _activity(days)
        .left_join(_purchases(days, cutoff), "profile_id").drop("profile_id_right")
        .left_join(identifiers, "profile_id").drop("profile_id_right")
        .left_join(channels, "profile_id").drop("profile_id_right")
    )  # fmt: skip
    return joined.select(*PROFILES.column_names)


def _day_number(day: ibis.Value) -> ibis.Value:
    # Engines count days between dates differently; seconds they agree on.
    return day.cast("timestamp").epoch_seconds() // 86_400


def _activity(days: ibis.Table) -> ibis.Table:
    """Everything that needs no purchase: one row a person."""

    def within(n: int) -> ibis.Value:
        return days.age <= n

    net = (days.order_revenue - days.refunds).cast("decimal(18, 4)")
    return days.group_by("profile_id").aggregate(
        first_seen_at=days.first_at.min(),
        last_seen_at=days.last_at.max(),
        tenure_days=days.age.max(),
        orders_count=total(days.orders),
        revenue_total=net.sum().cast("float64"),
        orders_30d=total(days.orders, within(30)),
        orders_90d=total(days.orders, within(90)),
        revenue_90d=net.sum(where=within(90)).cast("float64").fill_null(0.0),
        active_days_30d=days.count(where=within(30)),
        weekend_share=days.count(where=days.day.day_of_week.index() >= 5) / days.count(),
        **{f"events_{n}d": total(days.events, within(n)) for n in (7, 30, 90)},
        **{f"{kind}_events_90d": total(days[f"{kind}_events"], within(90)) for kind in CATEGORIES},
    )


def _purchases(days: ibis.Table, cutoff: date) -> ibis.Table:
    """Everything that rests on purchase days: one row a person with an order."""
    bought = days.filter(days.orders > 0)
    person = ibis.window(group_by="profile_id", order_by="day")
    bought = bought.mutate(gap=bought.age.lag().over(person) - bought.age, turn=ibis.row_number().over(person))
    sums = bought.group_by("profile_id").aggregate(
        n=bought.count(),
        orders=bought.orders.sum(),
        revenue=bought.order_revenue.sum().cast("float64"),
        later_revenue=bought.order_revenue.sum(where=bought.turn > 0).cast("float64"),
        days_since_last_order=bought.age.min(),
        T_days=bought.age.max(),
        squares=(bought.gap * bought.gap).sum(),
    )
    gaps = sums.n - 1
    span = sums.T_days - sums.days_since_last_order
    mean = span / gaps.nullif(0)
    variance = (sums.squares - span * mean) / (gaps - 1).nullif(0)
    expected = mean.round().cast("int64") - sums.days_since_last_order
    return sums.select(
        "profile_id",
        "days_since_last_order",
        "T_days",
        repeat_frequency=gaps,
        recency_btyd_days=span,
        aov=sums.revenue / sums.orders,
        monetary_repeat=sums.later_revenue / gaps.nullif(0),
        mean_gap_days=mean,
        # Rounding may leave a variance of equal gaps a hair below zero.
        gap_cv=ibis.ifelse(variance < 0, 0.0, variance).sqrt() / mean,
        expected_next_order_at=(ibis.literal(cutoff).cast("timestamp") + expected.as_interval("D")).cast("date"),
        overdue_days=-expected,
    )
