"""Whether people of some days are spread over a quantity as those of other days were: counts in fixed bins, by days.

`bin_edges` fixes the bins on the days of then, `bin_counts` counts people in them day by day, and all else is made of
those counts: `psi` says how far two spreads are apart, `stability` how often chance alone would set them as far apart.
`ks_distance` needs no bins. Each day counts as much as any other, so that a growing number of people is no drift.
"""

from __future__ import annotations

from itertools import chain, combinations
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from helpers.errors import WrongUse
from helpers.statistics.estimate import check

Floats = NDArray[np.float64]

PARTS = 10
_HALF = 0.5  # of a person, put into each bin, so that an empty one is rare and not impossible
_USUAL = 0.95  # of the splits stay below what is called chance
_ROUNDING = 1e-9


class DaySplits(NamedTuple):
    """Ways to call as many of the same days then, and the others now.

    Attributes:
        weights: Weight of each day in then, which sum to 1, shape (splits, days); the first row is the split as it is.
        others: The same in now.
        exact: Whether these are all splits that there are; of a split and its mirror, which say the same, one.
    """

    weights: Floats
    others: Floats
    exact: bool

    @property
    def smallest_p(self) -> float:
        """The smallest p that can come out."""
        return 1 / len(self.weights)


class Stability(NamedTuple):
    """How far two spreads are apart, and whether it is more than chance.

    Attributes:
        psi: Population stability index.
        chance: What it stays below in 19 of 20 splits of the same days.
        p: Chance of one at least as large were nothing different, whether it is days or people that vary: the larger
            of both chances.
    """

    psi: float
    chance: float
    p: float


def bin_edges(reference: ArrayLike, *, parts: int = PARTS) -> Floats:
    """Upper ends of bins that hold equal parts of the reference, as equal as its ties allow.

    Bins are open below and closed above. What is smaller, or larger, than all of the reference has a bin of its own.

    Args:
        reference: Values, NaN where one is missing, shape (n,).
        parts: Parts aimed at, at least 1.

    Returns:
        Ascending, one less than the bins of known values; empty where nothing is known.

    Raises:
        WrongUse: If `parts` is below 1.

    Example:
        >>> from helpers.statistics import bin_edges
        >>> bin_edges([1, 2, 3, 4, 4, 4], parts=2).round(6).tolist()
        [1.0, 3.0, 4.0]
    """
    check("parts", parts, ge=1)
    known = np.asarray(reference, dtype=np.float64)
    known = known[~np.isnan(known)]
    if known.size == 0:
        return known
    inner = np.quantile(known, np.arange(1, parts + 1) / parts, method="inverted_cdf")
    return np.unique([np.nextafter(known.min(), -np.inf), *inner])


def bin_counts(values: ArrayLike, edges: Floats, day: ArrayLike, *, days: int) -> NDArray[np.int64]:
    """People in each bin on each day; the last bin holds those of whom the value is missing.

    Args:
        values: Shape (n,), NaN where one is missing.
        edges: As `bin_edges` gives them.
        day: Number of the day of each value, 0 to days - 1, shape (n,).
        days: Number of days.

    Returns:
        Shape (days, len(edges) + 2).

    Example:
        >>> from helpers.statistics import bin_counts, bin_edges
        >>> edges = bin_edges([1, 2, 3, 4], parts=2)
        >>> bin_counts([0, 1, 3, float("nan"), 9], edges, [0, 0, 0, 1, 1], days=2).tolist()
        [[1, 1, 1, 0, 0], [0, 0, 0, 1, 1]]
    """
    values, day = np.asarray(values, dtype=np.float64), np.asarray(day)
    bins = len(edges) + 2
    place = np.where(np.isnan(values), bins - 1, np.searchsorted(edges, values, side="left"))
    return np.bincount(day * bins + place, minlength=days * bins).reshape(days, bins)


def psi(then: ArrayLike, now: ArrayLike) -> Floats:
    """Population stability index of two spreads over the same bins: 0 where they are alike, without an upper end.

    Jeffreys' divergence of the two, half a person added to each bin. By custom below 0.1 is small and above 0.25 large;
    of two normal distributions half a standard deviation apart it is about a quarter (Kullback, 1959; Yurdakul, 2018).

    Args:
        then: People in each bin, shape (..., bins).
        now: The same.

    Example:
        >>> from helpers.statistics import psi
        >>> f"{psi([500, 500], [500, 500]):.2f} where alike, {psi([500, 500], [250, 750]):.2f} where not"
        '0.00 where alike, 0.27 where not'
    """
    p, q = (_shares(np.asarray(each, dtype=np.float64) + _HALF) for each in (then, now))
    return ((q - p) * np.log(q / p)).sum(axis=-1)


