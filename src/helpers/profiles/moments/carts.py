"""Carts and checkouts that nobody went on with: timers, which an order stops or cancels."""

from __future__ import annotations

import ibis

from helpers.profiles.facts import ORDER
from helpers.profiles.moments.spells import DAY, HOUR, MINUTE, ends, next_at, pulse, said

ADD, REMOVE, CHECKOUT = "Product Added", "Product Removed", "Checkout Started"
# Whoever goes on does so within the visit, which ends after 30 minutes of silence; a cart is given as much again.
CART_AFTER, CHECKOUT_AFTER = HOUR, 30 * MINUTE
# What is in a cart is bought within a week, if it is: `bought from cart` of `daily_kinds` counts as long.
LASTS = 7 * DAY


def cart_abandoned(events: ibis.Table) -> ibis.Table:
    """Pulses of cart_abandoned: 60 minutes after the last act in the shop, with something added and not ordered.

    An act in the shop is a web event that people do themselves; opening a mail keeps no cart. What was taken out again
    by then is not left.
    """
    added = _quiet_after(events).mutate(is_left=_is_left)
    last = ibis.struct({"timestamp": added.timestamp, "message_id": added.message_id})
    own = ibis.struct({"message_id": added.message_id, "product_id": added.product_id})
    carts = added.group_by("profile_id", "quiet_at").aggregate(
        n=added.count(where=added.is_left),
        removed=added.removed_at.count(where=added.is_left),
        removed_at=added.removed_at.max(where=added.is_left),
        ordered_at=added.ordered_at.min(where=added.is_left),
        added_at=added.added_at.min(where=added.added_at >= added.quiet_at),
        last=own.argmax(last, where=added.is_left),
    )
    carts = carts.filter(carts.n > 0).unpack("last")
    emptied = ibis.ifelse(carts.removed == carts.n, carts.removed_at, None)
    end = ends(carts.quiet_at + ibis.interval(seconds=LASTS),
               order=carts.ordered_at, activity=carts.added_at, cancelled=emptied)  # fmt: skip
    evidence = said(carts.n, " put into the cart, and 60 minutes of silence")
    about = carts.product_id.fill_null("")
    return pulse(carts, "cart_abandoned", about=about, at=carts.quiet_at, end=end, evidence=evidence)


def _quiet_after(events: ibis.Table) -> ibis.Table:
    """Additions to the cart.

    Returns:
        Columns profile_id, message_id, timestamp, product_id; quiet_at, when 60 minutes without an act in the shop were
        over; ordered_at and added_at, the next order and addition; removed_at, when it was taken out.
    """
    columns = ("profile_id", "message_id", "timestamp", "event", "product_id")
    steps = events.filter(events.event.isin([ADD, REMOVE])).select(*columns, visit=_visit(events))
    product = ibis.window(group_by=["profile_id", "product_id"], order_by=[steps.timestamp, steps.message_id])
    removed = ibis.ifelse(steps.event.lead().over(product) == REMOVE, steps.timestamp.lead().over(product), None)
    adds = steps.mutate(removed_at=removed).filter(steps.event == ADD)
    orders = events.filter(events.event == ORDER).semi_join(adds, "profile_id").select(*columns, visit=_visit(events))
    rows = adds.union(orders.mutate(removed_at=ibis.null(adds.removed_at.type())))
    rows = rows.mutate(
        ordered_at=next_at(rows, rows.event == ORDER, "profile_id"),
        added_at=next_at(rows, rows.event == ADD, "profile_id"),
    )
    return rows.filter(rows.event == ADD).join(_silences(events), ["profile_id", "visit"])


def _silences(events: ibis.Table) -> ibis.Table:
    """Visits with an addition to the cart, and when a silence of 60 minutes after them was over.

    There is none within a visit, whose events lie close to each other; an act of no visit is one by itself.

    Returns:
        Columns profile_id, visit, quiet_at.
    """
    acts = events.filter(((events.category == "web") & (events.weight > 0)) | (events.event == ADD))
    acts = acts.select("profile_id", "timestamp", "event", visit=_visit(acts))
    visits = acts.group_by("profile_id", "visit").aggregate(
        first_at=acts.timestamp.min(), last_at=acts.timestamp.max(), adds=acts.count(where=acts.event == ADD)
    )
    order = {"group_by": "profile_id", "order_by": [visits.first_at, visits.visit]}
    visits = visits.mutate(
        reached=visits.last_at.max().over(ibis.cumulative_window(**order)),
        following=visits.first_at.lead().over(ibis.window(**order)),
    )
    over = visits.reached + ibis.interval(seconds=CART_AFTER)
    visits = visits.mutate(over=ibis.ifelse((visits.following < over).fill_null(False), None, over))
    rest = ibis.cumulative_window(group_by="profile_id", order_by=[visits.first_at.desc(), visits.visit.desc()])
    visits = visits.mutate(quiet_at=visits.over.min().over(rest))
    return visits.filter(visits.adds > 0).select("profile_id", "visit", "quiet_at")


def _visit(events: ibis.Table) -> ibis.Value:
    return ibis.coalesce(events.session_id, events.message_id)


def _is_left(row: ibis.Table) -> ibis.expr.types.BooleanValue:
    """Whether what was added was neither ordered nor taken out before the silence was over."""
    return (ibis.least(row.ordered_at, row.removed_at) >= row.quiet_at).fill_null(True)


def checkout_abandoned(events: ibis.Table) -> ibis.Table:
    """Pulses of checkout_abandoned: 30 minutes after somebody entered the checkout, and did not order."""
    rows = events.filter(events.event.isin([CHECKOUT, ORDER]))
    rows = rows.select("profile_id", "message_id", "timestamp", "event")
    rows = rows.mutate(
        ordered_at=next_at(rows, rows.event == ORDER, "profile_id"),
        again_at=next_at(rows, rows.event == CHECKOUT, "profile_id"),
        over=rows.timestamp + ibis.interval(seconds=CHECKOUT_AFTER),
    )
    rows = rows.filter(
        rows.event == CHECKOUT, (ibis.least(rows.ordered_at, rows.again_at) >= rows.over).fill_null(True)
    )
    end = ends(rows.over + ibis.interval(seconds=LASTS), order=rows.ordered_at, activity=rows.again_at)
    evidence = said("checkout entered, and no order in 30 minutes")
    return pulse(rows, "checkout_abandoned", at=rows.over, end=end, evidence=evidence)
