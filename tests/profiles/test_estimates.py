"""Estimates of people: what the families of `statistics.shrinkage` say of their own counts, at every cutoff."""

import random
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers import profiles
from helpers.statistics import shrinkage
from tests.conftest import Log, tiny_dataset

CUTOFFS = [date(2025, 6, 1), date(2025, 10, 1)]
NAMES = ("aov", "mean_gap_days", "discounted_order_share", "refund_rate", "weekend_share")


def busy_log(log, people=60, until=300):
    chance = random.Random(5)
    for who in range(people):
        pace, love = chance.gammavariate(2, 25), chance.betavariate(2, 3)
        day = chance.uniform(0, 60)
        while day < until:
            when = datetime(2025, 1, 1) + timedelta(days=day)
            off = 2 if chance.random() < love else 0
            log.order(
                when,
                f"{chance.gammavariate(3, 8) + 1:.2f}",
                user_id=f"u{who}",
                order_id=f"o{len(log.rows)}",
                discount=off,
            )
            if chance.random() < 0.1:
                log.refund(when + timedelta(days=3), -1, user_id=f"u{who}", order_id=f"o{len(log.rows) - 1}")
            day += 1 + chance.expovariate(1 / pace)
    return log


@pytest.fixture(scope="module")
def people(home_at, tmp_path_factory):
    """The panel of a shop of sixty people, made once."""
    with home_at(tmp_path_factory.mktemp("busy") / "home") as folder:
        tiny_dataset(folder)
        shop = busy_log(Log()).write(helpers.open("tiny", as_of="2025-12-01"))
        profiles.build(shop)
        yield shop.frame(profiles.panel(shop, CUTOFFS))


@pytest.fixture(params=CUTOFFS)
def then(people, request):
    return people[people.cutoff == request.param].reset_index(drop=True)


def equal(then, name, posterior, rel):
    for part, own in zip(("", "_lo", "_hi", "_confidence"), posterior, strict=True):
        np.testing.assert_allclose(then[f"{name}{part}"], own, rtol=rel, err_msg=f"{name}{part}")


@pytest.mark.parametrize("name", ["discounted_order_share", "refund_rate", "weekend_share"])
def test_shares_are_the_posteriors_of_their_counts(then, name):
    n = then[f"{name}_n"]
    k = (then[f"{name}_observed"] * n).round()
    prior = shrinkage.fit_shares(k, n, np.ones(len(n)))
    equal(then, name, prior.posterior(k, n), 1e-3)


def test_mean_amounts_are_the_posteriors_of_their_sums(then):
    n = then.aov_n
    prior = shrinkage.fit_means(then.aov_observed * n, n, np.ones(len(n)))
    equal(then, "aov", prior.posterior(then.aov_observed * n, n), 0.01)


def test_mean_gaps_are_the_posteriors_of_their_exposures(then):
    prior = shrinkage.fit_rates(then.mean_gap_days_n, then.T_days, np.ones(len(then)))
    equal(then, "mean_gap_days", prior.posterior(then.mean_gap_days_n, then.T_days), 0.01)
    assert (then.mean_gap_days_n == then.repeat_frequency).all()


@pytest.mark.parametrize("name", NAMES)
def test_each_lies_between_what_was_observed_and_what_others_are_like(then, name):
    assert then[f"{name}_confidence"].between(0, 1).all()
    assert (then[f"{name}_lo"] <= then[name]).all()
    assert (then[name] <= then[f"{name}_hi"]).all()
    spread = then[name].quantile(0.9) - then[name].quantile(0.1)
    observed = then[f"{name}_observed"].quantile(0.9) - then[f"{name}_observed"].quantile(0.1)
    assert name == "mean_gap_days" or spread < observed


def test_what_comes_later_changes_no_estimate(people, make_shop, log):
    shop = make_shop(as_of=CUTOFFS[0].isoformat())
    log.rows = [row for row in busy_log(log).rows if row["timestamp"] < shop.midnight(CUTOFFS[0])]
    profiles.build(log.write(shop))
    now, then = shop.frame("profiles"), people[people.cutoff == CUTOFFS[0]].drop(columns="cutoff")
    order = {"by": "profile_id", "ignore_index": True}
    pd.testing.assert_frame_equal(now.sort_values(**order), then.sort_values(**order), rtol=1e-12, check_dtype=False)
    assert now[list(NAMES)].notna().all().all()


def test_of_a_handful_nothing_is_estimated_and_all_is_observed(make_shop, log):
    shop = busy_log(log, people=shrinkage.FEWEST - 1).write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    found = shop.frame("profiles")
    assert (
        found[[*NAMES, *(f"{name}_lo" for name in NAMES), *(f"{name}_confidence" for name in NAMES)]].isna().all().all()
    )
    assert found[[f"{name}_observed" for name in NAMES if name != "mean_gap_days"]].notna().all().all()


def test_who_bought_once_has_an_expected_gap_and_none_observed(then):
    once = then[then.mean_gap_days_n == 0]
    assert len(once) > 0
    assert once.mean_gap_days_observed.isna().all()
    assert once.mean_gap_days.notna().all()
