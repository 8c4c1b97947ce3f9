from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics
from statsmodels.stats.proportion import proportion_confint

from helpers.churn import as_frame, climb, judge, ladder, members
from helpers.churn.judge import COMPARED, METRICS, recommend
from helpers.churn.rungs import RUNGS
from helpers.datasets.tables.churn import CHURN_LADDER
from helpers.statistics import Resamples

from .conftest import make_panel, make_people


def of_scikit_learn(churned, scored):
    yes = scored.probability >= 0.5
    length = len(churned) / 10  # of whom the last counts with the part that fits
    fits = np.clip(length - np.arange(len(churned)), 0, 1)
    listed = fits @ churned.to_numpy()[np.argsort(-scored.rank, kind="stable")]
    return {
        "auc": metrics.roc_auc_score(churned, scored.rank),
        "average_precision": metrics.average_precision_score(churned, scored.rank),
        "brier": metrics.brier_score_loss(churned, scored.probability),
        "log_loss": metrics.log_loss(churned, scored.probability),
        "accuracy": metrics.accuracy_score(churned, yes),
        "balanced_accuracy": metrics.balanced_accuracy_score(churned, yes),
        "precision_top_tenth": listed / length,
        "recall_top_tenth": listed / churned.sum(),
    }


@pytest.mark.parametrize("population", ["all", "active"])
def test_each_measure_is_the_one_of_scikit_learn(climbed, population, panel):
    judged = climbed.populations[population]
    people = members(panel.test, population)
    assert set(judged.rungs) == set(RUNGS)
    for rung in ("logistic", "xgboost"):  # without equal ranks, so that a list has one end
        theirs = of_scikit_learn(people["churned"], judged.models[rung].scores(people))
        for name, value in theirs.items():
            estimate = judged.rungs[rung][name]
            assert estimate.value == pytest.approx(value)
            assert estimate.lo <= estimate.value <= estimate.hi
            assert estimate.n == len(people)
    assert judged.listed == round(len(people) / 10)


def test_what_cannot_be_told_is_left_out(climbed):
    everybody_alike = climbed.populations["all"].rungs["base_rate"]
    assert "calibration_slope" not in everybody_alike
    assert everybody_alike["auc"][:3] == (0.5, None, None)


def test_a_list_that_is_all_hits_has_an_interval_too(panel):
    silent = (panel.test["days_since_last_order"] > 100).astype(int)
    found = climb(panel._replace(test=panel.test.assign(churned=silent)), draws=50, seed=1)
    listed = found.populations["all"].rungs["recency"]["precision_top_tenth"]
    low, high = proportion_confint(200, 200, method="wilson")
    assert (listed.value, listed.n, listed.lo, listed.hi) == pytest.approx((1.0, 200, low, high))


def test_a_list_that_hardly_a_draw_changes_has_an_interval_too():
    name = ("tree", "precision_top_tenth")
    found = judge._estimate(Resamples({name: 1.0}, {name: np.append(np.ones(999), 0.99)}, 970), *name)
    assert (found.value, found.n, found.hi) == (1.0, 97, 1.0)
    assert found.lo == pytest.approx(proportion_confint(97, 97, method="wilson")[0])


def test_base_rate_counts_who_did_not_order(climbed, panel):
    base_rate = climbed.populations["all"].base_rate
    assert (base_rate.numerator, base_rate.n) == (panel.test["churned"].sum(), 2_000)


def test_gains_are_paired_differences_to_recency(climbed):
    judged = climbed.populations["active"]
    assert set(judged.gains) == set(RUNGS) - {"recency"}
    for name, gain in judged.gains["xgboost"].items():
        assert gain.value == pytest.approx(judged.rungs["xgboost"][name].value - judged.rungs["recency"][name].value)
        assert "paired" in gain.method
    assert tuple(judged.gains["xgboost"]) == COMPARED


def test_the_active_population_learns_from_and_is_judged_on_active_people_alone(panel, climbed):
    loud = panel.training.copy()
    loud.loc[~loud["active"], "churned"] = 0  # must not matter to active people
    other = climb(panel._replace(training=loud), draws=200, seed=1).populations["active"]
    assert climbed.populations["active"].rungs == other.rungs


def test_where_other_features_matter_a_model_is_recommended(climbed):
    assert climbed.headline == "active"
    assert climbed.recommended == "logistic"
    assert climbed.reason == ""


def test_where_only_recency_matters_the_rule_is_recommended():
    rng = np.random.default_rng(4)

    def by_days(n, seed):
        people = make_people(n=n, seed=seed)
        chance = 1 / (1 + np.exp(2 - people["days_since_last_order"] / 30))
        return people.assign(churned=(rng.random(n) < chance).astype(int))

    made = make_panel(training=by_days(3_000, 5), test=by_days(1_500, 6))
    assert climb(made, draws=200, seed=1).recommended == "recency"


