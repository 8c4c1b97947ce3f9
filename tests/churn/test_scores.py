from __future__ import annotations

from datetime import date

import pytest
from scipy.stats import percentileofscore

from helpers.churn import Cutoffs, climb, score_people
from helpers.datasets.tables.churn import CHURN_SCORES

from .conftest import make_people

CUTOFFS = Cutoffs((date(2025, 1, 1),), date(2025, 4, 1), date(2025, 6, 30), 90)


@pytest.fixture(scope="module")
def current():
    return make_people(n=500, seed=9).drop(columns="churned")


@pytest.fixture(scope="module")
def ladder(training, later_people):
    return climb(training, later_people, draws=100, seed=1)


def test_scores_are_those_of_the_recommended_rung_fitted_for_each_population(ladder, current):
    scores = score_people(ladder, current, cutoffs=CUTOFFS)
    for population, people in (("active", current[current["active"]]), ("all", current[~current["active"]])):
        model = ladder.populations[population].models[ladder.recommended]
        assert scores.loc[people.index, "probability"].tolist() == pytest.approx(model(people).probability)
    assert scores["profile_id"].tolist() == current["profile_id"].tolist()
    assert set(scores["as_of"]) == {CUTOFFS.as_of}
    assert set(scores["horizon_days"]) == {90}


def test_percentile_is_the_place_among_all_who_are_scored(ladder, current):
    scores = score_people(ladder, current, cutoffs=CUTOFFS)
    expected = [percentileofscore(scores["probability"], each, kind="mean") for each in scores["probability"]]
    assert scores["percentile"].tolist() == pytest.approx(expected)


def test_rows_fit_the_declared_table(ladder, current):
    scores = score_people(ladder, current, cutoffs=CUTOFFS)
    assert scores.columns.tolist() == CHURN_SCORES.column_names
    assert scores["profile_id"].is_unique


def test_nobody_active_now_is_no_trouble(ladder, current):
    scores = score_people(ladder, current.assign(active=False), cutoffs=CUTOFFS)
    assert scores["probability"].between(0, 1).all()
