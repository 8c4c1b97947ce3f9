"""Which lifecycle state each person is in at each local midnight, told by the midnights at which it changes.

Between two days with an act nothing but silence goes on, so that a state can only change where a silence reaches one of
a few lengths: each row of active days gives these midnights, and the state at each.
"""

from __future__ import annotations

import ibis
import pandas as pd
import pyarrow as pa

from helpers.datasets.tables.states import STATES
from helpers.profiles import silence
from helpers.profiles.states import detector, rules, thresholds
from helpers.profiles.states.movement import Clocks
from helpers.profiles.states.rhythm import active_days

NEW_DAYS, NEW_ACTS, RETURNED_DAYS = 14, 3, 14
_CODE = {state: place for place, state in enumerate(STATES)}


def rhythms(days: ibis.Table, kinds: ibis.Table, badly: ibis.Table) -> ibis.Table:
    """Active days, as `active_days` gives them of the same tables, with each person's usual gap as of each."""
    rows = active_days(days, kinds, badly).cache()
    return judged(rows, rules.learned(rows))


def judged(rows: ibis.Table, prior: pd.DataFrame) -> ibis.Table:
    """Add each person's usual gap as of a day, and after how many days of silence it is how unusual.

    Args:
        rows: As `active_days` gives them.
        prior: As `rules.learned` gives it.
    """
    rows = rows.join(ibis.memtable(pa.Table.from_pandas(prior, preserve_index=False)), "quarter")
    gaps = ibis.greatest(rows.active - 1, 0)
    usual = ((rows.prior_time + rows.span) / (rows.prior_events + gaps)).round(4)
    rows = rows.mutate(usual_gap=usual)
    lengths = {
        "at_risk_after": silence.at_risk(rows.usual_gap),
        "dormant_after": silence.dormant(rows.usual_gap),
        "churned_after": silence.churned(rows.usual_gap),
        "engaged_within": ibis.greatest(30.0, 2 * rows.usual_gap),
    }
    return rows.mutate(**{name: length.floor().cast("int64") for name, length in lengths.items()})


def silences(rows: ibis.Table, clocks: Clocks) -> ibis.Table:
    """Add the midnights at which a silence after each day reaches its lengths, and how long it was for the detector.

    Args:
        rows: As `rhythms` gives them.
        clocks: Of the same rows.

    Returns:
        The columns of `rows` with live and moved (what the clocks show at the end of the day), risk_at, support_at,
        dormant_at, churned_at (midnights from which a state holds), quiet_at (from which two active days are long
        ago), returned_at (the last day of a return) and gone (time on the population's clock to the next row).
    """
    rows = clocks.at(rows, "number", live="live", moved="moved")
    rows = clocks.at(rows, "before", live_before="live")
    rows = clocks.at(rows, "quiet_from", live_quiet="live")
    rows = clocks.at(rows, "after", moved_after="moved")
    rows = clocks.midnight_when(
        rows,
        risk_at=rows.live + rows.at_risk_after,
        dormant_at=rows.live + rows.dormant_after,
        churned_at=rows.live + rows.churned_after,
        quiet_at=rows.live_before + rows.engaged_within,
        support_at=rows.live_quiet + rows.at_risk_after,
    )
    person = ibis.window(group_by="profile_id", order_by="number")
    so_far = ibis.cumulative_window(group_by="profile_id", order_by="number")
    back = rows.dormant_at.lag().over(person) <= rows.number
    rows = rows.mutate(back_at=ibis.ifelse(back, rows.number, None))
    return rows.mutate(
        returned_at=rows.back_at.max().over(so_far), gone=ibis.ifelse(rows.acted, rows.moved_after - rows.moved, None)
    ).drop("back_at", "live_before", "live_quiet", "moved_after")


