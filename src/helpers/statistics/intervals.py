"""Intervals of proportions and means, their differences and ratios, from sums."""

from __future__ import annotations

import math
from typing import NamedTuple

from scipy.special import ndtr, ndtri, stdtr, stdtrit  # scipy.stats says the same ten times slower

from helpers.errors import WrongUse
from helpers.statistics.estimate import Estimate, Moments, Successes, check, check_level

CANCELLATION = 1e-12  # a spread below this share of the squares is what rounding leaves of no spread
ROUNDING = 1e-9  # and a negative spread below this share can be rounding, beyond it the sums are wrong


def proportion(n: int, successes: int, *, level: float = 0.95) -> Estimate:
    """A share with its Wilson score interval.

    Args:
        n: Units asked, at least 1.
        successes: Units that said yes, 0 to n.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        The share, between 0 and 1; `numerator` is `successes`.

    Raises:
        WrongUse: An argument is out of range.

    References:
        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.

    Example:
        >>> from helpers.statistics import proportion
        >>> share = proportion(263, 81)
        >>> f"{share.value:.3f} ({share.lo:.3f} to {share.hi:.3f}) of {share.n} people"
        '0.308 (0.255 to 0.366) of 263 people'
    """
    _check_successes(Successes(n, successes))
    check_level(level)
    z = -ndtri((1 - level) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # at 0 and at n the ends are exact, where floating point would miss by an ulp
    lo = centre - half if successes else 0.0
    hi = centre + half if successes < n else 1.0
    return Estimate(share, float(lo), float(hi), level, n, "Wilson score", successes)


def mean(n: int, total: float, squares: float, *, level: float = 0.95) -> Estimate:
    """A mean with Student's t interval.

    Args:
        n: Units measured, at least 2.
        total: Sum of their values.
        squares: Sum of their squared values.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        The mean, in the unit of the values, without an interval where all values are equal.

    Raises:
        WrongUse: An argument is out of range, or no values have such sums.

    References:
        Student (1908). The probable error of a mean. Biometrika 6.

    Example:
        >>> from helpers.statistics import mean
        >>> orders = [20, 35, 50, 15]
        >>> found = mean(len(orders), sum(orders), sum(each**2 for each in orders))
        >>> f"{found.value:.1f} ({found.lo:.1f} to {found.hi:.1f})"
        '30.0 (4.8 to 55.2)'
    """
    check_level(level)
    sample = sample_of("sample", Moments(n, total, squares))
    half = -float(stdtrit(n - 1, (1 - level) / 2)) * math.sqrt(sample.variance / n)
    return _around(sample.mean, half, level, n, "Student t")


def difference_of_proportions(treated: Successes, control: Successes, *, level: float = 0.95) -> Estimate:
    """Share of the treated minus share of the control, with Newcombe's hybrid score interval.

    Args:
        treated: Counts of the treated.
        control: Counts of the control.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        The difference, between -1 and 1.

    Raises:
        WrongUse: An argument is out of range.

    References:
        Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions:
        comparison of eleven methods (method 10). Statistics in Medicine 17.

    Example:
        >>> from helpers.statistics import Successes, difference_of_proportions
        >>> found = difference_of_proportions(Successes(70, 56), Successes(80, 48))
        >>> f"{found.value:.2f} ({found.lo:.4f} to {found.hi:.4f})"
        '0.20 (0.0524 to 0.3339)'
    """
    _check_successes(treated, "treated")
    _check_successes(control, "control")
    ours, theirs = proportion(*treated, level=level), proportion(*control, level=level)
    value = ours.value - theirs.value
    lo = value - math.hypot(ours.value - ours.lo, theirs.hi - theirs.value)
    hi = value + math.hypot(ours.hi - ours.value, theirs.value - theirs.lo)
    return Estimate(value, lo, hi, level, treated.n + control.n, "Newcombe hybrid score")


def p_of_difference_of_proportions(treated: Successes, control: Successes) -> float:
    """Chance of two shares at least this far apart, were they the same: the pooled z test.

    Args:
        treated: Counts of the treated.
        control: Counts of the control.

    Returns:
        The two-sided p-value; 1 where nobody or everybody said yes.

    Raises:
        WrongUse: An argument is out of range.

    Example:
        >>> from helpers.statistics import Successes, p_of_difference_of_proportions
        >>> f"{p_of_difference_of_proportions(Successes(70, 56), Successes(80, 48)):.4f}"
        '0.0080'
    """
    _check_successes(treated, "treated")
    _check_successes(control, "control")
    n, successes = treated.n + control.n, treated.successes + control.successes
    if successes in (0, n):
        return 1.0
    error = math.sqrt(successes / n * (1 - successes / n) * (1 / treated.n + 1 / control.n))
    return float(2 * ndtr(-abs(treated.successes / treated.n - control.successes / control.n) / error))


def p_of_difference_of_means(treated: Moments, control: Moments) -> float:
    """Chance of two means at least this far apart, were they the same: Welch's t test.

    Args:
        treated: Sums of the treated, at least 2 units.
        control: Sums of the control, at least 2 units.

    Returns:
        The two-sided p-value; 1 where neither sample varies.

    Raises:
        WrongUse: An argument is out of range, or no values have such sums.

    Example:
        >>> from helpers.statistics import Moments, p_of_difference_of_means
        >>> f"{p_of_difference_of_means(Moments(40, 1_200.0, 40_000.0), Moments(50, 1_250.0, 34_000.0)):.4f}"
        '0.0112'
    """
    ours, theirs = sample_of("treated", treated), sample_of("control", control)
    a, b = ours.variance / ours.n, theirs.variance / theirs.n
    if a + b == 0:
        return 1.0
    distance = abs(ours.mean - theirs.mean) / math.sqrt(a + b)
    return float(2 * stdtr(_degrees(a, ours.n, b, theirs.n), -distance))


def ratio_of_proportions(treated: Successes, control: Successes, *, level: float = 0.95) -> Estimate:
    """Share of the treated divided by share of the control, with Katz's log interval.

    Args:
        treated: Counts of the treated, at least 1 success.
        control: Counts of the control, at least 1 success.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        The ratio, above 0, without an interval where everyone said yes.

    Raises:
        WrongUse: An argument is out of range.

    References:
        Katz, D., Baptista, J., Azen, S. P. and Pike, M. C. (1978). Obtaining confidence intervals for the
        risk ratio in cohort studies. Biometrics 34.

    Example:
        >>> from helpers.statistics import Successes, ratio_of_proportions
        >>> found = ratio_of_proportions(Successes(70, 56), Successes(80, 48))
        >>> f"{found.value:.2f} times ({found.lo:.2f} to {found.hi:.2f})"
        '1.33 times (1.08 to 1.65)'
    """
    check_level(level)
    for name, sample in (("treated", treated), ("control", control)):
        _check_successes(sample, name)
        check(f"{name} successes", sample.successes, ge=1)
    value = (treated.successes / treated.n) / (control.successes / control.n)
    variance = sum(1 / sample.successes - 1 / sample.n for sample in (treated, control))
    half = -ndtri((1 - level) / 2) * math.sqrt(variance)
    return _around_log(value, half, level, treated.n + control.n, "Katz log ratio")


def difference_of_means(treated: Moments, control: Moments, *, level: float = 0.95) -> Estimate:
    """Mean of the treated minus mean of the control, with Welch's t interval (variances may differ).

    Args:
        treated: Sums of the treated, at least 2 units.
        control: Sums of the control, at least 2 units.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        The difference, in the unit of the values, without an interval where neither sample varies.

    Raises:
        WrongUse: An argument is out of range, or no values have such sums.

    References:
        Welch, B. L. (1947). The generalization of Student's problem when several different population
        variances are involved. Biometrika 34.

    Example:
        >>> from helpers.statistics import Moments, difference_of_means
        >>> found = difference_of_means(Moments(40, 1_200.0, 40_000.0), Moments(50, 1_250.0, 34_000.0))
        >>> f"{found.value:.1f} ({found.lo:.1f} to {found.hi:.1f}), {found.method}"
        '5.0 (1.2 to 8.8), Welch t'
    """
    check_level(level)
    ours, theirs = sample_of("treated", treated), sample_of("control", control)
    half = _welch_half(ours, theirs, level)
    return _around(ours.mean - theirs.mean, half, level, ours.n + theirs.n, "Welch t")


def ratio_of_means(treated: Moments, control: Moments, *, level: float = 0.95) -> Estimate:
    """Mean of the treated divided by mean of the control, with Fieller's interval.

    It holds every ratio r for which "mean of the treated minus r times mean of the control" may be 0; the t
    distribution has Welch's degrees of freedom at the estimated ratio.

    Args:
        treated: Sums of the treated, at least 2 units, total above 0.
        control: Sums of the control, at least 2 units, total above 0.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        The ratio, above 0, without an interval where neither sample varies, or where the control's mean itself may
        be 0, so that no ratio is too large.

    Raises:
        WrongUse: An argument is out of range, or no values have such sums.

    References:
        Fieller, E. C. (1954). Some problems in interval estimation. Journal of the Royal Statistical Society B 16.

    Example:
        >>> from helpers.statistics import Moments, ratio_of_means
        >>> found = ratio_of_means(Moments(40, 1_200.0, 40_000.0), Moments(50, 1_250.0, 34_000.0))
        >>> f"{found.value:.2f} times ({found.lo:.2f} to {found.hi:.2f}), {found.method}"
        '1.20 times (1.04 to 1.37), Fieller'
    """
    check_level(level)
    for name, sample in (("treated", treated), ("control", control)):
        check(f"{name} total", sample.total, gt=0)
    ours, theirs = sample_of("treated", treated), sample_of("control", control)
    n, value = ours.n + theirs.n, ours.mean / theirs.mean
    a, b = ours.variance / ours.n / theirs.mean**2, theirs.variance / theirs.n / theirs.mean**2
    if a + b == 0:
        return Estimate(value, None, None, level, n, "Fieller")
    quantile = -float(stdtrit(_degrees(a, ours.n, value**2 * b, theirs.n), (1 - level) / 2))
    left = 1 - quantile**2 * b  # what the control's mean stands clear of 0
    if left <= 0:
        return Estimate(value, None, None, level, n, "Fieller")
    half = quantile * math.sqrt(left * a + value**2 * b)
    return Estimate(value, (value - half) / left, (value + half) / left, level, n, "Fieller")


class Sample(NamedTuple):
    """Size, mean and unbiased variance of a numeric sample."""

    n: int
    mean: float
    variance: float


def sample_of(name: str, sums: Moments) -> Sample:
    """Mean and variance from sums; what is left of equal values by rounding counts as no variance.

    Args:
        name: What messages call the sample.
        sums: Of at least 2 units.

    Raises:
        WrongUse: A sum is out of range, or no values have such sums.

    Example:
        >>> from helpers.statistics import Moments
        >>> from helpers.statistics.intervals import sample_of
        >>> sample_of("control", Moments(3, 6.0, 14.0))
        Sample(n=3, mean=2.0, variance=1.0)
    """
    check(f"{name} n", sums.n, ge=2)
    check(f"{name} squares", sums.squares, ge=0, lt=math.inf)
    check(f"{name} total", sums.total, gt=-math.inf, lt=math.inf)
    spread = sums.squares - sums.total**2 / sums.n
    if spread < -ROUNDING * sums.squares:
        raise WrongUse(f"{name} squares is {sums.squares}, less than any {sums.n} values of sum {sums.total} have.")
    if spread <= CANCELLATION * sums.squares:
        spread = 0.0
    return Sample(sums.n, sums.total / sums.n, spread / (sums.n - 1))


def _welch_half(ours: Sample, theirs: Sample, level: float) -> float:
    """Half the width of Welch's interval; 0 where neither sample varies."""
    a, b = ours.variance / ours.n, theirs.variance / theirs.n
    if a + b == 0:
        return 0.0
    return -float(stdtrit(_degrees(a, ours.n, b, theirs.n), (1 - level) / 2)) * math.sqrt(a + b)


def _degrees(a: float, n: int, b: float, m: int) -> float:
    """Welch's degrees of freedom of the sum of two squared standard errors, not both 0."""
    return (a + b) ** 2 / (a**2 / (n - 1) + b**2 / (m - 1))


def _around(value: float, half: float, level: float, n: int, method: str) -> Estimate:
    """A symmetric interval; none where its half width is 0, since nothing varied to learn from."""
    lo, hi = (float(value - half), float(value + half)) if half else (None, None)
    return Estimate(float(value), lo, hi, level, n, method)


def _around_log(value: float, half: float, level: float, n: int, method: str) -> Estimate:
    """An interval symmetric in the logarithm; none where its half width is 0."""
    lo, hi = (float(value / math.exp(half)), float(value * math.exp(half))) if half else (None, None)
    return Estimate(float(value), lo, hi, level, n, method)


def _check_successes(sample: Successes, name: str = "sample") -> None:
    """Refuse counts that no yes-or-no sample has."""
    check(f"{name} n", sample.n, ge=1)
    check(f"{name} successes", sample.successes, ge=0, le=sample.n)
