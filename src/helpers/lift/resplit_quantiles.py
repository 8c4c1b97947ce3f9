"""Quantiles of one arm split into halves alike, from how many people have each value near the quantile."""

from __future__ import annotations

import math
from collections.abc import Callable

import ibis.expr.types as ir
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.datasets.questions import Experiment, Metric
from helpers.lift.error_rates import LEVEL, Method
from helpers.lift.promises import GAINS, SEED, Planted, Promise, Tried, try_each
from helpers.lift.resplits import DRAWS, PLANTED, TIMES, Splits, grouped
from helpers.statistics import Estimate, difference_of_quantiles, quantile_ranks, ratio_of_quantiles

METHOD = "order statistics, MOVER"
REACH = 8  # standard errors around the quantile, in people: further out no half has an end of its interval
ROUNDING = 1e-9  # relative: ends of an interval without width are the truth but for the rounding of logarithms


def values_alike(outcomes: ir.Table, experiment: Experiment, metric: Metric) -> pd.DataFrame:
    """Count in the engine how many people of the control arm have each value, as far as it bears on the quantile.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        experiment: The experiment.
        metric: One of its metrics of kind quantile.

    Returns:
        One row a value, in order: value, people. Values too far from the quantile to matter are moved to the nearest
        that are not.
    """
    own = outcomes.filter(
        outcomes.experiment == experiment.name, outcomes.variation == experiment.control, outcomes.metric == metric.name
    )
    own = own.select(value=own.value.cast("float64"))
    counted = own.group_by("value").agg(people=own.count())
    n = own.count().to_pyarrow().as_py()
    middle, reach = n * metric.share, REACH * (1 + math.sqrt(n * metric.share * (1 - metric.share)))
    upto = counted.people.sum().over(order_by="value", rows=(None, 0))
    counted = counted.mutate(upto=upto)
    ends = counted.agg(
        lo=counted.value.min(where=counted.upto >= middle - reach),
        hi=counted.value.max(where=counted.upto - counted.people <= middle + reach),
    )
    lo, hi = ends.to_pyarrow().to_pylist()[0].values()
    own = own.mutate(value=own.value.clip(lo, hi))
    return own.group_by("value").agg(people=own.count()).order_by("value").to_pandas()


