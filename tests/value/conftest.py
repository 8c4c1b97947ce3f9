"""Customers drawn from the models as they are told in words: one by one, purchase by purchase."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from helpers.value import BGNBD, Histories, ParetoNBD

PURCHASES = 600
BG = BGNBD(r=0.8, alpha=6.0, a=0.9, b=3.0)
PARETO = ParetoNBD(r=0.8, alpha=8.0, s=0.7, beta=12.0)


class World(NamedTuple):
    """Customers, and how often each ordered in the time after."""

    customers: Histories
    later: NDArray[np.float64]


def draw_world(model, *, n, seed, ages=(20, 40), later=30.0):
    rng = np.random.default_rng(seed)
    rate = rng.gamma(model.r, 1 / model.alpha, n)
    times = rng.exponential(size=(n, PURCHASES)).cumsum(axis=1) / rate[:, None]
    if isinstance(model, BGNBD):
        leaves = rng.random((n, PURCHASES)) < rng.beta(model.a, model.b, n)[:, None]
        made = leaves.cumsum(axis=1) - leaves == 0  # nobody has left before; the order after which one leaves counts
    else:
        made = times < (rng.exponential(size=n) / rng.gamma(model.s, 1 / model.beta, n))[:, None]
    age = rng.integers(*ages, n).astype(float)
    seen, after = made & (times <= age[:, None]), made & (times > age[:, None]) & (times <= age[:, None] + later)
    recency = np.where(seen, times, 0).max(axis=1)
    return World(Histories(seen.sum(axis=1).astype(float), recency, age, np.ones(n)), after.sum(axis=1).astype(float))


def rows(*each):
    """Histories of (frequency, recency, age)."""
    columns = np.array(each, dtype=float).T
    return Histories(*columns, np.ones(len(each)))


@pytest.fixture(scope="session")
def bg_world():
    return draw_world(BG, n=4_000, seed=1)


@pytest.fixture(scope="session")
def pareto_world():
    return draw_world(PARETO, n=4_000, seed=2)
