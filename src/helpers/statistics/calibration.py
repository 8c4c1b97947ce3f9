"""Whether a probability means what it says: how often things happen of which it is said that they will.

The measures take a weight for each row, as those of `ranking` do, so that bootstrap draws cost one fit each. Platt's
line makes a probability of a score that only ranks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit
from scipy.stats import rankdata

from helpers.statistics.estimate import Estimate, check
from helpers.statistics.intervals import proportion
from helpers.statistics.ranking import Groups, Ranked, checked, checked_probability

Floats = NDArray[np.float64]

EDGE = 1e-6  # no probability is taken to be nearer to 0 or 1, where its logarithm has no end

_STEPS, _CLOSE, _LONGEST_STEP = 50, 1e-9, 4.0


class Platt(NamedTuple):
    """A line that makes a probability of a score: the logit of it is intercept + slope * score."""

    intercept: float
    slope: float

    def probability(self, score: ArrayLike) -> Floats:
        """The probability of a 1 for each score; never falling where the score rises."""
        return expit(self.intercept + self.slope * np.asarray(score, dtype=np.float64))


class Part(NamedTuple):
    """People of whom much the same was said, and what came of it.

    Attributes:
        predicted: Mean of their probabilities.
        share: Share of ones among them, with its interval; n and numerator are their counts.
    """

    predicted: float
    share: Estimate


def calibration_slope(outcome: ArrayLike, probability: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Slope of the logit of what happened on the logit of what was said; 1 where both agree.

    Below 1 the probabilities are too far apart (high ones too high, low ones too low), above 1 too near to each other
    (Cox, 1958, Biometrika 45, 562-565; Van Calster et al., 2019, BMC Medicine 17, 230).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,); taken to be at least 1e-6 away from both ends.
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,); NaN where there is no such slope: one class, one probability, or a perfect order.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a probability is missing or outside [0, 1], or a weight is
            below 0.

    Example:
        >>> from helpers.statistics import calibration_slope
        >>> outcome = [1] * 3 + [0] * 1 + [1] * 1 + [0] * 3
        >>> f"{calibration_slope(outcome, [0.75] * 4 + [0.25] * 4):.2f}"
        '1.00'
        >>> f"{calibration_slope(outcome, [0.9] * 4 + [0.1] * 4):.2f}"
        '0.50'
    """
    return _fitted(outcome, probability, weights, slope=None)


