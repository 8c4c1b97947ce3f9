"""Many tests at once: how small a chance is among all that were looked at."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """Adjusted p-values: rejecting where one is at most a level errs about any of the tests that seldom.

    The tests may depend on each other in any way.

    Args:
        p_values: Shape (m,), each between 0 and 1.

    Returns:
        Shape (m,), in the same order.

    References:
        Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6.

    Example:
        >>> from helpers.statistics import holm
        >>> holm([0.01, 0.04, 0.03]).tolist()
        [0.03, 0.06, 0.06]
    """
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    return _in_order(order, np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p)))))


def benjamini_hochberg(p_values: ArrayLike) -> NDArray[np.float64]:
    """Adjusted p-values: of all that are at most a level, about that share at most are false alarms.

    The tests are independent, or lean on each other in the same direction, as metrics of one experiment mostly do.

    Args:
        p_values: Shape (m,), each between 0 and 1.

    Returns:
        Shape (m,), in the same order.

    References:
        Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
        Society B 57.

    Example:
        >>> from helpers.statistics import benjamini_hochberg
        >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(6).tolist()
        [0.03, 0.04, 0.04]
    """
    p = np.asarray(p_values, dtype=float)
    order = np.argsort(p, kind="stable")
    stepped = p[order] * len(p) / np.arange(1, len(p) + 1)
    return _in_order(order, np.minimum.accumulate(stepped[::-1])[::-1])


def _in_order(order: NDArray[np.int64], adjusted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Adjusted p-values back where their tests stood, none above 1."""
    found = np.empty_like(adjusted)
    found[order] = np.minimum(adjusted, 1.0)
    return found
