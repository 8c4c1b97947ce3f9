"""Empirical Bayes held against scipy's distributions, statsmodels' regression, and truths that were drawn."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import integrate, stats

from helpers.statistics.shrinkage import (
    FEWEST,
    Means,
    Rates,
    Shares,
    fit_means,
    fit_rates,
    fit_shares,
    level,
    strength,
)

PEOPLE = 20_000
ONE = np.ones(PEOPLE)


@pytest.fixture
def rng():
    return np.random.default_rng(21)


def drawn_shares(rng):
    n = rng.geometric(0.15, PEOPLE)
    truth = rng.beta(2, 6, PEOPLE)
    return truth, rng.binomial(n, truth), n


def drawn_means(rng):
    n = rng.geometric(0.15, PEOPLE)
    pace = rng.gamma(3.5, 1 / 120, PEOPLE)
    return 4 / pace, rng.gamma(4 * n, 1 / pace), n


def drawn_rates(rng):
    rate, exposure = rng.gamma(2, 1 / 60, PEOPLE), rng.uniform(30, 700, PEOPLE)
    return 1 / rate, rng.poisson(rate * exposure), exposure


def test_the_beta_is_the_one_under_which_the_counts_are_likeliest(rng):
    _, k, n = drawn_shares(rng)
    fitted = fit_shares(k, n, ONE)

    def likelihood(a, b):
        return stats.betabinom.logpmf(k, n, a, b).sum()

    best = likelihood(fitted.yes, fitted.no)
    assert all(
        likelihood(fitted.yes * x, fitted.no * y) < best for x, y in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99))
    )
    assert (fitted.yes, fitted.no) == (pytest.approx(2, rel=0.15), pytest.approx(6, rel=0.15))


def test_the_gamma_of_rates_is_that_of_a_negative_binomial_regression(rng):
    _, k, exposure = drawn_rates(rng)
    fitted = fit_rates(k, exposure, ONE)
    model = sm.NegativeBinomial(k, np.ones((PEOPLE, 1)), exposure=exposure).fit(disp=0)
    intercept, alpha = model.params
    assert fitted.events == pytest.approx(1 / alpha, rel=1e-3)
    assert fitted.events / fitted.time == pytest.approx(np.exp(intercept), rel=1e-3)


def test_the_gamma_gamma_is_found_again(rng):
    _, total, n = drawn_means(rng)
    fitted = fit_means(total, n, ONE)
    assert fitted.shape == pytest.approx(4, rel=0.1)
    assert fitted.weight == pytest.approx(3.5, rel=0.1)
    assert fitted.scale == pytest.approx(120, rel=0.15)


def test_equal_people_are_one_row_that_counts_for_all(rng):
    _, k, n = drawn_shares(rng)
    pairs, people = np.unique(np.stack([k, n]), axis=1, return_counts=True)
    assert fit_shares(*pairs, people) == pytest.approx(fit_shares(k, n, ONE), rel=1e-4)


@pytest.mark.parametrize(
    ("draw", "fit"), [(drawn_shares, fit_shares), (drawn_means, fit_means), (drawn_rates, fit_rates)]
)
def test_four_of_five_intervals_hold_the_truth_whatever_was_observed(rng, draw, fit):
    truth, seen, n = draw(rng)
    posterior = fit(seen, n, ONE).posterior(seen, n)
    inside = (posterior.lo <= truth) & (truth <= posterior.hi)
    counts = seen if draw is drawn_rates else n
    for few in (counts <= 3, (counts > 3) & (counts <= 10), counts > 10):
        error = np.sqrt(0.8 * 0.2 / few.sum())
        assert inside[few].mean() == pytest.approx(0.8, abs=0.01 + 3 * error)


def test_a_posterior_of_a_share_is_that_of_scipy():
    found = Shares(2, 6).posterior([0, 3, 40], [0, 3, 50])
    for place, (a, b) in enumerate(((2, 6), (5, 6), (42, 16))):
        own = stats.beta(a, b)
        assert (found.mean[place], found.lo[place], found.hi[place]) == pytest.approx((own.mean(), *own.interval(0.8)))
    assert found.confidence == pytest.approx(
        [0, *(1 - stats.beta.var(a, b) / stats.beta.var(2, 6) for a, b in ((5, 6), (42, 16)))]
    )


def test_a_posterior_of_a_mean_is_the_integral_over_all_means():
    prior = Means(4, 3.5, 120)
    found = prior.posterior(300.0, 5)

    def weight(pace):
        return stats.gamma.pdf(pace, 3.5, scale=1 / 120) * stats.gamma.pdf(300.0, 4 * 5, scale=1 / pace)

    total = integrate.quad(weight, 0, 2)[0]
    mean = integrate.quad(lambda pace: 4 / pace * weight(pace), 1e-9, 2)[0] / total
    below = integrate.quad(weight, 4 / float(found.lo), 2)[0] / total  # a mean below lo is a pace above 4 / lo
    assert found.mean == pytest.approx(mean, rel=1e-6)
    assert below == pytest.approx(0.1, abs=1e-6)


def test_nothing_observed_knows_what_the_population_knows():
    for prior, seen in ((Shares(2, 6), (0, 0)), (Means(4, 3.5, 120), (0, 0)), (Rates(2, 60), (0, 0))):
        assert prior.posterior(*seen).confidence == pytest.approx(0)


@pytest.mark.parametrize("rate", [0.1, 0.25, 0.5])
def test_the_more_is_observed_at_one_rate_the_surer(rate):
    n = np.arange(0, 400, 20)
    assert (np.diff(Shares(2, 6).posterior(rate * n, n).confidence) >= 0).all()
    assert (np.diff(Means(4, 3.5, 120).posterior(50.0 * n, n).confidence) > 0).all()
    assert (np.diff(Rates(2, 60).posterior(n, n / rate).confidence) > 0).all()


def test_few_people_teach_nothing():
    k, n, one = np.ones(FEWEST - 1), np.full(FEWEST - 1, 3), np.ones(FEWEST - 1)
    assert (fit_shares(k, n, one), fit_means(k, n, one), fit_rates(k, n, one)) == (None, None, None)
    assert (
        fit_shares(np.r_[k, 0], np.r_[n, 0], np.r_[one, 5]) is None
    )  # who gave no opportunity is nobody to learn from
    assert fit_rates([0], [10.0], [100]) is None
    assert fit_shares([1], [3], [FEWEST]) is not None


def test_people_who_do_not_differ_make_a_sharp_prior(rng):
    n = np.full(PEOPLE, 10)
    fitted = fit_shares(rng.binomial(n, 0.3), n, ONE)
    assert fitted.yes / (fitted.yes + fitted.no) == pytest.approx(0.3, abs=0.01)
    assert fitted.posterior(10, 10).mean < 0.35


@pytest.mark.parametrize(
    ("n", "called"), [(0, "low"), (3, "low"), (5, "low"), (6, "medium"), (47, "medium"), (48, "high"), (50, "high")]
)
def test_three_interactions_are_low_and_fifty_high(n, called):
    assert level(n) == called


def test_half_is_known_at_twelve():
    assert strength([0, 3, 12, 50]) == pytest.approx([0, 0.2, 0.5, 50 / 62])
