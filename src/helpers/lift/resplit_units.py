"""Ratios and clusters of one arm split into halves alike: people, or whole clusters, with all that a reading adds up.

A ratio is read from totals above and below its line, and where clusters were assigned every metric is one: its total
by cluster, below it their people. So what is split are units alike in all of this, each person or cluster as a whole.
"""

from __future__ import annotations

import math
from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.datasets.questions import Experiment, Metric
from helpers.lift.adjusting import means
from helpers.lift.error_rates import LEVEL, Method
from helpers.lift.outcomes import VALUES
from helpers.lift.planned import sequence_between
from helpers.lift.promises import GAINS, NOTHING, SEED, Planted, Promise, Tried, ratio_where_told, try_each
from helpers.lift.resplits import PLANTED, TIMES, Splits, grouped, halve
from helpers.lift.sums import Sample
from helpers.statistics import Estimate, Joint, Moments, difference_of_means, effective_size

HALVES = ("treated half", "control half")


def split_units(groups: pd.DataFrame, *, rng: np.random.Generator, times: int = TIMES) -> Splits:
    """Split units into halves at random, each to the treated with an even chance.

    Args:
        groups: As `alike_units.units_alike` gives them.
        rng: Source of randomness.
        times: How often.

    Returns:
        By split: units, the total of each variable, and the products of each two in the order of
        `combinations_with_replacement`.
    """
    values, sizes = grouped(groups[[name for name in VALUES if name in groups]], groups["units"])
    pairs = combinations_with_replacement(values.T, 2)
    features = np.column_stack([np.ones(len(values)), values, *(one * other for one, other in pairs)])
    return halve(sizes, features, rng=rng, times=times)


def plant_totals(splits: Splits, gains: NDArray[np.float64]) -> Splits:
    """Let each unit of the treated half have more, or less, above the fraction line by a factor.

    Args:
        splits: As `split_units` gives them.
        gains: Relative change, shape (times,).

    Returns:
        Splits whose true ratio is 1 + gains, and true difference gains times the arm's own.
    """
    factor, treated = 1 + gains, splits.treated.copy()
    k = _variables_of(treated)
    treated[:, 1] *= factor
    treated[:, k + 1] *= factor**2
    treated[:, k + 2 : 2 * k + 1] *= factor[:, None]
    return splits._replace(treated=treated)


def as_means(splits: Splits, experiment: Experiment, metric: Metric) -> Splits:
    """Sums of halves made those of means, as the readout makes them: linearised, and less what covariates explain.

    Args:
        splits: As `split_units` gives them.
        experiment: The experiment.
        metric: Its metric.

    Returns:
        By split: units, total, squares, and the units that carry the mean; zeros where no mean can be made of a half.
    """
    halves = experiment.model_copy(update={"arms": list(HALVES)})
    places = [Sample(experiment.name, half, metric.name) for half in HALVES]
    found = np.zeros((2, len(splits.treated), 4))
    for at, samples in enumerate(zip(*map(_joints, splits), strict=True)):
        known = means(dict(zip(places, samples, strict=True)), halves, metric).adjusted
        for half, place in enumerate(places):
            if place.arm in known:
                found[half, at, :3] = known[place.arm]
    for half, rows in enumerate(splits):
        found[half, :, 3] = _carried(rows)
    return Splits(*found)


def prove_units(
    groups: pd.DataFrame, experiment: Experiment, metric: Metric, *, ratios: bool = True, times: int = TIMES
) -> list[Tried]:
    """Split the control arm again and again, and try each method that reads a ratio or clusters on its halves.

    Args:
        groups: As `alike_units.units_alike` gives them.
        experiment: The experiment.
        metric: Its metric.
        ratios: Whether there are enough people for ratios to the control.
        times: How often; a quarter as many times an effect is planted in one half.

    Returns:
        One entry a method.
    """
    rng = np.random.default_rng(SEED)
    splits = as_means(split_units(groups, rng=rng, times=times), experiment, metric)
    plain = split_units(groups, rng=rng, times=max(1, times * PLANTED // TIMES))
    gains = rng.uniform(-GAINS, GAINS, len(plain.treated))
    changed = as_means(plant_totals(plain, gains), experiment, metric)
    planted = Planted(changed, gains, plain.whole[1] / plain.whole[2])
    how = "by cluster" if experiment.clustered else "delta method"
    if "denominator_before" in groups and groups["denominator_before"].any():
        how += ", CUPED"
    methods = unit_promises(how, planned=int(groups["units"].sum()), ratios=ratios)
    return try_each(methods, splits, planted, metric=metric.name)


def unit_promises(how: str, *, planned: int, ratios: bool = True) -> dict[str, Promise]:
    """Methods that read a ratio or clusters, by name.

    Args:
        how: What was done to make them means, for the names.
        planned: Number of units that the sequence is tuned to.
        ratios: Whether there are enough people for ratios to the control.
    """

    def sequence(*rows: NDArray[np.float64]) -> Estimate:
        carried = min(row[3] for row in rows)
        return sequence_between(*map(_moments, rows), planned, level=LEVEL, carried=carried)

    found = {
        "Welch t": Promise(lambda *rows: difference_of_means(*map(_moments, rows)), 0, nominal=True),
        "Fieller": Promise(lambda *rows: ratio_where_told(*map(_moments, rows)), 1, nominal=True),
        "asymptotic confidence sequence": Promise(sequence, 0, nominal=False),
    }
    return {
        f"{name}, {how}": each._replace(method=_where_told(each.method))
        for name, each in found.items()
        if ratios or not each.null
    }


def _where_told(method: Method) -> Method:
    """The method where both halves have a mean, and nothing where one has none."""
    return lambda *rows: method(*rows) if min(row[0] for row in rows) >= 2 else NOTHING


def _moments(row: NDArray[np.float64]) -> Moments:
    return Moments(round(row[0]), row[1], row[2])


def _joints(rows: NDArray[np.float64]) -> list[Joint]:
    """Sums of halves as samples of several variables."""
    k = _variables_of(rows)
    one, other = np.triu_indices(k)
    products = np.empty((len(rows), k, k))
    products[:, one, other] = products[:, other, one] = rows[:, k + 1 :]
    totals = rows[:, : k + 1].tolist()
    return [Joint(round(n), tuple(of), own) for (n, *of), own in zip(totals, products.tolist(), strict=True)]


def _variables_of(rows: NDArray[np.float64]) -> int:
    """How many variables sums are of."""
    return (math.isqrt(8 * rows.shape[-1] + 1) - 3) // 2


def _carried(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Units that carry what stands above and below the fraction line, the fewer of both."""
    k = _variables_of(rows)
    above = effective_size(rows[:, 0], rows[:, 1], rows[:, k + 1])
    return np.minimum(above, effective_size(rows[:, 0], rows[:, 2], rows[:, 2 * k + 1]))
