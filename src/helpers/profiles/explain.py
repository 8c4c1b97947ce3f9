"""The events behind one metric of one person: what it would be made of, were there no others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from helpers.datasets.tables.facts import HOURS_ON
from helpers.datasets.tables.ingestion import CATEGORIES, CHANNELS
from helpers.datasets.tables.metrics import PARTS, WEEKDAYS
from helpers.datasets.tables.profiles import METRICS as DECLARED
from helpers.errors import WrongUse, no_such
from helpers.profiles.facts import ORDER, REFUND
from helpers.profiles.people import person_events

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop

_MONEY = {"event": (ORDER, REFUND)}
_ORDERS = {"event": (ORDER,)}
_EMAILS = ("Email Delivered", "Email Opened")
_MESSAGES = ("SMS Delivered", "SMS Link Clicked")
_ANSWERED = {"event": (*_EMAILS, *_MESSAGES)}
_CASES = {"event": ("Support Ticket Opened", "Support Ticket Resolved", "Support Ticket Reopened")}
_LOOKS = {"event": ("Product Viewed",)}
_MAILED = {"open": _EMAILS[1], "reopen": _EMAILS[1], "click": "Email Link Clicked", "forward": "Email Forwarded"}
_TEXTED = {"click": _MESSAGES[1], "reply": "SMS Replied"}
_PURCHASES = (
    "orders_count", "repeat_frequency", "days_since_last_order", "recency_btyd_days", "T_days", "aov",
    "monetary_repeat", "mean_gap_days", "gap_cv", "expected_next_order_at", "overdue_days", "expected_next_order_lo",
    "expected_next_order_hi", "season_peak_month", "price_sensitivity",
)  # fmt: skip
# What an event must be to count for a metric; any will do for those that are not listed.
_WHICH = (
    dict.fromkeys(_PURCHASES, _ORDERS)
    | {"orders_30d": _ORDERS, "orders_90d": _ORDERS, "revenue_total": _MONEY, "revenue_90d": _MONEY}
    | dict.fromkeys(("discounted_order_share", "mean_discount_depth"), _ORDERS)
    | {"refund_rate": _MONEY, "search_rate": {"category": ("web",)}, "sessions_30d": {"category": ("web",)}}
    | dict.fromkeys(("product_views_7d", "repeat_view_days"), _LOOKS)
    | dict.fromkeys(("top_category", "category_entropy", "launch_buyer_h", "discount_threshold_pct"), _ORDERS)
    | {"browse_to_buy_median_h": {"event": ("Product Viewed", ORDER)}, "exit_page_mode": {"event": ("Page Viewed",)}}
    | {"cart_abandon_rate": {"event": ("Product Added", ORDER)}, "cases_180d": {"event": ("Support Ticket Opened",)}}
    | dict.fromkeys(("unresolved_cases", "hours_to_resolve_last"), _CASES)
    | dict.fromkeys(("top_topic", "top_format", "top_offer_type"), _ANSWERED)
    | {f"email_{what}_rate": {"event": (_EMAILS[0], event)} for what, event in _MAILED.items()}
    | {f"sms_{what}_rate": {"event": (_MESSAGES[0], event)} for what, event in _TEXTED.items()}
    | {"email_open_delay_h": {"event": _EMAILS}, "sms_reply_delay_h": {"event": ("SMS Delivered", "SMS Replied")}}
    | {"channel_rank": {"event": ("Email Delivered", "Email Link Clicked", *_MESSAGES)}}
    | {f"best_hour_{channel}": {"channel": (channel,)} for channel in HOURS_ON}
)
# Windows that the name does not tell.
_DAYS = {"engagement_ratio_30d": 60, "engagement_velocity": 56}
# Metrics of what people do, not of what is done to them.
_OF_ACTS = {
    "active_days_30d", "engagement_score", "engagement_ratio_30d", "engagement_velocity", "weekend_share",
    "visit_gap_median_d", "rhythm_period_d", *(f"{day}_share" for day in WEEKDAYS),
    *(f"best_hour_{channel}" for channel in HOURS_ON), "post_support_gap_ratio",
}  # fmt: skip
METRICS = {column.name: column for column in DECLARED}


class Explained(NamedTuple):
    """One metric of one person.

    Attributes:
        value: As table `profiles` holds it; None where it is missing.
        meaning: What it says.
        unit: Its unit, empty where it has none.
        events: The events that it is made of, as an Ibis table with the columns of `events`, oldest first; those that
            are folded count in `value` and are not in it.
    """

    value: Any
    meaning: str
    unit: str
    events: ibis.Table


def explain(shop: Shop, profile_id: str, metric: str) -> Explained:
    """What a metric of a person is, and the events behind it.

    Args:
        shop: An open data set whose profiles are written.
        profile_id: The person.
        metric: A column of table `profiles`.

    Raises:
        WrongUse: If there is no such metric, or the person has no profile.
    """
    if metric not in METRICS:
        raise no_such("metric", metric, METRICS)
    profiles = shop.table("profiles")
    found = profiles.filter(profiles.profile_id == profile_id).select(metric).to_pyarrow().to_pylist()
    if not found:
        raise WrongUse(f"Nobody of {shop.name!r} has the profile {profile_id!r} as of {shop.as_of}.")
    column = METRICS[metric]
    events = behind(of_person(shop, profile_id), metric, shop.as_of).order_by("timestamp", "message_id")
    return Explained(found[0][metric], column.meaning, column.unit, events)


def of_person(shop: Shop, profile_id: str) -> ibis.Table:
    """The events that the profile of one person is made of, in memory."""
    events = person_events(shop)
    return events.filter(events.profile_id == profile_id).cache()


def behind(events: ibis.Table, metric: str, as_of: date) -> ibis.Table:
    """Those of a person's events that a metric as of a local day is made of."""
    return events.filter(counts(events, metric, as_of))


def counts(events: ibis.Table, metric: str, as_of: date) -> ibis.expr.types.BooleanValue:
    """Whether each of a person's events counts for a metric as of a local day."""
    metric = base(metric)
    found = events.timestamp.notnull()
    for column, values in _which(metric).items():
        found &= events[column].isin(values)
    if metric in _OF_ACTS:
        found &= events.weight > 0
    window = metric.rsplit("_", 1)[-1]
    days = _DAYS.get(metric, int(window[:-1]) if window in {"7d", "30d", "90d", "180d"} else None)
    return found & (events.local_time.date() >= as_of - timedelta(days=days)) if days else found


def base(metric: str) -> str:
    """The metric that a column is a part of: "aov" of "aov_lo"; another column is a metric itself."""
    for part in PARTS:
        whole = metric.removesuffix(f"_{part}")
        if whole != metric and f"{whole}_confidence" in METRICS:
            return whole
    return metric


def _which(metric: str) -> dict[str, tuple[str, ...]]:
    """Columns of events and the values that count for a metric."""
    starts = {each: (f"{each}_events_", f"days_since_{each}") for each in CATEGORIES}
    places = [{"category": (each,)} for each, names in starts.items() if metric.startswith(names)]
    places += [{"channel": (each,)} for each in CHANNELS if metric.startswith(f"on_{each}_")]
    return _WHICH.get(metric) or (places[0] if places else {})
