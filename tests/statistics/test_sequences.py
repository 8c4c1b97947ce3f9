import math

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from helpers.errors import WrongUse
from helpers.statistics import (
    Moments,
    difference_of_means,
    effective_size,
    sequence,
    sequence_of_difference,
    standard_errors,
)
from helpers.statistics.sequences import FEWEST

ALPHA = 0.05


def published(t, rho):
    """The asymptotic confidence sequence of Waudby-Smith et al. (2024) for a variance of 1, times the root of t."""
    inside = 2 * (t * rho**2 + 1) / (t**2 * rho**2) * math.log(math.sqrt(t * rho**2 + 1) / ALPHA)
    return math.sqrt(inside) * math.sqrt(t)


def test_the_boundary_is_the_published_one_at_the_rho_that_is_best_when_planned():
    planned = 5_000
    best = minimize_scalar(lambda log_rho: published(planned, math.exp(log_rho)), bounds=(-9, 0), method="bounded")
    rho = math.exp(best.x)
    for t in (10, 500, 5_000, 80_000):
        assert float(standard_errors(t, planned=planned)) == pytest.approx(published(t, rho), rel=1e-4)


def test_the_value_is_in_the_middle_and_the_width_that_of_both_samples():
    treated, control = Moments(400, 1_200.0, 9_000.0), Moments(600, 1_500.0, 8_000.0)
    found = sequence_of_difference(treated, control, planned=1_000)
    spread = (9_000 - 1_200**2 / 400) / 399 / 400 + (8_000 - 1_500**2 / 600) / 599 / 600
    assert found.value == 3 - 2.5
    assert (found.hi - found.lo) / 2 == pytest.approx(math.sqrt(spread) * float(standard_errors(1_000, planned=1_000)))
    assert (found.n, found.level) == (1_000, 0.95)
    assert found == sequence(0.5, math.sqrt(spread), 1_000, planned=1_000)


def test_it_is_wider_than_the_interval_of_one_look_and_wider_at_a_higher_level():
    treated, control = Moments(400, 1_200.0, 9_000.0), Moments(600, 1_500.0, 8_000.0)
    once = difference_of_means(treated, control)
    often, surer = (sequence_of_difference(treated, control, planned=1_000, level=level) for level in (0.95, 0.99))
    assert surer.lo < often.lo < once.lo < once.hi < often.hi < surer.hi


def walks(looks, *, seed):
    """Distances from 0, in standard errors, of 4,000 walks without drift, shape (4000, looks)."""
    steps = np.random.default_rng(seed).standard_normal((4_000, len(looks))) * np.sqrt(np.diff([0, *looks]))
    return np.abs(steps.cumsum(axis=1)) / np.sqrt(looks)


def test_looking_five_hundred_times_errs_less_than_once_in_twenty():
    looks = np.arange(20, 10_020, 20)
    walked = walks(looks, seed=7)
    assert 0.005 < np.mean((walked > standard_errors(looks, planned=looks[-1])).any(axis=1)) < ALPHA
    assert np.mean((walked > 1.96).any(axis=1)) > 0.4


@pytest.mark.parametrize("planned", [100, 10_000, 1_000_000])
def test_whatever_number_was_planned_the_promise_holds(planned):
    looks = np.unique(np.geomspace(10, 1e6, 400).astype(int))
    crossed = np.mean((walks(looks, seed=8) > standard_errors(looks, planned=planned)).any(axis=1))
    assert 0.005 < crossed < ALPHA


@pytest.mark.parametrize("share", [0.01, 0.05, 0.97])
@pytest.mark.parametrize(("small", "large"), [(20, 380), (100, 1_900)])
def test_a_small_arm_in_which_little_has_happened_does_not_break_it(share, small, large):
    rng, days = np.random.default_rng(9), np.arange(1, 43)
    won = [rng.binomial(people, share, (4_000, 42)).cumsum(axis=1) for people in (small, large)]
    counts = [days * people for people in (small, large)]
    shares = [each / n for each, n in zip(won, counts, strict=True)]
    error = np.sqrt(sum(p * (1 - p) / (n - 1) for p, n in zip(shares, counts, strict=True)))
    distance = np.abs(shares[0] - shares[1]) / np.maximum(error, 1e-9)
    crossed = distance > standard_errors(sum(counts), planned=42 * (small + large))
    carried = np.minimum(*(effective_size(n, each, each) for n, each in zip(counts, won, strict=True)))
    assert crossed.any(axis=1).mean() > ALPHA or (share, small) == (0.05, 100)
    assert (crossed & (carried >= FEWEST)).any(axis=1).mean() < ALPHA


def test_there_is_no_interval_before_each_arm_has_thirty_that_count():
    many = Moments(4_000, 400.0, 400.0)
    few, enough = (sequence_of_difference(Moments(500, won, won), many, planned=5_000) for won in (29.0, 30.0))
    assert (few.value, few.lo) == (29 / 500 - 0.1, None)
    assert enough.lo < enough.value
    nearly_all = Moments(500, 471.0, 471.0)
    assert sequence_of_difference(nearly_all, many, planned=5_000).lo is None
    one_large = Moments(500, 1_000.0 + 60 * 5, 1_000.0**2 + 60 * 25)
    assert float(effective_size(*one_large)) < 2
    assert sequence_of_difference(many, one_large, planned=5_000).lo is None


def test_no_variation_gives_no_interval():
    found = sequence_of_difference(Moments(50, 0.0, 0.0), Moments(50, 0.0, 0.0), planned=100)
    assert (found.value, found.lo, found.hi) == (0.0, None, None)
    tenths = Moments(90, 90 * 0.1, 90 * 0.1**2)
    assert sequence_of_difference(tenths, tenths, planned=100).lo is None


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"planned": 0}, "planned"),
        ({"level": 1.0}, "level"),
        ({"error": -1.0}, "error"),
        ({"error": math.nan}, "error"),
        ({"value": math.inf}, "value"),
        ({"n": 0}, "n is"),
    ],
)
def test_what_makes_no_sense_is_refused(changed, named):
    asked = {"value": 0.1, "error": 0.1, "n": 10, "planned": 100} | changed
    with pytest.raises(WrongUse, match=named):
        sequence(**asked)


def test_a_sample_of_one_has_no_variance():
    with pytest.raises(WrongUse, match="treated n"):
        sequence_of_difference(Moments(1, 1.0, 1.0), Moments(5, 1.0, 1.0), planned=10)
