import numpy as np
import pytest
from scipy import integrate, stats
from scipy.special import expit

from helpers.errors import NothingToDo
from helpers.value import BGNBD, fit_bgnbd

from .conftest import BG, draw_world, rows

PUBLISHED = BGNBD(0.243, 4.414, 0.793, 2.426)
SOME = rows((0, 0, 20), (1, 3, 38.86), (2, 30.43, 38.86), (9, 30, 31))


def averaged(model, of):
    """Mean of a figure of rate and chance to leave over the population, by integration on a grid."""
    log_rate, logit = np.linspace(-80, 6, 1_500), np.linspace(-22, 22, 900)
    rate, leaves = np.exp(log_rate)[:, None], expit(logit)
    weight = stats.gamma.pdf(rate, model.r, scale=1 / model.alpha) * rate
    weight = weight * stats.beta.pdf(leaves, model.a, model.b) * leaves * expit(-logit)
    return integrate.simpson(integrate.simpson(weight * of(rate, leaves), x=logit, axis=1), x=log_rate)


def stayed(x, age):
    return lambda rate, leaves: (rate * (1 - leaves)) ** x * np.exp(-rate * age)


def left(x, recency):
    return lambda rate, leaves: (x > 0) * leaves * (1 - leaves) ** (x - 1) * rate**x * np.exp(-rate * recency)


@pytest.mark.parametrize("model", [PUBLISHED, BGNBD(1.5, 30.0, 2.0, 0.7)])
def test_likelihood_aliveness_and_expectation_are_those_of_the_individual_model(model):
    for place, (x, recency, age, _) in enumerate(zip(*SOME, strict=True)):
        alive, gone = averaged(model, stayed(x, age)), averaged(model, left(x, recency))
        assert model.log_likelihood(SOME)[place] == pytest.approx(np.log(alive + gone), abs=1e-6)
        assert model.p_alive(SOME)[place] == pytest.approx(alive / (alive + gone), rel=1e-6)

        def next_orders(rate, leaves, x=x, age=age):
            return stayed(x, age)(rate, leaves) * -np.expm1(-rate * leaves * 52) / leaves

        expected = averaged(model, next_orders) / (alive + gone)
        assert model.expected_next(SOME, 52.0)[place] == pytest.approx(expected, rel=1e-6)


def test_who_never_came_back_cannot_have_left():
    assert PUBLISHED.p_alive(rows((0, 0, 500))).tolist() == [1.0]


@pytest.mark.parametrize("leave", [(0.9, 3.0), (2e-5, 1_000.0), (4.0, 0.2)])
def test_drawn_orders_are_expected_on_average(leave):
    model = BGNBD(1.2, 3.0, *leave)
    drawn = BGNBD(*(np.full(200_000, each) for each in model)).draw(40.0, np.random.default_rng(5))
    assert drawn.mean() == pytest.approx(float(model.expected_purchases(40.0)), abs=4 * drawn.std() / 200_000**0.5)


def test_large_counts_and_long_times_are_safe():
    loyal = rows((20_000, 999.9, 1_000), (20_000, 10, 1_000), (20_000, 0.5, 1))
    assert np.isfinite(PUBLISHED.log_likelihood(loyal)).all()
    assert PUBLISHED.p_alive(loyal) == pytest.approx([1, 0, 0], abs=1e-3)
    assert PUBLISHED.given(loyal).expected_purchases(1.0)[0] == pytest.approx(20, rel=0.01)
    assert np.isfinite(PUBLISHED.expected_next(loyal, 1e6)).all()


def test_parameters_are_found_again(bg_world):
    fitted = fit_bgnbd(bg_world.customers)
    for name, truth in BG._asdict().items():
        found = fitted.estimate(name, level=0.999)
        assert found.lo < truth < found.hi, name
    assert fitted.held == ()
    assert fitted.log_likelihood > BG.log_likelihood(bg_world.customers).sum()


def test_where_nobody_leaves_the_data_do_not_tell_who_would():
    loyal = draw_world(BGNBD(2.0, 5.0, 1e-4, 1e3), n=500, seed=3)
    fitted = fit_bgnbd(loyal.customers)
    assert fitted.held == ("a", "b")
    assert fitted.estimate("a").lo is None
    assert fitted.model.a / fitted.model.b < 1e-3
    assert fitted.estimate("r", level=0.999).lo < 2 < fitted.estimate("r", level=0.999).hi


@pytest.mark.parametrize("n", [3, 99])
def test_too_few_customers_are_told(n):
    with pytest.raises(NothingToDo, match=f"There are {n} customers"):
        fit_bgnbd(rows(*[(1, 3, 10)] * n))


def test_where_nobody_came_back_there_is_nothing_to_learn():
    with pytest.raises(NothingToDo, match="Nobody ordered on a second day"):
        fit_bgnbd(rows(*[(0, 0, 10)] * 200))
