from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import expit, logit
from scipy.stats import binomtest
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression

from helpers.errors import WrongUse
from helpers.statistics import (
    calibration_intercept,
    calibration_slope,
    fit_platt,
    reliability,
    resample,
)


@pytest.fixture
def rows():
    """What was said is too far apart and too low, by a known line; some of it several times."""
    rng = np.random.default_rng(11)
    probability = np.round(rng.beta(1, 3, 600), 2).clip(0.01, 0.99)
    outcome = (rng.random(600) < expit(0.4 + 0.7 * logit(probability))).astype(int)
    return outcome, probability, rng.integers(0, 4, (20, 600))


def theirs(outcome, probability, weights):
    """Slope by a regression, intercept by one with the logit as an offset, both of statsmodels."""
    x, family = logit(probability), sm.families.Binomial()
    slope = sm.GLM(outcome, sm.add_constant(x), family=family, freq_weights=weights).fit(tol=1e-12).params[1]
    ones = np.ones((len(x), 1))
    return slope, sm.GLM(outcome, ones, family=family, offset=x, freq_weights=weights).fit(tol=1e-12).params[0]


def test_equals_statsmodels_with_and_without_weights(rows):
    outcome, probability, weights = rows
    slope, intercept = theirs(outcome, probability, np.ones(600))
    assert float(calibration_slope(outcome, probability)) == pytest.approx(slope, abs=1e-7)
    assert float(calibration_intercept(outcome, probability)) == pytest.approx(intercept, abs=1e-7)
    expected = np.array([theirs(outcome, probability, row) for row in weights])
    assert calibration_slope(outcome, probability, weights) == pytest.approx(expected[:, 0], abs=1e-7)
    assert calibration_intercept(outcome, probability, weights) == pytest.approx(expected[:, 1], abs=1e-7)


def test_a_weight_is_a_repeated_row(rows):
    outcome, probability, weights = rows
    again = np.repeat(np.arange(600), weights[0])
    for measure in (calibration_slope, calibration_intercept):
        whole = measure(outcome[again], probability[again])
        assert measure(outcome, probability, weights[0]) == pytest.approx(float(whole), abs=1e-9)


def test_undefined_where_no_line_is_best():
    apart = np.array([0, 0, 0, 1, 1, 1])
    assert np.isnan(calibration_slope(apart, [0.1, 0.2, 0.3, 0.6, 0.7, 0.8]))  # a perfect order
    assert np.isnan(calibration_slope([0, 1, 0, 1], [0.3, 0.3, 0.3, 0.3]))  # one probability
    assert np.isnan(calibration_slope(apart, [0.5, 0.4, 0.3, 0.6, 0.2, 0.8], [[1, 1, 1, 0, 0, 0]])).all()
    assert np.isnan(calibration_intercept(apart, [0.5] * 6, [[1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1]])).tolist() == [
        True, False,
    ]  # fmt: skip


def test_a_probability_of_0_or_1_is_a_bold_one_and_no_end(rows):
    outcome, probability, _ = rows
    bold = np.where(probability < 0.05, 0.0, np.where(probability > 0.8, 1.0, probability))
    assert float(calibration_slope(outcome, bold)) < 0.5
    assert np.isfinite(calibration_intercept(outcome, bold))


def test_the_interval_of_a_slope_holds_what_was_planted(rows):
    outcome, probability, _ = rows
    slope = resample({"slope": lambda w: calibration_slope(outcome, probability, w)}, n=600, draws=400, seed=1)
    estimate = slope.estimate("slope")
    assert estimate.lo < 0.7 < estimate.hi
    assert estimate.hi - estimate.lo < 0.5


def test_parts_are_those_of_scikit_learn(rows):
    outcome, _, _ = rows
    probability = np.random.default_rng(3).permutation(np.linspace(0.01, 0.9, 600))  # no ties, tenths of 60 each
    share, predicted = calibration_curve(outcome, probability, n_bins=10, strategy="quantile")
    found = reliability(outcome, probability)
    assert [part.predicted for part in found] == pytest.approx(predicted.tolist())
    assert [part.share.value for part in found] == pytest.approx(share.tolist())
    wilson = binomtest(found[0].share.numerator, 60).proportion_ci(method="wilson")
    assert (found[0].share.lo, found[0].share.hi) == pytest.approx((wilson.low, wilson.high))


def test_equal_probabilities_stay_together_and_nobody_is_lost(rows):
    outcome, probability, _ = rows
    found = reliability(outcome, np.round(probability, 1))
    assert sum(part.share.n for part in found) == 600
    assert sum(part.share.numerator for part in found) == outcome.sum()
    assert all(part.predicted == pytest.approx(round(part.predicted, 1)) for part in found if part.share.n > 200)
    (whole,) = reliability(outcome, np.full(600, 0.3))
    assert (whole.predicted, whole.share.n) == (pytest.approx(0.3), 600)


def test_platts_line_is_a_logistic_regression_on_his_targets(rows):
    outcome, probability, _ = rows
    score = 100 * probability - 7
    high, low = (outcome.sum() + 1) / (outcome.sum() + 2), 1 / (600 - outcome.sum() + 2)
    hits = np.where(outcome == 1, high, low)
    twice = LogisticRegression(C=1e12, tol=1e-10, max_iter=1000).fit(
        np.concatenate([score, score])[:, None], [1] * 600 + [0] * 600, sample_weight=np.concatenate([hits, 1 - hits])
    )
    line = fit_platt(outcome, score)
    assert (line.slope, line.intercept) == pytest.approx((twice.coef_[0, 0], twice.intercept_[0]), abs=1e-4)


def test_what_platts_line_says_is_calibrated_where_it_was_learned(rows):
    outcome, probability, _ = rows
    said = fit_platt(outcome, logit(probability)).probability(logit(probability))
    assert float(calibration_slope(outcome, said)) == pytest.approx(1, abs=0.02)
    assert float(calibration_intercept(outcome, said)) == pytest.approx(0, abs=0.02)


def test_a_score_that_points_the_wrong_way_or_nowhere_says_the_same_of_everybody(rows):
    outcome, probability, _ = rows
    for score in (-probability, np.zeros(600)):
        line = fit_platt(outcome, score)
        assert line.slope == 0
        assert line.probability([0.0, 9.0]) == pytest.approx([outcome.mean()] * 2, abs=0.01)


def test_a_perfect_order_has_a_line_too():
    line = fit_platt([0, 0, 0, 1, 1, 1], [1, 2, 3, 4, 5, 6])
    assert line.slope > 0
    assert 0 < line.probability(1.0) < 0.5 < line.probability(6.0) < 1


@pytest.mark.parametrize("measure", [calibration_slope, calibration_intercept, reliability])
def test_refuses_what_is_no_probability(measure):
    with pytest.raises(WrongUse, match=r"probability is 1\.2; expected at most 1"):
        measure([0, 1], [0.3, 1.2])
    with pytest.raises(WrongUse, match="Outcomes must be 0 or 1"):
        measure([0, 2], [0.3, 0.4])


@pytest.mark.parametrize("probability", [0.3, 0.668, 0.86])
def test_everybodys_same_probability_has_no_slope(probability):
    outcome = np.random.default_rng(1).integers(0, 2, 400)
    weights = np.random.default_rng(2).multinomial(400, np.full(400, 1 / 400), size=10).astype(float)
    assert np.isnan(calibration_slope(outcome, np.full(400, probability), weights)).all()
    assert np.isfinite(calibration_intercept(outcome, np.full(400, probability), weights)).all()
