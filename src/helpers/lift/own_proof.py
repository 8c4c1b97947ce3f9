"""What an experiment's page proves of itself: how often its methods err on its own control arm."""

from __future__ import annotations

from typing import NamedTuple

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from helpers.lift.error_rates import (
    Method,
    Peeking,
    coverage,
    false_positives,
    of_adjusted,
    of_moments,
    of_successes,
    peeking,
)
from helpers.lift.nights import Night
from helpers.lift.resplits import (
    PLANTED,
    TIMES,
    Splits,
    alike,
    alike_before,
    covariate_gain,
    plant_amounts,
    plant_conversions,
    split,
)
from helpers.statistics import (
    Estimate,
    difference_of_means,
    difference_of_proportions,
    ratio_of_means,
    ratio_of_proportions,
    sequence_of_difference,
)

SEED = 13
GAINS = 0.3  # planted effects are between -30 % and +30 % of the arm's mean, evenly
FEWEST = 200  # people of the arm with anything to compare: half of them are the 100 that a ratio asks of an arm
ADJUSTED = "Welch t, adjusted by before"


class Promise(NamedTuple):
    """A method and what it promises of halves that were treated alike.

    Attributes:
        method: Makes an interval from rows of sums.
        null: What is true of such halves: 0 of a difference, 1 of a ratio.
        nominal: Whether it should err in 5 of 100, or in at most 5.
    """

    method: Method
    null: float
    nominal: bool


class Tried(NamedTuple):
    """What one method did on one metric of halves whose truth is known.

    Attributes:
        metric: The metric.
        method: The method.
        rate: Halves alike that it called different, at one look.
        nominal: Whether it promises 5 of 100, or at most 5.
        covered: Planted effects that its interval held; None where none could be planted.
    """

    metric: str
    method: str
    rate: Estimate
    nominal: bool
    covered: Estimate | None = None


class OwnProof(NamedTuple):
    """How often readings of one metric err.

    Attributes:
        metric: The metric.
        tried: Each method at one look, at the end.
        peeking: The same at daily looks.
        gain: Share of the variance that the time before takes away, and the squared correlation that it should be;
            None where the time before is not asked, or tells nothing.
    """

    metric: str
    tried: list[Tried]
    peeking: Peeking
    gain: tuple[Estimate, float] | None = None


def promises(*, binary: bool, planned: int, ratios: bool = True) -> dict[str, Promise]:
    """Methods that read a metric, by name.

    Args:
        binary: Whether a person's value is yes or no.
        planned: Number that the sequence is tuned to.
        ratios: Whether there are enough people for ratios.
    """
    found = (
        {
            "Newcombe hybrid score": Promise(of_successes(difference_of_proportions), 0, nominal=True),
            "Katz log ratio": Promise(of_successes(ratio_of_proportions), 1, nominal=True),
        }
        if binary
        else {
            "Welch t": Promise(of_moments(difference_of_means), 0, nominal=True),
            "Fieller": Promise(of_moments(ratio_of_means), 1, nominal=True),
        }
    )
    sequence = Promise(of_moments(sequence_of_difference, planned=planned), 0, nominal=False)
    kept = {name: each for name, each in found.items() if ratios or not each.null}
    return kept | {"asymptotic confidence sequence": sequence}


def prove_all(outcomes: ir.Table, night: Night, *, times: int = TIMES) -> list[OwnProof]:
    """Try every metric of an experiment whose units stand alone on its own control arm.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        night: The experiment as it stands.
        times: How many splits; a quarter as many effects are planted.

    Returns:
        One entry a metric that is a share or a mean, varies in the control arm and is told of it; none of clusters.
    """
    experiment, found = night.experiment, []
    told = {
        each.metric
        for each in night.readings
        if (each.arm, each.scale) == (experiment.control, "level") and each.estimate is not None
    }
    for metric in experiment.metrics if not experiment.clustered else ():
        if not metric.per_person or metric.name not in told:
            continue
        place = {"experiment": experiment.name, "arm": experiment.control, "metric": metric.name}
        groups = alike(outcomes, **place)
        before = alike_before(outcomes, **place) if metric.pre_days is not None else None
        if groups["value"].max() > groups["value"].min():
            found.append(prove(groups, metric=metric.name, binary=metric.binary, times=times, before=before))
    return found


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
    rng = np.random.default_rng(SEED)
    able = int(groups.loc[groups["value"] != 0, "people"].sum())
    methods = promises(binary=binary, planned=int(groups["people"].sum()), ratios=able >= FEWEST)
    tried = _tried(groups["value"], groups["people"], methods, metric=metric, binary=binary, rng=rng, times=times)
    gain = None
    if before is not None and before["before"].max() > before["before"].min():
        pairs, adjusted = before[["value", "before"]], {ADJUSTED: Promise(of_adjusted(difference_of_means), 0, True)}
        tried += _tried(pairs, before["people"], adjusted, metric=metric, binary=binary, rng=rng, times=times)
        gain = covariate_gain(split(pairs, before["people"], rng=rng, times=times))
    return OwnProof(metric, tried, peeking(groups, rng=rng, times=times), gain)


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
    planted = _planted(plain, mean, binary=binary, rng=rng)
    found = []
    for name, own in methods.items():
        covered = None
        if planted is not None:
            changed, gains = planted
            covered = coverage(changed, own.method, 1 + gains if own.null else gains * mean)
        rate = false_positives(splits, own.method, null=own.null)
        found.append(Tried(metric, name, rate, own.nominal, covered))
    return found


def _planted(
    splits: Splits, mean: float, *, binary: bool, rng: np.random.Generator
) -> tuple[Splits, np.ndarray] | None:
    """Splits with an effect in their treated half, and its size; of shares with a covariate none is planted."""
    if binary and splits.treated.shape[1] > 3:
        return None
    reach = min(GAINS, (1 - mean) / mean) if binary else GAINS  # a share ends at 1
    gains = rng.uniform(-reach, reach, len(splits.treated))
    return (plant_conversions(splits, gains, rng=rng) if binary else plant_amounts(splits, gains)), gains
