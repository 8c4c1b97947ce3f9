from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from helpers.churn import FEATURES
from helpers.churn.decisions.weighing import (
    EVEN,
    PER_PERSON,
    PLAIN,
    SCHEMES,
    choose,
    fit_logistic,
    person_tenths,
    shares_of_weight,
    try_weights,
    weights_of,
)
from helpers.statistics import Estimate

from ..conftest import make_people


def panel(*, n=3_000, seed=1, busy_law=1.0):
    """People at three cutoffs, the busier half at all of them, the others at the last alone.

    Of the busier the features say `busy_law` times what they say of the others.
    """
    rng = np.random.default_rng(seed)
    people = make_people(n=n, seed=seed).drop(columns="churned")
    people["events_90d"] = rng.permutation(np.arange(n)).astype(float)
    rows = pd.concat([people.assign(cutoff=cutoff) for cutoff in (1, 2, 3)], ignore_index=True)
    busy = rows["events_90d"] >= n / 2
    says = np.where(busy, busy_law, 1.0) * (rows["days_since_last_order"] - 150) / 75
    rows["churned"] = (rng.random(len(rows)) < expit(says)).astype(int)
    return rows[busy | (rows["cutoff"] == 3)].reset_index(drop=True)


def test_each_person_counts_once():
    rows = panel()
    weights = weights_of(rows, PER_PERSON)
    totals = pd.Series(weights).groupby(rows["profile_id"]).sum()
    assert weights.mean() == pytest.approx(1)
    assert totals.to_numpy() == pytest.approx(totals.iloc[0])


def test_each_tenth_of_people_counts_alike():
    rows = panel()
    weights = weights_of(rows, EVEN)
    totals = np.bincount(person_tenths(rows), weights)[1:]
    assert weights.mean() == pytest.approx(1)
    assert totals == pytest.approx(totals[0])
    assert np.unique(weights_of(rows, PLAIN)).tolist() == [1.0]


def test_a_person_is_of_one_tenth_at_all_cutoffs():
    rows = panel()
    assert pd.Series(person_tenths(rows)).groupby(rows["profile_id"]).nunique().eq(1).all()


def test_shares_say_that_the_busiest_teach_most():
    shares = shares_of_weight(panel())
    assert shares.sum().to_numpy() == pytest.approx(1)
    assert shares["people"].to_numpy() == pytest.approx(0.1)
    assert shares.loc[10, PLAIN] == pytest.approx(3 * shares.loc[1, PLAIN])
    assert shares[EVEN].to_numpy() == pytest.approx(0.1)


def test_where_the_busy_keep_to_another_law_weights_help_and_are_used():
    found = try_weights(panel(busy_law=-1.0), panel(busy_law=-1.0, seed=2), fit_logistic, draws=200, seed=1)
    assert found.used in SCHEMES
    assert found.test[found.used, "lower"].hi < 0


def test_where_all_keep_to_one_law_none_are_used():
    found = try_weights(panel(), panel(seed=2), fit_logistic, draws=200, seed=1)
    assert found.used == PLAIN
    assert set(found.learned) == set(found.test) == {(scheme, part) for scheme in SCHEMES for part in ("lower", "all")}


def test_what_is_tried_was_learned_from_other_people():
    seen = []

    def fit(training, weights):
        learned = set(training["profile_id"])

        def predict(people):
            seen.append(bool(learned & set(people["profile_id"])))
            return np.full(len(people), weights.mean() / 3)

        return predict

    try_weights(panel(n=300), panel(n=300, seed=2).drop_duplicates("profile_id"), fit, draws=10, seed=1)
    assert seen[:6] == [False] * 6  # two folds, three schemes; the test people come after them


def difference(value, lo, hi):
    return Estimate(value, lo, hi, 0.95, 100, "made up")


@pytest.mark.parametrize(
    ("per_person", "even", "all_people", "used"),
    [
        ((-0.02, -0.03, -0.01), (-0.03, -0.04, -0.02), (0.0, -0.01, 0.01), EVEN),
        ((-0.02, -0.03, -0.01), (0.0, -0.01, 0.01), (0.0, -0.01, 0.01), PER_PERSON),
        ((-0.02, -0.03, -0.01), (-0.03, -0.04, -0.02), (0.02, 0.01, 0.03), PLAIN),  # others pay for it
        ((-0.001, -0.0015, -0.0005), (0.0, -0.01, 0.01), (0.0, -0.01, 0.01), PLAIN),  # too little to notice
        ((-0.02, None, None), (-0.03, -0.07, 0.01), (0.0, -0.01, 0.01), PLAIN),
    ],
)
def test_the_rule_takes_what_helps_the_less_active_and_harms_nobody(per_person, even, all_people, used):
    learned = {
        (PER_PERSON, "lower"): difference(*per_person),
        (EVEN, "lower"): difference(*even),
        (PER_PERSON, "all"): difference(*all_people),
        (EVEN, "all"): difference(*all_people),
    }
    assert choose(learned, 0.2) == used


def test_weights_are_used_by_the_regression():
    rows = panel(busy_law=-1.0)
    busy = (rows["events_90d"] >= 1_500).to_numpy()
    said = [fit_logistic(rows, np.where(busy, each, 2 - each))(rows[FEATURES]) for each in (1.999, 0.001)]
    silent = (rows["days_since_last_order"] > 250).to_numpy()
    assert said[0][silent].mean() < 0.3
    assert said[1][silent].mean() > 0.7
