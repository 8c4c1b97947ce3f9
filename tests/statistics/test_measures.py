from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from helpers import statistics
from helpers.errors import WrongUse
from helpers.statistics import MEASURES, auc, measures, resample, resample_together, surprise


def rows(n, seed, *, digits=None):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    probability = 1 / (1 + np.exp(-1.5 * x))
    outcome = (rng.random(n) < 1 / (1 + np.exp(-x - 0.3))).astype(int)
    return outcome, probability if digits is None else probability.round(digits)


def alone(outcome, rank, probability, weights, share):
    """Each measure by itself, of scikit-learn where it has it, for one row of weights."""
    own, yes = {"sample_weight": weights}, probability >= 0.5
    precision = float(statistics.precision_at(outcome, rank, weights, share=share))
    return {
        "auc": metrics.roc_auc_score(outcome, rank, **own),
        "average_precision": metrics.average_precision_score(outcome, rank, **own),
        "precision_at": precision,
        "recall_at": precision * share * weights.sum() / (weights @ outcome),
        "brier": metrics.brier_score_loss(outcome, probability, **own),
        "log_loss": metrics.log_loss(outcome, probability.clip(1e-6, 1 - 1e-6), **own),
        "calibration_slope": float(statistics.calibration_slope(outcome, probability, weights)),
        "calibration_intercept": float(statistics.calibration_intercept(outcome, probability, weights)),
        "accuracy": metrics.accuracy_score(outcome, yes, **own),
        "balanced_accuracy": metrics.balanced_accuracy_score(outcome, yes, **own),
    }


@pytest.mark.parametrize("digits", [None, 1])
def test_each_measure_is_the_one_of_its_name(digits):
    outcome, probability = rows(400, 1, digits=digits)
    rank = np.floor(10 * probability)  # the probability says more than the rank, and orders rows otherwise
    weights = np.random.default_rng(2).multinomial(400, np.full(400, 1 / 400), size=20).astype(float)
    found = measures(outcome, rank, probability, share=0.1)(weights)
    assert list(found) == list(MEASURES)
    for draw, own in enumerate(weights):
        said = {name: each[draw] for name, each in found.items()}
        assert said == pytest.approx(alone(outcome, rank, probability, own, 0.1), rel=1e-9)


def test_a_list_that_ends_among_equals_counts_the_part_that_fits():
    found = measures([1, 1, 0, 1], [2, 1, 1, 0], [0.5] * 4, share=0.5)(np.ones((1, 4)))
    assert found["recall_at"] == pytest.approx([(1 + 0.5) / 3])
    assert found["precision_at"] == pytest.approx([(1 + 0.5) / 2])


def test_one_half_says_yes_and_a_certainty_that_was_wrong_costs_much_but_not_without_end():
    assert measures([1, 0], [2, 1], [0.5, 0.5], share=1)(np.ones((1, 2)))["accuracy"] == [0.5]
    assert measures([1, 1], [2, 1], [0.5, 0.49], share=1)(np.ones((1, 2)))["accuracy"] == [0.5]
    assert surprise(np.array([1.0, 0.0]), np.zeros(2)) == pytest.approx([-np.log(1e-6), 0], rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("name", ["calibration_slope", "calibration_intercept"])
def test_many_probabilities_put_together_leave_the_line_where_it_is(name):
    outcome, probability = rows(20_000, 3)
    found = measures(outcome, probability, probability, share=0.1)(np.ones((1, 20_000)))
    assert found[name][0] == pytest.approx(float(getattr(statistics, name)(outcome, probability)), abs=0.001)


def test_measures_taken_together_are_on_the_draws_of_those_taken_one_by_one():
    outcome, probability = rows(300, 4)
    together = resample_together(measures(outcome, probability, probability, share=0.1), n=300, draws=60, seed=5)
    single = resample({"auc": lambda weights: auc(outcome, probability, weights)}, n=300, draws=60, seed=5)
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
