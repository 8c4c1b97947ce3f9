import numpy as np
import pytest

from helpers.value import learn_spending
from helpers.value.spend import correlation


def spends(n, *, related, seed=1):
    rng = np.random.default_rng(seed)
    days = rng.geometric(0.3, n).astype(float)
    mean = rng.gamma(4 * days) / rng.gamma(3.5, 1 / 30, n) / days
    return days, mean * days if related else mean


def test_where_frequency_and_spend_are_unrelated_gamma_gamma_is_used():
    days, mean = spends(1_000, related=False)
    found = learn_spending(days, mean, seed=1)
    assert found.reason == ""
    assert abs(found.correlation.value) < 0.2
    assert found.correlation.value == pytest.approx(np.corrcoef(days, mean)[0, 1])
    one = found.expected([2.0], [1_000.0])
    assert found.mean < one[0] < 1_000, "one person's mean is held against everybody's"


def test_where_they_are_related_each_goes_on_as_so_far():
    found = learn_spending(*spends(1_000, related=True), seed=1)
    assert found.fitted is None
    assert found.correlation.lo > 0.2
    assert found.reason == (
        f"How often customers order and how much they spend are related (r = {found.correlation.value:.2f})."
    )
    assert found.expected([2, 0], [1_000, np.nan]).tolist() == [1_000, found.mean]


def test_where_everybody_is_alike_there_is_no_relation_to_know():
    found = learn_spending(np.full(200, 2.0), np.full(200, 9.0), seed=1)
    assert found.fitted is None
    assert found.expected([1], [9]).tolist() == [9]


def test_too_few_customers_are_told():
    found = learn_spending([1, 2, 0], [5, 7, np.nan], seed=1)
    assert found.reason == "On a second day fewer than 10 customers spent; Gamma-Gamma is fitted on 100 or more."
    assert found.correlation is None
    assert found.mean == 6
    assert np.isnan(learn_spending([0], [np.nan], seed=1).mean)


def test_a_mean_that_refunds_took_away_says_nothing():
    days, mean = spends(500, related=False)
    kept = learn_spending(days, mean, seed=1)
    with_refunds = learn_spending([*days, 3, 3], [*mean, -20, 0], seed=1)
    assert with_refunds.fitted.model == kept.fitted.model
    assert with_refunds.expected([3], [-20]).tolist() == with_refunds.expected([0], [np.nan]).tolist()


def test_a_correlation_is_that_of_the_rows_with_equal_draws_for_equal_seeds():
    left, right = np.random.default_rng(3).normal(size=(2, 300))
    found = correlation(left, left + right, seed=2)
    assert found == correlation(left, left + right, seed=2)
    assert found.lo < 0.5**0.5 < found.hi
