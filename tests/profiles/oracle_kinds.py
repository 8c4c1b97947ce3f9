"""What rests on more than one event, by plain Python: answers to messages, carts, looks, cases, habits."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np

Row = dict[str, Any]
ORDER, LOOK = "Order Completed", "Product Viewed"
NO_ACTS = {"Email Delivered", "SMS Delivered", "Order Refunded", "Support Ticket Resolved"}
MONTH = timedelta(days=30)


def hours(before: Row, after: Row) -> float:
    """As tables hold them: whole seconds, to the hundredth of an hour."""
    seconds = math.floor(after["timestamp"].timestamp()) - math.floor(before["timestamp"].timestamp())
    return math.floor(seconds / 36 + 0.5) / 100


def by(events: list[Row], *names: str) -> dict[tuple, list[Row]]:
    groups: dict[tuple, list[Row]] = defaultdict(list)
    for event in events:
        key = tuple(event[name] for name in names)
        if None not in key:
            groups[key].append(event)
    return groups


def begins(own: list[Row], apart: timedelta) -> list[Row]:
    """Events without another of the same in the time before."""
    times = [None, *(event["timestamp"] for event in own)]
    return [each for each, last in zip(own, times, strict=False) if last is None or last < each["timestamp"] - apart]


def named(events: list[Row], *names: str) -> list[Row]:
    return [event for event in events if event["event"] in names]


def of_person(events: list[Row], cutoff: date, day: Any, launched: dict[str, Any]) -> Row:
    """Metrics of one person from their events before the cutoff."""
    events = sorted(events, key=lambda event: (event["timestamp"], event["message_id"]))
    return messages(events) | products(events, day, launched) | support(events, cutoff, day) | habits(events, day)


def messages(events: list[Row]) -> Row:
    counts: Counter = Counter()
    delays = defaultdict(list)
    names = {"Email Opened": "email_open", "Email Link Clicked": "email_click", "Email Forwarded": "email_forward",
             "SMS Link Clicked": "sms_click", "SMS Replied": "sms_reply"}  # fmt: skip
    for own in by(events, "send_id").values():
        for sent in begins(named(own, "Email Delivered", "SMS Delivered"), MONTH):
            counts["email" if sent["event"].startswith("Email") else "sms"] += 1
            start = sent["timestamp"]
            for event, name in names.items():
                answers = [each for each in named(own, event) if start <= each["timestamp"] < start + MONTH]
                counts[name] += bool(answers)
                counts["email_reopen"] += event == "Email Opened" and len(answers) > 1
                if answers:
                    delays[name].append(max(hours(sent, answers[0]), 0.01))
    found: Row = {}
    for name in (*names.values(), "email_reopen"):
        n = counts[name.split("_")[0]]
        found |= {f"{name}_rate_n": n, f"{name}_rate_observed": counts[name] / n if n else None}
    for name in ("email_open", "sms_reply"):
        own = delays[name]
        found[f"{name}_delay_h"] = math.exp(statistics.fmean(map(math.log, own))) if own else None
    return found


def products(events: list[Row], day: Any, launched: dict[str, Any]) -> Row:
    bought = [event for event in named(events, ORDER) if event["product_id"]]
    looks = [event for event in named(events, LOOK) if event["product_id"]]
    added = by(named(events, "Product Added"), "session_id", "product_id").values()
    carts = [cart for own in added for cart in begins(own, timedelta(days=7))]
    kept = [
        any(
            line["product_id"] == cart["product_id"]
            and cart["timestamp"] <= line["timestamp"] < cart["timestamp"] + timedelta(days=7)
            for line in bought
        )
        for cart in carts
    ]
    waits = []
    dated = [{**line, "order": line["order_id"] or line["message_id"], "day": day(line)} for line in bought]
    for lines in by(dated, "order", "day").values():
        seen = [
            (look["timestamp"], look, line)
            for line in lines
            for look in looks
            if look["product_id"] == line["product_id"]
            and line["timestamp"] - MONTH <= look["timestamp"] < line["timestamp"]
        ]
        if seen:
            first = min(seen, key=lambda each: each[0])[1]
            waits.append(hours(first, min((line for *_, line in seen), key=lambda line: line["timestamp"])))
    again = set()
    for own in by(looks, "product_id").values():
        firsts = [each[0] for _, each in sorted(by([{**e, "day": day(e)} for e in own], "day").items())]
        again |= {
            day(after) for before, after in pairwise(firsts)
            if before["timestamp"] >= after["timestamp"] - MONTH
        }  # fmt: skip
    new = [
        hours({"timestamp": launched[line["product_id"]]}, line)
        for line in bought
        if (line["discount"] or 0) <= 0
        and line["product_id"] in launched
        and line["timestamp"] >= launched[line["product_id"]]
    ]
    depths = []
    with_day = [{**e, "day": day(e), "order": e["order_id"] or e["message_id"]} for e in named(events, ORDER)]
    for lines in by(with_day, "day", "order").values():
        off = float(sum(line["discount"] for line in lines if (line["discount"] or 0) > 0))
        paid = float(sum(line["revenue"] or 0 for line in lines))
        if off > 0:
            depths.append(math.floor(1000 * off / (off + paid) + 0.5) / 10)
    return {
        "cart_abandon_rate_n": len(carts),
        "cart_abandon_rate_observed": kept.count(False) / len(carts) if carts else None,
        "browse_to_buy_median_h": statistics.median(waits) if waits else None,
        "repeat_view_days": len(again),
        "launch_buyer_h": statistics.median(new) if new else None,
        "discount_threshold_pct": float(np.quantile(depths, 0.1)) if len(depths) >= 3 else None,
    }


def support(events: list[Row], cutoff: date, day: Any) -> Row:
    openings = by(named(events, "Support Ticket Opened"), "ticket_id").values()
    opened = [case for own in openings for case in begins(own, MONTH)]
    later = []
    for event in named(events, "Support Ticket Resolved", "Support Ticket Reopened"):
        own = [case for case in opened if case["ticket_id"] == event["ticket_id"]]
        before = [case for case in own if case["timestamp"] <= event["timestamp"]]
        later += [(before[-1], event)] if before else []
    solved = [(day(event), hours(first, event)) for first, event in later if event["event"].endswith("Resolved")]
    again = len(later) - len(solved)
    found: Row = {
        "cases_180d": sum(day(each) >= cutoff - timedelta(days=180) for each in opened),
        "unresolved_cases": max(len(opened) + again - len(solved), 0),
        "hours_to_resolve_last": max(solved)[1] if solved else None,
        "post_support_gap_ratio": None,
    }
    acts = [event for event in events if event["event"] not in NO_ACTS]
    days = sorted({day(event) for event in acts})
    gaps = [(after - before).days for before, after in pairwise(days)]
    if opened and gaps:
        last = max(map(day, opened))
        backs = []
        for case in [each for each in opened if day(each) == last]:
            start = case["timestamp"]
            after = [e for e in acts if e["category"] != "support" and start < e["timestamp"] < start + 3 * MONTH]
            if after:
                seconds = math.floor(after[0]["timestamp"].timestamp()) - math.floor(start.timestamp())
                backs.append(math.floor(seconds / 864 + 0.5) / 100)
        away = max(backs) if backs else (cutoff - last).days
        found["post_support_gap_ratio"] = away / statistics.median(gaps)
    return found


def habits(events: list[Row], day: Any) -> Row:
    categories = Counter(e["product_category"] for e in named(events, ORDER) if e["product_category"])
    last = [
        own[-1]
        for own in by([{**e, "day": day(e)} for e in events if e["page_category"]], "session_id", "day").values()
    ]
    left = Counter(event["page_category"] for event in last)
    shares = [n / categories.total() for n in categories.values()]
    return {
        "top_category": min(categories, key=lambda name: (-categories[name], name), default=None),
        "category_entropy": -sum(share * math.log2(share) for share in shares) if shares else None,
        "exit_page_mode": min(left, key=lambda name: (-left[name], name), default=None),
    }
