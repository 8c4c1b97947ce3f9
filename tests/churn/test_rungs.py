from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import xgboost
from sklearn.tree import DecisionTreeClassifier

from helpers import value
from helpers.churn.features import FEATURES
from helpers.churn.lesson import Lesson
from helpers.churn.linear import fit_logistic, logistic
from helpers.churn.purchases import fit_bgnbd, learn_buying
from helpers.churn.rules import fit_recency
from helpers.churn.rungs import RUNGS
from helpers.churn.trees import fit_tree
from helpers.statistics import auc

from .conftest import make_people

MODELS = ["tree", "logistic", "bgnbd", "pareto_nbd", "xgboost"]
SEES_FEATURES = ["tree", "logistic", "xgboost"]


@pytest.fixture(scope="session")
def buying(training):
    return learn_buying(training)


@pytest.fixture(scope="session")
def lesson(training, buying):
    return Lesson(training, buying, 0, 90, 1)


@pytest.fixture(scope="module", params=RUNGS)
def scored(request, lesson, later_people):
    return request.param, RUNGS[request.param](lesson).scores(later_people)


def test_probabilities_are_probabilities_and_ranks_have_no_gap(scored, later_people):
    _, scores = scored
    assert scores.rank.shape == scores.probability.shape == (len(later_people),)
    assert 0 <= scores.probability.min() <= scores.probability.max() <= 1
    assert np.isfinite(scores.rank).all()
    order = np.argsort(scores.rank, kind="stable")
    assert (np.diff(scores.probability[order]) >= 0).all()  # the higher the rank, the more probable


def test_ranks_better_than_a_coin_where_there_is_something_to_rank_by(scored, later_people):
    name, scores = scored
    found = auc(later_people["churned"], scores.rank)
    assert found == 0.5 if name == "base_rate" else found > 0.55


@pytest.mark.parametrize("rung", RUNGS)
def test_probabilities_agree_with_the_share_that_happens(rung, lesson):
    many = make_people(n=20_000, seed=3)
    probability = RUNGS[rung](lesson).scores(many).probability
    assert probability.mean() == pytest.approx(many["churned"].mean(), abs=0.03)
    if rung in SEES_FEATURES:  # one number bends where the truth does not
        likely = probability >= np.quantile(probability, 0.8)
        assert probability[likely].mean() == pytest.approx(many["churned"][likely].mean(), abs=0.06)


def test_recency_is_a_logistic_regression_on_logged_days(lesson, later_people):
    scores = fit_recency(lesson).scores(later_people)
    days = np.log1p(lesson.training["days_since_last_order"])
    theirs = sm.Logit(lesson.training["churned"], sm.add_constant(days)).fit(disp=0)
    expected = theirs.predict(sm.add_constant(np.log1p(later_people["days_since_last_order"])))
    assert scores.probability == pytest.approx(expected, abs=0.002)  # each class has one more of the other kind


def test_a_rule_that_would_have_to_be_turned_around_says_the_same_of_everybody(lesson, later_people):
    turned = lesson._replace(training=lesson.training.assign(churned=1 - lesson.training["churned"]))
    assert len(np.unique(fit_recency(turned).scores(later_people).probability)) == 1


def test_the_tree_and_the_line_score_as_scikit_learn_does(lesson, later_people):
    seen, later = (people[FEATURES].to_numpy(dtype=float) for people in (lesson.training, later_people))
    gone = lesson.training["churned"]
    line = logistic().fit(seen, gone)
    assert fit_logistic(lesson).scores(later_people).probability == pytest.approx(line.predict_proba(later)[:, 1])
    theirs = DecisionTreeClassifier(max_leaf_nodes=16, min_samples_leaf=50, random_state=1).fit(seen, gone)
    leaf = theirs.apply(later)
    share = theirs.tree_.value[leaf, 0, 1]
    people = theirs.tree_.n_node_samples[leaf]
    expected = (share * people + 1) / (people + 2)
    assert fit_tree(lesson).scores(later_people).probability == pytest.approx(expected)
    assert np.isnan(later).any()  # so that missing values are looked at


def test_expected_purchases_are_those_of_the_value_room_within_the_horizon(lesson, later_people):
    later = value.histories(
        later_people["repeat_frequency"], later_people["recency_btyd_days"], later_people["T_days"] - 1
    )
    model = lesson.buying["bgnbd"]
    soon, both = (-fit_bgnbd(lesson._replace(gap_days=gap)).scores(later_people).rank for gap in (0, 14))
    assert soon == pytest.approx(model.expected_next(later, 90 / 7))
    assert both == pytest.approx(model.expected_next(later, 104 / 7) - model.expected_next(later, 14 / 7))


def test_models_of_purchases_are_of_the_latest_cutoff_with_everybody_once(training, buying):
    earlier = make_people(n=500, seed=8, cutoff=training["cutoff"].iloc[0].replace(month=7))
    assert learn_buying(pd.concat([earlier, training])) == buying


@pytest.mark.parametrize("rung", RUNGS)
def test_equal_seeds_give_equal_scores_and_nobody_depends_on_the_others(rung, lesson, later_people):
    first, again = (RUNGS[rung](lesson).scores(later_people) for _ in range(2))
    assert first.probability.tolist() == again.probability.tolist()
    alone = RUNGS[rung](lesson).scores(later_people.iloc[37:44])
    assert alone.probability.tolist() == first.probability[37:44].tolist()


@pytest.mark.parametrize("rung", [rung for rung in RUNGS if rung != "base_rate"])
def test_shuffled_labels_teach_nothing(rung, lesson, later_people):
    rng = np.random.default_rng(3)
    values = []
    for _ in range(5):
        shuffled = lesson.training.assign(churned=rng.permutation(lesson.training["churned"]))
        untrue = rng.permutation(later_people["churned"])
        values.append(auc(untrue, RUNGS[rung](lesson._replace(training=shuffled)).scores(later_people).rank))
    gone = later_people["churned"].sum()
    stayed = len(later_people) - gone
    error = np.sqrt((gone + stayed + 1) / (12 * gone * stayed) / 5)  # of a mean of 5, by Mann and Whitney
    assert np.mean(values) == pytest.approx(0.5, abs=3.3 * error)


@pytest.mark.parametrize("rung", SEES_FEATURES)
def test_a_feature_that_is_missing_for_all_or_only_later_is_no_trouble(rung, lesson, later_people):
    blank = lesson._replace(training=lesson.training.assign(gap_cv=np.nan, aov_observed=1.0))
    later = later_people.assign(web_events_90d=np.nan)
    assert np.isfinite(RUNGS[rung](blank).scores(later).probability).all()


@pytest.mark.parametrize("rung", RUNGS)
def test_models_see_the_declared_features_and_nothing_else(rung, lesson, later_people):
    told = lesson._replace(training=lesson.training.assign(secret=lesson.training["churned"]))
    scores = RUNGS[rung](told).scores(later_people.assign(secret=0))
    assert scores.probability.tolist() == RUNGS[rung](lesson).scores(later_people).probability.tolist()
    assert not {"churned", "active", "cutoff", "profile_id"} & set(FEATURES)


def test_boosted_trees_give_themselves_away_for_reasons(lesson):
    booster = RUNGS["xgboost"](lesson).booster()
    assert isinstance(booster, xgboost.Booster)
    assert booster.num_features() == len(FEATURES)
