"""Do groups hold still? k-means found again on people drawn again, and on one cloud without groups.

A method that splits anything into k will split a cloud too. A split is believed where people who are drawn again with
replacement are split alike (Hennig, 2007, Computational Statistics & Data Analysis 52, 258-271; Fang and Wang, 2012,
ibid. 56, 468-477), and more alike than one cloud of the same mean and covariance would be (Hennig and Lin, 2015,
Statistics and Computing 25, 821-833): a long cloud is cut across its length again and again, at the same place.
From three groups on the same is asked of one group fewer: once people are in two clouds that are far apart, a third
group that cuts the longer one holds still as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from helpers.statistics import Estimate, mean

MEAN_AT_LEAST = 0.95
EACH_AT_LEAST = 0.85
DRAWS = 100
RESTARTS = 20
# One cloud more is the calmest of all 20 in 1 of 20 cases: a Monte Carlo test at 5 % (Barnard, 1963, Journal of the
# Royal Statistical Society B 25, 294).
CLOUDS = 19
DRAWS_A_CLOUD = 5
# But clouds of customers are lopsided, and those are calmer than normal ones: so a split must be calmer by half.
OF_THE_CALMEST = 0.5


class Distinct(NamedTuple):
    """People as points, those who are alike as one.

    Attributes:
        points: Shape (points, features), no two alike, in their own order.
        people: How many people are at each, shape (points,).
    """

    points: NDArray[np.float64]
    people: NDArray[np.int64]


class Trial(NamedTuple):
    """What came of one number of groups.

    Attributes:
        k: Number of groups.
        mean: Mean adjusted Rand index over the draws, its interval that of the mean over more draws; n is draws.
        least: The lowest of them.
        draws: Draws that were made: fewer than 100 where it was settled before that the number does not pass.
        cloud: The same mean in clouds without groups, None where that was not asked any more; n is clouds.
        cloud_most: The highest mean of one of these clouds.
        fewer_most: The highest mean of 19 worlds of k-1 clouds; None for two groups and where it was not asked.
        passed: Mean at least 0.95, no draw below 0.85, and above the clouds: what is missing to 1 in the mean is at
            most half of what is missing in the calmest of 19 clouds, and in the calmest of 19 worlds of k-1 clouds.
    """

    k: int
    mean: Estimate
    least: float
    draws: int
    cloud: Estimate | None
    cloud_most: float | None
    fewer_most: float | None
    passed: bool


def distinct(points: NDArray[np.float64]) -> Distinct:
    """Put people who are alike together; the order of rows is gone after this.

    Args:
        points: Shape (people, features).
    """
    return Distinct(*np.unique(points, axis=0, return_counts=True))


def split(people: Distinct, k: int, *, seed: int) -> KMeans:
    """k-means on some people, the best of 20 restarts.

    Args:
        people: At least `k` distinct points.
        k: Number of groups.
        seed: Seed of the starts.
    """
    return KMeans(n_clusters=k, n_init=RESTARTS, random_state=seed).fit(people.points, sample_weight=people.people)


def try_number(people: Distinct, reference: KMeans, *, before: KMeans | None = None, seed: int, in_full: bool) -> Trial:
    """Hold one number of groups against people drawn again and against clouds that have fewer groups.

    Each draw takes as many people with replacement, is split by 20 restarts, and places everybody of `people`;
    what is compared is where they are placed by the reference. Then 19 normal clouds are drawn with the mean and
    covariance of `people`, each is split, and drawn again 5 times; the spread from cloud to cloud is larger than that
    from draw to draw, and is what has to be beaten. What the mean over draws leaves to 1 must be at most half of what
    the calmest cloud leaves. Where there is a number before, so it is with 19 worlds of which each has its groups, as
    a normal cloud each.

    Args:
        people: The people the reference was found on.
        reference: As `split` gives it.
        before: The same of one group fewer, None for two groups.
        seed: Seed of draws, clouds and starts.
        in_full: Make all draws and all clouds also where the outcome is settled before. What stops early passes no
            more and no less often, but its figures are of fewer draws, the last of them a bad one.

    Returns:
        The figures and whether the number passes.
    """
    k, stop_early = reference.n_clusters, not in_full
    with threadpool_limits(limits=1):  # so small fits lose by threads, and sums over several come in no fixed order
        found = _settled_draws(people, reference, np.random.default_rng([seed, k, 0]), stop_early=stop_early)
        holds = len(found) == DRAWS and sum(found) >= MEAN_AT_LEAST * DRAWS and min(found) >= EACH_AT_LEAST
        calmest = 1 - (1 - sum(found) / len(found)) / OF_THE_CALMEST  # that these draws are still above
        one, fewer = [], []
        if holds or in_full:
            worlds = _worlds(people, np.zeros(len(people.points)), k, np.random.default_rng([seed, k, 1]))
            one = _settled_worlds(worlds, calmest, stop_early=stop_early)
        if before is not None and (in_full or (holds and max(one) <= calmest)):
            worlds = _worlds(people, before.labels_, k, np.random.default_rng([seed, k, 2]))
            fewer = _settled_worlds(worlds, calmest, stop_early=stop_early)
    return Trial(
        k=k,
        mean=_mean(found),
        least=min(found),
        draws=len(found),
        cloud=_mean(one) if len(one) > 1 else None,
        cloud_most=max(one, default=None),
        fewer_most=max(fewer, default=None),
        passed=holds and max([*one, *fewer]) <= calmest,
    )


def adjusted_rand(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Adjusted Rand index of two groupings: 1 for the same, 0 for what chance would give.

    Args:
        tables: Number of people by group of one and group of the other, shape (..., groups, groups).

    Returns:
        Shape (...); 1 where both put everybody into one group.

    References:
        Hubert, L. and Arabie, P. (1985). Comparing partitions. Journal of Classification 2, 193-218.

    Example:
        >>> import numpy as np
        >>> from helpers.segmentation.stability import adjusted_rand
        >>> f"{adjusted_rand(np.array([[40, 10], [10, 40]])):.2f}"
        '0.35'
    """
    both = _pairs(tables).sum(axis=(-2, -1))
    one, other = (_pairs(tables.sum(axis=axis)).sum(axis=-1) for axis in (-1, -2))
    expected = one * other / _pairs(tables.sum(axis=(-2, -1)))
    most = (one + other) / 2
    differ = most > expected
    return np.where(differ, (both - expected) / np.where(differ, most - expected, 1.0), 1.0)


