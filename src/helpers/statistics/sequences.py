"""Confidence sequences: intervals that hold the truth at every look at once, however often one looks.

An interval for a fixed sample size errs as seldom as it says if it is looked at once. Looked at every night it errs
again and again, at some night nearly always. A confidence sequence is wide enough for all looks together, so that one
may stop at any of them, for any reason.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import lambertw

from helpers.statistics.estimate import Estimate, Moments, check, check_level
from helpers.statistics.intervals import sample_of

METHOD = "asymptotic confidence sequence"
FEWEST = 30  # units that carry a mean: fewer in an arm, and its standard error is too small too often


def standard_errors(n: ArrayLike, *, planned: int, level: float = 0.95) -> NDArray[np.float64]:
    """How many standard errors a confidence sequence reaches to each side, by how much has been seen.

    The boundary of a normal mixture: narrowest, of all that are valid at every n, where n is what was planned. The
    planned number is fixed beforehand: chosen after looking, it would break the promise. Any number is valid; one that
    is far off costs width only.

    Args:
        n: Units seen so far, of both samples, at least 1 each; any shape.
        planned: Units that are planned, at least 1.
        level: Coverage over all looks together, between 0 and 1.

    Returns:
        Same shape: multiples of the standard error.

    Raises:
        WrongUse: An argument is out of range.

    References:
        Robbins, H. (1970). Statistical methods related to the law of the iterated logarithm. Annals of Mathematical
        Statistics 41.
        Waudby-Smith, I., Arbour, D., Sinha, R., Kennedy, E. H. and Ramdas, A. (2024). Time-uniform central limit
        theory and asymptotic confidence sequences. Annals of Statistics 52.

    Example:
        >>> from helpers.statistics import standard_errors
        >>> standard_errors([1_000, 10_000, 100_000], planned=10_000).round(2).tolist()
        [3.82, 3.04, 3.25]
    """
    check_level(level)
    check("planned", planned, ge=1)
    seen = np.asarray(n, dtype=float)
    check("n", seen.min(initial=math.inf), ge=1)
    error = 1 - level
    # the mixture's precision that makes the boundary narrowest at `planned`
    precision = -lambertw(-(error**2) / math.e, k=-1).real - 1
    ratio = precision * seen / planned
    return np.sqrt((1 + 1 / ratio) * (np.log1p(ratio) - 2 * math.log(error)))


def effective_size(n: ArrayLike, total: ArrayLike, squares: ArrayLike) -> NDArray[np.float64]:
    """How many units carry a mean: of ones and zeros the rarer ones, of amounts Kish's effective size.

    A standard error is only as good as these are many. In an arm in which nobody has bought yet it is 0, and far too
    small where a few have; an interval that is looked at from the first day on would be left just then.

    Args:
        n: Units measured, any shape.
        total: Sum of their values, of which 0 says that there was nothing.
        squares: Sum of their squared values.

    Returns:
        Same shape; 0 where all values are 0.

    References:
        Kish, L. (1965). Survey sampling. Wiley.

    Example:
        >>> from helpers.statistics import effective_size
        >>> effective_size([1_000, 1_000, 1_000], [40, 990, 2_000], [40, 990, 160_000]).tolist()
        [40.0, 10.0, 25.0]
    """
    count, added, squared = (np.asarray(each, dtype=float) for each in (n, total, squares))
    kish = np.divide(added**2, squared, out=np.zeros(np.broadcast(added, squared).shape), where=squared > 0)
    return np.where(added == squared, np.minimum(added, count - added), kish)


def sequence(value: float, error: float, n: int, *, planned: int, level: float = 0.95) -> Estimate:
    """The confidence sequence around an estimate that is a mean, or behaves like one, of units that come one by one.

    Differences of means and of shares are such, and so are ratios of means and regression-adjusted differences, with
    the standard error that belongs to them.

    Args:
        value: The estimate so far.
        error: Its standard error, 0 or more.
        n: Units that it rests on, at least 1.
        planned: Units that are planned, fixed beforehand.
        level: Coverage over all looks together, between 0 and 1.

    Returns:
        The estimate, without an interval where the standard error is 0, since nothing varied to learn from.

    Raises:
        WrongUse: An argument is out of range.

    Example:
        >>> from helpers.statistics import sequence
        >>> found = sequence(0.021, 0.005, 12_000, planned=20_000)
        >>> f"{found.value:.3f} ({found.lo:.3f} to {found.hi:.3f}), {found.method}"
        '0.021 (0.006 to 0.036), asymptotic confidence sequence'
    """
    check("value", value, gt=-math.inf, lt=math.inf)
    check("error", error, ge=0, lt=math.inf)
    half = float(standard_errors(n, planned=planned, level=level)) * error
    lo, hi = (value - half, value + half) if half else (None, None)
    return Estimate(float(value), lo, hi, level, int(n), METHOD)


def sequence_of_difference(treated: Moments, control: Moments, *, planned: int, level: float = 0.95) -> Estimate:
    """Mean of the treated minus mean of the control, with an interval that is valid at every look.

    For shares, the sums are those of ones and zeros: (n, successes, successes). There is no interval before each sample
    has 30 units that carry its mean (`effective_size`). For values whose mean may well be 0, such as differences of
    each unit from before, take `sequence` with a standard error of your own.

    Args:
        treated: Sums of the treated so far, at least 2 units.
        control: Sums of the control so far, at least 2 units.
        planned: Units that are planned in both together, fixed beforehand.
        level: Coverage over all looks together, between 0 and 1.

    Returns:
        The difference, in the unit of the values, without an interval where a sample has too few units that carry its
        mean, or neither varies.

    Raises:
        WrongUse: An argument is out of range, or no values have such sums.

    References:
        Waudby-Smith et al. (2024), as in `standard_errors`.

    Example:
        >>> from helpers.statistics import Moments, sequence_of_difference
        >>> found = sequence_of_difference(Moments(4_000, 480, 480), Moments(4_000, 360, 360), planned=20_000)
        >>> f"{found.value:.3f} ({found.lo:.3f} to {found.hi:.3f})"
        '0.030 (0.009 to 0.051)'
    """
    ours, theirs = sample_of("treated", treated), sample_of("control", control)
    error = math.sqrt(ours.variance / ours.n + theirs.variance / theirs.n)
    if min(float(effective_size(*each)) for each in (treated, control)) < FEWEST:
        error = 0.0
    return sequence(ours.mean - theirs.mean, error, ours.n + theirs.n, planned=planned, level=level)
