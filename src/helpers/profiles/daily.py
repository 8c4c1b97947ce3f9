"""Customer-day facts: every event of a person folded once into one row a local day."""

from __future__ import annotations

import ibis

ORDER, REFUND = "Order Completed", "Order Refunded"
CATEGORIES = ("purchase", "engagement", "web", "support")


def fold(events: ibis.Table) -> ibis.Table:
    """Fold events of people into table `daily`.

    An order counts once, however many lines it has; a source without order ids has one order an event.

    Args:
        events: Columns of `events` and profile_id.

    Returns:
        Rows of table `daily`.
    """
    ordered, refunded = events.event == ORDER, events.event == REFUND
    order = ibis.coalesce(events.order_id, events.message_id)
    return events.group_by(profile_id=events.profile_id, day=events.local_time.date()).aggregate(
        first_at=events.timestamp.min(),
        last_at=events.timestamp.max(),
        events=events.count(),
        orders=order.nunique(where=ordered),
        order_revenue=events.revenue.sum(where=ordered).fill_null(0).cast("decimal(18, 4)"),
        # Refunds come as negative revenue; kept as what was paid back.
        refunds=(-events.revenue.sum(where=refunded)).fill_null(0).cast("decimal(18, 4)"),
        channels=events.channel.collect(distinct=True).sort(),
        **{f"{kind}_events": events.count(where=events.category == kind) for kind in CATEGORIES},
    )
