"""Metrics that rest on purchase days: how often, how much, and when the next one is due."""

from __future__ import annotations

from datetime import date

import ibis

from helpers.profiles.regularity import MONTHS
from helpers.profiles.windows import Gathered, day_number, so_far


def purchases(days: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """What has gathered of purchase days before each cutoff.

    Args:
        days: Table `daily`.
        cutoffs: Local days, earliest first.

    Returns:
        Columns cutoff, profile_id and those that `purchase_metrics` reads; whoever has no order has no row.
    """
    bought = days.filter(days.orders > 0)
    person = ibis.window(group_by="profile_id", order_by="day")
    # The gap before a purchase day is the same at every cutoff after it.
    bought = bought.mutate(number=day_number(bought.day), turn=ibis.row_number().over(person))
    bought = bought.mutate(gap=bought.number - bought.number.lag().over(person))
    found = so_far(
        bought,
        cutoffs,
        lambda row: {
            "gaps": Gathered((row.turn > 0).cast("int64")),
            "ordered": Gathered(row.orders),
            "order_revenue": Gathered(row.order_revenue, "exact"),
            "later_revenue": Gathered(ibis.ifelse(row.turn > 0, row.order_revenue, 0), "exact"),
            "gap_squares": Gathered((row.gap * row.gap).fill_null(0)),
            **{f"month_{month}": Gathered(ibis.ifelse(row.day.month() == month, row.orders, 0)) for month in MONTHS},
            "first_order": Gathered(row.number, "min"),
            "last_order": Gathered(row.number, "max"),
            "discounted": Gathered(row.discounted_orders),
            "discounts": Gathered(row.discounts, "exact"),
            "discounted_revenue": Gathered(row.discounted_revenue, "exact"),
        },
    )
    return found.mutate(
        T_days=day_number(found.cutoff) - found.first_order, order_span=found.last_order - found.first_order
    )


def purchase_metrics(state: ibis.Table) -> dict[str, ibis.Value]:
    """The metrics of group purchase that need an order, from columns of `purchases` and cutoff."""
    at = day_number(state.cutoff)
    gaps, span = state.gaps.cast("int64"), state.order_span
    mean = span / gaps.nullif(0)
    variance = (state.gap_squares - span * mean) / (gaps - 1).nullif(0)
    since = at - state.last_order
    expected = mean.round().cast("int64") - since
    return {
        "repeat_frequency": gaps,
        "days_since_last_order": since,
        "recency_btyd_days": span,
        "T_days": state.T_days,
        "monetary_repeat": state.later_revenue.cast("float64") / gaps.nullif(0),
        # Rounding may leave a variance of equal gaps a hair below zero.
        "gap_cv": ibis.ifelse(variance < 0, 0.0, variance).sqrt() / mean,
        "expected_next_order_at": (state.cutoff.cast("timestamp") + expected.as_interval("D")).cast("date"),
        "overdue_days": -expected,
    }
