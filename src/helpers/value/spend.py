"""What a customer spends on a day with a purchase: by Gamma-Gamma where it may be used, else by their mean so far."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.errors import NothingToDo
from helpers.reporting.formats import people
from helpers.statistics import Estimate, resample
from helpers.value.fitting import FEWEST, Fitted, Floats
from helpers.value.gamma_gamma import GammaGamma, Spends, fit_gamma_gamma

MOST_RELATED = 0.2  # Gamma-Gamma takes frequency and spend for unrelated; beyond this |r| they are not

_DRAWS = 1_000


class Spending(NamedTuple):
    """How spend is foretold, and why so.

    Attributes:
        fitted: The Gamma-Gamma model; None where it may not be used.
        correlation: Of frequency and mean spend, over customers with a repeat purchase; None where they are too few.
        mean: Mean spend of a day with a repeat purchase, over customers; NaN where nobody has one.
        reason: Why the model is not used, a sentence; empty where it is.
    """

    fitted: Fitted[GammaGamma] | None
    correlation: Estimate | None
    mean: float
    reason: str

    def expected(self, days: ArrayLike, mean: ArrayLike) -> Floats:
        """Mean spend of a day with a purchase: by the model, or the customer's own mean, or that of all.

        Args:
            days: Days with a repeat purchase, shape (customers,).
            mean: Their mean spend; looked at only where there are such days and it is above 0.
        """
        days, mean = told(days, mean)
        if self.fitted is not None:
            return self.fitted.model.given(days, mean).expected_spend()
        return np.where(days > 0, mean, self.mean)


def learn_spending(days: ArrayLike, mean: ArrayLike, *, seed: int) -> Spending:
    """Choose how spend is foretold: Gamma-Gamma where |r| of frequency and spend is below 0.2.

    Args:
        days: Days with a repeat purchase, shape (customers,).
        mean: Their mean spend, of these days alone; who has none, or not above 0, says nothing.
        seed: Seed of the bootstrap of the correlation.
    """
    days, mean = told(days, mean)
    days, mean = days[days > 0], mean[days > 0]
    overall = float(mean.mean()) if days.size else float("nan")
    if days.size < FEWEST:
        reason = f"On a second day {people(days.size)} customers spent; Gamma-Gamma is fitted on {FEWEST} or more."
        return Spending(None, None, overall, reason)
    related = correlation(days, mean, seed=seed)
    if not abs(related.value) < MOST_RELATED:  # also where either does not vary
        reason = f"How often customers order and how much they spend are related (r = {related.value:.2f})."
        return Spending(None, related, overall, reason)
    try:
        fitted = fit_gamma_gamma(Spends(days, mean, np.ones(days.shape)))
    except NothingToDo as nothing:
        return Spending(None, related, overall, str(nothing))
    return Spending(fitted, related, overall, "")


def correlation(left: Floats, right: Floats, *, seed: int) -> Estimate:
    """Pearson's correlation with its bootstrap interval, as neither side is anything like normal."""
    rows = np.stack([left, right, left * left, right * right, left * right], axis=1)

    def pearson(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y, xx, yy, xy = (weights @ rows / weights.sum(axis=1, keepdims=True)).T
        with np.errstate(invalid="ignore", divide="ignore"):
            return (xy - x * y) / np.sqrt((xx - x * x) * (yy - y * y))

    return resample({"r": pearson}, n=len(rows), draws=_DRAWS, seed=seed).estimate("r")


def told(days: ArrayLike, mean: ArrayLike) -> tuple[Floats, Floats]:
    """Days and means; no days where no mean above 0 is known of them."""
    days, mean = np.asarray(days, dtype=np.float64), np.nan_to_num(np.asarray(mean, dtype=np.float64))
    return np.where(mean > 0, days, 0.0), np.where(mean > 0, mean, 0.0)