def ks_distance(then: ArrayLike, now: ArrayLike, weights: tuple[ArrayLike, ArrayLike] | None = None) -> float:
    """Largest difference of the shares at or below any value: 0 where two spreads are alike, 1 where they do not meet.

    The statistic of Kolmogorov and Smirnov as the size of a difference, over known values.

    Args:
        then: Shape (n,), NaN where a value is missing.
        now: Shape (m,).
        weights: Weight of each of then and of each of now; None is one for each.

    Returns:
        NaN where nothing is known on one side.

    Example:
        >>> from helpers.statistics import ks_distance
        >>> ks_distance([1, 2, 3, 4], [3, 4, 5, 6])
        0.5
    """
    sides = [np.asarray(each, dtype=np.float64) for each in (then, now)]
    heavy = [np.ones(each.size) if weights is None else np.asarray(own) for each, own in zip(
        sides, weights or sides, strict=True)]  # fmt: skip
    known = [~np.isnan(each) for each in sides]
    if not all(each.any() for each in known):
        return float("nan")
    values = np.concatenate([each[own] for each, own in zip(sides, known, strict=True)])
    signed = np.concatenate([
        sign * own[each] / own[each].sum() for sign, own, each in zip((-1, 1), heavy, known, strict=True)
    ])  # fmt: skip
    order = np.argsort(values, kind="stable")
    last = np.append(np.diff(values[order]) > 0, True)  # of the rows of each value
    return float(np.abs(np.cumsum(signed[order])[last]).max())


def day_splits(then: int, now: int, *, draws: int, seed: int) -> DaySplits:
    """All splits of the days where they are no more than `draws`; else so many by chance, the one as it is first.

    Args:
        then: Days of then, at least 1; they stand before those of now.
        now: Days of now, at least 1.
        draws: Most splits, at least 1.
        seed: Seed of splits by chance.

    Raises:
        WrongUse: If a number is below 1.

    Example:
        >>> from helpers.statistics import day_splits
        >>> splits = day_splits(3, 3, draws=1_000, seed=1)
        >>> len(splits.weights), splits.exact, splits.smallest_p
        (10, True, 0.1)
    """
    for name, value in (("then", then), ("now", now), ("draws", draws)):
        check(name, value, ge=1)
    days, mirrored = then + now, then == now
    exact = comb(days - mirrored, then - mirrored) <= draws
    if exact:  # where each split has a mirror, the first day may stay in then
        others = chain.from_iterable(combinations(range(mirrored, days), then - mirrored))
        rest = np.fromiter(others, dtype=np.intp).reshape(comb(days - mirrored, then - mirrored), -1)
        taken = np.zeros((len(rest), days), dtype=bool)
        taken[:, :1] = mirrored
        np.put_along_axis(taken, rest, True, axis=1)
    else:
        taken = np.tile(np.arange(days) < then, (draws, 1))
        taken[1:] = np.random.default_rng(seed).permuted(taken[1:], axis=1)
    return DaySplits(taken / then, ~taken / now, exact)


def stability(counts: ArrayLike, splits: DaySplits) -> Stability:
    """Hold the days of now against those of then: the stability index, and whether it is more than chance.

    Two chances are looked at. Days vary: the same days are split in other ways, each day whole, as people of a day have
    much in common. People vary: those of a mean day are a sample of then, or of now, by which the index over the sum of
    1/n is about chi-square (Yurdakul, 2018); most are there on every day, and so count once. Where neighbouring days
    are alike without being the same, the first is too small a chance; what is told of should be large as well.

    Args:
        counts: People in each bin on each day, those of then first, shape (days, bins); nobody on a day is not allowed.
        splits: As `day_splits` gives them.

    Raises:
        WrongUse: If there are not as many days as in the splits, or nobody was there on one.

    References:
        Phipson, B. and Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in
        Genetics and Molecular Biology 9. Yurdakul, B. (2018). Statistical properties of population stability index.

    Example:
        >>> from helpers.statistics import day_splits, stability
        >>> days = [[50, 50]] * 4 + [[20, 80]] * 4
        >>> found = stability(days, day_splits(4, 4, draws=1_000, seed=1))
        >>> f"{found.psi:.2f}, p = 1 of 35 splits = {found.p:.3f}"
        '0.41, p = 1 of 35 splits = 0.029'
    """
    counts = np.asarray(counts, dtype=np.float64)
    if len(counts) != splits.weights.shape[1]:
        raise WrongUse(f"counts are of {len(counts)} days; expected {splits.weights.shape[1]}.")
    people = counts.sum(axis=1)
    check("people on each day", people.min(), gt=0)
    counts = counts[:, counts.any(axis=0)]
    shares = _shares(counts)
    sides = [(each @ shares) * (each @ people)[:, None] for each in (splits.weights, splits.others)]
    found = psi(*sides)
    as_found = float(found[0])
    by_days = float((found >= as_found * (1 - _ROUNDING)).mean())
    noise = sum(1 / float(each[0].sum()) for each in sides)
    by_people = float(chi2.sf(as_found / noise, counts.shape[1] - 1)) if counts.shape[1] > 1 else 1.0
    return Stability(as_found, float(np.quantile(found, _USUAL)), max(by_days, by_people))


def _shares(counts: Floats) -> Floats:
    return counts / counts.sum(axis=-1, keepdims=True)
