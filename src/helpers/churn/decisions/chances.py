"""How probable it is that a group is off by chance alone: in its probabilities, and in how its people are ranked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from scipy.stats import chi2, norm, rankdata

from helpers.statistics import calibration_intercept
from helpers.statistics.calibration import EDGE

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# A test that takes chance for a bell curve needs so many expected cases of either outcome.
FEWEST_EXPECTED, FEWEST_OF_A_CLASS = 10, 20


def shifted(churned: Floats, probability: Floats) -> Floats:
    """Probabilities, shifted so that they add up to what came: what is wrong for everybody is no group's fault."""
    known = logit(np.clip(probability, EDGE, 1 - EDGE))
    shift = float(calibration_intercept(churned, probability))
    return expit(known + (shift if np.isfinite(shift) else 0.0))


def of_gap(churned: Floats, said: Floats, own: Mask) -> float | None:
    """Chance of a gap in a group this far from everybody's, were the probabilities as right in it.

    The score test for one more term in a logistic regression with an intercept that takes the probabilities as given
    (Rao, 1948, Proceedings of the Cambridge Philosophical Society 44, 50-57).

    Args:
        churned: 1 for who did not come back, shape (n,).
        said: As `shifted` gives them.
        own: Who is of the group, shape (n,).

    Returns:
        None where fewer than 10 of either outcome are expected in the group, or there is nobody else.
    """
    spread = said * (1 - said)
    expected = said[own].sum()
    information = spread[own].sum() * (1 - spread[own].sum() / spread.sum())
    if min(expected, own.sum() - expected) < FEWEST_EXPECTED or own.all():
        return None
    return float(chi2.sf((churned[own].sum() - expected) ** 2 / information, df=1))


def of_ranking(churned: Floats, score: Floats, own: Mask) -> tuple[float, float] | None:
    """The auc in a group minus that of all others, and the chance of one this far from 0, were both ranked as well.

    Args:
        churned: 1 for who did not come back, shape (n,).
        score: Higher means less likely to come back, shape (n,).
        own: Who is of the group, shape (n,).

    Returns:
        None where either side has fewer than 20 people of an outcome, or both are ranked without any doubt.
    """
    if min(np.bincount(churned[side].astype(int), minlength=2).min() for side in (own, ~own)) < FEWEST_OF_A_CLASS:
        return None
    (inside, error), (outside, other) = (auc_and_error(churned[side], score[side]) for side in (own, ~own))
    both = np.hypot(error, other)
    return (inside - outside, float(2 * norm.sf(abs(inside - outside) / both))) if both > 0 else None


def auc_and_error(churned: Floats, score: Floats) -> tuple[float, float]:
    """An auc and its standard error, from the share of others whom each person is ranked above.

    DeLong, DeLong and Clarke-Pearson, 1988, Biometrics 44, 837-845; by ranks as in Sun and Xu, 2014, IEEE Signal
    Processing Letters 21, 1389-1393.

    Args:
        churned: 1 for who did not come back, shape (n,), at least two of either outcome.
        score: Higher means less likely to come back, shape (n,).
    """
    gone, stayed = score[churned == 1], score[churned == 0]
    ranks = rankdata(np.concatenate([gone, stayed]))
    above = (ranks[: gone.size] - rankdata(gone)) / stayed.size
    below = 1 - (ranks[gone.size :] - rankdata(stayed)) / gone.size
    return float(above.mean()), float(np.sqrt(above.var(ddof=1) / gone.size + below.var(ddof=1) / stayed.size))
