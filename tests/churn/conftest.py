from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers import profiles
from helpers.churn import FEATURES, Cutoffs, Panel, climb
from helpers.churn.lesson import Lesson
from tests.conftest import Log, tiny_dataset

CUTOFF = date(2026, 1, 1)
CUTOFFS = Cutoffs((date(2025, 10, 3),), CUTOFF, date(2026, 4, 1), 90)


def make_people(*, n, seed, signal=1.0, cutoff=CUTOFF, more=0.0):
    """Labelled people: few orders, few active days and a long silence make the next order less likely, by `signal`.

    `more` of them leave, in logits.
    """
    rng = np.random.default_rng(seed)
    people = pd.DataFrame(rng.exponential(3.0, (n, len(FEATURES))), columns=FEATURES)
    people["days_since_last_order"] = 14.0 * rng.integers(0, 22, n)
    people["orders_count"] = 1.0 + rng.poisson(2.0, n)
    people["orders_90d"] = (people["days_since_last_order"] < 90) * 1.0
    people["overdue_days"] = people["days_since_last_order"] - 120.0  # negative while the next order lies ahead
    people["repeat_frequency"] = people["orders_count"] - 1
    people["recency_btyd_days"] = np.where(people["repeat_frequency"] > 0, 70.0 * rng.integers(1, 6, n), 0.0)
    people["T_days"] = people["recency_btyd_days"] + people["days_since_last_order"] + 1
    once = people["orders_count"] == 1
    people.loc[once, ["mean_gap_days_observed", "gap_cv", "overdue_days", "monetary_repeat"]] = np.nan
    people["support_events_90d"] = 0.0
    seldom = people[["active_days_30d", "events_90d", "web_events_90d"]].sum(axis=1) / 2.5
    quiet = people["days_since_last_order"] / 100 - people["orders_count"] - seldom
    people.insert(0, "profile_id", [f"p{number:05d}" for number in range(n)])
    people.insert(1, "cutoff", cutoff)
    gone = rng.random(n) < 1 / (1 + np.exp(-signal * (quiet + 5.1) - more))
    return people.assign(active=people["orders_90d"] > 0, churned=gone.astype(int))


def make_panel(*, training, test, current=None, cutoffs=CUTOFFS):
    test = test.assign(newcomer=~test["profile_id"].isin(training["profile_id"]))
    now = make_people(n=500, seed=9, cutoff=cutoffs.as_of).drop(columns="churned") if current is None else current
    return Panel(cutoffs, training, test, now)


def halves_of(rows):
    """Either half of the customers held out from the other, as lessons and people."""
    one = rows["profile_id"].str[-1].isin([*"02468"])
    return [(Lesson(rows[own], {}, 0, 90, 1), rows[~own]) for own in (one, ~one)]


@pytest.fixture(scope="session")
def training():
    return make_people(n=3_000, seed=1, cutoff=CUTOFFS.training[0])


@pytest.fixture(scope="session")
def later_people():
    people = make_people(n=2_000, seed=2)
    return people.assign(profile_id=[f"p{number:05d}" for number in range(1_500, 3_500)])  # 500 are new


@pytest.fixture(scope="session")
def panel(training, later_people):
    return make_panel(training=training, test=later_people)


@pytest.fixture(scope="session")
def climbed(panel):
    return climb(panel, draws=200, seed=1)


@pytest.fixture(scope="session")
def small_shop(home_at, tmp_path_factory):
    """Sixty people who order now and then in 2025, and a few of whom a test knows all; as of 1 December."""
    with home_at(tmp_path_factory.mktemp("small") / "home") as folder:
        tiny_dataset(folder)
        shop = _few_of_whom_all_is_known(_sixty(Log())).write(helpers.open("tiny", as_of="2025-12-01"))
        profiles.build(shop)
        profiles.build_states(shop)
        yield shop


def _sixty(log):
    chance = random.Random(3)
    for who in range(60):
        day = datetime(2025, 1, 1) + timedelta(days=chance.uniform(0, 120))
        gap = chance.choice([15, 40, 150])
        while day < datetime(2025, 11, 30):
            channel = chance.choice(["web", "app"])
            log.order(day, chance.randrange(5, 60), user_id=f"u{who}", channel=channel)
            log.add(day - timedelta(days=1), user_id=f"u{who}", channel=channel)
            day += timedelta(days=chance.expovariate(1 / gap))
    return log


def _few_of_whom_all_is_known(log):
    for who in ("looks", "is written to", "buys at once"):
        log.order("2025-06-01T10:00", 5, user_id=who).order("2025-09-01T10:00", 5, user_id=who)
    log.add("2025-10-20T10:00", user_id="looks")
    log.add("2025-10-20T10:00", "Email Delivered", "engagement", user_id="is written to", channel="email")
    log.order("2025-10-02T10:00", 5, user_id="buys at once")
    log.order("2025-09-15T10:00", 5, user_id="came late")
    log.order("2025-01-05T10:00", 5, user_id="left long ago")
    log.order("2025-02-01T10:00", 5, user_id="still reads")
    for week in range(34):
        log.add(datetime(2025, 2, 2, 10) + timedelta(weeks=week), user_id="still reads")
    log.order("2025-05-01T10:00", 5, user_id="two names").order("2025-03-01T10:00", 5, anonymous_id="d1")
    return log.add("2025-10-10T10:00", user_id="two names", anonymous_id="d1")
