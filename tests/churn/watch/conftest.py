from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit

FEATURES = ("days_since_last_order", "orders_count", "revenue_total")


def make_seen(*, days, seed, people=1_000):
    """People on some days: three features, and a probability made of the first two."""
    rng = np.random.default_rng(seed)
    seen = pd.DataFrame(rng.normal(size=(people * len(days), 3)), columns=[*FEATURES])
    seen.insert(0, "cutoff", np.repeat(pd.to_datetime(list(days)), people))
    return seen.assign(probability=expit(seen["days_since_last_order"] - seen["orders_count"]))


def make_known(*, n=2_000, seed=3, intercept=0.0, slope=1.0):
    """Customers of whom it is known whether they left: by what was said, moved and stretched in logits."""
    rng = np.random.default_rng(seed)
    silence, orders = rng.normal(size=(2, n))
    said = expit(silence - orders)
    left = rng.random(n) < expit(intercept + slope * logit(said))
    return pd.DataFrame({"probability": said, "rule": silence, "churned": left.astype("int64")})


@pytest.fixture(scope="session")
def then():
    return make_seen(days=pd.date_range("2026-01-06", periods=8, freq="7D"), seed=1)


@pytest.fixture(scope="session")
def now():
    return make_seen(days=pd.date_range("2026-04-06", periods=8, freq="7D"), seed=2)


@pytest.fixture(scope="session")
def known():
    return make_known()
