"""What notebook 01_ingestion says of visits, orders, messages and cases: counts, with what lies beneath them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd

from helpers.datasets import tracking_plan

if TYPE_CHECKING:
    from helpers.datasets import Shop

DAYS_BEFORE = 30


def belonging(shop: Shop) -> pd.DataFrame:
    """How many visits, orders, messages and cases the events add up to.

    Returns:
        One row each that occurs: key (its table), what, rows, first_day, last_day (local for visits and orders, UTC
        else), set_apart (text: what is counted apart in them).
    """
    rows = [_visits(shop), _carts(shop), _orders(shop), _messages(shop), _cases(shop)]
    columns = ["key", "what", "rows", "first_day", "last_day", "set_apart"]
    return pd.DataFrame(rows, columns=columns).query("rows > 0")


def preceded(shop: Shop) -> tuple[int, int]:
    """Orders of customers whose browsing is known, and those of them that a look, a cart or a checkout preceded.

    Known are orders of a customer id that a tracker saw at least once before; looked for is one event of the same id
    in the 30 days before the order, of those that lead to one by the tracking plan.

    Returns:
        How many were preceded, of how many.
    """
    events, orders = shop.table("events"), shop.table("orders")
    precursors = tracking_plan(shop.name).precursors("order")
    watched = events.filter(events.event.isin(precursors), events.user_id.notnull(), ~events.is_bot)
    seen = watched.select(user_id=watched.user_id, seen_at=watched.timestamp)
    joined = orders.filter(orders.user_id.notnull()).inner_join(
        seen, [orders.user_id == seen.user_id, seen.seen_at <= orders.ordered_at]
    )
    recent = joined.seen_at >= joined.ordered_at - ibis.interval(days=DAYS_BEFORE)
    known = joined.group_by("source_id", "order_id").aggregate(preceded=recent.any())
    counted = known.aggregate(orders=known.count(), preceded=known.preceded.sum().fill_null(0))
    found = counted.to_pyarrow().to_pylist()[0]
    return found["preceded"], found["orders"]


def _row(table: ibis.Table, key: str, what: str, day: ibis.expr.types.Value, **apart: ibis.expr.types.Value) -> list:
    counts = {name: condition.sum().fill_null(0) for name, condition in apart.items()}
    found = table.aggregate(rows=table.count(), first=day.min(), last=day.max(), **counts).to_pyarrow().to_pylist()[0]
    said = ", ".join(f"{found[name]:,} {name.replace('_', ' ')}" for name in apart)
    return [key, what, found["rows"], found["first"], found["last"], said]


def _visits(shop: Shop) -> list:
    visits = shop.table("sessions")
    apart = {"of_programs": visits.is_bot, "of_tests": visits.is_test, "engaged": visits.is_engaged & ~visits.is_bot}
    return _row(visits, "sessions", "visits", visits.local_started_at.date(), **apart)


def _carts(shop: Shop) -> list:
    lines = shop.table("cart_lines")
    apart = {"abandoned": lines.abandoned > 0}
    return _row(lines, "cart_lines", "products in carts", lines.added_at.date(), **apart)


def _orders(shop: Shop) -> list:
    orders = shop.table("orders")
    return _row(orders, "orders", "orders", orders.local_ordered_at.date(), with_money_given_back=orders.refunded > 0)


def _messages(shop: Shop) -> list:
    sends = shop.table("sends")
    apart = {"opened_by_people": sends.opens > 0, "opened_by_programs": sends.machine_opens > 0}
    return _row(sends, "sends", "messages", sends.delivered_at.date(), **apart, bounced=sends.bounced)


def _cases(shop: Shop) -> list:
    cases = shop.table("cases")
    apart = {"not_resolved": cases.resolved_at.isnull(), "opened_again": cases.reopened > 0}
    return _row(cases, "cases", "support cases", cases.opened_at.date(), **apart)
