"""Curves against a loop over lists, by hand where scores tie."""

import numpy as np
import pandas as pd
import pytest

from helpers.errors import WrongUse
from helpers.lift.uplift.curve import Ranked
from helpers.lift.uplift.policy import Policy
from helpers.lift.uplift.trial import Trial


@pytest.fixture
def trial():
    rng = np.random.default_rng(3)
    n = 5_000
    treated = rng.random(n) < 0.4
    known = rng.standard_normal(n)
    outcome = rng.gamma(1.0, 3.0, n) + treated * (known > 0)
    return Trial(pd.DataFrame({"a": known}), treated, outcome)


def once(trial):
    return np.ones((1, len(trial.treated)))


def test_a_gain_is_the_share_listed_times_the_difference_of_means_on_the_list(trial):
    score = trial.features["a"].to_numpy()
    curve = Ranked(trial, score).curve(once(trial))
    assert curve.share.shape == (1, 101)
    first = np.argsort(-score)
    for place in (1, 37, 100):
        listed = first[: round(len(score) * place / 100)]
        treated, outcome = trial.treated[listed], trial.outcome[listed]
        gain = len(listed) / len(score) * (outcome[treated].mean() - outcome[~treated].mean())
        assert curve.share[0, place] == len(listed) / len(score)
        assert curve.gain[0, place] == pytest.approx(gain)


def test_two_groups_have_the_area_of_a_triangle(trial):
    score = (trial.features["a"] > 1).to_numpy(dtype=float)
    listed, met, did = score > 0, trial.treated, trial.outcome
    gain = listed.mean() * (did[listed & met].mean() - did[listed & ~met].mean())
    blind = listed.mean() * (did[met].mean() - did[~met].mean())
    assert Ranked(trial, score).area(once(trial))[0] == pytest.approx((gain - blind) / 2)


def test_one_score_for_all_adds_nothing_and_a_score_turned_round_takes_away(trial):
    score = (trial.features["a"] > 0).to_numpy(dtype=float)
    assert Ranked(trial, np.ones(len(score))).area(once(trial))[0] == pytest.approx(0, abs=1e-12)
    up, down = (Ranked(trial, each).area(once(trial))[0] for each in (score, -score))
    assert up > 0 > down


def test_weights_are_copies_of_people(trial):
    weights = np.random.default_rng(5).integers(0, 4, (2, len(trial.treated))).astype(float)
    score = (trial.features["a"] * 3).round().clip(-2, 2).to_numpy()
    drawn = Ranked(trial, score).area(weights)
    for row, found in zip(weights.astype(int), drawn, strict=True):
        copied = [np.repeat(each, row) for each in (score, trial.treated, trial.outcome)]
        other = Trial(pd.DataFrame({"a": copied[0]}), *copied[1:])
        assert found == pytest.approx(Ranked(other, copied[0]).area(once(other))[0])


def test_who_has_no_score_is_not_compared(trial):
    some = np.arange(len(trial.treated)) % 3 > 0
    score = np.where(some, trial.features["a"] > 0, np.nan)
    alone = Trial(trial.features[some], trial.treated[some], trial.outcome[some])
    expected = Ranked(alone, score[some]).area(once(alone))
    assert Ranked(trial, score).area(once(trial)) == pytest.approx(expected)
    with pytest.raises(WrongUse, match="one at least that is not missing"):
        Ranked(trial, np.full(len(some), np.nan))


def test_a_list_of_one_arm_alone_has_no_gain(trial):
    curve = Ranked(trial, trial.treated.astype(float)).curve(once(trial))
    assert np.isnan(curve.gain[0, 1])


def test_a_policy_is_worth_what_those_who_met_it_did(trial):
    listed = (trial.features["a"] > 0.5).to_numpy()
    everyone = np.ones(len(listed), bool)
    share, did, met = trial.treated.mean(), trial.outcome, trial.treated
    weight = np.where(met, 1 / share, 1 / (1 - share)) * (listed == met)
    assert Policy(trial, listed, everyone).value(once(trial))[0] == pytest.approx(np.average(did, weights=weight))
    assert Policy(trial, everyone, everyone).value(once(trial))[0] == pytest.approx(did[met].mean())
    assert Policy(trial, ~everyone, listed).value(once(trial))[0] == pytest.approx(did[listed & ~met].mean())
    with pytest.raises(WrongUse, match="says of 10 people whom to treat, of 5000"):
        Policy(trial, listed[:10], everyone)
