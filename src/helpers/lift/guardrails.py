"""Guardrails: what must not get worse, read as non-inferiority: is a loss larger than the accepted one ruled out?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from helpers.datasets.questions import Experiment
from helpers.lift.readout import Reading


class Guard(NamedTuple):
    """One guardrail of one arm.

    Attributes:
        reading: Its difference from the control.
        margin: The loss that is accepted, above 0, in the metric's unit.
        state: "holds" (the whole interval is better than the accepted loss), "broken" (all of it is worse), "open"
            (both may be true), or "unknown" (there is no interval).
    """

    reading: Reading
    margin: float
    state: Literal["holds", "broken", "open", "unknown"]


def guards(experiment: Experiment, readings: Sequence[Reading]) -> list[Guard]:
    """Hold the guardrails of an experiment against the loss that was accepted beforehand.

    Args:
        experiment: The experiment.
        readings: Readings, its own among them. Of intervals that hold the truth 19 times in 20, one guardrail is said
            to hold wrongly 1 time in 40 at most.

    Returns:
        One entry a guardrail and other arm, in the order of the readings.
    """
    declared = {metric.name: metric for metric in experiment.metrics if metric.role == "guardrail"}
    found = []
    for each in readings:
        metric = declared.get(each.metric)
        if metric is not None and (each.experiment, each.scale) == (experiment.name, "diff"):
            margin = metric.smallest_effect
            found.append(Guard(each, margin, _state(each, margin, up=metric.direction == "up")))
    return found


def _state(reading: Reading, margin: float, *, up: bool) -> Literal["holds", "broken", "open", "unknown"]:
    """Where an interval lies beside the accepted loss."""
    estimate = reading.estimate
    if estimate is None or estimate.lo is None:
        return "unknown"
    worst, best = (estimate.lo, estimate.hi) if up else (-estimate.hi, -estimate.lo)
    if worst > -margin:
        return "holds"
    return "broken" if best < -margin else "open"
