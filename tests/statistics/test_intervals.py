"""Oracles: statsmodels, scipy on rows, and the tables of the papers."""

import math
import re

import numpy as np
import pytest
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from helpers.errors import WrongUse
from helpers.statistics import (
    Moments,
    Successes,
    difference_of_means,
    difference_of_proportions,
    mean,
    p_of_difference_of_means,
    p_of_difference_of_proportions,
    proportion,
    ratio_of_means,
    ratio_of_proportions,
)

PAIRS = [((2_131, 389), (2_130, 226)), ((56, 48), (70, 20)), ((9, 3), (10, 7)), ((12, 12), (9, 1))]


def rows(seed, n, *, scale=1.0):
    rng = np.random.default_rng(seed)
    return np.where(rng.random(n) < 0.4, rng.lognormal(1, 0.8, n) * scale, 0.0)


def sums(values):
    return Moments(len(values), float(np.sum(values)), float(np.sum(values**2)))


def ends(estimate):
    return estimate.lo, estimate.hi


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(("n", "successes"), [(1, 0), (1, 1), (10, 0), (10, 10), (263, 81), (21_306, 2_262)])
def test_proportion_agrees_with_statsmodels(n, successes, level):
    estimate = proportion(n, successes, level=level)
    assert ends(estimate) == pytest.approx(
        proportion_confint(successes, n, 1 - level, method="wilson"), rel=1e-12, abs=1e-15
    )
    assert (estimate.value, estimate.n, estimate.numerator, estimate.level) == (
        successes / n,
        n,
        successes,
        level,
    )


def test_proportion_agrees_with_newcombes_table():
    # Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3
    for (successes, n), (lo, hi) in {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }.items():
        assert ends(proportion(n, successes)) == pytest.approx((lo, hi), abs=5e-5)


def test_proportion_ends_are_exact_where_nobody_or_everybody_said_yes():
    for n in range(1, 400):
        assert proportion(n, 0).lo == 0.0
        assert proportion(n, n).hi == 1.0


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("n", [2, 30, 5_000])
def test_mean_agrees_with_scipy_on_rows(n, level):
    values = rows(n, n) + 1 + np.arange(n) % 2
    estimate = mean(*sums(values), level=level)
    oracle = stats.t.interval(level, n - 1, loc=values.mean(), scale=stats.sem(values))
    assert ends(estimate) == pytest.approx(oracle, rel=1e-9)
    assert estimate.value == pytest.approx(values.mean(), rel=1e-12)
    assert (estimate.n, estimate.numerator) == (n, None)


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(("treated", "control"), PAIRS)
def test_difference_of_proportions_agrees_with_statsmodels(treated, control, level):
    estimate = difference_of_proportions(Successes(*treated), Successes(*control), level=level)
    oracle = confint_proportions_2indep(
        treated[1], treated[0], control[1], control[0], method="newcomb", compare="diff", alpha=1 - level
    )
    assert ends(estimate) == pytest.approx(oracle, rel=1e-9)
    assert estimate.value == pytest.approx(treated[1] / treated[0] - control[1] / control[0])
    assert estimate.n == treated[0] + control[0]


