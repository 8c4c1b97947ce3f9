"""What people did by kind: what they answer, return to or leave, each dated by the day on which they did it.

An answer is told with what it answers, so that at any cutoff the answers that came before it are known.
"""

from __future__ import annotations

from datetime import timedelta

import ibis

from helpers.datasets.tables.facts import HOURS_ON
from helpers.profiles.facts import ORDER

# What `kinds` reads of events, beside profile_id and weight.
READ = (
    "message_id", "event", "timestamp", "local_time", "channel", "category", "session_id", "order_id", "revenue",
    "discount", "product_id", "product_category", "page_category", "send_id", "topic", "format", "offer_type",
    "ticket_id", "support_category",
)  # fmt: skip
KEY = ("profile_id", "day", "began", "kind", "topic", "format", "offer_type", "amount")
ANSWERED_WITHIN, BOUGHT_WITHIN, REMEMBERED = timedelta(days=30), timedelta(days=7), timedelta(days=30)
BACK_WITHIN = timedelta(days=90)
_DELIVERED = {"Email Delivered": "email delivered", "SMS Delivered": "sms delivered"}
# Event and how often it had happened before, to its kind.
_ANSWERS = {
    ("Email Opened", 0): "email opened",
    ("Email Opened", 1): "email opened again",
    ("Email Link Clicked", 0): "email clicked",
    ("Email Forwarded", 0): "email forwarded",
    ("SMS Link Clicked", 0): "sms clicked",
    ("SMS Replied", 0): "sms replied",
}
_CASES = {"Support Ticket Resolved": "case resolved", "Support Ticket Reopened": "case reopened"}
_LOOK, _ADD, _OPEN = "Product Viewed", "Product Added", "Support Ticket Opened"


def kinds(events: ibis.Table, products: ibis.Table) -> ibis.Table:
    """Everything that counts by kind, one row a time it happened.

    Args:
        events: Columns `READ`, profile_id and weight, as `person_events` gives them.
        products: Table `products`.

    Returns:
        The columns of `KEY`, and of what each rests on: first_event and first_at (name and moment in UTC of the earlier
        event that it answers, or of itself), last_event and last_at.
    """
    parts = [
        *_messages(events), *_carts(events), _looks(events), _looks_again(events), *_cases(events), _returns(events),
        _ordered(events), _ordered_new(events, products), _ordered_reduced(events), _left(events), _hours(events),
    ]  # fmt: skip
    return ibis.union(*parts)


def counted(rows: ibis.Table, *apart: str) -> ibis.Table:
    """Rows of table `daily_kinds`, and the columns of `apart`, of those of `kinds` or of others of the table."""
    n = rows.n.sum().cast("int64") if "n" in rows.columns else rows.count()
    return rows.group_by(*KEY, *apart).aggregate(n=n)


def _row(rows: ibis.Table, kind: str | ibis.Value, **known: ibis.Value) -> ibis.Table:
    """The columns that `kinds` gives; `began`, `first_event` and `first_at` are the row's own where not known."""
    event, at = known.get("event", rows.event), known.get("at", rows.timestamp)
    local = known.get("local", rows.local_time)
    return rows.select(
        "profile_id",
        day=local.date(),
        began=known.get("began", local).date(),
        kind=ibis.literal(kind) if isinstance(kind, str) else kind,
        **{name: known.get(name, ibis.literal("")).fill_null("") for name in ("topic", "format", "offer_type")},
        amount=known.get("amount", ibis.literal(0.0)),
        first_event=known.get("first_event", event),
        first_at=known.get("first_at", at),
        last_event=event,
        last_at=at,
    )


def _hours_between(start: ibis.Value, end: ibis.Value) -> ibis.Value:
    """Hours, to the hundredth."""
    return ((end.epoch_seconds() - start.epoch_seconds()).cast("float64") / 36).round() / 100


def _named(names: dict[str, str], event: ibis.Value) -> ibis.Value:
    return ibis.cases(*((event == name, kind) for name, kind in names.items()), else_=ibis.null("string"))


def _firsts(events: ibis.Table, *by: str, **kept: str) -> ibis.Table:
    """The first event of a person by some columns: first_event, first_at, began, and what else is kept of it."""
    order = [events.timestamp, events.message_id]
    place = ibis.row_number().over(ibis.window(group_by=["profile_id", *by], order_by=order))
    first = events.mutate(place=place).filter(lambda row: row.place == 0)
    return first.select("profile_id", *by, first_event="event", first_at="timestamp", began="local_time", **kept)


