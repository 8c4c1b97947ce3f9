"""BG/NBD: people order at a steady rate, and after each order some leave for good.

Rates vary between people as a gamma distribution, the chance to leave as a beta (Fader, Hardie and Lee, 2005,
"Counting your customers" the easy way, Marketing Science 24, 275-284). In logarithms throughout (Fader and Hardie,
2013, Overcoming the BG/NBD model's #NUM! error problem), so that no count of purchases is too large.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, expit, gammaln

from helpers.value.fitting import Fitted, Floats, maximise
from helpers.value.history import Histories, group, typical_gap
from helpers.value.integrals import mean_until_leaving


class BGNBD(NamedTuple):
    """Parameters, numbers or arrays that broadcast.

    Attributes:
        r: Shape of the rates.
        alpha: Their inverse scale, in the unit of time.
        a: Of the beta distribution of the chance to leave after an order; the larger, the more leave.
        b: The larger, the more stay.
    """

    r: ArrayLike
    alpha: ArrayLike
    a: ArrayLike
    b: ArrayLike

    def log_likelihood(self, rows: Histories) -> Floats:
        """Logarithm of each row's likelihood."""
        r, alpha, a, b = self
        x = rows.frequency
        counted = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x) - betaln(a, b)
        return counted + np.logaddexp(*self._alive_or_gone(rows))

    def p_alive(self, rows: Histories) -> Floats:
        """Probability that a customer has not left; 1 without a repeat, as people leave after repeats alone."""
        alive, gone = self._alive_or_gone(rows)
        return expit(alive - gone)

    def given(self, rows: Histories) -> BGNBD:
        """What is believed of the customers of each row if they have not left."""
        x = rows.frequency
        return BGNBD(self.r + x, self.alpha + rows.age, self.a, self.b + x)

    def expected_purchases(self, time: ArrayLike) -> Floats:
        """Mean purchases of a customer who has not left, within a time from now.

        Integrated over the chance to leave here, as the closed form of the paper is lost for long times
        and large counts.
        """
        r, alpha, a, b = self
        return mean_until_leaving(r, np.asarray(time, dtype=np.float64) / alpha, a, b)

    def expected_next(self, rows: Histories, time: ArrayLike) -> Floats:
        """Mean purchases of the customers of each row within a time from now."""
        return self.p_alive(rows) * self.given(rows).expected_purchases(time)

    def draw(self, time: float, rng: np.random.Generator) -> Floats:
        """Purchases of customers who have not left within a time from now, drawn, in the shape of the parameters."""
        r, alpha, a, b = np.broadcast_arrays(*self)
        orders = rng.poisson(rng.gamma(r) / alpha * time).astype(np.float64)
        several = orders > 1  # the first order comes before anybody leaves
        leaves = rng.beta(a[several], b[several])
        with np.errstate(divide="ignore", over="ignore"):
            until_left = np.ceil(np.log(rng.random(leaves.shape)) / np.log1p(-leaves))
        orders[several] = np.minimum(orders[several], np.maximum(until_left, 1))
        return orders

    def _alive_or_gone(self, rows: Histories) -> tuple[Floats, Floats]:
        """Logarithms of both ways in which a history can come about, but for what they share."""
        r, alpha, a, b = self
        x = rows.frequency
        alive = -(r + x) * np.log(alpha + rows.age)
        left = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + rows.recency)
        return alive, np.where(x > 0, left, -np.inf)


def fit_bgnbd(customers: Histories) -> Fitted[BGNBD]:
    """The BG/NBD model under which customers are likeliest.

    Raises:
        NothingToDo: If there are too few customers, nobody ordered again, or no best parameters exist.
    """
    rows = group(customers).rows
    pace = typical_gap(rows)
    return maximise(BGNBD, rows, [(1, pace, 1, 3), (0.3, pace, 0.3, 3), (2, pace, 1, 10)])
