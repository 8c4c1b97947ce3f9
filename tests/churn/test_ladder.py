from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from helpers.churn import as_frame, climb, ladder
from helpers.churn.ladder import METRICS, members, recommend
from helpers.churn.rungs import RUNGS
from helpers.datasets.tables.churn import CHURN_LADDER
from helpers.errors import NothingToDo
from helpers.statistics import Resamples

from .conftest import make_people


@pytest.fixture(scope="module")
def climbed(training, later_people):
    return climb(training, later_people, draws=200, seed=1)


@pytest.mark.parametrize("population", ["all", "active"])
def test_each_measure_is_the_one_of_scikit_learn(climbed, population, later_people):
    judged = climbed.populations[population]
    people = members(later_people, population)
    for rung, estimates in judged.rungs.items():
        scored = judged.models[rung](people)
        churned = people["churned"]
        assert estimates["auc"].value == pytest.approx(metrics.roc_auc_score(churned, scored.rank))
        expected = metrics.average_precision_score(churned, scored.rank)
        assert estimates["average_precision"].value == pytest.approx(expected)
        assert estimates["brier"].value == pytest.approx(metrics.brier_score_loss(churned, scored.probability))
        assert all(each.lo <= each.value <= each.hi for each in estimates.values())
        assert {each.n for each in estimates.values()} == {len(people)}


def test_base_rate_counts_who_did_not_order(climbed, later_people):
    base_rate = climbed.populations["all"].base_rate
    assert (base_rate.numerator, base_rate.n) == (later_people["churned"].sum(), 2_000)


def test_gain_is_the_paired_difference_to_recency(climbed):
    judged = climbed.populations["active"]
    gain = judged.gains["xgboost"]
    assert gain.value == pytest.approx(judged.rungs["xgboost"]["auc"].value - judged.rungs["recency"]["auc"].value)
    assert "paired" in gain.method
    assert set(judged.gains) == {"logistic", "xgboost"}


def test_the_active_population_learns_from_and_is_judged_on_active_people_alone(training, later_people):
    loud = training.copy()
    loud.loc[~loud["active"], "churned"] = 0  # must not matter to active people
    one, other = (climb(each, later_people, draws=100, seed=1).populations["active"] for each in (training, loud))
    assert one.rungs == other.rungs


def test_where_other_features_matter_a_model_is_recommended(climbed):
    assert climbed.headline == "active"
    assert climbed.recommended == "logistic"


def test_where_only_recency_matters_the_rule_is_recommended():
    rng = np.random.default_rng(4)

    def by_days(n, seed):
        people = make_people(n=n, seed=seed)
        chance = 1 / (1 + np.exp(2 - people["days_since_last_order"] / 30))
        return people.assign(churned=(rng.random(n) < chance).astype(int))

    assert climb(by_days(3_000, 5), by_days(1_500, 6), draws=200, seed=1).recommended == "recency"


def made_up(**auc_draws):
    draws = {(rung, "auc"): np.asarray(values) for rung, values in auc_draws.items()}
    return Resamples({name: float(values.mean()) for name, values in draws.items()}, draws, 10)


@pytest.mark.parametrize(
    ("means", "winner"),
    [
        ((0.60, 0.60, 0.60), "recency"),
        ((0.60, 0.70, 0.70), "logistic"),
        ((0.60, 0.60, 0.70), "xgboost"),
        ((0.60, 0.70, 0.80), "xgboost"),
        ((0.80, 0.70, 0.70), "recency"),
        ((0.60, 0.65, 0.60), "logistic"),
    ],
)
def test_recommended_is_the_simplest_that_no_other_beats(means, winner):
    rng = np.random.default_rng(1)
    noise = {rung: mean + rng.normal(0, 0.01, 500) for rung, mean in zip(RUNGS, means, strict=True)}
    assert recommend(made_up(**noise)) == winner


def test_equal_seeds_give_equal_ladders_in_any_order_of_draw_blocks(training, later_people, climbed):
    again = climb(training, later_people, draws=200, seed=1)
    assert as_frame(again).equals(as_frame(climbed))


def test_rows_fit_the_declared_table(climbed):
    frame = as_frame(climbed)
    assert frame.columns.tolist() == CHURN_LADDER.column_names
    assert not frame.duplicated(list(CHURN_LADDER.key)).any()
    for population in ("all", "active"):
        rows = frame[frame["population"] == population]
        expected = {(rung, metric) for rung in RUNGS for metric in METRICS}
        expected |= {("none", "base_rate"), ("logistic", "auc_gain"), ("xgboost", "auc_gain")}
        assert set(zip(rows["rung"], rows["metric"], strict=True)) == expected


def test_fewer_than_a_hundred_of_a_kind_is_nothing_to_do(training, later_people):
    for people in (training.assign(churned=1), training.head(150)):
        with pytest.raises(NothingToDo, match="to learn from"):
            climb(people, later_people, draws=100, seed=1)
    with pytest.raises(NothingToDo, match="to judge by"):
        climb(training, later_people.assign(churned=0), draws=100, seed=1)


def test_too_few_active_people_leave_the_ladder_of_all(training, later_people):
    quiet = later_people.assign(active=later_people.index < 30)
    climbed = climb(training, quiet, draws=100, seed=1)
    assert (list(climbed.populations), climbed.headline) == (["all"], "all")
    assert "30 people to judge by" in climbed.left_out["active"]


def test_the_limit_is_a_hundred_of_each_kind():
    people = pd.DataFrame({"churned": [0] * 100 + [1] * 100})
    assert ladder._too_few(people, people) == ""
    assert "199 people" in ladder._too_few(people, people.tail(199))


def test_another_seed_gives_other_draws_and_other_trees(training, later_people, climbed):
    one, other = (each.populations["all"] for each in (climbed, climb(training, later_people, draws=200, seed=2)))
    assert one.rungs["recency"]["auc"].value == other.rungs["recency"]["auc"].value
    assert one.rungs["recency"]["auc"].lo != other.rungs["recency"]["auc"].lo
    assert one.rungs["xgboost"]["auc"].value != other.rungs["xgboost"]["auc"].value


def test_to_beat_takes_an_interval_of_95_in_100_above_zero():
    gain = np.linspace(-0.05, 0.95, 1_000)  # above zero at 4 in 5, not at 19 in 20
    even = np.full(1_000, 0.5)
    assert recommend(made_up(recency=even, logistic=even + gain, xgboost=even)) == "recency"
