import numpy as np
import pytest

from helpers.errors import WrongUse
from helpers.value import LAST_PERIOD, MEAN_RATE, MODEL, against_rules, by_frequency, by_tenth, mean_rate

from .conftest import rows


def test_parts_by_frequency_end_with_seven_or_more():
    parts = by_frequency([0, 0, 1, 7, 30], expected=[1, 2, 3, 4, 8], actual=[0, 2, 5, 1, 3])
    assert [(part.name, part.expected, part.actual.value, part.actual.n) for part in parts] == [
        (0, 1.5, 1, 2), (1, 3, 5, 1), (7, 6, 2, 2),
    ]  # fmt: skip
    assert parts[0].actual.lo < 1 < parts[0].actual.hi
    assert parts[1].actual.lo is None, "one customer allows no interval"


def test_tenths_are_by_what_was_expected():
    expected = np.arange(100.0)[::-1]
    parts = by_tenth(expected, expected * 2)
    assert [part.name for part in parts] == list(range(1, 11))
    assert [part.actual.n for part in parts] == [10] * 10
    assert parts[0].expected == 4.5
    assert parts[-1].actual.value == 2 * 94.5


def test_of_whom_the_same_is_expected_stand_together():
    parts = by_tenth([0.1 + 0.2] * 50 + [0.3] * 50 + [9.0] * 10, np.ones(110))
    assert [part.actual.n for part in parts] == [100, 10]


def test_the_mean_rate_goes_on():
    assert mean_rate(rows((6, 10, 12), (0, 0, 5), (0, 0, 0)), 4.0).tolist() == [2, 0, 0]


def test_errors_are_those_of_the_same_customers():
    actual = np.array([0.0, 2, 4, 0])
    found = against_rules(actual, [1, 2, 3, 0], {MEAN_RATE: [2, 2, 2, 2], LAST_PERIOD: actual}, seed=1)
    assert list(found) == [MODEL, MEAN_RATE, LAST_PERIOD]
    model, rate, period = found.values()
    assert (model.bias.value, model.mae.value, model.rmse.value) == (0, 0.5, pytest.approx(0.5**0.5))
    assert (rate.bias.value, rate.mae.value, rate.rmse.value) == (0.5, 1.5, pytest.approx(3**0.5))
    assert model.over_model is None
    assert rate.over_model.value == pytest.approx(3**0.5 - 0.5**0.5)
    assert period.over_model.value == pytest.approx(-(0.5**0.5))


def test_a_better_way_is_told_by_an_interval_of_the_difference():
    rng = np.random.default_rng(1)
    rate = rng.gamma(1, 2, 2_000)
    actual = rng.poisson(rate)
    found = against_rules(actual, rate, {MEAN_RATE: rng.poisson(rate)}, seed=1)
    assert found[MEAN_RATE].over_model.lo > 0


def test_columns_of_different_length_are_refused():
    with pytest.raises(WrongUse, match="one number of each customer"):
        by_tenth([1, 2], [1])
    with pytest.raises(WrongUse, match="one number of each customer"):
        against_rules([1, 2], [1, 2], {MEAN_RATE: [1]}, seed=1)
