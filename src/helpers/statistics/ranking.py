"""How well a score ranks, and how close a probability is: measures that take a weight for each row.

Each measure has the same shape: outcomes (n,) of 0 and 1, scores (n,) where higher means "1 more likely",
and weights (n,) or (draws, n). The answer has the shape of the weights without their last axis, so a block of
bootstrap draws, given as counts of how often each row was drawn, costs one sort and a few cumulated sums.
Rows of equal score are one group, never put in an order of their own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.errors import WrongUse
from helpers.statistics.estimate import check

Floats = NDArray[np.float64]

_TINY = 1e-300  # where no weight stands above, no 1 does either


class Groups(NamedTuple):
    """Weight of the ones and of all rows at each distinct score, highest first; shapes (..., groups).

    Attributes:
        ones: Of the ones.
        all: Of all rows.
        ones_above: Of the ones at this score or a higher one.
        all_above: Of all rows at this score or a higher one.
    """

    ones: Floats
    all: Floats
    ones_above: Floats
    all_above: Floats

    def auc(self) -> Floats:
        """As the function `auc`."""
        ones, zeros = self.ones_above[..., -1], self.all_above[..., -1] - self.ones_above[..., -1]
        lost = _dot(self.ones, self.all_above) - _dot(self.ones, self.ones_above)
        tied = _dot(self.ones, self.all) - _dot(self.ones, self.ones)
        return _ratio(ones * zeros - lost + tied / 2, ones * zeros)

    def average_precision(self) -> Floats:
        """As the function `average_precision`."""
        precision = self.ones_above / np.maximum(self.all_above, _TINY)
        return _ratio(_dot(self.ones, precision), self.ones_above[..., -1])

    def hits(self, share: float) -> tuple[Floats, Floats]:
        """Weight of the ones among the `share` of all weight with the highest scores, and the length of that list."""
        length = share * self.all_above[..., -1:]
        last = np.argmax(self.all_above >= length, axis=-1, keepdims=True)
        ones, everyone, ones_above, all_above = (np.take_along_axis(each, last, axis=-1) for each in self)
        fits = np.clip(_ratio(length - (all_above - everyone), everyone, empty=0.0), 0, 1)
        return (ones_above - (1 - fits) * ones)[..., 0], length[..., 0]


class Ranked:
    """Rows sorted by a score once, for many blocks of weights."""

    def __init__(self, outcome: ArrayLike, score: ArrayLike) -> None:
        outcome, score, _ = checked(outcome, score, None)
        self._order = np.argsort(-score, kind="stable")
        self._starts = np.flatnonzero(np.diff(score[self._order], prepend=np.nan))
        self._ones = outcome[self._order]
        self.distinct = score[self._order][self._starts]

    def falling(self, number: Floats) -> Floats | None:
        """A number of rows at each distinct score, highest first; None where it differs among equals, or rises."""
        inside = number[self._order]
        found = inside[self._starts]
        alike = np.array_equal(np.repeat(found, np.diff(self._starts, append=inside.size)), inside)
        return found if alike and not (np.diff(found) > 0).any() else None

    def groups(self, weights: Floats) -> Groups:
        """Rows of equal score put together, for weights (n,) or (draws, n)."""
        everyone = np.take(weights, self._order, axis=-1)
        ones = everyone * self._ones
        if len(self._starts) < len(self._order):
            everyone, ones = (np.add.reduceat(each, self._starts, axis=-1) for each in (everyone, ones))
        return Groups(ones, everyone, np.cumsum(ones, axis=-1), np.cumsum(everyone, axis=-1))


def auc(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Area under the ROC curve: the share of (1, 0) pairs that the score orders right, ties counting half.

    The Mann-Whitney statistic over the number of pairs (Hanley and McNeil, 1982, Radiology 143, 29-36).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        score: Higher means that 1 is more likely, shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,); NaN where a draw holds one class only.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a number is missing, or a weight is below 0.

    Example:
        >>> from helpers.statistics import auc
        >>> float(auc([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]))
        0.75
        >>> auc([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], weights=[[1, 1, 1, 1], [2, 0, 1, 1]]).tolist()
        [0.75, 1.0]
    """
    return _grouped(outcome, score, weights).auc()


