"""Profiles once more, by plain Python and one event at a time: slow, and written to be read against data/METRICS.md."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from scipy import stats

Row = dict[str, Any]
ORDER, REFUND = "Order Completed", "Order Refunded"
CATEGORIES = ("purchase", "engagement", "web", "support", "other")
CHANNELS = ("web", "app", "email", "sms", "push", "support", "pos", "social", "ads", "iot")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEIGHTS = {ORDER: 5, REFUND: 0, "Email Delivered": 0, "Products Searched": 2}


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
    known = [row for row in rows if row["timestamp"] < moment and identifiers(row)]
    groups = people(known)
    own = [[row for row in known if group & set(identifiers(row))] for group in groups]

    def day(event: Row) -> date:
        return event["timestamp"].replace(tzinfo=UTC).astimezone(zone).date()

    days = [each for events in own for each in {day(event) for event in acts(events)}]
    found = {
        frozenset(group): profile(events, group, cutoff, day, all_events=known, all_days=days)
        for group, events in zip(groups, own, strict=True)
    }
    return dict(zip(found, sensitive(list(found.values())), strict=True))


def acts(of: list[Row]) -> list[Row]:
    return [event for event in of if WEIGHTS.get(event["event"], 1) > 0]


def sensitive(everybody: list[Row]) -> list[Row]:
    """Profiles with the log odds of their discounted orders against those of all orders."""
    told_of = [row for row in everybody if row["discounted_order_share_observed"] is not None]
    orders = sum(row["discounted_order_share_n"] for row in told_of)
    reduced = sum(row["discounted_order_share_observed"] * row["discounted_order_share_n"] for row in told_of)
    for row in told_of:
        share = row["discounted_order_share_observed"]
        if 0 < share < 1:
            odds, of_all = share / (1 - share), reduced / (orders - reduced)
            row["price_sensitivity_observed"] = math.log(odds / of_all)
    return everybody


def profile(
    events: list[Row],
    group: set[tuple[str, str]],
    cutoff: date,
    day: Any,
    *,
    all_events: list[Row],
    all_days: list[date],
) -> Row:
    """The metrics of one person; `all_events` and `all_days` (of acts) are everybody's."""

    def last(days: int) -> list[Row]:
        return [event for event in events if day(event) >= cutoff - timedelta(days=days)]

    def orders(of: list[Row]) -> int:
        return len({event["order_id"] or event["message_id"] for event in of if event["event"] == ORDER})

    def money(of: list[Row], *kinds: str) -> float:
        return float(sum(event["revenue"] or 0 for event in of if event["event"] in kinds))

    active = sorted({day(event) for event in events})
    stamps = [event["timestamp"] for event in events]

    def age(event: Row) -> int:
        return (cutoff - day(event)).days

    def faded(of: list[Row]) -> float:
        return sum(0.5 ** (age(event) / 90) for event in of)

    acted = sorted({day(event) for event in acts(events)})
    weekly = [sum((age(event) - 1) // 7 == week for event in acts(events)) for week in range(7, -1, -1)]
    before = [event for event in acts(events) if 30 < age(event) <= 60]
    sessions = {(event["session_id"], day(event)) for event in events if sessions_of(event)}
    looked, searched = is_event("Product Viewed"), is_event("Products Searched")
    gaps = sorted((after - earlier).days for earlier, after in pairwise(acted))
    found = {
        "first_seen_at": min(stamps),
        "last_seen_at": max(stamps),
        "tenure_days": (cutoff - active[0]).days,
        "n_identifiers": len(group),
        "n_devices": sum(kind in ("anonymous_id", "device_id") for kind, _ in group),
        "n_channels_active": len({event["channel"] for event in events}),
        "identity_confidence": 1.0,
        "orders_count": orders(events),
        "revenue_total": money(events, ORDER, REFUND),
        "orders_30d": orders(last(30)),
        "orders_90d": orders(last(90)),
        "revenue_90d": money(last(90), ORDER, REFUND),
        "sessions_30d": told(all_events, sessions_of, sum((cutoff - when).days <= 30 for _, when in sessions)),
        "active_days_30d": len({day(event) for event in acts(last(30))}),
        "engagement_score": sum(WEIGHTS.get(e["event"], 1) * 0.5 ** (age(e) / 90) for e in events),
        "engagement_ratio_30d": len(acts(last(30))) / len(before) if before else None,
        "engagement_velocity": statistics.linear_regression(range(8), weekly).slope,
        "product_views_7d": told(all_events, looked, sum(map(looked, last(7)))),
        "search_rate": told(all_events, searched, sum(map(searched, events)) / len(sessions)) if sessions else None,
        "weekend_share_observed": sum(each.weekday() >= 5 for each in acted) / len(acted) if acted else None,
        "weekend_share_n": len(acted),
        "rhythm_period_d": rhythm(acted, all_days),
        "visit_gap_median_d": statistics.median(gaps) if gaps else None,
    }
    found |= {
        f"{name}_share": sum(each.weekday() == place for each in acted) / len(acted) if acted else None
        for place, name in enumerate(WEEKDAYS)
    }
    found |= {f"events_{n}d": len(last(n)) for n in (7, 30, 90)}
    found |= {"events_total": len(events), "events_decayed": faded(events)}
    for name in CATEGORIES:
        own = [event for event in events if event["category"] == name]
        counts = {f"{name}_events_{n}d": len([e for e in own if age(e) <= n]) for n in (7, 30, 90)}
        counts |= {f"{name}_events_total": len(own), f"{name}_events_decayed": faded(own)}
        found |= {metric: told(all_events, has("category", name), value) for metric, value in counts.items()}
        found[f"days_since_{name}"] = min(map(age, own), default=None)
    for name in CHANNELS:
        own = [event for event in events if event["channel"] == name]
        counts = {f"on_{name}_{n}d": len([e for e in own if age(e) <= n]) for n in (7, 30, 90)}
        counts |= {f"on_{name}_total": len(own)}
        found |= {metric: told(all_events, has("channel", name), value) for metric, value in counts.items()}
    bought = [event for event in events if event["event"] == ORDER]
    given_back = [event for event in events if event["event"] == REFUND]
    found |= price(all_events, bought, given_back)
    return found | purchases(bought, cutoff, day)


def rhythm(days: list[date], everybodys: list[date]) -> int | None:
    """7 where scipy's chi-squared test says that chance would keep to weekdays like this once in a hundred times."""
    if len(days) < 14:
        return None
    shares = [sum(day.weekday() == place for day in everybodys) / len(everybodys) for place in range(7)]
    seen = [sum(day.weekday() == place for day in days) for place in range(7)]
    pairs = [(count, share) for count, share in zip(seen, shares, strict=True) if share]
    distance = sum((count - share * len(days)) ** 2 / (share * len(days)) for count, share in pairs)
    return 7 if stats.chi2.sf(distance, 6) < 0.01 else None


def told(everybody: list[Row], kind: Any, value: Any) -> Any:
    """What is never told of anybody is not known of anybody."""
    return value if any(map(kind, everybody)) else None


def has(column: str, value: str) -> Any:
    return lambda event: event[column] == value


def is_event(name: str) -> Any:
    return has("event", name)


def sessions_of(event: Row) -> bool:
    return event["session_id"] is not None and event["category"] == "web"


def price(everybody: list[Row], bought: list[Row], given_back: list[Row]) -> Row:
    """The metrics of price and refunds."""
    names = ("discounted_order_share_observed", "discounted_order_share_n", "mean_discount_depth")
    names += ("price_sensitivity_observed", "price_sensitivity_n")
    found: Row = dict.fromkeys((*names, "refund_rate_observed", "refund_rate_n"))
    orders: dict[str, list[Row]] = defaultdict(list)
    for event in bought:
        orders[event["order_id"] or event["message_id"]].append(event)
    # An order that spans days is one of each day.
    reduced = [lines for lines in orders.values() if any((line["discount"] or 0) > 0 for line in lines)]
    if any((event["discount"] or 0) > 0 for event in everybody if event["event"] == ORDER):
        found["discounted_order_share_n"] = found["price_sensitivity_n"] = len(orders)
        found["discounted_order_share_observed"] = len(reduced) / len(orders) if orders else None
        off = float(sum(line["discount"] for lines in reduced for line in lines if (line["discount"] or 0) > 0))
        paid = float(sum(line["revenue"] or 0 for lines in reduced for line in lines))
        found["mean_discount_depth"] = off / (off + paid) if off + paid else None
    if any(map(is_event(REFUND), everybody)):
        refunded = {event["order_id"] or event["message_id"] for event in given_back}
        found["refund_rate_n"] = len(orders)
        found["refund_rate_observed"] = min(1.0, len(refunded) / len(orders)) if orders else None
    return found


def purchases(bought: list[Row], cutoff: date, day: Any) -> Row:
    """The metrics that rest on purchase days; None for each where there is too little to go by."""
    names = ["repeat_frequency", "days_since_last_order", "recency_btyd_days", "T_days", "aov_observed"]
    names += ["expected_next_order_lo", "expected_next_order_hi", "season_peak_month"]
    names += ["monetary_repeat", "mean_gap_days_observed", "gap_cv", "expected_next_order_at", "overdue_days"]
    found: Row = dict.fromkeys(names) | {"aov_n": 0, "mean_gap_days_n": 0}
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
    found["aov_n"] = len({event["order_id"] or event["message_id"] for event in bought})
    found["aov_observed"] = sum(by_day.values()) / found["aov_n"]
    found["mean_gap_days_n"] = len(gaps)
    if gaps:
        mean = statistics.fmean(gaps)
        found["mean_gap_days_observed"] = mean
        found["monetary_repeat"] = statistics.fmean(by_day[each] for each in days[1:])
        found["expected_next_order_at"] = days[-1] + timedelta(days=math.floor(mean + 0.5))
        found["overdue_days"] = (cutoff - found["expected_next_order_at"]).days
    if len(gaps) >= 2:
        found["gap_cv"] = statistics.stdev(gaps) / mean
        reach = stats.t.ppf(0.9, len(gaps) - 1) * statistics.stdev(gaps) * math.sqrt(1 + 1 / len(gaps))
        ends = max(1, mean - reach), mean + reach
        found["expected_next_order_lo"], found["expected_next_order_hi"] = (
            days[-1] + timedelta(days=math.floor(end + 0.5)) for end in ends
        )
    return found