def test_where_nothing_matters_nothing_is_recommended():
    rng = np.random.default_rng(5)
    training, test = (make_people(n=n, seed=n).assign(churned=rng.integers(0, 2, n), active=True) for n in (1_000, 800))
    assert climb(make_panel(training=training, test=test), draws=200, seed=1).recommended == "base_rate"


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
    tried = zip(("recency", "logistic", "xgboost"), means, strict=True)
    assert recommend(made_up(**{rung: mean + rng.normal(0, 0.01, 500) for rung, mean in tried})) == winner


def test_to_beat_takes_an_interval_of_95_in_100_above_zero():
    gain = np.linspace(-0.05, 0.95, 1_000)  # above zero at 4 in 5, not at 19 in 20
    even = np.full(1_000, 0.5)
    assert recommend(made_up(recency=even, logistic=even + gain, xgboost=even)) == "recency"


def test_equal_seeds_give_equal_ladders_whatever_the_ids(panel, climbed):
    turned = {name: f"q{9_999 - int(name[1:])}" for name in [*panel.training["profile_id"], *panel.test["profile_id"]]}
    other = panel._replace(
        training=panel.training.assign(profile_id=panel.training["profile_id"].map(turned)),
        test=panel.test.assign(profile_id=panel.test["profile_id"].map(turned)),
    )
    assert as_frame(climb(other, draws=200, seed=1)).equals(as_frame(climbed))


def test_another_seed_gives_other_draws_and_other_trees(panel, climbed):
    one, other = (each.populations["all"] for each in (climbed, climb(panel, draws=200, seed=2)))
    assert one.rungs["recency"]["auc"].value == other.rungs["recency"]["auc"].value
    assert one.rungs["recency"]["auc"].lo != other.rungs["recency"]["auc"].lo
    assert one.rungs["xgboost"]["auc"].value != other.rungs["xgboost"]["auc"].value


def test_rows_fit_the_declared_table(climbed):
    frame = as_frame(climbed)
    assert frame.columns.tolist() == CHURN_LADDER.column_names
    assert not frame.duplicated(list(CHURN_LADDER.key)).any()
    names = set(zip(frame["population"], frame["rung"], frame["metric"], strict=True))
    for population in ("all", "active"):
        assert (population, "none", "base_rate") in names
        expected = {(population, rung, metric) for rung in RUNGS for metric in METRICS.values()}
        assert expected - names == {(population, "base_rate", "calibration_slope")}
        assert {(population, rung, "auc_gain") for rung in RUNGS if rung != "recency"} < names
        assert (population, "logistic", "newcomers_auc") in names
        assert (population, "xgboost", "held_out_brier_isotonic") in names


def test_fewer_than_a_hundred_of_a_kind_is_a_ladder_without_rungs(panel, later_people):
    for people in (panel.training.assign(churned=1), panel.training.head(150), panel.training.head(0)):
        nothing = climb(panel._replace(training=people), draws=100, seed=1)
        assert nothing.populations == {}
        assert "to learn from" in nothing.reason
        assert as_frame(nothing).empty
    assert "to judge by" in climb(panel._replace(test=panel.test.assign(churned=0)), draws=100, seed=1).reason


def test_a_panel_without_a_past_is_a_ladder_without_rungs(panel):
    young = panel._replace(cutoffs=None, training=panel.training.head(0), reason="History spans 3 days.")
    assert climb(young, draws=100, seed=1).reason == "History spans 3 days."


def test_too_few_active_people_leave_the_ladder_of_all(panel):
    quiet = panel._replace(test=panel.test.assign(active=panel.test.index < 30))
    found = climb(quiet, draws=100, seed=1)
    assert (list(found.populations), found.headline) == (["all"], "all")
    assert "30 people to judge by" in found.left_out["active"]


def test_the_limit_is_a_hundred_of_each_kind():
    people = pd.DataFrame({"profile_id": [f"p{number}" for number in range(200)], "churned": [0] * 100 + [1] * 100})
    assert ladder._too_few(people, people) == ""
    assert "199 people" in ladder._too_few(people, people.tail(199))


def test_a_person_at_three_cutoffs_is_one_person():
    few = pd.DataFrame({"profile_id": [f"p{number}" for number in range(80)] * 3, "churned": ([0] * 40 + [1] * 40) * 3})
    assert "There are 80 people to learn from; 40 did not come back" in ladder._too_few(few, few)


def test_a_model_that_purchases_do_not_tell_is_left_out_with_its_reason(panel):
    once = {"repeat_frequency": 0.0, "recency_btyd_days": 0.0}
    found = climb(panel._replace(training=panel.training.assign(**once)), draws=100, seed=1)
    judged = found.populations["all"]
    assert set(RUNGS) - set(judged.rungs) == {"bgnbd", "pareto_nbd"} == set(judged.missing)
    assert "Nobody ordered on a second day" in judged.missing["bgnbd"]
