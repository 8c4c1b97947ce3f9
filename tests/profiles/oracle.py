"""Profiles once more, by plain Python and one event at a time: slow, and written to be read against DATA_MODEL."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

Row = dict[str, Any]
ORDER, REFUND = "Order Completed", "Order Refunded"


def identifiers(row: Row) -> list[tuple[str, str]]:
    """(type, value) of every identifier of an event."""
    own = [(kind, row[kind]) for kind in ("user_id", "anonymous_id") if row[kind] is not None]
    return own + [(each["type"], each["value"]) for each in row["external_ids"] or []]


def people(rows: list[Row]) -> list[set[tuple[str, str]]]:
    """Identifiers that chains of events join, by merging sets until nothing merges any more."""
    groups: list[set[tuple[str, str]]] = []
    for row in rows:
        together = set(identifiers(row))
        if together:
            touched = [group for group in groups if group & together]
            groups = [group for group in groups if not group & together]
            groups.append(together.union(*touched))
    return groups


def profiles(rows: list[Row], cutoff: date, zone: ZoneInfo) -> dict[frozenset[tuple[str, str]], Row]:
    """Every metric of every person at local midnight of `cutoff`: identifiers to columns."""
    moment = datetime.combine(cutoff, time(), tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    known = [row for row in rows if row["timestamp"] < moment]
    return {
        frozenset(group): profile([row for row in known if group & set(identifiers(row))], group, cutoff, zone)
        for group in people(known)
    }


def profile(events: list[Row], group: set[tuple[str, str]], cutoff: date, zone: ZoneInfo) -> Row:
    """The metrics of one person."""

    def day(event: Row) -> date:
        return event["timestamp"].replace(tzinfo=UTC).astimezone(zone).date()

    def last(days: int) -> list[Row]:
        return [event for event in events if day(event) >= cutoff - timedelta(days=days)]

    def orders(of: list[Row]) -> int:
        return len({event["order_id"] or event["message_id"] for event in of if event["event"] == ORDER})

    def money(of: list[Row], *kinds: str) -> float:
        return float(sum(event["revenue"] or 0 for event in of if event["event"] in kinds))

    def category(name: str) -> int:
        return sum(event["category"] == name for event in last(90))

    active = sorted({day(event) for event in events})
    stamps = [event["timestamp"] for event in events]
    found = {
        "first_seen_at": min(stamps),
        "last_seen_at": max(stamps),
        "tenure_days": (cutoff - active[0]).days,
        "n_identifiers": len(group),
        "n_channels_active": len({event["channel"] for event in events}),
        "orders_count": orders(events),
        "revenue_total": money(events, ORDER, REFUND),
        "orders_30d": orders(last(30)),
        "orders_90d": orders(last(90)),
        "revenue_90d": money(last(90), ORDER, REFUND),
        "active_days_30d": len({day(event) for event in last(30)}),
        "weekend_share": sum(each.weekday() >= 5 for each in active) / len(active),
    }
    found |= {f"events_{n}d": len(last(n)) for n in (7, 30, 90)}
    found |= {f"{name}_events_90d": category(name) for name in ("purchase", "engagement", "web", "support")}
    return found | purchases([event for event in events if event["event"] == ORDER], cutoff, day)


def purchases(bought: list[Row], cutoff: date, day: Any) -> Row:
    """The metrics that rest on purchase days; None for each where there is too little to go by."""
    names = ["repeat_frequency", "days_since_last_order", "recency_btyd_days", "T_days", "aov", "monetary_repeat"]
    found: Row = dict.fromkeys([*names, "mean_gap_days", "gap_cv", "expected_next_order_at", "overdue_days"])
    if not bought:
        return found
    by_day: dict[date, float] = defaultdict(float)
    for event in bought:
        by_day[day(event)] += float(event["revenue"] or 0)
    days = sorted(by_day)
    gaps = [(after - before).days for before, after in pairwise(days)]
    found["repeat_frequency"] = len(days) - 1
    found["days_since_last_order"] = (cutoff - days[-1]).days
    found["recency_btyd_days"] = (days[-1] - days[0]).days
    found["T_days"] = (cutoff - days[0]).days
    found["aov"] = sum(by_day.values()) / len({event["order_id"] or event["message_id"] for event in bought})
    if gaps:
        mean = statistics.fmean(gaps)
        found["mean_gap_days"] = mean
        found["monetary_repeat"] = statistics.fmean(by_day[each] for each in days[1:])
        found["expected_next_order_at"] = days[-1] + timedelta(days=math.floor(mean + 0.5))
        found["overdue_days"] = (cutoff - found["expected_next_order_at"]).days
    if len(gaps) >= 2:
        found["gap_cv"] = statistics.stdev(gaps) / mean
    return found