def _pairs(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return counts * (counts - 1.0) / 2.0


def _settled_draws(people: Distinct, reference: KMeans, rng: np.random.Generator, *, stop_early: bool) -> list[float]:
    """Agreements, early up to the draw after which the number cannot pass any more."""
    found: list[float] = []
    for each in _agreements(people, reference, rng):
        found.append(each)
        best = sum(found) + (DRAWS - len(found))  # if all that are still to come were perfect
        if stop_early and (each < EACH_AT_LEAST or best < MEAN_AT_LEAST * DRAWS):
            break
    return found


def _settled_worlds(worlds: Iterator[float], calmest: float, *, stop_early: bool) -> list[float]:
    """Mean agreements in made-up worlds, early up to the first that is calmer than it may be."""
    found: list[float] = []
    for each in worlds:
        found.append(each)
        if stop_early and each > calmest:
            break
    return found


def _agreements(people: Distinct, reference: KMeans, rng: np.random.Generator, draws: int = DRAWS) -> Iterator[float]:
    n, k = int(people.people.sum()), reference.n_clusters
    for _ in range(draws):
        drawn, start = rng.multinomial(n, people.people / n), int(rng.integers(2**31))
        there = drawn > 0
        if there.sum() < k:
            yield 0.0  # so few distinct people that k groups cannot be found again
            continue
        again = split(Distinct(people.points[there], drawn[there]), k, seed=start)
        cells = reference.labels_ * k + again.predict(people.points)
        yield float(adjusted_rand(np.bincount(cells, weights=people.people, minlength=k * k).reshape(k, k)))


def _worlds(people: Distinct, groups: NDArray[np.number], k: int, rng: np.random.Generator) -> Iterator[float]:
    """Mean agreement in each of 19 worlds in which every group of these people is a normal cloud like it."""
    parts = [Distinct(people.points[groups == each], people.people[groups == each]) for each in np.unique(groups)]
    for _ in range(CLOUDS):
        world = distinct(np.vstack([_cloud_like(part, rng) for part in parts]))
        reference = split(world, k, seed=int(rng.integers(2**31)))
        yield float(np.mean(list(_agreements(world, reference, rng, DRAWS_A_CLOUD))))


def _cloud_like(part: Distinct, rng: np.random.Generator) -> NDArray[np.float64]:
    """As many points of a normal distribution with the mean and covariance of some people."""
    n = int(part.people.sum())
    centre = np.average(part.points, axis=0, weights=part.people)
    away = part.points - centre
    covariance = (away * part.people[:, None]).T @ away / max(n - 1, 1)
    return rng.multivariate_normal(centre, covariance, size=n, method="eigh")


def _mean(values: list[float]) -> Estimate:
    if len(values) < 2:
        return Estimate(values[0], None, None, 0.95, 1, "a single draw")
    found = np.array(values)
    told = mean(len(found), float(found.sum()), float(found @ found))
    return told if told.hi is None else told._replace(hi=min(told.hi, 1.0))
