"""The time after an order, in which it is what people think of."""

from __future__ import annotations

import ibis

from helpers.profiles.facts import ORDER, REFUND, order_of
from helpers.profiles.moments.spells import DAY, ends, pulse, said

CANCEL = "Order Cancelled"
# Half way to their next visit what was bought is still what they think of; after a month it is not, however slow.
SHARE_OF_GAP, LONGEST = 0.5, 30 * DAY


def post_purchase(events: ibis.Table, rhythm: ibis.Table) -> ibis.Table:
    """Pulses of post_purchase: from an order on for half the person's own gap between active days.

    Args:
        events: As `moments` takes them.
        rhythm: Likewise; of an order on a day without one, the window is the longest.
    """
    lines = events.filter(events.event == ORDER)
    lines = lines.mutate(order=order_of(lines), day=lines.local_time.date())
    orders = lines.group_by("profile_id", "order").aggregate(
        timestamp=lines.timestamp.min(), day=lines.day.min(), message_id=lines.message_id.min()
    )
    usual = rhythm.select("profile_id", "day", "g")
    orders = orders.left_join(usual, ["profile_id", "day"]).drop("profile_id_right", "day_right")
    orders = orders.left_join(_undone(events), ["profile_id", "order"]).drop("profile_id_right", "order_right")
    window = ibis.least((orders.g * SHARE_OF_GAP * DAY).round().cast("int64"), ibis.literal(LONGEST).cast("int64"))
    end = ends(orders.timestamp + window.as_interval("s"), cancelled=orders.cancelled_at, refunded=orders.refunded_at)
    gap = said("usually active once in ", orders.g.round().cast("int64"), " days")
    evidence = said("ordered, ", gap.fill_null("their usual gap is not known"))
    return pulse(orders, "post_purchase", about=orders.order, at=orders.timestamp, end=end, evidence=evidence)


def _undone(events: ibis.Table) -> ibis.Table:
    """Orders that were cancelled, or of which as much was paid back as they brought.

    Returns:
        Columns profile_id, order, cancelled_at and refunded_at, one of them missing or neither.
    """
    back = events.filter(events.event.isin([CANCEL, REFUND]), events.order_id.notnull())
    rows = events.filter(events.event.isin([ORDER, CANCEL, REFUND])).semi_join(back, ["profile_id", "order_id"])
    so_far = ibis.cumulative_window(group_by=["profile_id", "order_id"], order_by=[rows.timestamp, rows.message_id])
    revenue = rows.revenue.fill_null(0)
    rows = rows.mutate(
        brought=ibis.ifelse(rows.event == ORDER, revenue, 0).sum().over(so_far),
        paid_back=ibis.ifelse(rows.event == REFUND, -revenue, 0).sum().over(so_far),
    )
    whole = (rows.event == REFUND) & (rows.paid_back > 0) & (rows.paid_back >= rows.brought)
    return rows.group_by("profile_id", order="order_id").aggregate(
        cancelled_at=rows.timestamp.min(where=rows.event == CANCEL), refunded_at=rows.timestamp.min(where=whole)
    )
