"""The days on which people did something, each with what was their rhythm by its end: what every state is made of."""

from __future__ import annotations

import ibis

from helpers.datasets.tables.ingestion import CHANNELS
from helpers.profiles.windows import day_number

MESSAGES = ("email", "sms")
# Of the days so far, so many must have come of messages of a channel before a person rests on it.
_RESTS = 0.25
_ANSWERS = {"email": ("email opened", "email clicked"), "sms": ("sms clicked", "sms replied")}
_OPENED, _CLOSED = ("case opened", "case reopened"), "case resolved"


def active_days(days: ibis.Table, kinds: ibis.Table, badly: ibis.Table) -> ibis.Table:
    """Days with a human act, and of people whose first day had none that first day, in what came before them.

    Args:
        days: Table `daily`.
        kinds: Table `daily_kinds`.
        badly: Columns profile_id and day: on which a support case ended badly.

    Returns:
        One row a person and day: number (of the day, since 1970), first (number of the person's first day), turn (from
        0), acted, ordered, active (days with an act so far), span (days from the first of them to the last), before
        (number of the last day with an act before this one; missing where there is none), after (number of the next
        row; missing for the last), rests (the channels that the rhythm rests on, as text), quarter (number of the
        first day of its quarter), and, where a support case was left open or the last ended badly: quiet_from (the last
        day with an act that was no contact with support, or with a case opened) and healed (the day of a good end after
        this one).
    """
    first = days.group_by("profile_id").aggregate(first=day_number(days.day.min()))
    rows = days.join(first, "profile_id").mutate(number=day_number(days.day), acted=days.acts > 0)
    rows = _cases(_with_kinds(rows, kinds, badly))
    rows = rows.filter(rows.acted | (rows.number == rows["first"]))
    person = ibis.window(group_by="profile_id", order_by="number")
    so_far = ibis.cumulative_window(group_by="profile_id", order_by="number")
    acted_at = ibis.ifelse(rows.acted, rows.number, None)
    rows = rows.mutate(
        turn=ibis.row_number().over(person),
        active=rows.acted.cast("int64").sum().over(so_far),
        first_act=acted_at.min().over(so_far),
        last_act=acted_at.max().over(so_far),
        rests=_rests(rows, so_far),
        quarter=day_number(rows.day.truncate("Q")),
    )
    return rows.select(
        "profile_id", "day", "number", "first", "turn", "acted", "quiet_from", "healed", "rests", "quarter",
        ordered=rows.orders > 0, active=rows.active.cast("int64"), span=(rows.last_act - rows.first_act).fill_null(0),
        before=rows.last_act.lag().over(person), after=rows.number.lead().over(person),
    )  # fmt: skip


def _cases(rows: ibis.Table) -> ibis.Table:
    """Add since when somebody may be silent because of a support case, and when that ended."""
    so_far = ibis.cumulative_window(group_by="profile_id", order_by="number")
    later = ibis.window(group_by="profile_id", order_by="number", following=(1, None))
    elsewhere = (rows.web_events + rows.purchase_events + rows.other_events > 0) | (rows.acts > rows.support_events)
    rows = rows.mutate(
        left_open=(rows.opened - rows.resolved).sum().over(so_far),
        was_bad=ibis.ifelse(rows.badly, rows.number, None).max().over(so_far),
        was_good=ibis.ifelse((rows.resolved > 0) & ~rows.badly, rows.number, None).max().over(so_far),
        was_opened=ibis.ifelse(rows.opened > 0, rows.number, None).max().over(so_far),
        was_elsewhere=ibis.ifelse(rows.acted & elsewhere, rows.number, None).max().over(so_far),
    )
    unhappy = (rows.left_open > 0) | (rows.was_bad > rows.was_good.fill_null(0)).fill_null(False)
    since = ibis.greatest(rows.was_elsewhere.fill_null(rows["first"]), rows.was_opened)
    healed = (rows.resolved > 0) & ~rows.badly & (rows.left_open <= 0)
    rows = rows.mutate(quiet_from=ibis.ifelse(unhappy, since, None), healed_at=ibis.ifelse(healed, rows.number, None))
    healed = ibis.ifelse(unhappy, rows.healed_at.min().over(later), None)
    return rows.mutate(healed=healed).drop(
        "left_open", "was_bad", "was_good", "was_opened", "was_elsewhere", "healed_at"
    )


def _with_kinds(rows: ibis.Table, kinds: ibis.Table, badly: ibis.Table) -> ibis.Table:
    """Add what messages were answered on a day, and what became of support cases."""
    found = kinds.group_by("profile_id", "day").aggregate(
        opened=kinds.n.sum(where=kinds.kind.isin(_OPENED)),
        resolved=kinds.n.sum(where=kinds.kind == _CLOSED),
        **{f"answered_{name}": kinds.kind.isin(each).any() for name, each in _ANSWERS.items()},
    )
    rows = rows.left_join(found, ["profile_id", "day"], rname="_{name}")
    rows = rows.left_join(badly.distinct().mutate(badly=True), ["profile_id", "day"], rname="__{name}")
    counts = {name: rows[name].fill_null(0).cast("int64") for name in ("opened", "resolved")}
    flags = {name: rows[name].fill_null(False) for name in ("badly", *(f"answered_{each}" for each in MESSAGES))}
    return rows.mutate(**counts, **flags)


def _rests(rows: ibis.Table, so_far: ibis.Window) -> ibis.Value:
    """The channels without which the next act may fail to come: the day's busiest, and messages often answered."""
    own = [name for name in CHANNELS if name not in MESSAGES]
    most = ibis.greatest(*(rows[f"on_{name}"] for name in own))
    busiest = ibis.cases(*(((most > 0) & (rows[f"on_{name}"] == most), name) for name in own), else_="")
    parts = [
        ibis.ifelse(rows[f"answered_{name}"].cast("float64").mean().over(so_far) >= _RESTS, f"+{name}", "")
        for name in MESSAGES
    ]
    return busiest.concat(*parts)
