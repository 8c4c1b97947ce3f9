"""Whether two figures go together: rank correlation that takes a weight for each row, as the measures of `ranking`."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.errors import WrongUse

Floats = NDArray[np.float64]


def spearman(first: ArrayLike, second: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Rank correlation: 1 where both put rows in the same order, -1 in the opposite, about 0 in unrelated ones.

    The correlation of ranks, equal values sharing the mean of their places (Spearman, 1904, American Journal of
    Psychology 15, 72-101).

    Args:
        first: One figure of each row, shape (n,).
        second: The other, shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,); NaN where either figure is the same in all rows.

    Raises:
        WrongUse: If shapes differ or a number is missing.

    Example:
        >>> from helpers.statistics import spearman
        >>> f"{float(spearman([1, 2, 3, 4], [10, 20, 40, 30])):.2f}"
        '0.80'
    """
    first, second = (np.asarray(each, dtype=np.float64) for each in (first, second))
    weights = np.ones(first.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if first.shape != second.shape or first.ndim != 1 or weights.shape[-1:] != first.shape:
        raise WrongUse(f"The shapes {first.shape}, {second.shape} and {weights.shape} do not fit together.")
    if not (np.isfinite(first).all() and np.isfinite(second).all() and np.isfinite(weights).all()):
        raise WrongUse("A figure or a weight is missing; leave such rows out.")
    total = weights.sum(axis=-1, keepdims=True)
    x, y = _centred(first, weights, total), _centred(second, weights, total)
    with np.errstate(divide="ignore", invalid="ignore"):  # nothing to correlate ends in NaN
        return (weights * x * y).sum(axis=-1) / np.sqrt((weights * x**2).sum(axis=-1) * (weights * y**2).sum(axis=-1))


def _centred(values: Floats, weights: Floats, total: Floats) -> Floats:
    """Mean places of values among the weighted rows, minus the middle place."""
    order = np.argsort(values, kind="stable")
    starts = np.flatnonzero(np.diff(values[order], prepend=np.nan) != 0)
    heavy = np.add.reduceat(weights[..., order], starts, axis=-1)
    places = np.cumsum(heavy, axis=-1) - heavy / 2 - total / 2
    group = np.empty(values.size, dtype=np.intp)
    group[order] = np.repeat(np.arange(starts.size), np.diff(starts, append=values.size))
    return places[..., group]