def test_difference_of_proportions_agrees_with_newcombes_table():
    # Newcombe (1998), Interval estimation for the difference, table II, method 10
    for (a, m, b, n), (lo, hi) in {
        (56, 70, 48, 80): (0.0524, 0.3339),
        (9, 10, 3, 10): (0.1705, 0.8090),
        (5, 56, 0, 29): (-0.0381, 0.1926),
        (10, 10, 0, 10): (0.6075, 1.0),
    }.items():
        assert ends(difference_of_proportions(Successes(m, a), Successes(n, b))) == pytest.approx((lo, hi), abs=5e-5)


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(("treated", "control"), PAIRS)
def test_ratio_of_proportions_agrees_with_statsmodels(treated, control, level):
    estimate = ratio_of_proportions(Successes(*treated), Successes(*control), level=level)
    oracle = confint_proportions_2indep(
        treated[1], treated[0], control[1], control[0], method="log", compare="ratio", alpha=1 - level
    )
    assert ends(estimate) == pytest.approx(oracle, rel=1e-9)
    assert estimate.value == pytest.approx(treated[1] * control[0] / treated[0] / control[1])


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(("n", "m"), [(2, 3), (40, 25), (5_000, 4_000)])
def test_difference_of_means_agrees_with_statsmodels_and_scipy_on_rows(n, m, level):
    ours, theirs = rows(n, n, scale=3) + np.arange(n), rows(m + 1, m) + np.arange(m)
    estimate = difference_of_means(sums(ours), sums(theirs), level=level)
    by_rows = CompareMeans(DescrStatsW(ours), DescrStatsW(theirs))
    assert ends(estimate) == pytest.approx(by_rows.tconfint_diff(1 - level, usevar="unequal"), rel=1e-6)
    welch = stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(level)
    assert ends(estimate) == pytest.approx((welch.low, welch.high), rel=1e-6)
    assert estimate.value == pytest.approx(ours.mean() - theirs.mean())
    assert estimate.n == n + m


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(("n", "m"), [(12, 9), (400, 300), (5_000, 60)])
def test_ratio_of_means_ends_where_welchs_test_of_a_scaled_control_ends(n, m, level):
    ours, theirs = rows(7, n, scale=1.5) + 0.5, rows(8, m) + 0.5
    estimate = ratio_of_means(sums(ours), sums(theirs), level=level)
    assert estimate.value == pytest.approx(ours.mean() / theirs.mean())
    # degrees of freedom depend on the ratio that is tested; they are held at the estimate's
    degrees = stats.ttest_ind(ours, estimate.value * theirs, equal_var=False).df

    def beyond(ratio):
        distance = abs(ours.mean() - ratio * theirs.mean())
        return distance / math.hypot(stats.sem(ours), ratio * stats.sem(theirs)) - stats.t.ppf((1 + level) / 2, degrees)

    lo = optimize.brentq(beyond, 0, estimate.value, xtol=1e-13)
    hi = optimize.brentq(beyond, estimate.value, 50 * estimate.value, xtol=1e-13)
    assert ends(estimate) == pytest.approx((lo, hi), rel=1e-9)


def test_a_control_that_may_be_zero_bounds_no_ratio():
    control = np.array([0.0, 0, 0, 0, 0, 0, 9])
    assert ends(ratio_of_means(sums(rows(7, 400)), sums(control))) == (None, None)
    assert ratio_of_means(sums(rows(7, 400)), sums(control)).value > 0


def test_p_values_agree_with_statsmodels_and_scipy():
    ours, theirs = rows(7, 400, scale=1.2), rows(8, 300)
    welch = stats.ttest_ind(ours, theirs, equal_var=False).pvalue
    assert p_of_difference_of_means(sums(ours), sums(theirs)) == pytest.approx(welch)
    for (m, a), (n, b) in PAIRS:
        pooled = proportions_ztest([a, b], [m, n])[1]
        assert p_of_difference_of_proportions(Successes(m, a), Successes(n, b)) == pytest.approx(pooled)
    assert p_of_difference_of_proportions(Successes(5, 0), Successes(9, 0)) == 1
    assert p_of_difference_of_means(sums(np.ones(3)), sums(np.ones(4))) == 1


def test_ratio_of_means_covers_a_simulated_truth():
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(1_000):
        ours, theirs = 1.3 * rng.gamma(2, size=200), rng.gamma(2, size=150)
        estimate = ratio_of_means(sums(ours), sums(theirs))
        covered += estimate.lo <= 1.3 <= estimate.hi
    assert stats.binomtest(covered, 1_000, 0.95).pvalue > 0.001


