from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.churn.watch import retraining
from helpers.churn.watch.retraining import CALIBRATION, RANKING, SCORES, judge, watch
from helpers.datasets.tables import declared
from helpers.statistics import Estimate
from tests.churn.watch.conftest import FEATURES, make_known


@pytest.fixture
def watched(then, now, known):
    def held(then=then, now=now, known=known):
        return watch(then, now, known, features=FEATURES, draws=200, seed=1)

    return held


def test_where_nothing_changed_the_model_is_kept(watched):
    found = watched()
    assert found.reasons == ()
    assert found.inputs.moved.empty
    assert found.matured.observed.n == 2_000
    assert found.matured.predicted == pytest.approx(found.matured.observed.value, abs=0.03)
    assert found.matured.intercept.lo < 0 < found.matured.intercept.hi
    assert found.matured.slope.lo < 1 < found.matured.slope.hi
    assert found.matured.over_rule.lo > 0


@pytest.mark.parametrize("by", [-0.5, 0.5])
def test_half_a_logit_off_is_time_to_learn_anew(watched, by):
    found = watched(known=make_known(intercept=by))
    assert found.reasons == (CALIBRATION,)
    assert found.matured.intercept.value == pytest.approx(by, abs=0.15)


def test_off_by_what_the_bar_allows_is_no_reason(watched):
    assert watched(known=make_known(intercept=0.15, n=20_000)).reasons == ()


@pytest.mark.parametrize("slope", [0.3, 2.5])
def test_scores_too_far_apart_or_too_near_are_time_to_learn_anew(watched, slope):
    assert CALIBRATION in watched(known=make_known(slope=slope, n=4_000)).reasons


def test_scores_that_moved_are_time_to_learn_anew(watched, now):
    found = watched(now=now.assign(probability=now["probability"] ** 0.5))
    assert found.reasons == (SCORES,)
    assert found.inputs.moved.empty


def test_a_feature_that_moved_is_told_and_no_reason_by_itself(watched, now):
    found = watched(now=now.assign(revenue_total=now["revenue_total"] + 1))
    assert found.inputs.moved["feature"].tolist() == ["revenue_total"]
    assert found.reasons == ()


def test_a_rule_that_ranks_better_is_time_to_learn_anew(watched, known):
    left = np.random.default_rng(5).random(len(known)) < 1 / (1 + np.exp(-2 * known["rule"]))
    assert RANKING in watched(known=known.assign(churned=left.astype("int64"))).reasons


def test_the_rule_itself_as_the_model_is_not_beaten_by_itself(known):
    same = judge(known.assign(rule=known["probability"]), draws=100, seed=1)
    assert same.over_rule.value == 0
    assert retraining.reasons(no_drift(), same) == ()


def no_drift():
    tests = pd.DataFrame({"moved": [False], "psi": [0.0], "feature": ["probability"]})
    return retraining.Drift(tests, (8, 8), (1.0, 1.0), tellable=True, exact=True)


@pytest.mark.parametrize(
    ("ends", "said"), [((0.19, 0.5), False), ((0.21, 0.5), True), ((-0.5, -0.21), True), ((-0.5, -0.19), False)]
)
def test_the_whole_interval_must_lie_outside(known, ends, said):
    matured = judge(known, draws=100, seed=1)
    off = Estimate(sum(ends) / 2, *ends, 0.95, 2_000, "made up")
    assert (CALIBRATION in retraining.reasons(no_drift(), matured._replace(intercept=off))) is said


@pytest.mark.parametrize(("ends", "said"), [((-0.05, 0.01), False), ((-0.05, -0.01), True), ((None, None), False)])
def test_the_rule_must_be_better_beyond_chance(known, ends, said):
    matured = judge(known, draws=100, seed=1)
    worse = Estimate(-0.02, *ends, 0.95, 2_000, "made up")
    assert (RANKING in retraining.reasons(no_drift(), matured._replace(over_rule=worse))) is said


@pytest.mark.parametrize("gone", [0, 99, 101])
def test_too_few_of_a_kind_say_nothing(watched, known, gone):
    few = known[:200].assign(churned=(np.arange(200) < gone).astype("int64"))
    found = watched(known=few)
    assert found.matured is None
    assert found.reasons == ()


def test_one_probability_for_all_has_no_slope(watched, known):
    found = watched(known=known.assign(probability=0.5))
    assert found.matured.slope is None
    assert found.matured.intercept.lo is not None


def test_what_was_compared_are_the_rows_of_a_table(watched):
    tests, table = watched().tests, declared("drift")
    assert tests.columns.tolist() == table.column_names
    assert tests[[*table.key]].to_numpy().tolist() == [
        *(["input", name] for name in FEATURES), ["score", "probability"]]  # fmt: skip
    assert (tests["psi"] >= 0).all()
