"""People whose probability of an order is known, as a law of what they did; and a shop of people who look, then buy."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.segmentation.leads.features import FEATURES
from helpers.segmentation.leads.panel import Cutoffs, Panel

CUTOFFS = Cutoffs((date(2025, 8, 3),), date(2025, 9, 2), date(2025, 10, 2), date(2025, 11, 1))


def make_people(*, n, seed, cutoff=CUTOFFS.test, signal=1.0):
    """People as `people_at` gives them, with ordered, and truth: the probability that it was drawn with.

    Orders are likelier after active days and orders, and become rarer with silence, by `signal`.
    """
    rng = np.random.default_rng(seed)
    people = pd.DataFrame(rng.exponential(2.0, (n, len(FEATURES))), columns=list(FEATURES))
    people["active_days_30d"] = rng.poisson(rng.gamma(1.0, 4.0, n)).clip(max=30).astype(float)
    people["orders_90d"] = rng.poisson(rng.gamma(1.0, 0.8, n)).astype(float)
    people["orders_count"] = people["orders_90d"] + rng.poisson(0.7, n)
    people["days_since_last_order"] = np.where(
        people["orders_90d"] > 0, rng.integers(1, 90, n), 90 + rng.integers(1, 200, n)
    )
    people["tenure_days"] = people["days_since_last_order"] + rng.integers(0, 100, n)
    people.loc[people["orders_count"] == 0, ["days_since_last_order", "mean_gap_days_observed"]] = np.nan
    people.loc[rng.random(n) < 0.1, "days_since_web"] = np.nan
    logits = 0.15 * people["active_days_30d"] + 0.5 * people["orders_90d"] - 0.008 * people["tenure_days"] - 1.0
    people["truth"] = expit(signal * logits)
    people.insert(0, "profile_id", [f"p{number:05d}" for number in range(n)])
    people.insert(1, "cutoff", cutoff)
    people.insert(2, "state", np.where(rng.random(n) < 0.1, "declining", "active_engaged"))
    return people.assign(
        interactions=rng.choice([3, 12, 50], n), ordered=(rng.random(n) < people["truth"]).astype("int64")
    )


def make_panel(*, n, seed, signal=1.0):
    """Such people at each of `CUTOFFS`; the same ids are at the calibration and the test cutoff."""
    dates = CUTOFFS.learning[0], CUTOFFS.calibration, CUTOFFS.test
    made = (make_people(n=n, seed=seed + turn, cutoff=day, signal=signal) for turn, day in enumerate(dates))
    return Panel(CUTOFFS, *made)


def lookers(log, people=420, until=datetime(2025, 6, 30)):
    """A log of people who look around in the fortnight before they order, and hardly at other times.

    Half of them order often; one in 13 stops in March. One in 5 comes all the time and never orders, so that a model
    left to itself would take a busy person for one who does not order.
    """
    chance = random.Random(5)
    for who in range(people):
        own, mean = {"user_id": f"u{who}"}, 30 if who % 2 else 90
        last = until if who % 13 else datetime(2025, 3, 1)
        day = datetime(2025, 1, 1, 9) + timedelta(days=chance.uniform(0, 20))
        log.add(day, "Product Viewed", session_id="s", **own)
        while who % 5 == 0 and day < last:
            day += timedelta(days=chance.expovariate(1 / 3))
            log.add(min(day, last), session_id="s", **own)
        while day < last:
            day += timedelta(days=chance.expovariate(1 / mean))
            looks = [day - timedelta(days=chance.uniform(0.1, 14)) for _ in range(5)]
            looks.append(day - timedelta(days=chance.uniform(20, 40)))
            for look in looks:
                if datetime(2025, 1, 1) < look < last:
                    log.add(look, "Product Viewed", session_id="s", **own)
            if day < last:
                log.order(day, 20, **own)
    return log
