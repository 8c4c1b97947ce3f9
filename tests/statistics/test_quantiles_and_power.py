"""Oracles: the binomial distribution by adding it up, simulated truths, and statsmodels."""

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import NormalIndPower

from helpers.errors import WrongUse
from helpers.statistics import (
    Estimate,
    detectable_difference,
    difference_of_quantiles,
    needed_units,
    power_of_difference,
    quantile_ranks,
    ratio_of_quantiles,
)


def quantile(values, share, level=0.95):
    ranks, ordered = quantile_ranks(len(values), share, level=level), np.sort(values)
    ends = (None, None) if ranks.lo is None else (ordered[ranks.lo - 1], ordered[ranks.hi - 1])
    return Estimate(ordered[ranks.value - 1], *ends, level, len(values), "order statistics")


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(("n", "share"), [(20, 0.5), (101, 0.9), (1_000, 0.99), (50_000, 0.25)])
def test_ranks_hold_the_quantile_as_often_as_they_say_and_no_narrower_ones_do(n, share, level):
    lo, _, hi = quantile_ranks(n, share, level=level)
    below = stats.binom(n, share)
    assert below.cdf(hi - 1) - below.cdf(lo - 1) >= level
    assert below.cdf(hi - 2) < (1 + level) / 2
    assert below.sf(lo) < (1 + level) / 2 <= below.sf(lo - 1) + 1e-12


def test_the_place_of_a_quantile_is_numpys():
    values = np.random.default_rng(1).lognormal(size=777)
    for share in (0.07, 0.5, 0.9, 0.999):
        assert quantile(values, share).value == np.quantile(values, share, method="inverted_cdf")
    assert quantile_ranks(100, 0.07).value == 7


def test_a_sample_too_small_has_no_interval():
    assert quantile_ranks(5, 0.5)[::2] == (None, None)
    assert quantile_ranks(100, 0.99)[::2] == (None, None)
    few, many = quantile(np.arange(1, 5), 0.5), quantile(np.arange(1, 50), 0.5)
    for compare in (difference_of_quantiles, ratio_of_quantiles):
        assert compare(few, many)[1:3] == (None, None)
        assert compare(few, many).n == 53
    reaching = Estimate(5, 0.0, 9.0, 0.95, 20, "order statistics")
    assert ratio_of_quantiles(reaching, many)[:3] == (5 / 25, None, None)


def test_differences_and_ratios_of_quantiles_cover_a_simulated_truth():
    rng = np.random.default_rng(2)
    truth = np.exp(0.5 * stats.norm.ppf(0.9))
    held = np.zeros(2)
    for _ in range(1_000):
        ours, theirs = (quantile(scale * rng.lognormal(0, 0.5, 400), 0.9) for scale in (1.3, 1.0))
        difference, ratio = difference_of_quantiles(ours, theirs), ratio_of_quantiles(ours, theirs)
        held += difference.lo <= 0.3 * truth <= difference.hi, ratio.lo <= 1.3 <= ratio.hi
    # order statistics are conservative, so only too few is a fault
    assert all(stats.binomtest(int(count), 1_000, 0.95, alternative="less").pvalue > 0.001 for count in held)
    assert all(count < 985 for count in held)


@pytest.mark.parametrize("level", [0.9, 0.95])
@pytest.mark.parametrize(("n", "m", "effect"), [(250, 250, 0.5), (1_000, 100, 0.2), (40, 60, 3)])
def test_power_agrees_with_statsmodels(n, m, effect, level):
    oracle = NormalIndPower().power(effect / 2, n, 1 - level, ratio=m / n)
    assert power_of_difference(-effect, 2, n, m, level=level) == pytest.approx(oracle)
    found = detectable_difference(2, n, m, level=level, power=0.9)
    one_sided = {"ratio": m / n, "alternative": "larger"}
    assert NormalIndPower().power(found / 2, n, (1 - level) / 2, **one_sided) == pytest.approx(0.9)


@pytest.mark.parametrize("share", [0.5, 0.1])
def test_needed_units_agree_with_statsmodels(share):
    per_arm = NormalIndPower().solve_power(
        0.3 / 2, alpha=0.025, power=0.8, ratio=(1 - share) / share, alternative="larger"
    )
    assert needed_units(-0.3, 2, treated=share) == math.ceil(per_arm / share)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: quantile_ranks(0, 0.5), "n is 0; expected at least 1."),
        (lambda: quantile_ranks(5, 1), "share is 1; expected below 1."),
        (lambda: needed_units(0, 2), "effect is 0; expected one that is not 0."),
        (lambda: needed_units(1, 0), "deviation is 0; expected above 0."),
        (lambda: needed_units(1, 1, treated=1), "treated is 1; expected below 1."),
        (lambda: detectable_difference(2, 5, 5, power=0.05), "power is 0.05; expected above"),
        (lambda: power_of_difference(2, 5, 0, 5), "n_treated is 0; expected at least 1."),
        (
            lambda: ratio_of_quantiles(*[Estimate(0, None, None, 0.95, 3, "order statistics")] * 2),
            "treated quantile is 0; expected above 0.",
        ),
    ],
)
def test_arguments_are_refused_in_the_same_words(call, message):
    with pytest.raises(WrongUse, match=message):
        call()
