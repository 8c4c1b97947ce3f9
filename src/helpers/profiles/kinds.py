"""What people did by kind: what they answer, return to or leave, each dated by the day on which they did it.

An answer is told with what it answers, so that at any cutoff the answers that came before it are known.
"""

from __future__ import annotations

import ibis

from helpers.datasets.tables.facts import HOURS_ON
from helpers.profiles import facts
from helpers.profiles.facts import ORDER, order_of, total
from helpers.profiles.follow_ups import (
    carts,
    cases,
    hours_between,
    looks,
    looks_again,
    messages,
    order_lines,
    returns,
    row,
)

# What `kinds` reads of events, beside profile_id and weight: what `facts.fold` does, and more.
READ = (
    *facts.READ, "product_id", "product_category", "page_category", "send_id", "topic", "format", "offer_type",
    "ticket_id", "support_category",
)  # fmt: skip
KEY = ("profile_id", "day", "began", "kind", "topic", "format", "offer_type", "amount")


def kinds(events: ibis.Table, products: ibis.Table) -> ibis.Table:
    """Everything that counts by kind, one row a time it happened.

    Args:
        events: Columns `READ`, profile_id and weight, as `person_events` gives them.
        products: Table `products`.

    Returns:
        The columns of `KEY`, and of what each rests on: first_event and last_event (name of the earlier event that it
        answers, and its own), and rests_since: no event of these names before that moment (UTC) could change it.
    """
    parts = [
        *messages(events), *carts(events), looks(events), looks_again(events), *cases(events), returns(events),
        _ordered(events), _ordered_new(events, products), _ordered_reduced(events), _left(events), _hours(events),
    ]  # fmt: skip
    return ibis.union(*parts)


def counted(rows: ibis.Table, *apart: str) -> ibis.Table:
    """Rows of table `daily_kinds`, and the columns of `apart`, of those of `kinds` or of others of the table."""
    n = total(rows.n) if "n" in rows.columns else rows.count()
    return rows.group_by(*KEY, *apart).aggregate(n=n)


def _ordered(events: ibis.Table) -> ibis.Table:
    lines = events.filter(events.event == ORDER, events.product_category.notnull())
    return row(lines, "ordered", topic=lines.product_category)


def _ordered_new(events: ibis.Table, products: ibis.Table) -> ibis.Table:
    launched = products.filter(products.launched_at.notnull()).select("product_id", "launched_at")
    lines = order_lines(events).filter(lambda row: row.discount.fill_null(0) <= 0).join(launched, "product_id")
    lines = lines.filter(lines.timestamp >= lines.launched_at)
    return row(lines, "ordered new", amount=hours_between(lines.launched_at, lines.timestamp))


def _ordered_reduced(events: ibis.Table) -> ibis.Table:
    lines = events.filter(events.event == ORDER).mutate(day=lambda row: row.local_time.date())
    key = {"order": order_of(lines)}
    orders = lines.group_by("profile_id", "day", "event", **key).aggregate(
        timestamp=lines.timestamp.min(),
        local_time=lines.local_time.min(),
        paid=lines.revenue.sum().cast("float64"),
        off=lines.discount.sum(where=lines.discount > 0).cast("float64"),
    )
    reduced = orders.filter(orders.off > 0, orders.off + orders.paid > 0)
    return row(reduced, "ordered reduced", amount=(1000 * reduced.off / (reduced.off + reduced.paid)).round() / 10)


def _left(events: ibis.Table) -> ibis.Table:
    pages = events.filter(events.page_category.notnull(), events.session_id.notnull())
    pages = pages.mutate(day=pages.local_time.date())
    place = ibis.struct({"timestamp": pages.timestamp, "message_id": pages.message_id})
    own = ibis.struct({"event": pages.event, "page_category": pages.page_category})
    last = pages.group_by("profile_id", "session_id", "day").aggregate(
        timestamp=pages.timestamp.max(), local_time=pages.local_time.max(), last=own.argmax(place)
    )
    last = last.unpack("last")
    return row(last, "left", topic=last.page_category)


def _hours(events: ibis.Table) -> ibis.Table:
    acts = events.filter(events.weight > 0, events.channel.isin(HOURS_ON))
    return row(acts, ibis.literal("hour on ") + acts.channel, amount=acts.local_time.hour().cast("float64"))
