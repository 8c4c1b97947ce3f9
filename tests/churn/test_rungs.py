from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from helpers.churn.panel import FEATURES
from helpers.churn.rungs import RUNGS, fit_recency
from helpers.statistics import auc

from .conftest import make_people


@pytest.fixture(scope="module", params=RUNGS)
def scored(request, training, later_people):
    return RUNGS[request.param](training, 1)(later_people)


def test_probabilities_are_probabilities_and_ranks_have_no_gap(scored, later_people):
    assert scored.rank.shape == scored.probability.shape == (len(later_people),)
    assert scored.probability.min() >= 0
    assert scored.probability.max() <= 1
    assert np.isfinite(scored.rank).all()


@pytest.mark.parametrize("rung", RUNGS)
def test_probabilities_agree_with_the_share_that_happens(rung, training):
    many = make_people(n=20_000, seed=3)
    probability = RUNGS[rung](training, 1)(many).probability
    assert probability.mean() == pytest.approx(many["churned"].mean(), abs=0.03)
    if rung != "recency":  # its one feature bends where the truth does not
        likely = probability > np.quantile(probability, 0.8)
        assert probability[likely].mean() == pytest.approx(many["churned"][likely].mean(), abs=0.06)


def test_ranks_better_than_a_coin(scored, later_people):
    assert auc(later_people["churned"], scored.rank) > 0.6


def test_recency_ranks_by_days_alone_with_a_probability_of_one_logistic_feature(training, later_people):
    scored = fit_recency(training, 1)(later_people)
    assert scored.rank.tolist() == later_people["days_since_last_order"].tolist()
    days = np.log1p(training["days_since_last_order"])
    logit = sm.Logit(training["churned"], sm.add_constant(days)).fit(disp=0)
    expected = logit.predict(sm.add_constant(np.log1p(later_people["days_since_last_order"])))
    assert scored.probability == pytest.approx(expected, abs=0.005)  # theirs is not shrunk


@pytest.mark.parametrize("rung", RUNGS)
def test_equal_seeds_give_equal_scores(rung, training, later_people):
    first, again = (RUNGS[rung](training, 5)(later_people) for _ in range(2))
    assert first.probability.tolist() == again.probability.tolist()


@pytest.mark.parametrize("rung", RUNGS)
def test_shuffled_labels_teach_nothing(rung, training, later_people):
    rng = np.random.default_rng(3)
    values = []
    for _ in range(5):
        shuffled = training.assign(churned=rng.permutation(training["churned"]))
        untrue = rng.permutation(later_people["churned"])
        values.append(auc(untrue, RUNGS[rung](shuffled, 1)(later_people).rank))
    gone = later_people["churned"].sum()
    stayed = len(later_people) - gone
    error = np.sqrt((gone + stayed + 1) / (12 * gone * stayed) / 5)  # of a mean of 5, by Mann and Whitney
    assert np.mean(values) == pytest.approx(0.5, abs=3.3 * error)


@pytest.mark.parametrize("rung", ["logistic", "xgboost"])
def test_a_feature_that_is_missing_for_all_or_only_later_is_no_trouble(rung, training, later_people):
    blank = training.assign(gap_cv=np.nan, aov_observed=1.0)
    later = later_people.assign(web_events_90d=np.nan)
    assert np.isfinite(RUNGS[rung](blank, 1)(later).probability).all()


def test_models_see_the_declared_features_and_nothing_else(training, later_people):
    for rung in RUNGS.values():
        told = training.assign(n_identifiers=training["churned"], secret=training["churned"])
        scored = rung(told, 1)(later_people.assign(n_identifiers=0, secret=0))
        assert scored.probability.tolist() == rung(training, 1)(later_people).probability.tolist()
    assert not {"churned", "active", "cutoff", "profile_id"} & set(FEATURES)
