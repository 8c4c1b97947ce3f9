"""What people did by kind: what they answer, return to or leave, each dated by the day on which they did it.

An answer is told with what it answers, so that at any cutoff the answers that came before it are known.
"""

from __future__ import annotations

from datetime import timedelta

import ibis

from helpers.datasets.tables.facts import HOURS_ON
from helpers.profiles.facts import ORDER, total

# What `kinds` reads of events, beside profile_id and weight.
READ = (
    "message_id", "event", "timestamp", "local_time", "channel", "category", "session_id", "order_id", "revenue",
    "discount", "product_id", "product_category", "page_category", "send_id", "topic", "format", "offer_type",
    "ticket_id", "support_category",
)  # fmt: skip
KEY = ("profile_id", "day", "began", "kind", "topic", "format", "offer_type", "amount")
# How long an answer may take; what begins again within that time goes on, and begins nothing.
_ANSWERED, _BOUGHT, _CASE_GOES_ON = timedelta(days=30), timedelta(days=7), timedelta(days=30)
_REMEMBERED, _BACK = timedelta(days=30), timedelta(days=90)
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
        The columns of `KEY`, and of what each rests on: first_event and last_event (name of the earlier event that it
        answers, and its own), and rests_since: no event of these names before that moment (UTC) could change it.
    """
    parts = [
        *_messages(events), *_carts(events), _looks(events), _looks_again(events), *_cases(events), _returns(events),
        _ordered(events), _ordered_new(events, products), _ordered_reduced(events), _left(events), _hours(events),
    ]  # fmt: skip
    return ibis.union(*parts)


def counted(rows: ibis.Table, *apart: str) -> ibis.Table:
    """Rows of table `daily_kinds`, and the columns of `apart`, of those of `kinds` or of others of the table."""
    n = total(rows.n) if "n" in rows.columns else rows.count()
    return rows.group_by(*KEY, *apart).aggregate(n=n)


def _row(rows: ibis.Table, kind: str | ibis.Value, **known: ibis.Value) -> ibis.Table:
    """The columns that `kinds` gives; what is not known of an earlier event is that of the row itself."""
    return rows.select(
        "profile_id",
        day=rows.local_time.date(),
        began=known.get("began", rows.local_time).date(),
        kind=ibis.literal(kind) if isinstance(kind, str) else kind,
        **{name: known.get(name, ibis.literal("")).fill_null("") for name in ("topic", "format", "offer_type")},
        amount=known.get("amount", ibis.literal(0.0)),
        first_event=known.get("first_event", rows.event),
        rests_since=known.get("rests_since", rows.timestamp),
        last_event=rows.event,
    )


def _hours_between(start: ibis.Value, end: ibis.Value) -> ibis.Value:
    """Hours, to the hundredth."""
    return ((end.epoch_seconds() - start.epoch_seconds()).cast("float64") / 36).round() / 100


def _named(names: dict[str, str], event: ibis.Value) -> ibis.Value:
    return ibis.cases(*((event == name, kind) for name, kind in names.items()), else_=ibis.null("string"))


def _begins(events: ibis.Table, *by: str, apart: timedelta, **kept: str) -> ibis.Table:
    """Events of a person, by some columns, without another of the same in the time before.

    Returns:
        profile_id, the columns of `by`, first_event, first_at, began, rests_since, and of `kept` new name to column.
    """
    before = events.timestamp.lag().over(
        ibis.window(group_by=["profile_id", *by], order_by=[events.timestamp, events.message_id])
    )
    rows = events.mutate(before=before)
    rows = rows.filter(rows.before.isnull() | (rows.before < rows.timestamp - apart))
    own = {"first_event": "event", "first_at": "timestamp", "began": "local_time"} | kept
    return rows.select("profile_id", *by, rests_since=rows.timestamp - apart, **own)


def _themselves(begun: ibis.Table) -> ibis.Table:
    """Beginnings as events."""
    return begun.mutate(event=begun.first_event, timestamp=begun.first_at, local_time=begun.began)


def _numbered(answers: ibis.Table, *by: str) -> ibis.Table:
    """Answers with their place among those of the same beginning, from 0."""
    window = ibis.window(group_by=["profile_id", *by, "first_at"], order_by=[answers.timestamp, answers.message_id])
    return answers.mutate(place=ibis.row_number().over(window))


def _within(answers: ibis.Table, longest: timedelta) -> ibis.Table:
    return answers.filter(answers.timestamp >= answers.first_at, answers.timestamp < answers.first_at + longest)


def _of(answers: ibis.Table) -> dict[str, ibis.Value]:
    """What is known of an answer from what it answers."""
    known = {name: answers[name] for name in ("began", "first_event", "rests_since")}
    return known | {"amount": _hours_between(answers.first_at, answers.timestamp)}


def _messages(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    sent = events.filter(events.send_id.notnull())
    about = {f"_{name}": name for name in ("topic", "format", "offer_type")}
    delivered = _begins(sent.filter(sent.event.isin([*_DELIVERED])), "send_id", apart=_ANSWERED, **about)
    told = _themselves(delivered)
    answers = sent.filter(sent.event.isin(sorted({event for event, _ in _ANSWERS})))
    answers = _numbered(_within(answers.join(delivered, ["profile_id", "send_id"]), _ANSWERED), "send_id", "event")
    which = ibis.cases(
        *(((answers.event == event) & (answers.place == place), kind) for (event, place), kind in _ANSWERS.items()),
        else_=ibis.null("string"),
    )
    answers = answers.mutate(kind=which).filter(lambda row: row.kind.notnull())
    return (
        _row(told, _named(_DELIVERED, told.event), rests_since=told.rests_since, **_about(told, about)),
        _row(answers, answers.kind, **_of(answers), **_about(answers, about)),
    )


def _about(rows: ibis.Table, about: dict[str, str]) -> dict[str, ibis.Value]:
    return {name: rows[kept] for kept, name in about.items()}


def _carts(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    added = events.filter(events.event == _ADD, events.session_id.notnull(), events.product_id.notnull())
    filled = _begins(added, "session_id", "product_id", apart=_BOUGHT, _topic="product_category")
    bought = _lines(events).select("profile_id", "product_id", "event", "timestamp", "local_time", "message_id")
    bought = _within(filled.join(bought, ["profile_id", "product_id"]), _BOUGHT)
    first = _numbered(bought, "session_id", "product_id").filter(lambda row: row.place == 0)
    told = _themselves(filled)
    return (
        _row(told, "put into cart", topic=told["_topic"], rests_since=told.rests_since),
        _row(first, "bought from cart", topic=first["_topic"], **_of(first)),
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
    pairs = pairs.filter(pairs.first_at < pairs.timestamp, pairs.first_at >= pairs.timestamp - _REMEMBERED)
    pairs = pairs.mutate(day=pairs.local_time.date())
    orders = pairs.group_by("profile_id", "order", "day", "event", "first_event").aggregate(
        timestamp=pairs.timestamp.min(), local_time=pairs.local_time.min(), first_at=pairs.first_at.min(),
        began=pairs.began.min(),
    )  # fmt: skip
    # An earlier look would have been the first.
    orders = orders.mutate(rests_since=orders.first_at - _REMEMBERED)
    return _row(orders, "bought after looking", **_of(orders))


def _looks_again(events: ibis.Table) -> ibis.Table:
    seen = events.filter(events.event == _LOOK, events.product_id.notnull())
    seen = seen.mutate(day=seen.local_time.date())
    days = seen.group_by("profile_id", "product_id", "day", "event").aggregate(
        timestamp=seen.timestamp.min(), local_time=seen.local_time.min()
    )
    product = ibis.window(group_by=["profile_id", "product_id"], order_by="day")
    pairs = days.mutate(first_at=days.timestamp.lag().over(product), began=days.local_time.lag().over(product))
    pairs = pairs.filter(pairs.first_at >= pairs.timestamp - _REMEMBERED)
    again = pairs.group_by("profile_id", "day", "event").aggregate(
        timestamp=pairs.timestamp.min(), local_time=pairs.local_time.min(), rests_since=pairs.first_at.max(),
        began=pairs.began.max(),
    )  # fmt: skip
    return _row(again, "looked again", began=again.began, rests_since=again.rests_since)


def _opened(events: ibis.Table) -> ibis.Table:
    opened = events.filter(events.event == _OPEN, events.ticket_id.notnull())
    return _begins(opened, "ticket_id", apart=_CASE_GOES_ON, _topic="support_category")


def _cases(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    opened = _opened(events)
    later = events.filter(events.event.isin([*_CASES]), events.ticket_id.notnull())
    later = later.select("profile_id", "ticket_id", "event", "timestamp", "local_time", "message_id")
    pairs = later.join(opened, ["profile_id", "ticket_id"])
    pairs = pairs.filter(pairs.timestamp >= pairs.first_at)
    newest = ibis.window(group_by=["profile_id", "message_id"], order_by=pairs.first_at.desc())
    steps = pairs.mutate(place=ibis.row_number().over(newest)).filter(lambda row: row.place == 0)
    told = _themselves(opened)
    return (
        _row(told, "case opened", topic=told["_topic"], rests_since=told.rests_since),
        _row(steps, _named(_CASES, steps.event), topic=steps["_topic"], **_of(steps)),
    )


def _returns(events: ibis.Table) -> ibis.Table:
    """The first act after a case that is not about it, once a case."""
    acts = events.filter(events.weight > 0, events.category != "support")
    acts = acts.select("profile_id", "message_id", "event", "timestamp", "local_time")
    after = _opened(events).join(acts, "profile_id")
    after = _within(after.filter(after.timestamp > after.first_at), _BACK)
    first = _numbered(after, "ticket_id").filter(lambda row: row.place == 0)
    days = (first.timestamp.epoch_seconds() - first.first_at.epoch_seconds()).cast("float64") / 864
    return _row(first, "back after case", **(_of(first) | {"amount": days.round() / 100}))


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
