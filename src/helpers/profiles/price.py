"""Metrics of price: who buys at a discount, and how deep it is."""

from __future__ import annotations

import ibis


def price_metrics(state: ibis.Table) -> dict[str, ibis.Value]:
    """The metrics of group price, from columns of `purchases`."""
    discounts = state.discounts.cast("float64")
    return {
        "mean_discount_depth": discounts / (discounts + state.discounted_revenue.cast("float64")).nullif(0),
    }
