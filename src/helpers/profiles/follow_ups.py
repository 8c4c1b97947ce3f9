"""What people do in answer to something earlier: to messages, carts, looks and support cases."""

from __future__ import annotations

from datetime import timedelta

import ibis

from helpers.profiles.facts import ORDER, order_of

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


def row(rows: ibis.Table, kind: str | ibis.Value, **known: ibis.Value) -> ibis.Table:
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


def hours_between(start: ibis.Value, end: ibis.Value) -> ibis.Value:
    """Hours, to the hundredth."""
    return (seconds_between(start, end) / 36).round() / 100


def seconds_between(start: ibis.Value, end: ibis.Value) -> ibis.Value:
    """Seconds between two moments cut to whole ones; of fractions, engines make whole seconds in ways of their own."""
    whole = [moment.truncate("s").epoch_seconds() for moment in (start, end)]
    return (whole[1] - whole[0]).cast("float64")


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
    return known | {"amount": hours_between(answers.first_at, answers.timestamp)}


def messages(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    """Messages that arrived, and what was done with them."""
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
        row(told, _named(_DELIVERED, told.event), rests_since=told.rests_since, **_about(told, about)),
        row(answers, answers.kind, **_of(answers), **_about(answers, about)),
    )


def _about(rows: ibis.Table, about: dict[str, str]) -> dict[str, ibis.Value]:
    return {name: rows[kept] for kept, name in about.items()}


def carts(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    """Products put into the cart of a visit, and those of them that were bought."""
    added = events.filter(events.event == _ADD, events.session_id.notnull(), events.product_id.notnull())
    filled = _begins(added, "session_id", "product_id", apart=_BOUGHT, _topic="product_category")
    bought = order_lines(events).select("profile_id", "product_id", "event", "timestamp", "local_time", "message_id")
    bought = _within(filled.join(bought, ["profile_id", "product_id"]), _BOUGHT)
    first = _numbered(bought, "session_id", "product_id").filter(lambda row: row.place == 0)
    told = _themselves(filled)
    return (
        row(told, "put into cart", topic=told["_topic"], rests_since=told.rests_since),
        row(first, "bought from cart", topic=first["_topic"], **_of(first)),
    )


def order_lines(events: ibis.Table) -> ibis.Table:
    """Lines of orders whose product is known."""
    return events.filter(events.event == ORDER, events.product_id.notnull())


def looks(events: ibis.Table) -> ibis.Table:
    """Orders after a look at one of their products."""
    seen = events.filter(events.event == _LOOK, events.product_id.notnull())
    seen = seen.select("profile_id", "product_id", first_event="event", first_at="timestamp", began="local_time")
    lines = order_lines(events)
    order = order_of(lines)
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
    return row(orders, "bought after looking", **_of(orders))


def looks_again(events: ibis.Table) -> ibis.Table:
    """Days with a look at a product that was looked at on an earlier day."""
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
    return row(again, "looked again", began=again.began, rests_since=again.rests_since)


def _opened(events: ibis.Table) -> ibis.Table:
    opened = events.filter(events.event == _OPEN, events.ticket_id.notnull())
    return _begins(opened, "ticket_id", apart=_CASE_GOES_ON, _topic="support_category")


def cases(events: ibis.Table) -> tuple[ibis.Table, ibis.Table]:
    """Support cases that were opened, and what became of them."""
    opened = _opened(events)
    later = events.filter(events.event.isin([*_CASES]), events.ticket_id.notnull())
    later = later.select("profile_id", "ticket_id", "event", "timestamp", "local_time", "message_id")
    pairs = later.join(opened, ["profile_id", "ticket_id"])
    pairs = pairs.filter(pairs.timestamp >= pairs.first_at)
    newest = ibis.window(group_by=["profile_id", "message_id"], order_by=pairs.first_at.desc())
    steps = pairs.mutate(place=ibis.row_number().over(newest)).filter(lambda row: row.place == 0)
    told = _themselves(opened)
    return (
        row(told, "case opened", topic=told["_topic"], rests_since=told.rests_since),
        row(steps, _named(_CASES, steps.event), topic=steps["_topic"], **_of(steps)),
    )


def returns(events: ibis.Table) -> ibis.Table:
    """The first act after a case that is not about it, once a case."""
    acts = events.filter(events.weight > 0, events.category != "support")
    acts = acts.select("profile_id", "message_id", "event", "timestamp", "local_time")
    after = _opened(events).join(acts, "profile_id")
    after = _within(after.filter(after.timestamp > after.first_at), _BACK)
    first = _numbered(after, "ticket_id").filter(lambda row: row.place == 0)
    days = seconds_between(first.first_at, first.timestamp) / 864
    return row(first, "back after case", **(_of(first) | {"amount": days.round() / 100}))
