"""Whether what was expected of customers came: by how often they had ordered, by tenths, and beside simple rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from helpers.errors import WrongUse
from helpers.statistics import Estimate, check, mean, resample
from helpers.value.fitting import Floats
from helpers.value.history import Histories

MOST_FREQUENT = 7  # customers with so many repeats or more are told together, as in the papers
MODEL, MEAN_RATE, LAST_PERIOD = "model", "mean_rate", "last_period"

_DRAWS = 1_000


class Part(NamedTuple):
    """Some customers: what was expected of them and what came.

    Attributes:
        name: Their repeats so far, or the number of their tenth from 1, least expected first.
        expected: Mean of what was expected.
        actual: Mean of what came, with its interval; n is their number.
    """

    name: int
    expected: float
    actual: Estimate


class Judged(NamedTuple):
    """How near one way of foretelling comes.

    Attributes:
        bias: Mean of foretold minus came.
        rmse: Root of the mean squared error, which the best mean makes smallest.
        mae: Mean absolute error, which foretelling 0 for most makes small.
        over_model: rmse minus that of the model, on the same draws; None for the model.
    """

    bias: Estimate
    rmse: Estimate
    mae: Estimate
    over_model: Estimate | None


def by_frequency(frequency: ArrayLike, expected: ArrayLike, actual: ArrayLike) -> list[Part]:
    """Expected and actual means of customers with 0, 1, … and 7 or more repeats so far.

    Args:
        frequency: Repeats so far, shape (customers,).
        expected: What was expected of each.
        actual: What came of each.

    Raises:
        WrongUse: If the columns differ in length.
    """
    frequency, expected, actual = _alike(frequency, expected, actual)
    return _parts(np.minimum(frequency, MOST_FREQUENT).astype(int), expected, actual)


def by_tenth(expected: ArrayLike, actual: ArrayLike, *, parts: int = 10) -> list[Part]:
    """Expected and actual means of customers in equal parts by what was expected of them.

    Of whom the same was expected stand in the same part, so that parts may be fewer and of different size.

    Raises:
        WrongUse: If the columns differ in length, or `parts` is below 1.
    """
    check("parts", parts, ge=1)
    expected, actual = _alike(expected, actual)
    # Rounding must not tear apart customers with the same history.
    tenth = np.floor(parts * (rankdata(np.round(expected, 12)) - 0.5) / expected.size).astype(int)
    return _parts(tenth + 1, expected, actual)


def mean_rate(customers: Histories, time: float) -> Floats:
    """The rule: each customer goes on as often as so far, repeats over age; whoever came today, not at all."""
    return np.divide(customers.frequency * time, customers.age, out=np.zeros(customers.age.shape),
                     where=customers.age > 0)  # fmt: skip


def against_rules(
    actual: ArrayLike, model: ArrayLike, rules: Mapping[str, ArrayLike], *, seed: int
) -> dict[str, Judged]:
    """The model's errors beside those of rules, over the same customers and the same draws of them.

    Args:
        actual: What came of each customer, shape (customers,).
        model: What the model expected of each.
        rules: Name to what a rule expects of each: `mean_rate`, or as much as in a period of the same length before
            (`LAST_PERIOD`; the last year, where a year is foretold).
        seed: Seed of the bootstrap.

    Returns:
        By name, `MODEL` first.

    Raises:
        WrongUse: If the columns differ in length.
    """
    names = [MODEL, *rules]
    actual, *foretold = _alike(actual, model, *rules.values())
    errors = np.stack(foretold) - actual
    statistics = {}
    for name, error in zip(names, errors, strict=True):
        statistics[name, "bias"] = partial(_weighted, error)
        statistics[name, "mae"] = partial(_weighted, np.abs(error))
        statistics[name, "rmse"] = partial(_root, error**2)
    draws = resample(statistics, n=actual.size, draws=_DRAWS, seed=seed)
    return {
        name: Judged(
            *(draws.estimate((name, measure)) for measure in ("bias", "rmse", "mae")),
            None if name == MODEL else draws.difference((name, "rmse"), (MODEL, "rmse")),
        )
        for name in names
    }


def _parts(name: NDArray[np.int64], expected: Floats, actual: Floats) -> list[Part]:
    return [
        Part(int(each), float(expected[name == each].mean()), _mean(actual[name == each])) for each in np.unique(name)
    ]


def _mean(values: Floats) -> Estimate:
    """Mean with Student's interval; of one customer there is none."""
    if values.size == 1:
        return Estimate(float(values[0]), None, None, 0.95, 1, "Student t")
    return mean(values.size, float(values.sum()), float(values @ values))


def _weighted(values: Floats, weights: Floats) -> Floats:
    return weights @ values / weights.sum(axis=1)


def _root(values: Floats, weights: Floats) -> Floats:
    return np.sqrt(_weighted(values, weights))


def _alike(*columns: ArrayLike) -> list[Floats]:
    """Columns as floats, each as long as the first."""
    found = [np.asarray(each, dtype=np.float64) for each in columns]
    if len({each.shape for each in found}) != 1 or not found[0].size:
        raise WrongUse(f"Columns must hold one number of each customer, not {[each.shape for each in found]}.")
    return found