def _messages(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    sent = events.filter(events.send_id.notnull())
    about = {name: f"_{name}" for name in ("topic", "format", "offer_type")}
    delivered = _firsts(
        sent.filter(sent.event.isin([*_DELIVERED])), "send_id", **{new: old for old, new in about.items()}
    )
    begun = delivered.mutate(event=delivered.first_event, timestamp=delivered.first_at, local_time=delivered.began)
    told = _row(begun, _named(_DELIVERED, begun.event), **{old: begun[new] for old, new in about.items()})
    answers = sent.filter(sent.event.isin(sorted({event for event, _ in _ANSWERS})))
    answers = answers.join(delivered, ["profile_id", "send_id"])
    answers = answers.filter(
        answers.timestamp >= answers.first_at, answers.timestamp < answers.first_at + ANSWERED_WITHIN
    )
    person = ibis.window(group_by=["profile_id", "send_id", "event"], order_by=[answers.timestamp, answers.message_id])
    answers = answers.mutate(before=ibis.row_number().over(person))
    which = ibis.cases(
        *(((answers.event == event) & (answers.before == before), kind) for (event, before), kind in _ANSWERS.items()),
        else_=ibis.null("string"),
    )
    answers = answers.mutate(kind=which).filter(lambda row: row.kind.notnull())
    known = {old: answers[new] for old, new in about.items()}
    return told, _row(answers, answers.kind, **known, **_of(answers))


def _of(answers: ibis.Table) -> dict[str, ibis.Value]:
    """What is known of an answer from what it answers."""
    amount = _hours_between(answers.first_at, answers.timestamp)
    return {name: answers[name] for name in ("began", "first_event", "first_at")} | {"amount": amount}


def _carts(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    added = events.filter(events.event == _ADD, events.session_id.notnull(), events.product_id.notnull())
    lines = _firsts(added, "session_id", "product_id", topic="product_category")
    begun = lines.mutate(event=lines.first_event, timestamp=lines.first_at, local_time=lines.began)
    bought = _lines(events).select("profile_id", "product_id", "event", "timestamp", "local_time", "message_id")
    bought = lines.join(bought, ["profile_id", "product_id"])
    bought = bought.filter(bought.timestamp >= bought.first_at, bought.timestamp < bought.first_at + BOUGHT_WITHIN)
    order = [bought.timestamp, bought.message_id]
    place = ibis.row_number().over(ibis.window(group_by=["profile_id", "session_id", "product_id"], order_by=order))
    bought = bought.mutate(place=place).filter(lambda row: row.place == 0)
    return (
        _row(begun, "put into cart", topic=begun.topic),
        _row(bought, "bought from cart", topic=bought.topic, **_of(bought)),
    )


def _lines(events: ibis.Table) -> ibis.Table:
    return events.filter(events.event == ORDER, events.product_id.notnull())


def _looks(events: ibis.Table) -> ibis.Table:
    seen = events.filter(events.event == _LOOK, events.product_id.notnull())
    seen = seen.select("profile_id", "product_id", first_event="event", first_at="timestamp", began="local_time")
    lines = _lines(events)
    order = ibis.coalesce(lines.order_id, lines.message_id)
    bought = lines.select("profile_id", "product_id", "event", "timestamp", "local_time", order=order)
    pairs = bought.join(seen, ["profile_id", "product_id"])
    pairs = pairs.filter(pairs.first_at < pairs.timestamp, pairs.first_at >= pairs.timestamp - REMEMBERED)
    orders = pairs.group_by("profile_id", "order", "event", "first_event").aggregate(
        timestamp=pairs.timestamp.min(), local_time=pairs.local_time.min(), first_at=pairs.first_at.min(),
        began=pairs.began.min(),
    )  # fmt: skip
    return _row(orders, "bought after looking", **_of(orders))


def _looks_again(events: ibis.Table) -> ibis.Table:
    seen = events.filter(events.event == _LOOK, events.product_id.notnull()).mutate(
        day=lambda row: row.local_time.date()
    )
    days = seen.group_by("profile_id", "product_id", "day", "event").aggregate(
        timestamp=seen.timestamp.min(), local_time=seen.local_time.min()
    )
    person = ibis.window(group_by=["profile_id", "product_id"], order_by="day")
    pairs = days.mutate(first_at=days.timestamp.lag().over(person), began=days.local_time.lag().over(person))
    pairs = pairs.filter(pairs.first_at.notnull(), pairs.first_at >= pairs.timestamp - REMEMBERED)
    again = pairs.group_by("profile_id", "day", "event").aggregate(
        timestamp=pairs.timestamp.min(), local_time=pairs.local_time.min(), first_at=pairs.first_at.max(),
        began=pairs.began.max(),
    )  # fmt: skip
    return _row(again, "looked again", began=again.began, first_at=again.first_at)


def _cases(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    steps = events.filter(events.ticket_id.notnull())
    opened = _opened(events)
    begun = opened.mutate(event=opened.first_event, timestamp=opened.first_at, local_time=opened.began)
    later = steps.filter(steps.event.isin([*_CASES])).select(
        "profile_id", "ticket_id", "event", "timestamp", "local_time"
    )
    later = later.join(opened, ["profile_id", "ticket_id"])
    later = later.filter(later.timestamp >= later.first_at)
    told = _row(begun, "case opened", topic=begun.about)
    return told, _row(later, _named(_CASES, later.event), topic=later.about, **_of(later))


def _opened(events: ibis.Table) -> ibis.Table:
    opened = events.filter(events.event == _OPEN, events.ticket_id.notnull())
    return _firsts(opened, "ticket_id", about="support_category")


def _returns(events: ibis.Table) -> ibis.Table:
    """The first act after a case that is not about it, once a case."""
    opened = _opened(events)
    acts = events.filter(events.weight > 0, events.category != "support")
    acts = acts.select("profile_id", "message_id", "event", "timestamp", "local_time")
    after = opened.join(acts, "profile_id")
    after = after.filter(after.timestamp > after.first_at, after.timestamp < after.first_at + BACK_WITHIN)
    order = [after.timestamp, after.message_id]
    place = ibis.row_number().over(ibis.window(group_by=["profile_id", "ticket_id"], order_by=order))
    first = after.mutate(place=place).filter(lambda row: row.place == 0)
    days = (first.timestamp.epoch_seconds() - first.first_at.epoch_seconds()).cast("float64") / 86_400
    return _row(first, "back after case", **(_of(first) | {"amount": (days * 100).round() / 100}))


def _ordered(events: ibis.Table) -> ibis.Table:
    lines = events.filter(events.event == ORDER, events.product_category.notnull())
    return _row(lines, "ordered", topic=lines.product_category)


def _ordered_new(events: ibis.Table, products: ibis.Table) -> ibis.Table:
    launched = products.filter(products.launched_at.notnull()).select("product_id", "launched_at")
    lines = _lines(events).filter(lambda row: row.discount.fill_null(0) <= 0).join(launched, "product_id")
    lines = lines.filter(lines.timestamp >= lines.launched_at)
    return _row(lines, "ordered new", amount=_hours_between(lines.launched_at, lines.timestamp))


def _ordered_reduced(events: ibis.Table) -> ibis.Table:
    lines = events.filter(events.event == ORDER).mutate(day=lambda row: row.local_time.date())
    key = {"order": ibis.coalesce(lines.order_id, lines.message_id)}
    orders = lines.group_by("profile_id", "day", "event", **key).aggregate(
        timestamp=lines.timestamp.min(),
        local_time=lines.local_time.min(),
        paid=lines.revenue.sum().cast("float64"),
        off=lines.discount.sum(where=lines.discount > 0).cast("float64"),
    )
    reduced = orders.filter(orders.off > 0, orders.off + orders.paid > 0)
    return _row(reduced, "ordered reduced", amount=(1000 * reduced.off / (reduced.off + reduced.paid)).round() / 10)


def _left(events: ibis.Table) -> ibis.Table:
    pages = events.filter(events.page_category.notnull(), events.session_id.notnull())
    pages = pages.mutate(day=pages.local_time.date())
    order = [pages.timestamp.desc(), pages.message_id.desc()]
    place = ibis.row_number().over(ibis.window(group_by=["profile_id", "session_id", "day"], order_by=order))
    last = pages.mutate(place=place).filter(lambda row: row.place == 0)
    return _row(last, "left", topic=last.page_category)


def _hours(events: ibis.Table) -> ibis.Table:
    acts = events.filter(events.weight > 0, events.channel.isin(HOURS_ON))
    return _row(acts, ibis.literal("hour on ") + acts.channel, amount=acts.local_time.hour().cast("float64"))
