"""Customers drawn from the models as they are told in words: one by one, purchase by purchase."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

import helpers
from helpers import profiles
from helpers.value import BGNBD, Histories, ParetoNBD, build
from tests.conftest import Log, tiny_dataset

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


START, AS_OF, CUTOFF = datetime(2024, 1, 1, 12), date(2025, 2, 4), date(2024, 10, 7)
HELD_OUT = (AS_OF - CUTOFF).days


def buyers(log, people=260, spend=None, seed=3):
    """A log of people who buy as BG/NBD tells, for 400 days from `START` on; `spend` draws what a purchase brings."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(1.2, 1 / 30, people)
    leaves = rng.beta(1.0, 8.0, people)
    typical = 400 / rng.gamma(5.0, 2.0, people)
    for who in range(people):
        day = rng.uniform(0, 200)
        while day < 400:
            mean = typical[who] if spend is None else spend(who, rate[who])
            log.order(
                START + timedelta(days=float(day)), str(round(mean * rng.gamma(4.0, 0.25) + 1, 2)), user_id=f"u{who}"
            )
            if rng.random() < leaves[who]:
                break
            day += rng.exponential(1 / rate[who])
    return log


@pytest.fixture(scope="session")
def sold(home_at, tmp_path_factory):
    """The shop of these buyers, its profiles written, and what is built of it."""
    with home_at(tmp_path_factory.mktemp("buyers") / "home") as folder:
        tiny_dataset(folder)
        shop = buyers(Log()).write(helpers.open("tiny", as_of=AS_OF.isoformat()))
        profiles.build(shop)
        yield shop, build(shop, horizon_days=365, holdout_days=HELD_OUT, seed=1)
