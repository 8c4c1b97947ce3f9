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
    adjusted = np.minimum(np.maximum.accumulate(p[order] * (len(p) - np.arange(len(p)))), 1.0)
    found = np.empty_like(p)
    found[order] = adjusted
    return found
