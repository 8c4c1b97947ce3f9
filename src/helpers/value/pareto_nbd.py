"""Pareto/NBD: people order at a steady rate until they leave, at a moment that nobody sees.

Rates of ordering and of leaving vary between people, each as a gamma distribution (Schmittlein, Morrison and Colombo,
1987, Counting your customers, Management Science 33, 1-24). Likelihood as in Fader and Hardie (2005), A note on
deriving the Pareto/NBD model and related expressions, in logarithms.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, exprel, gammaln

from helpers.value.fitting import Fitted, Floats, maximise
from helpers.value.history import Histories, group, typical_gap
from helpers.value.integrals import log_span


class ParetoNBD(NamedTuple):
    """Parameters, numbers or arrays that broadcast.

    Attributes:
        r: Shape of the rates of ordering.
        alpha: Their inverse scale, in the unit of time.
        s: Shape of the rates of leaving.
        beta: Their inverse scale, in the unit of time.
    """

    r: ArrayLike
    alpha: ArrayLike
    s: ArrayLike
    beta: ArrayLike

    def log_likelihood(self, rows: Histories) -> Floats:
        """Logarithm of each row's likelihood."""
        r, alpha, s, beta = self
        shared = gammaln(r + rows.frequency) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
        return shared + np.logaddexp(*self._alive_or_gone(rows))

    def p_alive(self, rows: Histories) -> Floats:
        """Probability that a customer has not left."""
        alive, gone = self._alive_or_gone(rows)
        return expit(alive - gone)

    def given(self, rows: Histories) -> ParetoNBD:
        """What is believed of the customers of each row if they have not left."""
        return ParetoNBD(self.r + rows.frequency, self.alpha + rows.age, self.s, self.beta + rows.age)

    def expected_purchases(self, time: ArrayLike) -> Floats:
        """Mean purchases of a customer who has not left, within a time from now."""
        r, alpha, s, beta = self
        spent = np.log1p(np.asarray(time, dtype=np.float64) / beta)
        return r * beta / alpha * spent * exprel((1 - s) * spent)

    def expected_next(self, rows: Histories, time: ArrayLike) -> Floats:
        """Mean purchases of the customers of each row within a time from now."""
        return self.p_alive(rows) * self.given(rows).expected_purchases(time)

    def draw(self, time: float, rng: np.random.Generator) -> Floats:
        """Purchases of customers who have not left within a time from now, drawn, in the shape of the parameters."""
        r, alpha, s, beta = np.broadcast_arrays(*self)
        with np.errstate(divide="ignore", over="ignore"):
            stays = rng.exponential(size=r.shape) * beta / rng.gamma(s)
        return rng.poisson(rng.gamma(r) / alpha * np.minimum(stays, time)).astype(np.float64)

    def _alive_or_gone(self, rows: Histories) -> tuple[Floats, Floats]:
        """Logarithms of both ways in which a history can come about, but for what they share."""
        r, alpha, s, beta = self
        x = rows.frequency
        alive = -(r + x) * np.log(alpha + rows.age) - s * np.log(beta + rows.age)
        ordering_first = alpha <= beta
        powers = np.where(ordering_first, r + x, s + 1), np.where(ordering_first, s + 1, r + x)
        gone = log_span(rows.recency, rows.age, np.minimum(alpha, beta), np.maximum(alpha, beta), powers)
        return alive, np.log(s) + gone


def fit_pareto_nbd(customers: Histories) -> Fitted[ParetoNBD]:
    """The Pareto/NBD model under which customers are likeliest.

    Raises:
        NothingToDo: If there are too few customers, nobody ordered again, or no best parameters exist.
    """
    rows = group(customers).rows
    pace = typical_gap(rows)
    return maximise(ParetoNBD, rows, [(1, pace, 1, pace), (0.3, pace, 0.3, pace), (2, pace, 0.5, 3 * pace)])
