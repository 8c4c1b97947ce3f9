"""Metrics of price: who buys at a discount, and how deep it is."""

from __future__ import annotations

import ibis


def price_metrics(state: ibis.Table) -> dict[str, ibis.Value]:
    """The metrics of group price that are made of others, from columns of `purchases` and of the estimates."""
    discounts = state.discounts.cast("float64")
    return {
        **_sensitivity(state),
        "mean_discount_depth": discounts / (discounts + state.discounted_revenue.cast("float64")).nullif(0),
    }


def _sensitivity(state: ibis.Table) -> dict[str, ibis.Value]:
    """The share of discounted orders as log odds, less those of all orders of the cutoff."""
    if "discounted_order_share" not in state.columns:
        return {}

    def odds(share: ibis.Value) -> ibis.Value:
        return ibis.ifelse((share > 0) & (share < 1), (share / (1 - share)).ln(), None)

    # At a cutoff before the first discount, or where every order has one, nobody can be compared.
    of_all = odds(state.all_discounted / state.all_ordered.nullif(0))
    own = {part: odds(state[f"discounted_order_share{part}"]) - of_all for part in ("", "_observed", "_lo", "_hi")}
    same = {part: state[f"discounted_order_share{part}"] for part in ("_n", "_confidence")}
    return {f"price_sensitivity{part}": value for part, value in (own | same).items()}
