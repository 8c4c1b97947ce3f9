import numpy as np
import pytest
from scipy import integrate, stats

from helpers.errors import NothingToDo
from helpers.statistics.shrinkage import fit_means
from helpers.value import GammaGamma, Spends, fit_gamma_gamma

TRUTH = GammaGamma(p=4.0, q=3.5, gamma=30.0)


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(4)
    days = rng.geometric(0.3, 4_000).astype(float)
    scale = rng.gamma(TRUTH.q, 1 / TRUTH.gamma, 4_000)
    return Spends(days, rng.gamma(TRUTH.p * days) / scale / days, np.ones(4_000))


@pytest.mark.parametrize(("days", "mean"), [(1.0, 12.0), (3.0, 90.0)])
def test_the_density_of_a_mean_is_that_of_the_individual_model(days, mean):
    def of(scale):
        return stats.gamma.pdf(scale, TRUTH.q, scale=1 / TRUTH.gamma) * stats.gamma.pdf(
            mean, TRUTH.p * days, scale=1 / scale / days
        )

    density, _ = integrate.quad(of, 0, 3)
    row = Spends(np.array([days]), np.array([mean]), np.ones(1))
    assert TRUTH.log_likelihood(row)[0] == pytest.approx(np.log(density), abs=1e-7)
    expected, _ = integrate.quad(lambda scale: of(scale) * TRUTH.p / scale, 0, 3)
    assert TRUTH.given(days, mean).expected_spend() == pytest.approx(expected / density, rel=1e-7)


def test_of_whom_nothing_is_known_is_believed_what_is_of_everybody():
    assert TRUTH.given([0.0], [np.nan]).expected_spend() == pytest.approx([4 * 30 / 2.5])


def test_parameters_are_found_again_as_by_the_estimates_of_one_person(drawn):
    fitted = fit_gamma_gamma(drawn)
    for name, truth in TRUTH._asdict().items():
        found = fitted.estimate(name, level=0.999)
        assert found.lo < truth < found.hi, name
    others = fit_means(drawn.mean * drawn.days, drawn.days, drawn.people)
    assert fitted.model == pytest.approx(others, rel=2e-3)


def test_drawn_spends_are_expected_on_average():
    given = GammaGamma(*(np.full(200_000, each) for each in TRUTH.given(2.0, 25.0)))
    sums = given.draw(3.0, np.random.default_rng(1))
    expected = 3 * float(TRUTH.given(2.0, 25.0).expected_spend())
    assert sums.mean() == pytest.approx(expected, abs=4 * sums.std() / 200_000**0.5)
    assert given.draw(0.0, np.random.default_rng(1)).max() == 0


def test_without_a_mean_of_means_spend_is_infinite_and_no_error():
    assert TRUTH._replace(q=1.0).expected_spend() == np.inf


def test_too_few_customers_are_told():
    with pytest.raises(NothingToDo, match="There are 3 customers"):
        fit_gamma_gamma(Spends(np.ones(3), np.full(3, 9.0), np.ones(3)))
