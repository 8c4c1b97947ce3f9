import numpy as np
import pytest

from helpers.errors import WrongUse
from helpers.value import BGNBD, Histories, actual_by_day, expected_by_day, fit_bgnbd, tracking_errors

from .conftest import BG, draw_world

TIME = 30.0


@pytest.fixture(scope="module")
def world():
    return draw_world(BG, n=1_500, seed=8)


def test_what_is_expected_starts_when_a_customer_does():
    found = expected_by_day(BG, first_day=[0, 0, 10], days=[0, 7, 10, 17])
    week, ten, seventeen = BG.expected_purchases([1.0, 10 / 7, 17 / 7])
    assert found == pytest.approx([0, 2 * week, 2 * ten, 2 * seventeen + week])


def test_what_came_is_counted_to_the_end_of_each_day():
    found = actual_by_day(repeat_day=[9, 3, 3, 20], count=[1, 2, 5, 4], days=[0, 3, 8, 9, 30])
    assert found.tolist() == [0, 7, 7, 8, 12]


def test_errors_are_expected_over_actual_of_the_holdout_and_of_all_weeks(world):
    fitted = fit_bgnbd(world.customers)
    found = tracking_errors(fitted, world.customers, world.later, time=TIME)
    ages = world.customers.age
    whole, half = (float(fitted.model.expected_purchases(each).sum()) for each in (ages + TIME, ages))
    assert found.holdout.value == pytest.approx((whole - half) / world.later.sum() - 1)
    assert found.cumulative.value == pytest.approx(whole / (world.later + world.customers.frequency).sum() - 1)
    for each in found:
        assert each.lo < 0 < each.hi, "the world is the model's"
        assert each.n == 1_500


def test_intervals_are_as_wide_as_those_of_models_fitted_on_customers_drawn_again(world):
    rng = np.random.default_rng(1)
    ratios = []
    for _ in range(40):
        drawn = rng.integers(0, 1_500, 1_500)
        customers = Histories(*(column[drawn] for column in world.customers))
        found = tracking_errors(fit_bgnbd(customers), customers, world.later[drawn], time=TIME)
        ratios.append([np.log1p(found.holdout.value), np.log1p(found.cumulative.value)])
    found = tracking_errors(fit_bgnbd(world.customers), world.customers, world.later, time=TIME)
    for each, spread in zip(found, np.std(ratios, axis=0, ddof=1), strict=True):
        assert np.log((1 + each.hi) / (1 + each.lo)) / (2 * 1.96) == pytest.approx(spread, rel=0.35)


def test_where_nobody_comes_back_there_is_no_ratio(world):
    found = tracking_errors(fit_bgnbd(world.customers), world.customers, np.zeros(1_500), time=TIME)
    assert np.isnan(found.holdout.value)
    assert (found.holdout.lo, found.holdout.hi) == (None, None)


def test_customers_and_what_came_of_them_are_as_many(world):
    with pytest.raises(WrongUse, match="1500 customers and 2 numbers"):
        tracking_errors(fit_bgnbd(world.customers), world.customers, [1, 2], time=TIME)


def test_a_curve_takes_any_unit_of_time():
    days = [5, 50]
    by_day = expected_by_day(BGNBD(BG.r, BG.alpha * 7, BG.a, BG.b), [0, 3], days, unit=1)
    assert by_day == pytest.approx(expected_by_day(BG, [0, 3], days))