def calibration_intercept(outcome: ArrayLike, probability: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """How much the logits of what was said must be raised so that they add up to what happened; 0 where they do.

    Also called calibration in the large: the intercept of a logistic regression in which the logit of the probability
    has a slope of 1. Above 0 more happened than was said (Cox, 1958; Van Calster et al., 2019).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,); taken to be at least 1e-6 away from both ends.
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,); NaN where a draw holds one class only.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a probability is missing or outside [0, 1], or a weight is
            below 0.

    Example:
        >>> from helpers.statistics import calibration_intercept
        >>> f"{calibration_intercept([1, 1, 1, 0], [0.5, 0.5, 0.5, 0.5]):.2f} is the logit of 3 in 4"
        '1.10 is the logit of 3 in 4'
    """
    return _fitted(outcome, probability, weights, slope=1.0)


def reliability(outcome: ArrayLike, probability: ArrayLike, *, parts: int = 10, level: float = 0.95) -> list[Part]:
    """People in equal parts by what was said of them, and the share of ones in each, with Wilson's interval.

    Equal probabilities are never put in different parts, so that parts may be fewer and of different size.

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,).
        parts: Parts aimed at, at least 1.
        level: Coverage of the intervals.

    Returns:
        The parts, lowest probability first.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a probability is missing or outside [0, 1], or `parts` is
            below 1.

    Example:
        >>> from helpers.statistics import reliability
        >>> for part in reliability([0, 0, 0, 1, 1, 0, 1, 1], [0.2] * 4 + [0.7] * 4, parts=2):
        ...     print(f"said {part.predicted:.0%}, came {part.share.numerator} of {part.share.n}")
        said 20%, came 1 of 4
        said 70%, came 3 of 4
    """
    check("parts", parts, ge=1)
    outcome, probability, _ = checked_probability(outcome, probability, None)
    part = np.floor(parts * (rankdata(probability) - 0.5) / probability.size)
    return [
        Part(
            float(probability[part == each].mean()),
            proportion(int((part == each).sum()), int(outcome[part == each].sum()), level=level),
        )
        for each in np.unique(part)
    ]


def fit_platt(outcome: ArrayLike, score: ArrayLike, weights: ArrayLike | None = None) -> Platt:
    """The line that makes a probability of a score, fitted to people from whom the score was not learned.

    A logistic regression of the outcome on the score alone, each class with one more of the other kind than there are,
    so that no probability is 0 or 1 (Platt, 1999, in Advances in Large Margin Classifiers). A score that would have
    to be turned around says nothing: its slope is 0, and everybody's probability the same.

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        score: Higher means that 1 is more likely, shape (n,), on any scale.
        weights: Weight of each row, shape (n,); None is one for each.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a score is missing, or a weight is below 0.

    Example:
        >>> from helpers.statistics import fit_platt
        >>> line = fit_platt([0] * 60 + [1] * 20 + [0] * 20 + [1] * 60, [1.0] * 80 + [3.0] * 80)
        >>> [f"{each:.2f}" for each in line.probability([1.0, 2.0, 3.0])]
        ['0.26', '0.50', '0.74']
    """
    outcome, score, weights = checked(outcome, score, weights)
    ones, everyone = weights @ outcome, weights.sum()
    # Platt's targets: a share instead of a 0 or 1, which is a row of both kinds with a weight each.
    high, low = (ones + 1) / (ones + 2), 1 / (everyone - ones + 2)
    hits = np.where(outcome == 1, high, low)
    spread = float(score.std()) or 1.0
    middle = float(score.mean())
    intercept, slope = (
        float(each[0]) for each in _newton((score - middle) / spread, (weights * hits)[None], weights[None], None)
    )
    if not slope > 0:
        intercept, slope = float(logit(np.average(hits, weights=weights))), 0.0
    return Platt(intercept - slope * middle / spread, slope / spread)


def _fitted(outcome: ArrayLike, probability: ArrayLike, weights: ArrayLike | None, *, slope: float | None) -> Floats:
    outcome, probability, weights = checked_probability(outcome, probability, weights)
    rows = Ranked(outcome, probability)
    groups = rows.groups(np.atleast_2d(weights))
    return line_of_groups(rows.distinct, groups, slope=slope, parts=rows.distinct.size).reshape(weights.shape[:-1])


def line_of_groups(probability: Floats, groups: Groups, *, slope: float | None, parts: int) -> Floats:
    """`calibration_slope`, or with `slope=1.0` `calibration_intercept`, of rows put together by probability.

    Where there are more than `parts`, groups are put together whose logits lie in one of so many equal spans, at their
    mean logit: with 500 spans, neither figure moves by a thousandth.

    Args:
        probability: Of each group, shape (groups,), never rising.
        groups: Of each.
        slope: The slope where it is given and only the intercept is looked for.
        parts: Most groups that a line is fitted to.

    Returns:
        Shape (draws,).

    Example:
        >>> import numpy as np
        >>> from helpers.statistics.calibration import line_of_groups
        >>> from helpers.statistics.ranking import Ranked
        >>> rows = Ranked([1] * 3 + [0] * 1 + [1] * 1 + [0] * 3, [0.9] * 4 + [0.1] * 4)
        >>> line_of_groups(rows.distinct, rows.groups(np.ones((1, 8))), slope=None, parts=9).round(2).tolist()
        [0.5]
    """
    logits = logit(np.clip(probability, EDGE, 1 - EDGE))
    span = (logits[0] - logits[-1]) / parts if logits.size > parts else 0.0
    place = np.floor((logits[0] - logits) / span) if span else np.arange(logits.size)
    starts = np.flatnonzero(np.diff(place, prepend=-1.0))
    x = np.add.reduceat(logits, starts) / np.diff(starts, append=logits.size)
    ones, everyone = (np.add.reduceat(each, starts, axis=-1) for each in (groups.ones, groups.all))
    return _line(x, ones, everyone, slope)


def _line(x: Floats, ones: Floats, everyone: Floats, slope: float | None) -> Floats:
    """The slope, or the intercept where that is given, for each draw; NaN where there is none."""
    intercepts, slopes = _newton(x, ones, everyone, slope)
    found = intercepts if slope is not None else slopes
    told = (ones.sum(axis=1) > 0) & (ones.sum(axis=1) < everyone.sum(axis=1))
    if slope is None:
        told &= np.ptp(x) > 0
    return np.where(told, found, np.nan)


def _newton(x: Floats, ones: Floats, everyone: Floats, slope: float | None) -> tuple[Floats, Floats]:
    """Logistic regression on one number, for each row of weights: intercepts and slopes, NaN where none is best.

    Args:
        x: The number, shape (m,).
        ones: Weight of the ones at each, shape (draws, m).
        everyone: Weight of all at each, shape (draws, m).
        slope: The slope where it is given and only the intercept is looked for.
    """
    draws = len(ones)
    intercepts, slopes = np.zeros(draws), np.full(draws, 0.0 if slope is None else slope)
    if draws > 1:  # what all draws together give is near to what each of them does
        start = _newton(x, ones.sum(axis=0)[None], everyone.sum(axis=0)[None], slope)
        if np.isfinite(start).all():
            intercepts, slopes = intercepts + start[0], np.broadcast_to(start[1], draws).copy()
    moved = np.full(draws, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):  # what has no best line ends in NaN
        for _ in range(_STEPS):
            said = expit(intercepts[:, None] + slopes[:, None] * x)
            left, spread = ones - everyone * said, everyone * said * (1 - said)
            up, up_x = left.sum(axis=1), left @ x
            s0, s1, s2 = spread.sum(axis=1), spread @ x, spread @ x**2
            if slope is not None:
                steps = np.array([up / s0, np.zeros(draws)])
            else:
                steps = np.array([s2 * up - s1 * up_x, s0 * up_x - s1 * up]) / (s0 * s2 - s1**2)
            moved = np.abs(steps).max(axis=0)
            # A step too far would overshoot where little is left to learn from.
            steps *= np.minimum(1, _LONGEST_STEP / np.maximum(moved, _CLOSE))
            intercepts, slopes = intercepts + steps[0], slopes + steps[1]
            if not (moved > _CLOSE).any():
                break
    none = ~(moved <= _CLOSE)
    return np.where(none, np.nan, intercepts), np.where(none, np.nan, slopes)
