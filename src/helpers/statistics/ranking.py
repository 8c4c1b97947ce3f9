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


class _Groups(NamedTuple):
    """Weight of the ones and of all rows at each distinct score, highest first; shapes (..., groups)."""

    ones: Floats
    all: Floats


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
    groups = _grouped(outcome, score, weights)
    zeros = groups.all - groups.ones
    zeros_below = zeros.sum(axis=-1, keepdims=True) - np.cumsum(zeros, axis=-1)
    ordered = (groups.ones * (zeros_below + zeros / 2)).sum(axis=-1)
    return _ratio(ordered, groups.ones.sum(axis=-1) * zeros.sum(axis=-1))


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
    groups = _grouped(outcome, score, weights)
    precision = _ratio(np.cumsum(groups.ones, axis=-1), np.cumsum(groups.all, axis=-1), empty=0.0)
    return _ratio((groups.ones * precision).sum(axis=-1), groups.ones.sum(axis=-1))


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
    groups = _grouped(outcome, score, weights)
    length = share * groups.all.sum(axis=-1, keepdims=True)
    before = np.cumsum(groups.all, axis=-1) - groups.all
    listed = np.clip(_ratio(length - before, groups.all, empty=0.0), 0, 1)
    return _ratio((listed * groups.ones).sum(axis=-1), length[..., 0])


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
    outcome, probability, weights = checked(outcome, probability, weights)
    check("probability", probability.min(), ge=0)
    check("probability", probability.max(), le=1)
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


def _grouped(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None) -> _Groups:
    outcome, score, weights = checked(outcome, score, weights)
    order = np.argsort(-score, kind="stable")
    starts = np.flatnonzero(np.diff(score[order], prepend=np.nan))
    sorted_weights = weights[..., order]
    everyone = np.add.reduceat(sorted_weights, starts, axis=-1)
    ones = np.add.reduceat(sorted_weights * outcome[order], starts, axis=-1)
    return _Groups(ones, everyone)


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


def _ratio(numerator: Floats, denominator: Floats, *, empty: float = np.nan) -> Floats:
    """Quotient, with `empty` where the denominator is 0."""
    numerator, denominator = np.broadcast_arrays(numerator, denominator)
    return np.divide(numerator, denominator, out=np.full(numerator.shape, empty), where=denominator != 0)