def split_values(
    values: ArrayLike, people: ArrayLike, share: float, *, rng: np.random.Generator, times: int = TIMES
) -> Splits:
    """Split people into halves at random and find the order statistics of each, as the readout does.

    Args:
        values: Values of groups of people alike, shape (groups,).
        people: How many people are in each, shape (groups,).
        share: Which quantile, between 0 and 1.
        rng: Source of randomness.
        times: How often.

    Returns:
        By split: people, the quantile, and both ends of its interval, NaN where a half is too small for one.
    """
    rows, sizes = grouped(values, people)
    found = np.empty((2, times, 4))
    ranks: dict[int, tuple[float, ...]] = {}
    chunk = max(1, DRAWS // len(sizes))
    for start in range(0, times, chunk):
        treated = rng.binomial(sizes, 0.5, size=(min(chunk, times - start), len(sizes)))
        for half, drawn in enumerate((treated, sizes - treated)):
            found[half, start : start + len(drawn)] = _order_statistics(rows[:, 0], drawn, share, ranks)
    return Splits(*found)


def plant_values(splits: Splits, gains: NDArray[np.float64]) -> Splits:
    """Multiply each value of the treated half by a factor, and so its order statistics.

    Args:
        splits: As `split_values` gives them, of values of 0 or more.
        gains: Relative change, above -1, shape (times,).

    Returns:
        Splits whose true ratio is 1 + gains, and true difference gains times the arm's quantile.
    """
    treated = splits.treated.copy()
    treated[:, 1:] *= (1 + gains)[:, None]
    return splits._replace(treated=treated)


def quantile_promises(*, above_zero: bool = True) -> dict[str, Promise]:
    """Methods that read a quantile, by name.

    Their intervals reach outwards to whole places of a sorted sample, so they err less often than is said, which comes
    near it in large arms, and hardly ever where many have the same value. That holds over arms: in a single one whose
    values lie about as far apart as the quantile is uncertain, it may be twice as often.

    Args:
        above_zero: Whether the quantile is above 0, so that there is a ratio.
    """
    found = {METHOD: Promise(_of_quantiles(difference_of_quantiles), 0, nominal=None)}
    if above_zero:
        found[f"{METHOD}, log ratio"] = Promise(_of_quantiles(ratio_of_quantiles, least=0), 1, nominal=None)
    return found


def quantile_of(groups: pd.DataFrame, share: float) -> float:
    """The quantile of all people, as the readout has it.

    Args:
        groups: As `values_alike` gives them.
        share: Which quantile, between 0 and 1.
    """
    place = quantile_ranks(int(groups["people"].sum()), share, level=LEVEL).value
    return float(groups["value"].iloc[(groups["people"].cumsum() < place).sum()])


def enough(people: int, share: float) -> bool:
    """Whether next to every half of so many people is large enough for an interval of the quantile."""
    fewest = people // 2 - 2 * math.isqrt(people)  # four standard deviations below the even half
    return fewest >= 1 and quantile_ranks(fewest, share, level=LEVEL).lo is not None


def prove_quantile(groups: pd.DataFrame, metric: Metric, *, times: int = TIMES) -> list[Tried]:
    """Split the control arm again and again, and try each method that reads a quantile on its halves.

    Args:
        groups: As `values_alike` gives them, of values of 0 or more.
        metric: The metric, of kind quantile.
        times: How often; a quarter as many times an effect is planted in one half.

    Returns:
        One entry a method; no ratio of a quantile that is not above 0.
    """
    rng = np.random.default_rng(SEED)
    values, people, whole = groups["value"], groups["people"], quantile_of(groups, metric.share)
    splits = split_values(values, people, metric.share, rng=rng, times=times)
    plain = split_values(values, people, metric.share, rng=rng, times=max(1, times * PLANTED // TIMES))
    gains = rng.uniform(-GAINS, GAINS, len(plain.treated))
    planted = Planted(plant_values(plain, gains), gains, whole)
    return try_each(quantile_promises(above_zero=whole > 0), splits, planted, metric=metric.name)


def _of_quantiles(method: Callable[[Estimate, Estimate], Estimate], *, least: float = -math.inf) -> Method:
    """A method for quantiles that are all above the least, made to take rows of order statistics."""

    def read(*rows: NDArray[np.float64]) -> Estimate:
        ours, theirs = map(_estimate, rows)
        if min(ours.value, theirs.value) <= least:
            return ours._replace(lo=None, hi=None)
        found = method(ours, theirs)
        if found.lo is None:
            return found
        slack = ROUNDING * max(abs(ours.value), abs(theirs.value), abs(found.value))
        return found._replace(lo=found.lo - slack, hi=found.hi + slack)

    return read


def _estimate(row: NDArray[np.float64]) -> Estimate:
    """One half's quantile, without an interval where it is too small for one."""
    n, value, lo, hi = row.tolist()
    bounded = not math.isnan(lo)
    return Estimate(value, lo if bounded else None, hi if bounded else None, LEVEL, round(n), "order statistics")


def _order_statistics(
    values: NDArray[np.float64], people: NDArray[np.int64], share: float, ranks: dict[int, tuple[float, ...]]
) -> NDArray[np.float64]:
    """People, quantile and ends of its interval of samples, shape (samples, 4); `ranks` keeps the places by size."""
    upto = people.cumsum(axis=1)
    sizes = upto[:, -1]
    for n in set(sizes.tolist()) - ranks.keys():
        own = quantile_ranks(n, share, level=LEVEL)
        ranks[n] = tuple(math.nan if place is None else place for place in (own.value, own.lo, own.hi))
    found = [sizes.astype(float)]
    for places in np.array([ranks[n] for n in sizes.tolist()]).T:
        at = (upto < places[:, None]).sum(axis=1)
        found.append(np.where(np.isnan(places), math.nan, values[at]))
    return np.column_stack(found)
