import numpy as np
import pytest

from helpers.lift.error_rates import (
    coverage,
    false_positives,
    of_moments,
    of_successes,
    passes,
    pooled,
)
from helpers.lift.resplits import plant_amounts, split
from helpers.statistics import (
    Estimate,
    difference_of_means,
    difference_of_proportions,
    proportion,
)

VALUES, PEOPLE = [0.0, 20.0, 45.0, 300.0], [1_700, 200, 90, 10]


def splits(times=3_000):
    return split(VALUES, PEOPLE, rng=np.random.default_rng(1), times=times)


RIGHT, NARROW = of_moments(difference_of_means), of_moments(difference_of_means, level=0.8)


def test_a_right_interval_errs_once_in_twenty_and_a_narrow_one_is_found_out():
    right = false_positives(splits(), RIGHT)
    assert (right.n, right.level) == (3_000, 0.999)
    assert right.lo < 0.05 < right.hi
    assert passes(right, nominal=True)
    narrow = false_positives(splits(), NARROW)
    assert narrow.value == pytest.approx(0.2, abs=0.03)
    assert not passes(narrow, nominal=True)
    assert not passes(narrow, nominal=False)


def test_a_rate_that_is_too_low_is_no_nominal_one_and_a_conservative_one():
    low = Estimate(0.01, 0.008, 0.013, 0.999, 20_000, "Wilson score", 200)
    assert not passes(low, nominal=True)
    assert passes(low, nominal=False)
    assert passes(low, nominal=None)
    near = Estimate(0.052, 0.047, 0.057, 0.999, 20_000, "Wilson score", 1_040)
    assert [passes(near, nominal=each) for each in (True, False, None)] == [True, False, True]
    above = Estimate(0.061, 0.056, 0.067, 0.999, 20_000, "Wilson score", 1_220)
    assert not passes(above, nominal=None)


def test_where_there_is_no_interval_nothing_is_claimed():
    same = split([7.0], [100], rng=np.random.default_rng(1), times=50)
    assert false_positives(same, RIGHT).value == 0
    assert coverage(same, RIGHT, np.full(50, 9.0)).value == 1


def test_planted_effects_are_covered_and_others_are_not():
    gains = np.linspace(0, 0.4, 3_000)
    planted, whole = plant_amounts(splits(), gains), splits().whole
    truth = gains * whole[1] / whole[0]
    assert coverage(planted, RIGHT, truth).value == pytest.approx(0.95, abs=0.015)
    assert coverage(planted, NARROW, truth).value < 0.85
    assert coverage(planted, RIGHT, truth + 3).value < 0.6


def test_shares_are_told_by_their_own_interval():
    converted = split([0.0, 1.0], [1_800, 200], rng=np.random.default_rng(1), times=2_000)
    rate = false_positives(converted, of_successes(difference_of_proportions))
    assert rate.lo < 0.05 < rate.hi


def test_rates_of_several_arms_are_one_rate():
    found = pooled([proportion(2_000, 90, level=0.999), proportion(3_000, 160, level=0.999)])
    assert found == proportion(5_000, 250, level=0.999)
