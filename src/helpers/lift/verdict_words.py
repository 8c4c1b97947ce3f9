"""Verdicts as sentences, and what they are made of."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import NamedTuple

from helpers.datasets.questions import Experiment
from helpers.reporting import date, interval, level, literal, people
from helpers.reporting.formats import Format
from helpers.statistics import Estimate

SHIP, STOP, KEEP_RUNNING, DO_NOT_READ = "ship", "stop", "keep running", "do not read"
GOAL, GUARDRAIL = "goal", "guardrail"
UP, DOWN = "up", "down"


class Measured(NamedTuple):
    """A metric of an arm as a verdict looks at it.

    Attributes:
        metric: Its name.
        role: "goal", "guardrail", or another, which decides nothing.
        direction: "up" where more is better, "down" where less is.
        margin: Of a goal the smallest effect that matters, of a guardrail how much worse it may be; 0 or more, in the
            unit of the difference.
        sequence: Difference from the control with its confidence sequence; None where there is none.
        fixed: The same with the interval for one look, at the level of `planned.level_at_end`.
        form: How the difference becomes text.
        without: Why there is no interval, as what the metric does or is.
    """

    metric: str
    role: str
    direction: str
    margin: float
    sequence: Estimate | None
    fixed: Estimate | None
    form: Format
    without: str = "cannot be judged, as too few people of an arm have it or differ in it"

    def estimate(self, *, over: bool) -> Estimate | None:
        """The estimate that decides: until the planned end the sequence, then the interval for one look."""
        return self.fixed if over else self.sequence

    def improvement(self, *, over: bool) -> tuple[float, float]:
        """Ends of the interval that decides, as far as the arm is better; without one, anything may be."""
        found = self.estimate(over=over)
        if found is None or found.lo is None:
            return -math.inf, math.inf
        return (found.lo, found.hi) if self.direction == UP else (-found.hi, -found.lo)


class Moment(NamedTuple):
    """How far an experiment is on a night.

    Attributes:
        day: The day.
        over: Whether the planned end has come.
        until: The planned or expected end, where it is known.
        blocked: Why nothing may be read, as a clause such as "its arms are not as large as planned"; empty where it
            may.
    """

    day: dt.date
    over: bool
    until: dt.date | None = None
    blocked: str = ""


def sentence(
    decision: str, experiment: Experiment, arm: str, metrics: Sequence[Measured], *, moment: Moment, guarded: bool
) -> str:
    """A verdict in one sentence, with the numbers it rests on.

    Args:
        decision: What was decided.
        experiment: The experiment.
        arm: The arm.
        metrics: To ship all goals, otherwise the metric that decided, does not decide yet, or cannot be read; none
            where nothing of the experiment is read.
        moment: How far the experiment is.
        guarded: Whether there are guardrails.
    """
    if not metrics:
        return f"Do not read {literal(experiment.name)}: {moment.blocked}."
    asked = f"{literal(arm)} in {literal(experiment.name)}"
    if decision == KEEP_RUNNING:
        asked += f" until {date(moment.until)}" if moment.until else ", for which no end can be named"
    figures = " and ".join(_figure(each, moment) for each in metrics)
    found = metrics[0].estimate(over=moment.over)
    if found is None or found.lo is None:
        return f"{decision.capitalize()} {asked}: {figures}."
    because = _because(decision, metrics[0], over=moment.over)
    if decision == SHIP:
        because = f"{because}{', as each goal is' if len(metrics) > 1 else ''}"
        because += ", and no guardrail is worse by more than it may be" if guarded else ""
    counted = f"{people(found.n)} {experiment.counted}"
    return (
        f"{decision.capitalize()} {asked}: against {literal(experiment.control)}, of {counted} in both, {figures}, "
        f"{because}."
    )


def changed_sentence(last: dt.date) -> str:
    """That an experiment is no longer what it was when things were said of it.

    Args:
        last: Last day on which something was said of what it was.
    """
    return f"Its definition was changed after {date(last)}, and what was said until then no longer counts."


def _figure(metric: Measured, moment: Moment) -> str:
    """A metric's difference from the control with its interval and what that promises."""
    found = metric.estimate(over=moment.over)
    name = f"guardrail {literal(metric.metric)}" if metric.role == GUARDRAIL else literal(metric.metric)
    if found is None or found.lo is None:
        return f"{name} {metric.without}"
    shown = interval(found, form=metric.form, words=False)
    often = "" if moment.over else " however often one looks"
    return f"{name} is {shown[:-1]}, {level(found.level)}{often})"


def _because(decision: str, metric: Measured, *, over: bool) -> str:
    """Why that leads to the decision."""
    _, hi = metric.improvement(over=over)
    margin = metric.form(metric.margin).lstrip("+")
    if decision == SHIP:
        return "which is better beyond chance"
    if metric.role == GUARDRAIL:
        fate = "is" if hi < -metric.margin else "may be" if decision == STOP else "may still be"
        return f"which {fate} worse by more than the {margin} that it may be"
    if hi < 0:
        return "which is worse beyond chance"
    if hi < metric.margin:
        return f"which is at best less than the {margin} that matter"
    return "which at the planned end may be chance" if decision == STOP else "which does not decide yet"
