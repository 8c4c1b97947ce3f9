from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from helpers.churn import FEATURES

CUTOFF = date(2026, 1, 1)


def make_people(*, n, seed, signal=1.0, cutoff=CUTOFF):
    """Labelled people: few orders and a long silence make the next order less likely, by `signal`."""
    rng = np.random.default_rng(seed)
    people = pd.DataFrame(rng.exponential(3.0, (n, len(FEATURES))), columns=FEATURES)
    people["days_since_last_order"] = rng.integers(0, 300, n).astype(float)
    people["orders_count"] = 1.0 + rng.poisson(2.0, n)
    people["orders_90d"] = (people["days_since_last_order"] < 90) * 1.0
    people["overdue_days"] = people["days_since_last_order"] - 120.0  # negative while the next order lies ahead
    once = people["orders_count"] == 1
    people.loc[once, ["mean_gap_days_observed", "gap_cv", "overdue_days", "monetary_repeat"]] = np.nan
    people["support_events_90d"] = 0.0
    logit = signal * (people["days_since_last_order"] / 100 - people["orders_count"] + 1.5)
    people.insert(0, "profile_id", [f"p{number:05d}" for number in range(n)])
    people.insert(1, "cutoff", cutoff)
    gone = rng.random(n) < 1 / (1 + np.exp(-logit))
    return people.assign(active=people["orders_90d"] > 0, churned=gone.astype(int))


@pytest.fixture(scope="session")
def training():
    return make_people(n=3_000, seed=1)


@pytest.fixture(scope="session")
def later_people():
    return make_people(n=2_000, seed=2)
