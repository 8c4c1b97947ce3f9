"""Quantiles of samples too large to hold: which order statistics to ask the engine for, and what they tell."""

from __future__ import annotations

import math
from typing import NamedTuple

from scipy.stats import binom

from helpers.statistics.estimate import Estimate, check, check_level


class Ranks(NamedTuple):
    """Places in a sorted sample, the smallest value having place 1.

    Attributes:
        lo: Place of the interval's lower end, None where the sample is too small for one.
        value: Place of the quantile.
        hi: Place of the interval's upper end, None where `lo` is.
    """

    lo: int | None
    value: int
    hi: int | None


def quantile_ranks(n: int, share: float, *, level: float = 0.95) -> Ranks:
    """Places of a quantile and of its interval: how many of n units lie below the true one is binomial.

    The interval holds the true quantile at least as often as its level says, whatever the distribution.

    Args:
        n: Units measured, at least 1.
        share: Which quantile, between 0 and 1; 0.5 is the median.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        The places, without an interval where an end would lie beyond the smallest or largest value.

    Raises:
        WrongUse: An argument is out of range.

    References:
        Hahn, G. J. and Meeker, W. Q. (1991). Statistical Intervals. Wiley.

    Example:
        >>> from helpers.statistics import quantile_ranks
        >>> quantile_ranks(100, 0.5)
        Ranks(lo=40, value=50, hi=61)
    """
    check("n", n, ge=1)
    check("share", share, gt=0, lt=1)
    check_level(level)
    # rounding must not push a whole product, such as 0.07 times 100, to the next place
    middle = max(1, math.ceil(round(n * share, 9)))
    lo = int(binom.ppf((1 - level) / 2, n, share))
    hi = int(binom.ppf((1 + level) / 2, n, share)) + 1
    return Ranks(lo, middle, hi) if lo >= 1 and hi <= n else Ranks(None, middle, None)


def difference_of_quantiles(treated: Estimate, control: Estimate) -> Estimate:
    """Quantile of the treated minus quantile of the control; the distances of both intervals' ends add as squares do.

    Args:
        treated: Quantile of the treated, with its interval.
        control: The same quantile of the control, with its interval, at the same level.

    Returns:
        The difference, without an interval where one of them has none.

    References:
        Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
        Statistics in Medicine 27.

    Example:
        >>> from helpers.statistics import Estimate, difference_of_quantiles
        >>> ours, theirs = (Estimate(v, v - 3, v + 4, 0.95, 80, "order statistics") for v in (30.0, 20.0))
        >>> found = difference_of_quantiles(ours, theirs)
        >>> f"{found.value:.0f} ({found.lo:.0f} to {found.hi:.0f}), {found.method}"
        '10 (5 to 15), order statistics, MOVER'
    """
    value, n, method = treated.value - control.value, treated.n + control.n, "order statistics, MOVER"
    if treated.lo is None or control.lo is None:
        return Estimate(value, None, None, treated.level, n, method)
    below = math.hypot(treated.value - treated.lo, control.hi - control.value)
    above = math.hypot(treated.hi - treated.value, control.value - control.lo)
    return Estimate(value, value - below, value + above, treated.level, n, method)


def ratio_of_quantiles(treated: Estimate, control: Estimate) -> Estimate:
    """Quantile of the treated divided by quantile of the control: their difference on the scale of logarithms.

    Args:
        treated: Quantile of the treated, above 0, with its interval.
        control: The same quantile of the control, above 0, with its interval, at the same level.

    Returns:
        The ratio, without an interval where one of them has none or reaches to 0.

    Raises:
        WrongUse: A quantile is not above 0.

    References:
        Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach.
        Statistics in Medicine 27.

    Example:
        >>> from helpers.statistics import Estimate, ratio_of_quantiles
        >>> ours, theirs = (Estimate(v, v - 3, v + 4, 0.95, 80, "order statistics") for v in (30.0, 20.0))
        >>> found = ratio_of_quantiles(ours, theirs)
        >>> f"{found.value:.2f} ({found.lo:.2f} to {found.hi:.2f})"
        '1.50 (1.22 to 1.84)'
    """
    for name, each in (("treated", treated), ("control", control)):
        check(f"{name} quantile", each.value, gt=0)
    found = difference_of_quantiles(_logarithm(treated), _logarithm(control))
    lo, hi = (None, None) if found.lo is None else (math.exp(found.lo), math.exp(found.hi))
    return found._replace(value=treated.value / control.value, lo=lo, hi=hi)


def _logarithm(quantile: Estimate) -> Estimate:
    """A quantile on the scale of logarithms, without an interval that reaches to 0."""
    bounded = quantile.lo is not None and quantile.lo > 0
    lo, hi = (math.log(quantile.lo), math.log(quantile.hi)) if bounded else (None, None)
    return quantile._replace(value=math.log(quantile.value), lo=lo, hi=hi)
