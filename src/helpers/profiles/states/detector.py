"""A sequential detector of declines: Page's cumulative sum (1954) of what a silence or a visit says of a slower rhythm.

A person's rate of active days is gamma distributed, learned from their own earlier gaps and, while these are few, from
the population's; a decline is a fall to `FALL` of it. With a events in time b before it, a silence of s is likelier
under the decline by (b + s)^a / (b + FALL s)^a, and a visit after it changes this by FALL (b + s) / (b + FALL s): the
predictive densities of a gamma-Poisson process. Lorden (1971) shows what a cumulative sum is best at; Tartakovsky,
Nikiforov and Basseville (2015, chapter 8) treat parameters that are estimated. Time is the population's clock.
"""

from __future__ import annotations

import math

import ibis

from helpers.profiles.silence import churned

FALL = 0.1
HALF_LIFE = 365  # days after which a gap says half as much of a rhythm
EXIT = 0.5  # of the threshold: below it a decline is over


def scored(rows: ibis.Table) -> ibis.Table:
    """Add the detector's score at each row, and what it needs to be followed into the silence after it.

    Who comes back after a silence as long as a churned person's begins anew: they had gone, and have returned.

    Args:
        rows: Columns profile_id, turn, number, first, gone (time on the population's clock to the next row; missing
            for the last, and after a row without an act), prior_events and prior_time.

    Returns:
        The columns of `rows` with score (never below 0), a, b and era (how often they came back so far).
    """
    person, so_far, earlier = _windows("profile_id")
    rows = rows.mutate(came=rows.gone.lag().over(person), grown=_power(rows.number - rows["first"]))
    rows = rows.mutate(
        weight=ibis.ifelse(rows.came.notnull(), rows.grown, 0.0), time=(rows.came * rows.grown).fill_null(0.0)
    )
    rows = rows.mutate(
        a=rows.prior_events + rows.weight.sum().over(so_far) / rows.grown,
        b=rows.prior_time + rows.time.sum().over(so_far) / rows.grown,
    )
    away = rows.gone > churned(rows.b / rows.a)
    step = (rows.a + 1) * _ratio(rows, rows.gone) + math.log(FALL)
    rows = rows.mutate(
        away=away.fill_null(False).cast("int64"), step=ibis.ifelse(away, 0.0, step).fill_null(0.0).round(9)
    )
    rows = rows.mutate(era=rows.away.sum().over(earlier).fill_null(0).cast("int64"))
    _, so_far, earlier = _windows("profile_id", "era")
    rows = rows.mutate(walk=rows.step.sum().over(earlier).fill_null(0.0))
    lowest = ibis.least(rows.walk.min().over(so_far), 0.0)
    return rows.mutate(score=(rows.walk - lowest).round(6)).drop(
        "came", "grown", "weight", "time", "away", "step", "walk"
    )


def _windows(*by: str) -> tuple[ibis.expr.builders.WindowBuilder, ...]:
    """The rows of one kind in order: each beside its neighbours, all so far, and all before."""
    own = {"group_by": list(by), "order_by": "turn"}
    return ibis.window(**own), ibis.cumulative_window(**own), ibis.window(**own, preceding=(None, 1))


def peak(rows: ibis.Table) -> ibis.Value:
    """The score just before the next row, of rows as `scored` gives them."""
    return rows.score + rows.a * _ratio(rows, rows.gone)


def crossing(rows: ibis.Table) -> ibis.Value:
    """Time of silence after which the score reaches the row's threshold; 0 where it has, missing if it never will.

    Args:
        rows: As `scored` gives them, with threshold.
    """
    ratio = ((rows.threshold - rows.score) / rows.a).exp()
    reached = rows.b * (ratio - 1) / (1 - FALL * ratio)
    return ibis.cases((rows.score >= rows.threshold, 0.0), (ratio * FALL < 1, reached), else_=ibis.null("float64"))


def is_on(rows: ibis.Table) -> ibis.Value:
    """Whether a decline is on after the visit of a row: it was entered, and no visit since has brought the score down.

    Args:
        rows: As `scored` gives them, with threshold and enters: whether the threshold is reached before the next row.
    """
    _, so_far, earlier = _windows("profile_id", "era")
    entered = ibis.ifelse(rows.enters, rows.turn, None).max().over(earlier)
    left = ibis.ifelse(rows.score < EXIT * rows.threshold, rows.turn, None).max().over(so_far)
    return (entered.notnull() & (left.isnull() | (entered >= left))).fill_null(False)


def _ratio(rows: ibis.Table, silence: ibis.Value) -> ibis.Value:
    return ((rows.b + silence) / (rows.b + FALL * silence)).log()


def _power(days: ibis.Value) -> ibis.Value:
    return ibis.literal(2.0) ** (days.cast("float64") / HALF_LIFE)
