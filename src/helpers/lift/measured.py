"""Metrics of an arm as a verdict looks at them: with the intervals that decide, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.datasets.questions import Experiment, Metric
from helpers.lift.readout import Reading
from helpers.lift.show import WITHHELD
from helpers.lift.verdict_words import Measured, Moment
from helpers.lift.words import form
from helpers.privacy import MINIMUM
from helpers.statistics import Estimate

Place = tuple[str, str]  # metric and arm


def measured_of(
    experiment: Experiment,
    currency: str,
    arm: str,
    *,
    sequences: Mapping[Place, Estimate],
    at_end: Mapping[Place, Estimate | None],
    without: Mapping[Place, str],
) -> list[Measured]:
    """All metrics of an arm.

    Args:
        experiment: The experiment.
        currency: ISO 4217 code of the amounts.
        arm: The arm, not the control.
        sequences: Differences with their confidence sequences, where these can be told and made.
        at_end: Differences with the intervals of the planned end, likewise; empty before it.
        without: What `without` gave.

    Returns:
        One entry a metric.
    """

    def measured(metric: Metric) -> Measured:
        place = (metric.name, arm)
        found = Measured(
            metric.name, experiment.role(metric), metric.direction, metric.smallest_effect or 0.0,
            sequences.get(place), at_end.get(place), form(metric.kind, "diff", currency, amount=metric.money),
        )  # fmt: skip
        return found._replace(without=without[place]) if place in without else found

    return [measured(metric) for metric in experiment.metrics]


def without(experiment: Experiment, readings: Sequence[Reading], moment: Moment) -> dict[Place, str]:
    """Why differences have no interval tonight, where it is not that there are too few people to make one.

    Args:
        experiment: The experiment.
        readings: Its readings, as `publishable` leaves them.
        moment: How far it is.

    Returns:
        As `Measured.without` has it, by metric and arm: of those that would tell of few, and of quantiles, which have
        no interval before the end.
    """
    waiting = {} if moment.over else {each.name for each in experiment.metrics if each.kind == "quantile"}
    found = {}
    for each in readings:
        if each.scale != "diff":
            continue
        if each.reason == WITHHELD:
            found[each.metric, each.arm] = f"is not told, as in an arm it would tell of fewer than {MINIMUM} people"
        elif each.metric in waiting:
            found[each.metric, each.arm] = f"is {told_later(experiment)}"
    return found


def told_later(experiment: Experiment) -> str:
    """When what is made for one look is told."""
    return "not told, as no end is planned" if experiment.planned_end is None else "told at the planned end"
