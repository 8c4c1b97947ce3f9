"""Customer-day facts: every event of a person folded once into one row a local day."""

from __future__ import annotations

import ibis

ORDER, REFUND = "Order Completed", "Order Refunded"
CATEGORIES = ("purchase", "engagement", "web", "support")


def fold(events: ibis.Table, *apart: str) -> ibis.Table:
    """Fold events of people into table `daily`.

    An order counts once, however many lines it has; a source without order ids has one order an event.

    Args:
        events: Columns of `events` and profile_id.
        apart: Further columns whose values are folded apart from each other.

    Returns:
        Rows of table `daily`, and the columns of `apart`.
    """
    ordered, refunded = events.event == ORDER, events.event == REFUND
    order = ibis.coalesce(events.order_id, events.message_id)
    return events.group_by(*apart, profile_id=events.profile_id, day=events.local_time.date()).aggregate(
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


def together(parts: ibis.Table) -> ibis.Table:
    """Add up parts of one day of one person, whose events and orders are apart from each other.

    Args:
        parts: Columns of table `daily`; several rows may share profile_id and day.
    """
    added = ("events", "orders", *(f"{kind}_events" for kind in CATEGORIES))
    return parts.group_by("profile_id", "day").aggregate(
        first_at=parts.first_at.min(),
        last_at=parts.last_at.max(),
        order_revenue=parts.order_revenue.sum().cast("decimal(18, 4)"),
        refunds=parts.refunds.sum().cast("decimal(18, 4)"),
        channels=parts.channels.collect().flatten().unique().sort(),
        **{name: total(parts[name]) for name in added},
    )


def total(counts: ibis.Value, where: ibis.Value | None = None) -> ibis.Value:
    """The sum of whole numbers as one; DuckDB adds them up in 128 bits, which Parquet would keep as floats."""
    return counts.sum(where=where).fill_null(0).cast("decimal(18, 0)").cast("int64")
