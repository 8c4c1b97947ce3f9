from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import percentileofscore

from helpers.churn import members
from helpers.churn.decisions.reasons import reasons
from helpers.churn.saved import collect
from helpers.churn.scores import explain_people, rank_people, score_people
from helpers.datasets.tables.churn import CHURN_SCORES

AS_OF = date(2026, 4, 1)


@pytest.fixture(scope="module")
def models(climbed, panel):
    return collect(climbed, panel, dataset="tiny", seed=1)


def scored(models, people):
    return score_people(models, people, explain_people(models, people, currency="EUR"), as_of=AS_OF)


def test_scores_are_those_of_the_recommended_rung_fitted_for_each_population(models, climbed, panel):
    current = panel.current
    scores = scored(models, current)
    for population, people in (("active", members(current, "active")), ("all", current[~current["active"]])):
        model = climbed.populations[population].models["logistic"]
        assert scores.loc[people.index, "probability"].tolist() == model.scores(people).probability.tolist()
    assert scores["profile_id"].tolist() == current["profile_id"].tolist()
    told = {"as_of": AS_OF, "horizon_days": 90, "label": "no_order_90d", "rung": "logistic"}
    assert {name: set(scores[name]) for name in told} == {name: {value} for name, value in told.items()}
    assert set(scores["model_version"]) == {models.version}


def test_percentile_is_the_place_among_those_of_the_same_population(models, panel):
    scores = scored(models, panel.current)
    assert scores["population"].tolist() == ["active" if active else "all" for active in panel.current["active"]]
    assert scores["population"].nunique() == 2
    for _, own in scores.groupby("population"):
        expected = [percentileofscore(own["probability"], each, kind="mean") for each in own["probability"]]
        assert own["percentile"].tolist() == pytest.approx(expected)


@pytest.mark.parametrize("people", [500, 0])
def test_rows_fit_the_declared_table(people, models, panel):
    current = panel.current.head(people)
    for scores in (
        scored(models, current),
        rank_people(current, as_of=AS_OF, horizon_days=90, label="no_order_90d"),
    ):
        assert scores.columns.tolist() == CHURN_SCORES.column_names
        assert scores["profile_id"].is_unique


def test_nobody_active_now_is_no_trouble(models, panel):
    scores = scored(models, panel.current.assign(active=False))
    assert scores["probability"].between(0, 1).all()


def test_where_nothing_was_learned_people_are_ranked_by_gaps_since_their_last_order(panel):
    current = panel.current.head(3).assign(
        days_since_last_order=[30.0, 60.0, 90.0], mean_gap_days_observed=[10.0, 30.0, np.nan]
    )
    ranked = rank_people(current, as_of=AS_OF, horizon_days=90, label="no_order_90d")
    # 3 gaps, 2 gaps, and 90 days at the middle gap of the others, 20 days: 4.5
    assert ranked["percentile"].tolist() == pytest.approx([50, 100 / 6, 500 / 6])
    assert ranked["probability"].isna().all()
    assert set(ranked["rung"]) == {"rule"}
    assert ranked["model_version"].isna().all()
    assert ranked["reasons"].isna().all()


def test_each_score_carries_its_reasons_by_the_trees_of_its_own_population(models, panel):
    scores = scored(models, panel.current)
    active = members(panel.current, "active")
    own = reasons(models.models["active"]["xgboost"].rung.booster(), active, currency="EUR")
    up = own[own["direction"] == "up"].sort_values("rank").groupby("profile_id")["sentence"].agg("; ".join)
    found = scores[scores["profile_id"].isin(active["profile_id"])].set_index("profile_id")["reasons"].dropna()
    assert found.to_dict() == up.to_dict()
    assert found.str.contains("last order").any()
