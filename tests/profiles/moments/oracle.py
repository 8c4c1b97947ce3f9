"""Four moments in plain Python, event by event: what holds is kept, and each event says whether it goes on."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]
DAY, WEEK, HOUR = timedelta(days=1), timedelta(days=7), timedelta(hours=1)


def order(row: Row) -> tuple:
    return row["timestamp"], row["message_id"]


def whole(row: Row) -> datetime:
    return row["timestamp"].replace(microsecond=0)


def by_person(rows: list[Row]) -> dict[str, list[Row]]:
    people = defaultdict(list)
    for row in sorted(rows, key=order):
        people[row["profile_id"]].append(row)
    return people


def spans(rows: list[Row], as_of: datetime) -> list[tuple]:
    """(person, moment, about, start, end, what ended it) as of a moment after all rows."""
    found = []
    for who, own in by_person(rows).items():
        for moment, find in FOUND.items():
            for about, start, end, by in find(own):
                over = end is not None and end <= as_of
                if start < as_of and start != end:
                    found.append((who, moment, about, start, end, by if over else None))
    return sorted(found, key=lambda one: one[:4])


class Held:
    """What holds of one thing, and what held."""

    def __init__(self) -> None:
        self.spans: list[list] = []

    def on(self, at: datetime) -> bool:
        return bool(self.spans) and at < self.spans[-1][1]

    def pulse(self, at: datetime, until: datetime) -> None:
        if self.on(at):
            self.spans[-1][1] = until
        else:
            self.spans.append([at, until, "expiry"])

    def stop(self, at: datetime, by: str) -> None:
        if self.on(at):
            self.spans[-1][1:] = [at, by]


def told(held: dict[str, Held]) -> list[tuple]:
    return [(about, *span) for about, own in held.items() for span in own.spans]


def browsing_category(own: list[Row]) -> list[tuple]:
    views = [row for row in own if row["event"] == "Product Viewed"]
    held: dict[str, Held] = defaultdict(Held)
    for view in views:
        at = view["timestamp"]
        seen = Counter(v["product_category"] for v in views if whole(view) - DAY < whole(v) <= whole(view))
        for category, one in held.items():
            if seen[category] / seen.total() < 0.6:
                one.stop(at, "activity")
        mine = view["product_category"]
        if mine and seen[mine] >= 3 and seen[mine] / seen.total() >= 0.6:
            held[mine].pulse(at, at + DAY)
    return told(held)


def hesitating(own: list[Row]) -> list[tuple]:
    held: dict[str, Held] = defaultdict(Held)
    views: dict[str, list[Row]] = defaultdict(list)
    for row in own:
        at, product = row["timestamp"], row["product_id"]
        if row["event"] == "Order Completed":
            views.clear()
            for one in held.values():
                one.stop(at, "order")
        elif row["event"] == "Product Viewed" and product:
            views[product].append(row)
            lately = [each for each in views[product] if whole(row) - WEEK < whole(each)]
            if len(lately) >= 3 and min(each["local_time"].date() for each in lately) < row["local_time"].date():
                held[product].pulse(at, at + WEEK)
    return told(held)


def first(rows: list[Row], *events: str) -> datetime:
    """When the first of these events is; at the end of time if there is none."""
    return next((row["timestamp"] for row in rows if row["event"] in events), datetime.max)


def cart_abandoned(own: list[Row]) -> list[tuple]:
    acts = [row["timestamp"] for row in own if row["category"] == "web" and row["event"] != "Error Shown"]
    silences = [at + HOUR for at in acts if not any(at < other < at + HOUR for other in acts)]
    carts: dict[datetime, list[tuple]] = defaultdict(list)
    for place, row in enumerate(own):
        if row["event"] == "Product Added":
            later = own[place + 1 :]
            of_product = [each for each in later if each["product_id"] == row["product_id"]]
            steps = [each for each in of_product if each["event"] in ("Product Added", "Product Removed")]
            quiet = min(each for each in silences if each >= row["timestamp"] + HOUR)
            ends = first(later, "Order Completed"), first(steps[:1], "Product Removed")
            if min(ends) >= quiet:
                carts[quiet].append((row["product_id"], *ends))
    spans = []
    for quiet, cart in carts.items():
        again = first([row for row in own if row["timestamp"] >= quiet], "Product Added")
        ends = {
            "expiry": quiet + WEEK,
            "order": cart[0][1],
            "activity": again,
            "cancelled": max(one[2] for one in cart),
        }
        by = min(ends, key=ends.get)
        spans.append((cart[-1][0], quiet, ends[by], by))
    return spans


def support_open(own: list[Row]) -> list[tuple]:
    spans, opened = [], {}
    for row in own:
        ticket, step = row["ticket_id"], row["event"].removeprefix("Support Ticket ")
        if step in ("Opened", "Reopened"):
            opened.setdefault(ticket, row["timestamp"])
        elif step == "Resolved" and ticket in opened:
            spans.append((ticket, opened.pop(ticket), row["timestamp"], "resolved"))
    return spans + [(ticket, since, None, None) for ticket, since in opened.items()]


FOUND = {
    "browsing_category": browsing_category,
    "hesitating": hesitating,
    "cart_abandoned": cart_abandoned,
    "support_open": support_open,
}
