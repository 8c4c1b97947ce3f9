"""How much of the chance between halves alike goes once what was known before is taken out of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from helpers.lift.resplits import MONTE_CARLO, Splits
from helpers.statistics import Estimate


def covariate_gain(splits: Splits) -> tuple[Estimate, float]:
    """How much less the difference of the halves varies once it is adjusted by a covariate (CUPED).

    Args:
        splits: With a covariate.

    Returns:
        The share of the variance that is gone, with its Monte Carlo interval, and the squared correlation of value
        and covariate in the arm, which it should be.

    References:
        Deng, A., Xu, Y., Kohavi, R. and Walker, T. (2013). Improving the sensitivity of online controlled experiments
        by utilizing pre-experiment data. WSDM.
    """
    (n, mean, _, mean_x, spread_x, products), theirs = _centred(splits.treated), _centred(splits.control)
    plain = mean - theirs[1]
    slope = (products + theirs[5]) / (spread_x + theirs[4])
    adjusted = plain - slope * (mean_x - theirs[3])
    times, kept = len(n), adjusted.var() / plain.var()
    # two normal variances whose samples are correlated: the logarithm of their ratio has this standard error
    error = np.sqrt(4 * max(0.0, 1 - np.corrcoef(adjusted, plain)[0, 1] ** 2) / times)
    reach = np.exp(norm.isf((1 - MONTE_CARLO) / 2) * error)
    _, _, spread, _, spread_x, products = _centred(splits.whole[None, :])
    found = Estimate(
        float(1 - kept), float(1 - kept * reach), float(1 - kept / reach), MONTE_CARLO, times, "log variance ratio"
    )
    return found, float(products[0] ** 2 / (spread[0] * spread_x[0]))


def _centred(sums: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """People, means and centred sums of samples: n, mean, spread, mean_x, spread_x, products."""
    n, total, squares, total_x, squares_x, products = sums.T
    spread, spread_x = squares - total**2 / n, squares_x - total_x**2 / n
    return n, total / n, spread, total_x / n, spread_x, products - total * total_x / n
