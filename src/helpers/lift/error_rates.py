"""How often readings of an experiment err where the truth is known: at one look, and with an effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.lift.resplits import MONTE_CARLO, Splits
from helpers.statistics import Estimate, Joint, Moments, Successes, cuped, proportion

LEVEL = 0.95  # coverage that intervals at each look claim
NOMINAL = (0.045, 0.055)  # rates that an interval of 95 % may have
AT_MOST = 0.05

Method = Callable[[NDArray[np.float64], NDArray[np.float64]], Estimate]


def of_moments(method: Callable[..., Estimate], **options: float) -> Method:
    """A method for numeric samples, made to take rows of sums.

    Args:
        method: Takes the moments of the treated and of the control.
        options: What else it takes.
    """
    return lambda *rows: method(*(Moments(round(row[0]), row[1], row[2]) for row in rows), **options)


def of_adjusted(method: Callable[..., Estimate]) -> Method:
    """A method for numeric samples once their covariate is taken out (CUPED), made to take rows of sums.

    Args:
        method: Takes the moments of the treated and of the control.
    """

    def adjusted(*rows: NDArray[np.float64]) -> Estimate:
        joint = {at: Joint(round(n), (y, x), ((yy, xy), (xy, xx))) for at, (n, y, yy, x, xx, xy) in enumerate(rows)}
        return method(*cuped(joint).samples.values())

    return adjusted


def of_successes(method: Callable[..., Estimate]) -> Method:
    """A method for yes-or-no samples, made to take rows of sums.

    Args:
        method: Takes the counts of the treated and of the control.
    """
    return lambda *rows: method(*(Successes(round(row[0]), round(row[1])) for row in rows))


def false_positives(splits: Splits, method: Method, *, null: float = 0.0) -> Estimate:
    """How often an interval leaves out that the halves are alike.

    Args:
        splits: Of one arm.
        method: Makes an interval from a row of sums of the treated and one of the control.
        null: What is true: 0 of a difference, 1 of a ratio.

    Returns:
        The rate with its Monte Carlo interval; where there is no interval nothing is claimed.
    """
    return rate_of(~_holds(splits, method, np.full(len(splits.treated), null)))


def coverage(splits: Splits, method: Method, truth: ArrayLike) -> Estimate:
    """How often an interval holds the effect that was planted.

    Args:
        splits: With the effect in the treated half.
        method: Makes an interval from a row of sums of the treated and one of the control.
        truth: The effect, on the scale of the method, shape (times,).

    Returns:
        The rate with its Monte Carlo interval.
    """
    return rate_of(_holds(splits, method, np.asarray(truth, dtype=float)))


def passes(rate: Estimate, *, nominal: bool | None) -> bool:
    """Whether a false-positive rate is as promised.

    Args:
        rate: What `false_positives` found.
        nominal: Whether 5 of 100 are promised, or only at most 5; None where it is fewer that tend to 5 in large arms.
    """
    if nominal is None:
        return rate.lo <= NOMINAL[1]
    return rate.lo <= NOMINAL[1] and rate.hi >= NOMINAL[0] if nominal else rate.value <= AT_MOST


def pooled(rates: Sequence[Estimate]) -> Estimate:
    """One rate over several arms, each split by itself.

    Args:
        rates: Rates that were found, at least one.
    """
    counts = (sum(each.n for each in rates), sum(each.numerator for each in rates))
    return proportion(*counts, level=MONTE_CARLO)


def rate_of(said: NDArray[np.bool_]) -> Estimate:
    """A share of splits with its Monte Carlo interval.

    Args:
        said: What holds of each split, shape (times,).
    """
    return proportion(len(said), int(said.sum()), level=MONTE_CARLO)


def _holds(splits: Splits, method: Method, truth: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each split's interval holds the truth; where there is none, it does."""
    held = np.ones(len(truth), dtype=bool)
    for at, (ours, theirs, true) in enumerate(zip(splits.treated, splits.control, truth, strict=True)):
        found = method(ours, theirs)
        held[at] = found.lo is None or found.lo <= true <= found.hi
    return held