def average_precision(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Mean precision over the ones, each taken at its own score as threshold (no interpolation).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        score: Higher means that 1 is more likely, shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,); NaN where a draw holds no 1.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a number is missing, or a weight is below 0.

    Example:
        >>> from helpers.statistics import average_precision
        >>> f"{average_precision([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]):.3f}"
        '0.833'
    """
    return _grouped(outcome, score, weights).average_precision()


def precision_at(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None, *, share: float) -> Floats:
    """Share of ones among the `share` of rows with the highest scores.

    Where the list ends inside a group of equal scores, that group counts with the part of it that fits, which
    is the mean over all orders of the group.

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        score: Higher means that 1 is more likely, shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.
        share: Length of the list as a share of the total weight, above 0 and at most 1.

    Returns:
        Shape () or (draws,).

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a number is missing, a weight is below 0, or `share` is
            out of range.

    Example:
        >>> from helpers.statistics import precision_at
        >>> float(precision_at([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], share=0.5))
        0.5
    """
    check("share", share, gt=0, le=1)
    return _ratio(*_grouped(outcome, score, weights).hits(share))


def brier(outcome: ArrayLike, probability: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Mean squared distance of a probability from what happened (Brier, 1950, Mon. Weather Rev. 78, 1-3).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,).

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a probability is missing or outside [0, 1], or a weight is
            below 0.

    Example:
        >>> from helpers.statistics import brier
        >>> f"{brier([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]):.4f}"
        '0.1875'
    """
    outcome, probability, weights = checked_probability(outcome, probability, weights)
    return _ratio(weights @ (probability - outcome) ** 2, weights.sum(axis=-1))


def base_rate(outcome: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Share of ones.

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,).

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, or a weight is below 0.

    Example:
        >>> from helpers.statistics import base_rate
        >>> float(base_rate([1, 0, 1, 0]))
        0.5
    """
    outcome, _, weights = checked(outcome, outcome, weights)
    return _ratio(weights @ outcome, weights.sum(axis=-1))


def _grouped(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None) -> Groups:
    outcome, score, weights = checked(outcome, score, weights)
    return Ranked(outcome, score).groups(weights)


def checked(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    """What measures take, as arrays of floats, or the refusal of it.

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        score: A number for each row, shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a number is missing, or a weight is below 0.

    Example:
        >>> from helpers.statistics.ranking import checked
        >>> [each.tolist() for each in checked([1, 0], [3, 2], None)]
        [[1.0, 0.0], [3.0, 2.0], [1.0, 1.0]]
    """
    outcome = np.asarray(outcome, dtype=np.float64)
    score = np.asarray(score, dtype=np.float64)
    weights = np.ones(outcome.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if outcome.ndim != 1 or not outcome.size or score.shape != outcome.shape:
        raise WrongUse(f"Outcomes and scores must be as long as each other, not {outcome.shape} and {score.shape}.")
    if weights.shape[-1:] != outcome.shape:
        raise WrongUse(f"Weights must end in one for each of {outcome.size} rows, not {weights.shape}.")
    if not np.isin(outcome, (0, 1)).all():
        raise WrongUse("Outcomes must be 0 or 1.")
    if not np.isfinite(score).all():
        raise WrongUse("Scores must be numbers; missing or infinite ones have no rank.")
    check("smallest weight", weights.min(initial=0), ge=0)
    return outcome, score, weights


def checked_probability(
    outcome: ArrayLike, probability: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """As `checked`, for a score that is a probability.

    Raises:
        WrongUse: As `checked`, or if a probability is outside [0, 1].

    Example:
        >>> from helpers.statistics.ranking import checked_probability
        >>> checked_probability([1, 0], [3, 2], None)
        Traceback (most recent call last):
        helpers.errors.WrongUse: probability is 3.0; expected at most 1.
    """
    outcome, probability, weights = checked(outcome, probability, weights)
    check("probability", probability.min(), ge=0)
    check("probability", probability.max(), le=1)
    return outcome, probability, weights


def _dot(one: Floats, other: Floats) -> Floats:
    return np.einsum("...g,...g->...", one, other)


def _ratio(numerator: Floats, denominator: Floats, *, empty: float = np.nan) -> Floats:
    """Quotient, with `empty` where the denominator is 0."""
    numerator, denominator = np.broadcast_arrays(numerator, denominator)
    return np.divide(numerator, denominator, out=np.full(numerator.shape, empty), where=denominator != 0)
