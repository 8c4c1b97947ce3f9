"""Empirical Bayes: what a few observations of one person say, held against what the others of a population are like.

Three conjugate families, each fitted by maximum likelihood on grouped rows (Robbins, 1956; Casella, 1985): shares
(beta-binomial; Skellam, 1948), means of positive amounts (gamma-gamma; Fader and Hardie, 2013) and rates over time
(gamma-Poisson; Greenwood and Yule, 1920). A posterior depends on the data through few numbers, so that it is taken once
for each that occurs and not once a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import betaln, digamma, gammaln, polygamma
from scipy.stats import beta, gamma
from threadpoolctl import ThreadpoolController

LEVEL = 0.8
# Interactions after which half of what could be known is known.
HALF_KNOWN = 12
FEWEST = 30  # people with an observation below whom nothing is learned of a population

_FLAT, _SHARP = 1e-2, 1e5  # bounds of what a prior may weigh, in observations


class Posterior(NamedTuple):
    """What is believed of each person, shape (n,) each.

    Attributes:
        mean: The estimate.
        lo: Lower end of the interval of `LEVEL`, equal tails.
        hi: Upper end.
        confidence: 1 − posterior variance / prior variance, never below 0; of the logarithm for amounts and rates.
    """

    mean: NDArray[np.float64]
    lo: NDArray[np.float64]
    hi: NDArray[np.float64]
    confidence: NDArray[np.float64]


class Shares(NamedTuple):
    """A beta distribution of shares over people: `yes` and `no` are observations that it weighs as much as."""

    yes: float
    no: float

    def posterior(self, k: ArrayLike, n: ArrayLike) -> Posterior:
        """Shares of people of whom k of n opportunities were taken."""
        a, b = self.yes + np.asarray(k, dtype=float), self.no + np.asarray(n, dtype=float) - np.asarray(k, dtype=float)
        lo, hi = beta.ppf(_TAILS[0], a, b), beta.ppf(_TAILS[1], a, b)
        left = beta.var(a, b) / beta.var(self.yes, self.no)
        return Posterior(a / (a + b), lo, hi, np.clip(1 - left, 0, 1))


class Means(NamedTuple):
    """Amounts are gamma distributed about a person's mean with `shape`; the means vary as the inverse of a gamma.

    Attributes:
        shape: Of one person's amounts; the larger, the less they differ.
        weight: Of the population; must be above 1 for a mean to exist.
        scale: In the unit of the amounts.
    """

    shape: float
    weight: float
    scale: float

    def posterior(self, total: ArrayLike, n: ArrayLike) -> Posterior:
        """Means of people whose n amounts add up to a total."""
        size = self.weight + self.shape * np.asarray(n, dtype=float)
        scale = self.shape * (self.scale + np.asarray(total, dtype=float))
        lo, hi = scale / gamma.ppf(_TAILS[1], size), scale / gamma.ppf(_TAILS[0], size)
        return Posterior(scale / (size - 1), lo, hi, _known(self.weight, size))


class Rates(NamedTuple):
    """Rates of events over time vary as a gamma: `events` in `time`, as much as the population weighs."""

    events: float
    time: float

    def posterior(self, k: ArrayLike, exposure: ArrayLike) -> Posterior:
        """Mean time between events of people with k events in an exposure; the median, for a mean need not exist."""
        size, time = self.events + np.asarray(k, dtype=float), self.time + np.asarray(exposure, dtype=float)
        middle, lo, hi = (time / gamma.ppf(tail, size) for tail in (0.5, *_TAILS[::-1]))
        return Posterior(middle, lo, hi, _known(self.events, size))


_TAILS = (1 - LEVEL) / 2, (1 + LEVEL) / 2


def _known(before: float, after: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the variance of a logarithm: how much of it is gone. A gamma of a shape has the trigamma of it."""
    return np.clip(1 - polygamma(1, after) / polygamma(1, before), 0, 1)


def fit_shares(k: ArrayLike, n: ArrayLike, people: ArrayLike) -> Shares | None:
    """The beta distribution from which shares come, by maximum likelihood.

    Args:
        k: Opportunities taken, shape (rows,).
        n: Opportunities, shape (rows,); rows without any say nothing.
        people: People with this k and n, shape (rows,).

    Returns:
        The distribution; None where fewer than `FEWEST` people have an opportunity.

    Example:
        >>> from helpers.statistics.shrinkage import fit_shares
        >>> prior = fit_shares(k=[0, 1, 2, 3], n=[4, 4, 4, 4], people=[30, 40, 20, 10])
        >>> few, many = prior.posterior(k=[1, 50], n=[1, 50]).mean
        >>> f"{few:.2f} who opened the only mail, {many:.2f} who opened fifty of fifty"
        '0.30 who opened the only mail, 0.76 who opened fifty of fifty'
    """
    k, n, people = _seen(n, k, n, people)
    if people.sum() < FEWEST:
        return None

    def likelihood(a: float, b: float) -> tuple[NDArray[np.float64], ...]:
        rest = digamma(a + b) - digamma(a + b + n)
        by_a, by_b = digamma(a + k) - digamma(a) + rest, digamma(b + n - k) - digamma(b) + rest
        return betaln(a + k, b + n - k) - betaln(a, b), by_a, by_b

    pooled = float(np.clip((people @ k) / (people @ n), 1e-3, 1 - 1e-3))
    return Shares(*_fit(likelihood, people, [10 * pooled, 10 * (1 - pooled)]))


