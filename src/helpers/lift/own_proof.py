"""What an experiment's page proves of itself: how often its methods err on its own control arm."""

from __future__ import annotations

from typing import NamedTuple

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from helpers.datasets.questions import Experiment, Metric
from helpers.lift.alike_units import people_by_day, units_alike, vary
from helpers.lift.covariate_gain import covariate_gain
from helpers.lift.error_rates import of_adjusted
from helpers.lift.nights import Night
from helpers.lift.peeking import Peeking, peeking
from helpers.lift.promises import FEWEST, GAINS, SEED, Planted, Promise, Tried, promises, try_each
from helpers.lift.resplit_quantiles import enough, prove_quantile, quantile_of, values_alike
from helpers.lift.resplit_units import prove_units
from helpers.lift.resplits import (
    PLANTED,
    TIMES,
    Splits,
    alike,
    alike_before,
    plant_amounts,
    plant_conversions,
    split,
)
from helpers.statistics import Estimate, difference_of_means

ADJUSTED = "Welch t, adjusted by before"
UNITS = 40  # people or clusters of the arm: fewer than some 20 in a half tell too little of how they differ
# Why something is not tried.
UNTOLD = "nothing of it is told above"
SAME = "all of the arm have the same value"
SAME_AROUND = "nearly all of the arm around the quantile have the same value"
FEW_UNITS = f"the arm has fewer than {UNITS}"
FEW_PEOPLE = "half of the arm is too few people for an interval"
FEW_ACTIVE = f"fewer than {FEWEST} people of the arm have a value that is not 0"
AT_ZERO = "the quantile is not above 0"


class OwnProof(NamedTuple):
    """How often readings of one metric err.

    Attributes:
        metric: The metric.
        tried: Each method at one look, at the end.
        peeking: The same at daily looks; None of clusters and of quantiles, of which nothing is told before the end.
        gain: Share of the variance that the time before takes away, and the squared correlation that it should be;
            None where the time before is not asked, or tells nothing.
        whole: What went into a half as a whole where it is more than one row: "clusters", or "people" with all their
            sessions; else empty.
        untried: Why nothing of it is tried, empty where something is.
        ratios_untried: Why no ratio to the control is tried where something else is, else empty.
    """

    metric: str
    tried: list[Tried]
    peeking: Peeking | None = None
    gain: tuple[Estimate, float] | None = None
    whole: str = ""
    untried: str = ""
    ratios_untried: str = ""


def prove_all(outcomes: ir.Table, night: Night, *, times: int = TIMES) -> list[OwnProof]:
    """Try every metric of an experiment on its own control arm.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        night: The experiment as it stands.
        times: How many splits; a quarter as many effects are planted.

    Returns:
        One entry a metric, also where it cannot be tried; none at all where nothing of the experiment is told.
    """
    experiment = night.experiment
    told = {
        each.metric
        for each in night.readings
        if (each.arm, each.scale) == (experiment.control, "level") and each.estimate is not None
    }
    return [
        _proof(outcomes, experiment, metric, times)
        if metric.name in told
        else OwnProof(metric.name, [], untried=UNTOLD)
        for metric in (experiment.metrics if told else ())
    ]


def prove(
    groups: pd.DataFrame, *, metric: str, binary: bool, times: int = TIMES, before: pd.DataFrame | None = None
) -> OwnProof:
    """Split the control arm again and again, and count how often its halves are called different.

    Args:
        groups: People of the arm who are alike, as `resplits.alike` gives them: day, value (0 or more), people.
        metric: Name of the metric.
        binary: Whether a person's value is yes or no.
        times: How often; a quarter as many times an effect is planted in one half.
        before: The same people by value and by value in the time before, as `alike_before` gives them, where that is
            asked.

    Returns:
        The rates; the same groups give the same.
    """
    if groups["people"].sum() < UNITS:
        return OwnProof(metric, [], untried=f"{FEW_UNITS} people")
    if groups["value"].max() == groups["value"].min():
        return OwnProof(metric, [], untried=SAME)
    rng = np.random.default_rng(SEED)
    ratios = int(groups.loc[groups["value"] != 0, "people"].sum()) >= FEWEST
    methods = promises(binary=binary, planned=int(groups["people"].sum()), ratios=ratios)
    tried = _tried(groups["value"], groups["people"], methods, metric=metric, binary=binary, rng=rng, times=times)
    gain = None
    if before is not None and before["before"].max() > before["before"].min():
        pairs, adjusted = before[["value", "before"]], {ADJUSTED: Promise(of_adjusted(difference_of_means), 0, True)}
        tried += _tried(pairs, before["people"], adjusted, metric=metric, binary=binary, rng=rng, times=times)
        gain = covariate_gain(split(pairs, before["people"], rng=rng, times=times))
    peeks = peeking(groups, rng=rng, times=times)
    return OwnProof(metric, tried, peeks, gain, ratios_untried="" if ratios else FEW_ACTIVE)


