"""Pulses to moments: each pulse says that something holds from then until a moment; those that overlap are one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import ibis

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_SAME = ("profile_id", "moment", "about")
_NEVER = ibis.timestamp("9999-01-01")


class End(NamedTuple):
    """When something ends, and what ends it.

    Attributes:
        until: In UTC; missing where it does not end.
        by: One of `ENDED_BY`.
    """

    until: ibis.Value
    by: ibis.Value


def ends(expiry: ibis.Value | None, **events: ibis.Value) -> End:
    """The first of an expiry and of events that come before it.

    Args:
        expiry: In UTC; None where only events end it.
        **events: What an event ends it by, to when it happens, in UTC; missing where it does not.
    """
    moments = [each for each in (expiry, *events.values()) if each is not None]
    until = ibis.least(*moments) if len(moments) > 1 else moments[0]
    first = ((at == until) & (True if expiry is None else at < expiry) for at in events.values())
    cases = [(holds, ibis.literal(by)) for holds, by in zip(first, events, strict=True)]
    return End(until, ibis.cases(*cases, else_="expiry") if cases else ibis.literal("expiry"))


def pulse(
    rows: ibis.Table, moment: str, *, at: ibis.Value, end: End, evidence: ibis.Value, about: ibis.Value | str = ""
) -> ibis.Table:
    """Pulses of one moment.

    Args:
        rows: Columns profile_id and message_id, one row a pulse.
        moment: Its name.
        at: Since when it holds, in UTC.
        end: Until when, if nothing renews it.
        evidence: What was counted.
        about: What it is about.

    Returns:
        Columns profile_id, moment, about, at, message_id, until, ended_by, evidence.
    """
    return rows.select(
        "profile_id",
        "message_id",
        moment=ibis.literal(moment),
        about=ibis.literal(about) if isinstance(about, str) else about,
        at=at,
        until=end.until,
        ended_by=end.by,
        evidence=evidence,
    )


def spells(pulses: ibis.Table, as_of: datetime) -> ibis.Table:
    """Pulses of one moment about one thing that overlap, as one: from the first to the end of the last.

    Args:
        pulses: As `pulse` gives them.
        as_of: In UTC; what begins then or later is not known yet.

    Returns:
        The columns of `pulses`.
    """
    known = pulses.filter(pulses["at"] < ibis.literal(as_of), (pulses.until > pulses["at"]).fill_null(True))
    never = _NEVER.cast(known.until.type())
    known = known.mutate(until=known.until.fill_null(never))
    order = [known["at"], known.message_id]
    earlier = ibis.rows_window(group_by=_SAME, order_by=order, preceding=(None, 1))
    reached = known.until.max().over(earlier)
    known = known.mutate(begins=(reached.isnull() | (reached <= known["at"])).cast("int64"))
    number = known.begins.sum().over(ibis.cumulative_window(group_by=_SAME, order_by=order))
    known = known.mutate(number=number)
    first = ibis.struct({"at": known["at"], "message_id": known.message_id})
    last = ibis.struct({"until": known.until, "at": known["at"], "message_id": known.message_id})
    found = known.group_by(*_SAME, "number").aggregate(
        at=known["at"].min(),
        message_id=known.message_id.min(),
        until=known.until.max(),
        ended_by=known.ended_by.argmax(last),
        evidence=known.evidence.argmin(first),
    )
    return found.mutate(until=found.until.nullif(never)).select(*pulses.columns)


def as_moments(pulses: ibis.Table, as_of: datetime) -> ibis.Table:
    """Rows of table `moments`.

    A moment holds from its start on and no longer at its end. What begins at `as_of` or later is not known yet, and
    neither is an end.

    Args:
        pulses: As `pulse` gives them, of events before `as_of`; those of one moment about one thing do not overlap.
        as_of: In UTC.
    """
    known = pulses.filter(pulses["at"] < ibis.literal(as_of), (pulses.until > pulses["at"]).fill_null(True))
    return known.select(
        *_SAME,
        "evidence",
        starts_at="at",
        expires_at="until",
        ended_by=ibis.ifelse(known.until <= ibis.literal(as_of), known.ended_by, None),
    )


def second(moment: ibis.Value) -> ibis.Value:
    """Seconds since 1970, cut to whole ones, in which windows of time are measured."""
    return moment.truncate("s").epoch_seconds().cast("int64")


def last(seconds: int, rows: ibis.Table, *by: str) -> ibis.expr.builders.WindowBuilder:
    """The rows of the last so many seconds up to each, by its column `second`; those of the same second among them."""
    return ibis.range_window(group_by=by, order_by=rows.second, preceding=seconds - 1, following=0)


def next_at(rows: ibis.Table, which: ibis.Value, *by: str) -> ibis.Value:
    """When the next row comes, after each, for which something holds; missing where none does.

    Args:
        rows: Columns timestamp and message_id, in whose order they are taken.
        which: Whether it holds.
        by: The columns whose rows belong together.
    """
    order = [rows.timestamp.desc(), rows.message_id.desc()]
    later = ibis.rows_window(group_by=by, order_by=order, preceding=(None, 1))
    return ibis.ifelse(which, rows.timestamp, None).min().over(later)


def said(*parts: str | ibis.Value) -> ibis.Value:
    """Texts, whole numbers and days as one text."""
    texts = [ibis.literal(part) if isinstance(part, str) else part.cast("string") for part in parts]
    text = texts[0]
    for each in texts[1:]:
        text += each
    return text