def fit_means(total: ArrayLike, n: ArrayLike, people: ArrayLike) -> Means | None:
    """The gamma-gamma distribution from which amounts come, by maximum likelihood.

    Args:
        total: Sum of a person's amounts, above 0, shape (rows,).
        n: Number of them, shape (rows,); rows without any say nothing.
        people: People with this total and n, shape (rows,).

    Returns:
        The distribution; None where fewer than `FEWEST` people have an amount.

    Example:
        >>> from helpers.statistics.shrinkage import fit_means
        >>> prior = fit_means(total=[10, 40, 100, 200, 600], n=[1, 1, 5, 5, 5], people=[30, 20, 30, 20, 20])
        >>> few, many = prior.posterior(total=[100, 5_000], n=[1, 50]).mean
        >>> f"{few:.0f} after one order of 100, {many:.0f} after fifty"
        '82 after one order of 100, 99 after fifty'
    """
    total, n, people = _seen(n, total, n, people)
    if people.sum() < FEWEST:
        return None
    unit = float((people @ total) / (people @ n))
    mean = total / n / unit

    def likelihood(shape: float, weight: float, scale: float) -> tuple[NDArray[np.float64], ...]:
        size, whole = shape * n, scale + n * mean
        each = gammaln(size + weight) - gammaln(size) - gammaln(weight) + weight * np.log(scale)
        each = each + (size - 1) * np.log(mean) + size * np.log(n) - (size + weight) * np.log(whole)
        by_shape = n * (digamma(size + weight) - digamma(size) + np.log(n * mean / whole))
        by_weight = digamma(size + weight) - digamma(weight) + np.log(scale / whole)
        return each, by_shape, by_weight, weight / scale - (size + weight) / whole

    shape, weight, scale = _fit(likelihood, people, [2.0, 3.0, 1.0], lowest=[0.05, 1.01, 1e-3])
    return Means(shape, weight, scale * unit)


def fit_rates(k: ArrayLike, exposure: ArrayLike, people: ArrayLike) -> Rates | None:
    """The gamma distribution from which rates come, by maximum likelihood.

    Args:
        k: Events of a person, shape (rows,).
        exposure: Time in which they could happen, shape (rows,); rows without any say nothing.
        people: People with this k and exposure, shape (rows,).

    Returns:
        The distribution; None where fewer than `FEWEST` people were exposed, or nobody has an event.

    Example:
        >>> from helpers.statistics.shrinkage import fit_rates
        >>> prior = fit_rates(k=[0, 1, 3, 9], exposure=[90, 90, 90, 90], people=[40, 30, 20, 10])
        >>> few, many = prior.posterior(k=[1, 30], exposure=[30, 900]).mean
        >>> f"{few:.0f} days after one order in 30, {many:.0f} after thirty in 900"
        '47 days after one order in 30, 31 after thirty in 900'
    """
    k, exposure, people = _seen(exposure, k, exposure, people)
    if people.sum() < FEWEST or not (people @ k):
        return None
    unit = float((people @ exposure) / (people @ k))
    spans = exposure / unit

    def likelihood(events: float, time: float) -> tuple[NDArray[np.float64], ...]:
        log_ratio = np.log(time / (time + spans))
        each = gammaln(events + k) - gammaln(events) + events * log_ratio - k * np.log(time + spans)
        by_events = digamma(events + k) - digamma(events) + log_ratio
        return each, by_events, events / time - (events + k) / (time + spans)

    events, time = _fit(likelihood, people, [1.0, 1.0])
    return Rates(events, time * unit)


def strength(n: ArrayLike) -> NDArray[np.float64]:
    """How much n interactions say, from 0 to 1: n / (n + 12).

    Example:
        >>> from helpers.statistics.shrinkage import strength
        >>> strength([0, 12, 48]).tolist()
        [0.0, 0.5, 0.8]
    """
    n = np.asarray(n, dtype=float)
    return n / (n + HALF_KNOWN)


def level(n: int) -> str:
    """What `strength` is called: below a third low, from four fifths on high, medium between.

    Example:
        >>> from helpers.statistics.shrinkage import level
        >>> [level(n) for n in (3, 12, 50)]
        ['low', 'medium', 'high']
    """
    known = float(strength(n))
    return "low" if known < 1 / 3 else "high" if known >= 0.8 else "medium"


def _seen(counts: ArrayLike, *columns: ArrayLike) -> list[NDArray[np.float64]]:
    some = np.asarray(counts, dtype=float) > 0
    return [np.asarray(column, dtype=float)[some] for column in columns]


def _fit(
    likelihood: Callable[..., tuple[NDArray[np.float64], ...]],
    people: NDArray[np.float64],
    start: Sequence[float],
    lowest: Sequence[float] | None = None,
) -> list[float]:
    """The parameters under which people are likeliest, to four digits: more no sample can tell.

    Args:
        likelihood: Of the parameters: the logarithm of each row's likelihood, and what it changes by with each.
        people: People in each row.
        start: Parameters to begin with.
        lowest: Lower bounds; 0.01 for each where none are given.
    """
    share = people / people.sum()

    def loss(logs: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        each, *slopes = likelihood(*np.exp(logs))
        return -float(share @ each), -np.array([float(share @ slope) for slope in slopes]) * np.exp(logs)

    bounds = [(np.log(low), np.log(_SHARP)) for low in lowest or [_FLAT] * len(start)]
    with _LINEAR_ALGEBRA.limit(limits=1, user_api="blas"):  # of two or three numbers; threads only wait for each other
        found = minimize(loss, np.log(start), jac=True, bounds=bounds, method="L-BFGS-B", options=_CLOSE)
    return [float(f"{value:.4g}") for value in np.exp(found.x)]


_LINEAR_ALGEBRA = ThreadpoolController()
_CLOSE = {"ftol": 1e-14, "gtol": 1e-9, "maxiter": 500}
