"""What models learn from, and which days of a person each of it reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import ibis
import pandas as pd

from helpers.profiles.windows import Gathered, so_far, within

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.profiles.past import Then


class Reads(NamedTuple):
    """The days of a person that a feature is made of.

    Attributes:
        facts: Columns of table `daily`; a day on which any of them is above 0 is read.
        days: How many days before the cutoff are looked at; 0 for all.
        how: "max" where it is made of all these days, "min" where of the first alone.
    """

    facts: tuple[str, ...]
    days: int = 0
    how: str = "max"


_ORDERS = Reads(("orders",))
_MONEY = ("orders", "refunded_orders")
# Columns of `profiles`. Not n_identifiers: it counts how well a person is tracked.
READS = {
    "days_since_last_order": _ORDERS,
    "orders_count": _ORDERS,
    "repeat_frequency": _ORDERS,
    "recency_btyd_days": _ORDERS,
    "T_days": Reads(("orders",), how="min"),
    "tenure_days": Reads(("events",), how="min"),
    "n_channels_active": Reads(("events",)),
    "revenue_total": Reads(_MONEY),
    "aov_observed": _ORDERS,
    "monetary_repeat": _ORDERS,
    "mean_gap_days_observed": _ORDERS,
    "gap_cv": _ORDERS,
    "overdue_days": _ORDERS,
    "orders_30d": Reads(("orders",), 30),
    "orders_90d": Reads(("orders",), 90),
    "revenue_90d": Reads(_MONEY, 90),
    "events_7d": Reads(("events",), 7),
    "events_30d": Reads(("events",), 30),
    "events_90d": Reads(("events",), 90),
    "purchase_events_90d": Reads(("purchase_events",), 90),
    "engagement_events_90d": Reads(("engagement_events",), 90),
    "web_events_90d": Reads(("web_events",), 90),
    "support_events_90d": Reads(("support_events",), 90),
    "active_days_30d": Reads(("acts",), 30),
    "weekend_share_observed": Reads(("acts",)),
}
FEATURES = list(READS)
# What a page calls them.
FEATURE_NAMES = {
    "days_since_last_order": "days since the last order",
    "orders_count": "orders so far",
    "repeat_frequency": "days with a further order",
    "recency_btyd_days": "days from the first order to the last",
    "T_days": "days since the first order",
    "tenure_days": "days since first seen",
    "n_channels_active": "channels in use",
    "revenue_total": "revenue so far",
    "aov_observed": "mean order value",
    "monetary_repeat": "mean spend on a day with a further order",
    "mean_gap_days_observed": "usual gap between orders",
    "gap_cv": "how even the gaps between orders are",
    "overdue_days": "days past the usual gap",
    "orders_30d": "orders in 30 days",
    "orders_90d": "orders in 90 days",
    "revenue_90d": "revenue in 90 days",
    "events_7d": "events in 7 days",
    "events_30d": "events in 30 days",
    "events_90d": "events in 90 days",
    "purchase_events_90d": "purchase events in 90 days",
    "engagement_events_90d": "messages opened, clicked or received in 90 days",
    "web_events_90d": "web events in 90 days",
    "support_events_90d": "support events in 90 days",
    "active_days_30d": "active days of 30",
    "weekend_share_observed": "share of acts on weekends",
}

_LONGEST = max(each.days for each in READS.values())


def latest_times(shop: Shop, seen: Then, cutoffs: list[date]) -> pd.DataFrame:
    """The latest event that a feature may have used of anybody, at each cutoff.

    It is found by the windows that sum up the days for the feature itself, with the time of the day's last event in
    place of what is summed up: a window that let in a later day would let in its time as well. A day is read as a
    whole, so that the time may be of another event of the same person and day.

    Args:
        shop: An open data set.
        seen: As `profiles.as_then` gives it for these cutoffs.
        cutoffs: Local days.

    Returns:
        Columns cutoff, feature and latest_at (UTC); missing where no day is read of anybody.
    """
    kinds = sorted({*READS.values()})
    names = {kind: f"t{place}" for place, kind in enumerate(kinds)}

    def all_days(row: ibis.Table) -> dict[str, Gathered]:
        return {names[kind]: Gathered(_read_at(row, kind), kind.how) for kind in kinds if not kind.days}

    def last_days(row: ibis.Table) -> dict[str, Gathered]:
        lately = {kind: ibis.ifelse(row.age <= kind.days, _read_at(row, kind), None) for kind in kinds if kind.days}
        return {names[kind]: Gathered(at, kind.how) for kind, at in lately.items()}

    ordered = sorted(cutoffs)
    parts = so_far(seen.days, ordered, all_days), within(seen.days, ordered, _LONGEST, last_days)
    found = [_of_anybody(shop, seen.own(part)) for part in parts]
    times = pd.concat(found, axis=1).reindex(ordered)
    return pd.DataFrame(
        [
            {"cutoff": cutoff, "feature": feature, "latest_at": times.at[cutoff, names[kind]]}
            for cutoff in ordered
            for feature, kind in READS.items()
        ]
    )


def _read_at(row: ibis.Table, kind: Reads) -> ibis.Value:
    """When the last event of a day was, or the first where nothing else of it is read; missing for a day not read."""
    is_read = ibis.or_(*(row[fact] > 0 for fact in kind.facts))
    return ibis.ifelse(is_read, row.first_at if kind.how == "min" else row.last_at, None)


def _of_anybody(shop: Shop, people: ibis.Table) -> pd.DataFrame:
    latest = {name: people[name].max() for name in people.columns if name.startswith("t")}
    return shop.frame(people.group_by("cutoff").aggregate(**latest)).set_index("cutoff")