@pytest.mark.parametrize("value", [0.0, 0.1, 29.99, 1e6 / 3])
def test_where_nothing_varies_there_is_no_interval(value):
    same = sums(np.full(7, value))
    for estimate in (mean(*same), difference_of_means(same, same)):
        assert ends(estimate) == (None, None)
    if value:
        assert ends(ratio_of_means(same, same)) == (None, None)


def test_one_arm_without_variation_still_has_an_interval():
    ours, theirs = rows(3, 50), np.zeros(40)
    welch = stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(0.95)
    assert ends(difference_of_means(sums(ours), sums(theirs))) == pytest.approx((welch.low, welch.high))


def test_a_ratio_of_everyone_to_everyone_has_no_interval():
    assert ends(ratio_of_proportions(Successes(5, 5), Successes(4, 4))) == (None, None)


GOOD, COUNTS = Moments(9, 9.0, 20.0), Successes(9, 3)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: proportion(0, 0), "sample n is 0; expected at least 1."),
        (lambda: proportion(3, 4), "sample successes is 4; expected at most 3."),
        (lambda: proportion(3, -1), "sample successes is -1; expected at least 0."),
        (lambda: proportion(3, 1, level=95), "level is 95; expected below 1."),
        (lambda: mean(1, 1.0, 1.0), "sample n is 1; expected at least 2."),
        (lambda: mean(3, math.nan, 1.0), "sample total is nan; expected above -inf."),
        (lambda: mean(3, 1.0, math.inf), "sample squares is inf; expected below inf."),
        (lambda: mean(3, 6.0, 11.9), "sample squares is 11.9, less than any 3 values of sum 6.0 have."),
        (lambda: mean(3, 6.0, 13.0, level=0), "level is 0; expected above 0."),
        (lambda: difference_of_proportions(COUNTS, Successes(0, 0)), "control n is 0; expected at least 1."),
        (
            lambda: difference_of_proportions(Successes(2, 3), COUNTS),
            "treated successes is 3; expected at most 2.",
        ),
        (
            lambda: ratio_of_proportions(COUNTS, Successes(5, 0)),
            "control successes is 0; expected at least 1.",
        ),
        (
            lambda: ratio_of_proportions(Successes(5, 0), COUNTS),
            "treated successes is 0; expected at least 1.",
        ),
        (lambda: difference_of_means(GOOD, Moments(1, 1.0, 1.0)), "control n is 1; expected at least 2."),
        (lambda: ratio_of_means(GOOD, Moments(2, -1.0, 5.0)), "control total is -1.0; expected above 0."),
        (lambda: ratio_of_means(Moments(2, 0.0, 5.0), GOOD), "treated total is 0.0; expected above 0."),
        (lambda: difference_of_means(GOOD, GOOD, level=1), "level is 1; expected below 1."),
        (lambda: ratio_of_proportions(COUNTS, COUNTS, level=1), "level is 1; expected below 1."),
    ],
)
def test_arguments_are_refused_in_the_same_words(call, message):
    with pytest.raises(WrongUse, match=re.escape(message)):
        call()


def test_the_figures_of_hillstrom():
    # Hillstrom (2008), MineThatData challenge: people, visits, total and total of squares of spend, by arm
    none, mens, womens = Successes(21_306, 2_262), Successes(21_307, 3_894), Successes(21_387, 3_238)
    rates = [proportion(*arm).value for arm in (none, mens, womens)]
    assert rates == pytest.approx([0.106167, 0.182757, 0.151400], abs=5e-7)
    spend_none = Moments(21_306, 13_908.33, 2_870_050.3621)
    spend_mens = Moments(21_307, 30_311.69, 6_759_024.4973)
    added = difference_of_means(spend_mens, spend_none)
    assert added.value == pytest.approx(0.7698, abs=5e-5)
    # with tens of thousands of people the t quantile is the normal one
    assert (added.hi - added.lo) / 2 / stats.norm.ppf(0.975) == pytest.approx(0.1453, abs=5e-5)