def _proof(outcomes: ir.Table, experiment: Experiment, metric: Metric, times: int) -> OwnProof:
    """One metric, by the way that it is read."""
    if metric.kind == "quantile":
        return _of_quantile(outcomes, experiment, metric, times)
    if experiment.clustered or metric.kind == "ratio":
        return _of_units(outcomes, experiment, metric, times)
    place = {"experiment": experiment.name, "arm": experiment.control, "metric": metric.name}
    before = alike_before(outcomes, **place) if metric.pre_days is not None else None
    return prove(alike(outcomes, **place), metric=metric.name, binary=metric.binary, times=times, before=before)


def _of_quantile(outcomes: ir.Table, experiment: Experiment, metric: Metric, times: int) -> OwnProof:
    """One metric that is a quantile of people's values."""
    values = values_alike(outcomes, experiment, metric)
    if not enough(int(values["people"].sum()), metric.share):
        return OwnProof(metric.name, [], untried=FEW_PEOPLE)
    if len(values) < 2:
        return OwnProof(metric.name, [], untried=SAME_AROUND)
    tried = prove_quantile(values, metric, times=times)
    return OwnProof(metric.name, tried, ratios_untried="" if quantile_of(values, metric.share) > 0 else AT_ZERO)


def _of_units(outcomes: ir.Table, experiment: Experiment, metric: Metric, times: int) -> OwnProof:
    """One metric that is a ratio, or any of an experiment of clusters or sessions."""
    units = units_alike(outcomes, experiment, metric)
    if units["units"].sum() < UNITS:
        return OwnProof(metric.name, [], untried=f"{FEW_UNITS} {experiment.counted}")
    if not vary(units):
        return OwnProof(metric.name, [], untried=SAME)
    ratios = bool(units["active"].sum() >= FEWEST)
    tried = prove_units(units, experiment, metric, ratios=ratios, times=times)
    looks = None
    if not experiment.clustered:  # a cluster's people come on many days
        people = people_by_day(outcomes, experiment, metric)
        looks = peeking(people, rng=np.random.default_rng(SEED), times=times)
    whole = experiment.counted if experiment.clustered else ""
    return OwnProof(metric.name, tried, looks, whole=whole, ratios_untried="" if ratios else FEW_ACTIVE)


def _tried(
    values: pd.Series | pd.DataFrame,
    people: pd.Series,
    methods: dict[str, Promise],
    *,
    metric: str,
    binary: bool,
    rng: np.random.Generator,
    times: int,
) -> list[Tried]:
    """Each method on halves alike, and on halves of which one was given an effect."""
    splits = split(values, people, rng=rng, times=times)
    plain = split(values, people, rng=rng, times=max(1, times * PLANTED // TIMES))
    mean = plain.whole[1] / plain.whole[0]
    changed = _planted(plain, mean, binary=binary, rng=rng)
    return try_each(methods, splits, changed, metric=metric)


def _planted(splits: Splits, mean: float, *, binary: bool, rng: np.random.Generator) -> Planted | None:
    """Splits with an effect in their treated half; of shares with a covariate none is planted."""
    if binary and splits.treated.shape[1] > 3:
        return None
    reach = min(GAINS, (1 - mean) / mean) if binary else GAINS  # a share ends at 1
    gains = rng.uniform(-reach, reach, len(splits.treated))
    changed = plant_conversions(splits, gains, rng=rng) if binary else plant_amounts(splits, gains)
    return Planted(changed, gains, mean)
