import numpy as np
import pytest

from helpers.errors import WrongUse
from helpers.value import GammaGamma, Range, coverage, fit_bgnbd, fit_pareto_nbd, forecast, learn_spending

from .conftest import BG, PARETO, draw_world, rows

SPEND = GammaGamma(p=4.0, q=3.5, gamma=30.0)
TIME = 30.0


def spend_of(world, seed=6):
    """Mean spend so far of each customer, and what each spends later."""
    rng = np.random.default_rng(seed)
    days = world.customers.frequency
    scale = rng.gamma(SPEND.q, 1 / SPEND.gamma, days.size)
    so_far = np.divide(rng.gamma(SPEND.p * days) / scale, days, out=np.full(days.size, np.nan), where=days > 0)
    return so_far, rng.gamma(SPEND.p * world.later) / scale


@pytest.fixture(scope="module", params=["bg", "pareto"])
def told(request):
    """Of so many customers that chance moves the share beyond an end by less than a hundredth."""
    model, seed, fit = {"bg": (BG, 1, fit_bgnbd), "pareto": (PARETO, 2, fit_pareto_nbd)}[request.param]
    world = draw_world(model, n=12_000, seed=seed)
    so_far, later = spend_of(world)
    fitted, spending = fit(world.customers), learn_spending(world.customers.frequency, so_far, seed=1)
    return world, later, forecast(fitted, spending, world.customers, so_far, time=TIME, seed=1)


def test_intervals_cover_what_they_claim(told):
    world, later, found = told
    for foretold, actual in ((found.purchases, world.later), (found.value, later)):
        assert coverage(foretold, actual).lo > found.level == 0.8, "more, as of many the lower end is 0"
    some = found.value.hi > 0
    assert (later > found.value.hi)[some].mean() == pytest.approx(0.1, abs=0.015)


def test_totals_lie_within_their_range_and_what_is_expected_adds_up(told):
    world, later, found = told
    for total, each, actual in (
        (found.total_purchases, found.purchases, world.later),
        (found.total_value, found.value, later),
    ):
        assert total.value == pytest.approx(each.expected.sum())
        assert total.lo < total.value < total.hi
        assert total.value == pytest.approx(actual.sum(), abs=total.hi - total.lo)
        assert total.n == actual.size


def test_ends_of_counts_are_whole_numbers_about_what_is_expected(told):
    _, _, found = told
    assert (found.purchases.lo == np.floor(found.purchases.lo)).all()
    assert (found.purchases.lo <= found.purchases.hi).all()
    assert (found.value.lo <= found.value.hi).all()


def test_what_is_not_known_of_parameters_widens_the_total(bg_world):
    few = type(bg_world.customers)(*(column[:300] for column in bg_world.customers))
    fitted, spending = fit_bgnbd(few), learn_spending([0], [np.nan], seed=1)
    sure = fitted._replace(covariance=np.zeros((4, 4)))
    told, claimed = (
        forecast(each, spending, few, np.full(300, np.nan), time=TIME, seed=1).total_purchases
        for each in (fitted, sure)
    )
    assert told.hi - told.lo > 1.2 * (claimed.hi - claimed.lo)


def test_without_a_model_of_spend_value_has_no_ends(bg_world):
    so_far, _ = spend_of(bg_world)
    spending = learn_spending([1, 1], [8.0, 12.0], seed=1)
    found = forecast(fit_bgnbd(bg_world.customers), spending, bg_world.customers, so_far, time=TIME, seed=1)
    assert np.isnan(found.value.lo).all()
    assert (found.total_value.lo, found.total_value.hi) == (None, None)
    never = bg_world.customers.frequency == 0
    assert found.value.expected[never] == pytest.approx(found.purchases.expected[never] * 10)
    assert found.value.expected[~never] == pytest.approx(found.purchases.expected[~never] * so_far[~never])


def test_equal_seeds_give_equal_futures(bg_world):
    fitted, spending = fit_bgnbd(bg_world.customers), learn_spending([0], [np.nan], seed=1)
    few = rows((3, 10, 30), (0, 0, 30))
    one, two, three = (
        forecast(fitted, spending, few, [np.nan, np.nan], time=TIME, seed=seed).total_purchases for seed in (1, 1, 2)
    )
    assert one == two
    assert one._replace(lo=None, hi=None) == three._replace(lo=None, hi=None)


def test_rows_that_are_not_one_customer_each_are_refused(bg_world):
    fitted, spending = fit_bgnbd(bg_world.customers), learn_spending([0], [np.nan], seed=1)
    several = rows((3, 10, 30))._replace(people=np.array([2.0]))
    with pytest.raises(WrongUse, match="one customer"):
        forecast(fitted, spending, several, [np.nan], time=TIME, seed=1)
    with pytest.raises(WrongUse, match="one mean spend"):
        forecast(fitted, spending, rows((3, 10, 30)), [5.0, 6.0], time=TIME, seed=1)
    with pytest.raises(WrongUse, match="time is 0"):
        forecast(fitted, spending, rows((3, 10, 30)), [np.nan], time=0, seed=1)


def test_ends_belong_to_what_is_covered():
    foretold = Range(np.zeros(4), np.array([0.0, 1, 1, 2]), np.array([1.0, 2, 2, 3]))
    found = coverage(foretold, [1, 1, 3, 0])
    assert (found.value, found.numerator, found.n) == (0.5, 2, 4)