def declines(rows: ibis.Table, learned: pd.DataFrame, clocks: Clocks) -> ibis.Table:
    """Add from which midnight a decline is on, if it is before the next day with an act.

    Args:
        rows: As `silences` gives them.
        learned: As `thresholds.thresholds` gives it.
        clocks: Of the same rows.
    """
    scored = detector.scored(rows)
    own = ibis.memtable(pa.Table.from_pandas(learned[["quarter", "band", "threshold"]], preserve_index=False)).rename(
        _quarter="quarter", _band="band"
    )
    scored = scored.mutate(band=thresholds.band(scored.b / scored.a))
    scored = scored.join(own, [("quarter", "_quarter"), ("band", "_band")]).drop("_quarter", "_band")
    scored = clocks.midnight_moved(scored, crossed_at=scored.moved + detector.crossing(scored))
    crosses = scored.acted & scored.crossed_at.notnull()
    scored = scored.mutate(crossed_at=ibis.ifelse(crosses, ibis.greatest(scored.crossed_at, scored.number + 1), None))
    scored = scored.mutate(enters=(scored.crossed_at <= scored.after).fill_null(False))
    scored = scored.mutate(is_on=detector.is_on(scored))
    return scored.mutate(declining_at=ibis.ifelse(scored.is_on, scored.number + 1, scored.crossed_at))


def changes(rows: ibis.Table, learned: pd.DataFrame, clocks: Clocks, *, until: int) -> ibis.Table:
    """The midnights at which people's states change, by what they did alone.

    Args:
        rows: As `silences` gives them.
        learned: As `thresholds.thresholds` gives it.
        clocks: Of the same rows.
        until: Number of the last midnight that is looked at.

    Returns:
        Columns profile_id, at (number of the day that begins then), state (its place in `STATES`), at_once (it follows
        an order, a return or a support case), and for evidence: last (number of the last day with an act), usual_gap,
        active, by_support, score and threshold.
    """
    rows = declines(rows, learned, clocks)
    begins, ends = rows.number + 1, ibis.least(rows.after.fill_null(until), until)
    points = ibis.array(
        [
            begins, rows["first"] + NEW_DAYS + 1, rows.returned_at + RETURNED_DAYS + 1, rows.risk_at, rows.support_at,
            rows.healed + 1, rows.dormant_at, rows.churned_at, rows.declining_at, rows.quiet_at,
        ]
    )  # fmt: skip
    told = rows.mutate(begins=begins, ends=ends, at=points.unnest())
    told = told.filter(told.at >= told.begins, told.at <= told.ends)
    told = told.mutate(state=_state(told))
    told = told.select(
        "profile_id", "at", "state", "usual_gap", "active", "score", "threshold", last="number",
        by_support=(told.state == _CODE["at_risk"]) & (told.risk_at.isnull() | (told.at < told.risk_at)),
        at_once=((told.at == told.begins) & told.ordered) | (told.state == _CODE["returned"]),
    ).distinct()  # fmt: skip
    told = told.mutate(at_once=told.at_once | told.by_support)
    person = ibis.window(group_by="profile_id", order_by="at")
    told = told.mutate(was=told.state.lag().over(person))
    return told.filter(told.was.isnull() | (told.was != told.state)).drop("was")


def _state(rows: ibis.Table) -> ibis.Value:
    """The state at midnight `at`, the first that fits in the order of the data model."""
    at = rows.at
    fits = {
        "new": (at <= rows["first"] + NEW_DAYS) & (rows.active < NEW_ACTS),
        "returned": at <= rows.returned_at + RETURNED_DAYS,
        "churned": at >= rows.churned_at,
        "dormant": at >= rows.dormant_at,
        "at_risk": (at >= rows.risk_at).fill_null(False)
        | ((at >= rows.support_at) & (rows.healed.isnull() | (at <= rows.healed))),
        "declining": at >= rows.declining_at,
        "active_engaged": rows.acted & rows.before.notnull() & (rows.quiet_at.isnull() | (at < rows.quiet_at)),
    }
    return ibis.cases(
        *((fit.fill_null(False), ibis.literal(_CODE[state]).cast("int64")) for state, fit in fits.items()),
        else_=ibis.literal(_CODE["quiet"]).cast("int64"),
    )
