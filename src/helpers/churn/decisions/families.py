"""Families of features that tell much the same of a person, each named as a reader would."""

from __future__ import annotations

# Fixed beforehand, by meaning: what is split over several columns of one family is one reason, not three weak ones.
FAMILIES: dict[str, tuple[str, ...]] = {
    "silence": ("days_since_last_order", "overdue_days"),
    "frequency": (
        "orders_count",
        "repeat_frequency",
        "orders_30d",
        "orders_90d",
        "purchase_events_90d",
        "mean_gap_days_observed",
        "gap_cv",
    ),
    "spend": ("revenue_total", "revenue_90d", "aov_observed", "monetary_repeat"),
    "activity": (
        "events_7d",
        "events_30d",
        "events_90d",
        "engagement_events_90d",
        "web_events_90d",
        "active_days_30d",
        "n_channels_active",
        "weekend_share_observed",
    ),
    "support": ("support_events_90d",),
    "tenure": ("tenure_days", "T_days", "recency_btyd_days"),
}

FAMILY_NAMES = {
    "silence": "time since the last order",
    "frequency": "how often they order",
    "spend": "how much they spend",
    "activity": "visits and messages lately",
    "support": "contacts with support",
    "tenure": "how long they have been a customer",
}
