"""Customer-day facts: every event of a person folded once into one row a local day."""

from __future__ import annotations

import ibis

from helpers.datasets.tables.facts import COUNTS, SUMS
from helpers.datasets.tables.ingestion import CATEGORIES, CHANNELS, MONEY

ORDER, REFUND = "Order Completed", "Order Refunded"
# Counts of one kind of event; those of whole orders and visits are distinct, and folded apart.
_KINDS = {"product_views": "Product Viewed", "searches": "Products Searched", "cart_adds": "Product Added"}
_DISTINCT = ("sessions", "orders", "discounted_orders", "refunded_orders")
# What `fold` reads of events, and what is found out of them.
READ = (
    "message_id", "event", "timestamp", "local_time", "channel", "category", "session_id", "order_id", "revenue",
    "discount",
)  # fmt: skip
FOUND = ("profile_id", "weight")


def fold(events: ibis.Table, *apart: str) -> ibis.Table:
    """Fold events of people into table `daily`.

    A fact of a day rests on the events of that day alone. An order counts once, however many lines it has; a source
    without order ids has one order an event.

    Args:
        events: Columns of `events`, profile_id and weight, as `person_events` gives them.
        apart: Further columns whose values are folded apart from each other.

    Returns:
        Rows of table `daily`, and the columns of `apart`.
    """
    dated = events.mutate(day=events.local_time.date())
    key = ["profile_id", "day", *apart]
    days = dated.group_by(key).aggregate(
        first_at=dated.timestamp.min(),
        last_at=dated.timestamp.max(),
        events=dated.count(),
        acts=dated.count(where=dated.weight > 0),
        engagement=dated.weight.cast("float64").sum(),
        **{f"{name}_events": dated.count(where=dated.category == name) for name in CATEGORIES},
        **{f"on_{name}": dated.count(where=dated.channel == name) for name in CHANNELS},
        **{name: dated.count(where=dated.event == event) for name, event in _KINDS.items()},
    )
    for part in (_orders(dated, key), _refunds(dated, key), _sessions(dated, key)):
        # What is folded apart may be missing; a missing value is its own kind.
        same = [*key[:2], *(days[name].identical_to(part[name]) for name in apart)]
        days = days.left_join(part, same, rname="{name}_again").drop(*(f"{name}_again" for name in key))
    missing = {name: days[name].fill_null(0) for name in _DISTINCT}
    return days.mutate(**missing, **{name: days[name].fill_null(0).cast(MONEY) for name in SUMS})


def _orders(dated: ibis.Table, key: list[str]) -> ibis.Table:
    lines = dated.filter(dated.event == ORDER)
    orders = lines.group_by(*key, order=order_of(lines)).aggregate(
        revenue=lines.revenue.sum(), discount=lines.discount.sum(where=lines.discount > 0)
    )
    reduced = orders.discount.notnull()
    return orders.group_by(key).aggregate(
        orders=orders.count(),
        discounted_orders=orders.count(where=reduced),
        order_revenue=orders.revenue.sum(),
        discounts=orders.discount.sum(),
        discounted_revenue=orders.revenue.sum(where=reduced),
    )


def _refunds(dated: ibis.Table, key: list[str]) -> ibis.Table:
    lines = dated.filter(dated.event == REFUND)
    refunds = lines.group_by(*key, order=order_of(lines)).aggregate(revenue=lines.revenue.sum())
    # Refunds come as negative revenue; kept as what was paid back.
    return refunds.group_by(key).aggregate(refunded_orders=refunds.count(), refunds=-refunds.revenue.sum())


def _sessions(dated: ibis.Table, key: list[str]) -> ibis.Table:
    # Web events alone, which one consent covers: an order in the same visit would be folded apart from them.
    seen = dated.filter(dated.category == "web", dated.session_id.notnull())
    visits = seen.select(*key, "session_id").distinct()
    return visits.group_by(key).aggregate(sessions=visits.count())


def order_of(lines: ibis.Table) -> ibis.Value:
    """The order that each line belongs to; a line without a number is an order by itself."""
    return ibis.coalesce(lines.order_id, lines.message_id)


def together(parts: ibis.Table) -> ibis.Table:
    """Add up parts of one day of one person, whose events, orders and visits are apart from each other.

    Args:
        parts: Columns of table `daily`; several rows may share profile_id and day.
    """
    return parts.group_by("profile_id", "day").aggregate(
        first_at=parts.first_at.min(),
        last_at=parts.last_at.max(),
        engagement=parts.engagement.sum(),
        **{name: total(parts[name]) for name in COUNTS},
        **{name: parts[name].sum().cast(MONEY) for name in SUMS},
    )


def total(counts: ibis.Value) -> ibis.Value:
    """The sum of whole numbers as one; added up as floats, which hold them exactly and every engine adds quickly."""
    return counts.cast("float64").sum().fill_null(0).cast("int64")
