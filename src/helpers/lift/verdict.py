"""What to do with an arm: ship, stop, keep running or do not read, by a rule that was fixed beforehand.

Until the planned end everything rests on confidence sequences, which may be looked at every night; at the end on the
interval for one look, made a little wider for the looks before. Ship: each goal is better beyond chance, and no
guardrail is worse by more than it may be. Stop: a goal cannot reach the smallest effect that matters, a guardrail is
worse by more than it may be, or the end has come and an interval shows neither. Where at the end none can be told, or
made, the arm is not read. Otherwise keep running.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from helpers.datasets.questions import Experiment
from helpers.errors import WrongUse
from helpers.lift.verdict_words import (
    DO_NOT_READ,
    GOAL,
    GUARDRAIL,
    KEEP_RUNNING,
    SHIP,
    STOP,
    Measured,
    Moment,
    changed_sentence,
    sentence,
)
from helpers.statistics import check

FINAL = (SHIP, STOP)
_NOTHING = (None, None, None, None, None, "")


class Verdict(NamedTuple):
    """What was said of one arm on one night.

    Attributes:
        experiment: The experiment.
        arm: The arm.
        day: Day on which it is said.
        decision: "ship", "stop", "keep running" or "do not read".
        metric: Metric that decided it, or does not decide yet; empty where nothing was read.
        value: Difference of that metric from the control, with `lo`, `hi`, `level`, `n` and `method` of its interval.
        until: Expected end; None where it is not known or no longer matters.
        sentence: The verdict with its numbers, the only place where it is put in words.
        definition: What `definition` said of the experiment.
    """

    experiment: str
    arm: str
    day: dt.date
    decision: str
    metric: str
    value: float | None
    lo: float | None
    hi: float | None
    level: float | None
    n: int | None
    method: str
    until: dt.date | None
    sentence: str
    definition: str


def definition(experiment: Experiment) -> str:
    """SHA-256 of what dataset.toml declares of an experiment: what was changed afterwards shows.

    The order of keys does not matter; what is not said there is not part of it.
    """
    declared = experiment.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return hashlib.sha256(json.dumps(declared, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def decide(experiment: Experiment, arm: str, measured: Sequence[Measured], moment: Moment) -> Verdict:
    """Say what to do with one arm.

    Args:
        experiment: Its experiment.
        arm: The arm, not the control.
        measured: Its goals, at least one, and guardrails; other metrics decide nothing and are left out.
        moment: How far the experiment is, and why it must not be read.

    Returns:
        The verdict of this night, whatever was said before; `keep` holds it against that.

    Raises:
        WrongUse: There is no goal, or a guardrail without a margin, which nothing could pass.
    """
    deciding = [each for each in measured if each.role in {GOAL, GUARDRAIL}]
    if not any(each.role == GOAL for each in deciding):
        raise WrongUse(
            f"Experiment {experiment.name!r} has no goal to decide by; declare the role of a metric as goal."
        )
    for each in deciding:
        check(f"margin of {each.metric}", each.margin, ge=0, lt=math.inf)
        if each.role == GUARDRAIL and not each.margin:
            raise WrongUse(f"Guardrail {each.metric!r} has no margin; declare how much worse it may be.")
    decision, metrics = _decide(deciding, moment)
    read = [] if decision == DO_NOT_READ else metrics
    found = read[0].estimate(over=moment.over) if read else None
    return Verdict(
        experiment.name,
        arm,
        moment.day,
        decision,
        read[0].metric if read else "",
        *((found.value, found.lo, found.hi, found.level, found.n, found.method) if found else _NOTHING),
        moment.until if decision == KEEP_RUNNING else None,
        sentence(
            decision,
            experiment,
            arm,
            metrics,
            moment=moment,
            guarded=any(each.role == GUARDRAIL for each in deciding),
        ),
        definition(experiment),
    )


def _decide(measured: Sequence[Measured], moment: Moment) -> tuple[str, list[Measured]]:
    """Decision, and the metrics that it rests on."""
    if moment.blocked:
        return DO_NOT_READ, []
    goals, guardrails = ([each for each in measured if each.role == role] for role in (GOAL, GUARDRAIL))
    ends = {each.metric: each.improvement(over=moment.over) for each in measured}
    # guardrails first: what is harmed is told before what is gained
    for each in [*guardrails, *goals]:
        least = -each.margin if each.role == GUARDRAIL else each.margin
        if ends[each.metric][1] < least:
            return STOP, [each]
    undecided = [each for each in goals if ends[each.metric][0] <= 0]
    undecided += [each for each in guardrails if ends[each.metric][0] <= -each.margin]
    if not undecided:
        return SHIP, goals
    if not moment.over:
        return KEEP_RUNNING, undecided[:1]
    judged = [each for each in undecided if math.isfinite(ends[each.metric][0])]
    return (STOP, judged[:1]) if judged else (DO_NOT_READ, undecided[:1])


def keep(earlier: Sequence[Verdict], found: Verdict) -> Verdict:
    """What stands: the first verdict to ship or stop, unless the arm must not be read or its definition was changed.

    The promise of a sequence is that one may stop when it says so; what comes after does not take that back, and
    looking at the end's interval night after night would break its own.

    Args:
        earlier: Verdicts of other nights, of any arm.
        found: Tonight's.

    Returns:
        The verdict that stands tonight. Where the definition was changed, its sentence says since when.
    """
    own = sorted(
        (
            each
            for each in earlier
            if (each.experiment, each.arm) == (found.experiment, found.arm) and each.day < found.day
        ),
        key=lambda each: each.day,
    )
    same = [each for each in own if each.definition == found.definition]
    final = next((each for each in same if each.decision in FINAL), None)
    if final is not None and found.decision != DO_NOT_READ:
        return final
    other = [each.day for each in own if each.definition != found.definition]
    return found._replace(sentence=f"{found.sentence} {changed_sentence(other[-1])}") if other else found


def as_frame(verdicts: Sequence[Verdict]) -> pd.DataFrame:
    """Verdicts as rows of a table, one column an attribute."""
    return pd.DataFrame(verdicts, columns=Verdict._fields).astype(
        {
            "value": "float64",
            "lo": "float64",
            "hi": "float64",
            "level": "float64",
            "n": "Int64",
            "until": "datetime64[s]",
        }
    )
