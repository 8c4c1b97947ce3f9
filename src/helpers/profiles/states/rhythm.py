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
SAID_BADLY = ("unsolved", "unresolved", "not solved", "not resolved", "failed", "dissatisfied", "escalated")


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
        first day of its quarter), and quiet_from: the last day with an act that was no contact with support, or with a
        case opened, while one is open or the last ended badly; missing else.
    """
    first = days.group_by("profile_id").aggregate(first=day_number(days.day.min()))
    rows = days.join(first, "profile_id").mutate(number=day_number(days.day))
    rows = rows.filter((rows.acts > 0) | (rows.number == rows["first"]))
    rows = _with_kinds(rows, kinds, badly)
    person = ibis.window(group_by="profile_id", order_by="number")
    so_far = ibis.cumulative_window(group_by="profile_id", order_by="number")
    acted = rows.acts > 0
    elsewhere = acted & (
        (rows.web_events + rows.purchase_events + rows.other_events > 0) | (rows.acts > rows.support_events)
    )
    rows = rows.mutate(
        acted=acted,
        acted_at=ibis.ifelse(acted, rows.number, None),
        elsewhere_at=ibis.ifelse(elsewhere, rows.number, None),
    )
    open_cases = (rows.opened - rows.resolved).sum().over(so_far)
    last_bad, last_opened, last_good = (
        ibis.ifelse(flag, rows.number, None).max().over(so_far)
        for flag in (rows.badly, rows.opened > 0, (rows.resolved > 0) & ~rows.badly)
    )
    unhappy = (open_cases > 0) | (last_bad > last_good.fill_null(0))
    rows = rows.mutate(
        turn=ibis.row_number().over(person),
        active=rows.acted.cast("int64").sum().over(so_far),
        first_act=rows.acted_at.min().over(so_far),
        last_act=rows.acted_at.max().over(so_far),
        quiet_from=ibis.ifelse(
            unhappy, ibis.greatest(rows.elsewhere_at.max().over(so_far).fill_null(rows["first"]), last_opened), None
        ),
        rests=_rests(rows, so_far),
        quarter=day_number(rows.day.truncate("Q")),
    )
    return rows.select(
        "profile_id", "day", "number", "first", "turn", "acted", "quiet_from", "rests", "quarter",
        ordered=rows.orders > 0, active=rows.active.cast("int64"), span=(rows.last_act - rows.first_act).fill_null(0),
        before=rows.last_act.lag().over(person), after=rows.number.lead().over(person),
    )  # fmt: skip


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
        ibis.ifelse(rows[f"answered_{name}"].cast("int64").mean().over(so_far) >= _RESTS, f"+{name}", "")
        for name in MESSAGES
    ]
    return busiest.concat(*parts)
