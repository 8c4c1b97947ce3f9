"""Gamma-Gamma: what customers spend on a day with a purchase varies about a mean of their own.

Days of one customer vary as a gamma distribution of one shape for all, whose scale varies between customers as another
(Fader, Hardie and Lee, 2005, RFM and CLV, Journal of Marketing Research 42; Fader and Hardie, 2013, The gamma-gamma
model of monetary value). It holds that how much customers spend has nothing to do with how often they order.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from helpers.value.fitting import Fitted, Floats, maximise

_SMALLEST_Q = 1.01  # below 1 no mean exists


class Spends(NamedTuple):
    """What customers spent on days with a repeat purchase, a row each. Shape (rows,) each.

    Attributes:
        days: Days with a repeat purchase.
        mean: Mean spend of such a day, in the unit of money.
        people: Customers in the row.
    """

    days: Floats
    mean: Floats
    people: Floats


class GammaGamma(NamedTuple):
    """Parameters, numbers or arrays that broadcast, by the names of the papers.

    Attributes:
        p: Shape of one customer's spends.
        q: Shape of the inverse scales of customers; a mean exists above 1.
        gamma: Inverse scale of these, in the unit of money.
    """

    p: ArrayLike
    q: ArrayLike
    gamma: ArrayLike

    def log_likelihood(self, rows: Spends) -> Floats:
        """Logarithm of the density of each row's mean."""
        p, q, gamma = self
        days, mean = rows.days, rows.mean
        size = p * days
        shapes = gammaln(size + q) - gammaln(size) - gammaln(q) + q * np.log(gamma)
        return shapes + (size - 1) * np.log(mean) + size * np.log(days) - (size + q) * np.log(gamma + days * mean)

    def given(self, days: ArrayLike, mean: ArrayLike) -> GammaGamma:
        """What is believed of customers who spent a mean on some days; on none, what is believed of everybody."""
        days = np.asarray(days, dtype=np.float64)
        spent = np.where(days > 0, days * np.nan_to_num(mean), 0.0)
        return GammaGamma(self.p, self.q + self.p * days, self.gamma + spent)

    def expected_spend(self) -> Floats:
        """Mean spend of a purchase day; of a known customer, by what `given` believes. Infinite for q up to 1."""
        p, q, gamma = (np.asarray(each, dtype=np.float64) for each in self)
        with np.errstate(divide="ignore"):
            return p * gamma / np.maximum(q - 1, 0)

    def draw(self, days: ArrayLike, rng: np.random.Generator) -> Floats:
        """Sum of the spends of so many days, drawn, in the shape of parameters and days; 0 of none."""
        p, q, gamma, days = np.broadcast_arrays(*self, days)
        return rng.gamma(p * days) * gamma / rng.gamma(q)


def fit_gamma_gamma(customers: Spends) -> Fitted[GammaGamma]:
    """The Gamma-Gamma model under which the means of customers are likeliest.

    Args:
        customers: Those with a repeat purchase, means above 0.

    Raises:
        NothingToDo: If there are too few customers, or no best parameters exist.
    """
    distinct, place = np.unique(np.stack([customers.days, customers.mean]), axis=1, return_inverse=True)
    rows = Spends(*distinct, np.bincount(place.ravel(), customers.people, len(distinct[0])))
    middle = float(np.median(customers.mean)) if len(customers.mean) else 1.0
    starts = [(3, 3, middle), (1, 2, middle), (10, 4, middle / 3)]
    return maximise(GammaGamma, rows, starts, lowest=(1e-3, _SMALLEST_Q, 1e-6 * middle))
