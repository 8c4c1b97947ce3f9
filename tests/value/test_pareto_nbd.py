import numpy as np
import pytest
from scipy import integrate, stats

from helpers.value import ParetoNBD, fit_pareto_nbd

from .conftest import PARETO, rows

PUBLISHED = ParetoNBD(0.553, 10.578, 0.606, 11.669)
SOME = rows((0, 0, 20), (1, 3, 38.86), (2, 30.43, 38.86), (9, 30, 31))


def averaged(model, of):
    """Mean of a figure of the rates of ordering and of leaving over the population, by integration on a grid."""
    logs = np.linspace(-45, 6, 1_500)
    orders, leaves = np.exp(logs)[:, None], np.exp(logs)
    weight = stats.gamma.pdf(orders, model.r, scale=1 / model.alpha) * orders
    weight = weight * stats.gamma.pdf(leaves, model.s, scale=1 / model.beta) * leaves
    return integrate.simpson(integrate.simpson(weight * of(orders, leaves), x=logs, axis=1), x=logs)


def stayed(x, age):
    return lambda orders, leaves: orders**x * np.exp(-(orders + leaves) * age)


def left(x, recency, age):
    def likelihood(orders, leaves):
        both = orders + leaves
        return leaves * orders**x / both * np.exp(-both * recency) * -np.expm1(-both * (age - recency))

    return likelihood


@pytest.mark.parametrize("model", [PUBLISHED, ParetoNBD(1.5, 30.0, 1.0, 2.0), ParetoNBD(0.4, 2.0, 2.0, 90.0)])
def test_likelihood_aliveness_and_expectation_are_those_of_the_individual_model(model):
    for place, (x, recency, age, _) in enumerate(zip(*SOME, strict=True)):
        alive, gone = averaged(model, stayed(x, age)), averaged(model, left(x, recency, age))
        assert model.log_likelihood(SOME)[place] == pytest.approx(np.log(alive + gone), abs=1e-6)
        assert model.p_alive(SOME)[place] == pytest.approx(alive / (alive + gone), rel=1e-6)

        def next_orders(orders, leaves, x=x, age=age):
            return stayed(x, age)(orders, leaves) * orders / leaves * -np.expm1(-leaves * 52)

        expected = averaged(model, next_orders) / (alive + gone)
        assert model.expected_next(SOME, 52.0)[place] == pytest.approx(expected, rel=1e-6)


def test_whoever_ordered_on_the_last_day_is_there():
    assert PUBLISHED.p_alive(rows((3, 20, 20), (0, 0, 0))).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("leave", [(0.7, 12.0), (1.0, 12.0), (1e-4, 1e4)])
def test_drawn_orders_are_expected_on_average(leave):
    model = ParetoNBD(1.2, 3.0, *leave)
    drawn = ParetoNBD(*(np.full(200_000, each) for each in model)).draw(40.0, np.random.default_rng(5))
    assert drawn.mean() == pytest.approx(float(model.expected_purchases(40.0)), abs=4 * drawn.std() / 200_000**0.5)


def test_large_counts_and_long_times_are_safe():
    loyal = rows((20_000, 999.9, 1_000), (20_000, 10, 1_000), (20_000, 0.5, 1))
    for model in (PUBLISHED, ParetoNBD(0.5, 1e-3, 0.6, 1e3), ParetoNBD(0.5, 1e3, 0.6, 1e-3)):
        assert np.isfinite(model.log_likelihood(loyal)).all()
        assert model.p_alive(loyal) == pytest.approx([1, 0, 0], abs=1e-3)
        assert np.isfinite(model.expected_next(loyal, 1e6)).all()
    assert PUBLISHED.given(loyal).expected_purchases(1.0)[0] == pytest.approx(20, rel=0.02)


def test_parameters_are_found_again(pareto_world):
    fitted = fit_pareto_nbd(pareto_world.customers)
    for name, truth in PARETO._asdict().items():
        found = fitted.estimate(name, level=0.999)
        assert found.lo < truth < found.hi, name
    assert fitted.log_likelihood > PARETO.log_likelihood(pareto_world.customers).sum()
