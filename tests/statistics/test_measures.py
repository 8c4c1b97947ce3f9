from __future__ import annotations

import numpy as np
import pytest

from helpers import statistics
from helpers.errors import WrongUse
from helpers.statistics import MEASURES, measures, resample, resample_together


def rows(n, seed, *, digits=None):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    probability = 1 / (1 + np.exp(-1.5 * x))
    outcome = (rng.random(n) < 1 / (1 + np.exp(-x - 0.3))).astype(int)
    return outcome, probability if digits is None else probability.round(digits)


def alone(name, outcome, rank, probability):
    listed = {"share": 0.1} if name in {"precision_at", "recall_at"} else {}
    score = rank if name in {"auc", "average_precision", "precision_at", "recall_at"} else probability
    return lambda weights: getattr(statistics, name)(outcome, score, weights, **listed)


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("digits", [None, 1])
def test_each_measure_is_the_one_of_its_name(name, digits):
    outcome, probability = rows(400, 1, digits=digits)
    rank = np.floor(10 * probability)  # the probability says more than the rank, and orders rows otherwise
    weights = np.random.default_rng(2).multinomial(400, np.full(400, 1 / 400), size=20).astype(float)
    found = measures(outcome, rank, probability, share=0.1)(weights)
    assert list(found) == list(MEASURES)
    assert found[name] == pytest.approx(alone(name, outcome, rank, probability)(weights), rel=1e-9)


@pytest.mark.parametrize("name", ["calibration_slope", "calibration_intercept"])
def test_many_probabilities_put_together_leave_the_line_where_it_is(name):
    outcome, probability = rows(20_000, 3)
    found = measures(outcome, probability, probability, share=0.1)(np.ones((1, 20_000)))
    assert found[name][0] == pytest.approx(float(getattr(statistics, name)(outcome, probability)), abs=0.001)


def test_measures_taken_together_are_on_the_draws_of_those_taken_one_by_one():
    outcome, probability = rows(300, 4)
    together = resample_together(measures(outcome, probability, probability, share=0.1), n=300, draws=60, seed=5)
    single = resample({"auc": alone("auc", outcome, probability, probability)}, n=300, draws=60, seed=5)
    assert together.draws["auc"] == pytest.approx(single.draws["auc"])
    assert together.observed["auc"] == pytest.approx(single.observed["auc"])


def test_a_draw_of_one_class_has_no_measure_that_needs_both():
    found = measures([1, 0, 1], [3, 2, 1], [0.9, 0.5, 0.2], share=0.5)(np.array([[1.0, 0, 2], [0, 3.0, 0]]))
    for name in ("auc", "calibration_slope", "calibration_intercept", "balanced_accuracy"):
        assert np.isnan(found[name]).all()
    assert np.isnan(found["recall_at"]).tolist() == [False, True]
    assert np.isfinite(found["log_loss"]).all()


@pytest.mark.parametrize("wrong", [{"share": 0}, {"share": 1.5}, {"probability": [2.0, 0.5]}, {"outcome": [1, 3]}])
def test_what_makes_no_sense_is_refused(wrong):
    given = {"outcome": [1, 0], "rank": [1.0, 2.0], "probability": [0.2, 0.5], "share": 0.5} | wrong
    with pytest.raises(WrongUse):
        measures(given["outcome"], given["rank"], given["probability"], share=given["share"])
