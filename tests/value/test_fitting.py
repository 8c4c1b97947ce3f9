from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats

from helpers.errors import NothingToDo, WrongUse
from helpers.value.fitting import maximise


class Rows(NamedTuple):
    value: np.ndarray
    people: np.ndarray


class Gamma(NamedTuple):
    shape: object
    scale: object

    def log_likelihood(self, rows):
        return stats.gamma.logpdf(rows.value, self.shape, scale=self.scale)


class Exponential(NamedTuple):
    scale: object
    spare: object

    def log_likelihood(self, rows):
        return stats.expon.logpdf(rows.value, scale=self.scale) + 0 * np.asarray(self.spare)


class Rising(Exponential):
    def log_likelihood(self, rows):
        return super().log_likelihood(rows) - 1 / np.asarray(self.spare)


@pytest.fixture(scope="module")
def waits():
    values = np.random.default_rng(1).gamma(2.0, 3.0, 800)
    return Rows(values, np.ones(800))


def test_the_maximum_is_scipys(waits):
    found = maximise(Gamma, waits, [(1, 1), (30, 0.1)])
    shape, _, scale = stats.gamma.fit(waits.value, floc=0)
    assert found.model == pytest.approx((shape, scale), rel=1e-3)
    assert found.people == 800
    assert found.log_likelihood == pytest.approx(stats.gamma.logpdf(waits.value, shape, scale=scale).sum(), abs=1e-3)


def test_the_interval_of_a_mean_wait_is_the_one_of_its_information(waits):
    found = maximise(Exponential, waits, [(1, 1)]).estimate("scale", level=0.95)
    reach = np.exp(stats.norm.ppf(0.975) / np.sqrt(800))
    assert (found.value, found.lo, found.hi) == pytest.approx(
        (waits.value.mean(), waits.value.mean() / reach, waits.value.mean() * reach), rel=1e-4
    )
    assert (found.level, found.n) == (0.95, 800)


def test_a_row_that_stands_for_several_counts_as_often(waits):
    twice = Rows(waits.value[:400], np.full(400, 2.0))
    both = Rows(np.tile(waits.value[:400], 2), np.ones(800))
    ours, theirs = (maximise(Gamma, each, [(1, 1)]) for each in (twice, both))
    assert ours.model == pytest.approx(theirs.model, rel=1e-6)
    assert ours.covariance == pytest.approx(theirs.covariance, rel=1e-3)


@pytest.mark.parametrize("kind", [Exponential, Rising], ids=["that changes nothing", "that cannot be large enough"])
def test_a_parameter_is_held(kind, waits):
    found = maximise(kind, waits, [(1, 1)])
    assert found.held == ("spare",)
    assert found.covariance[1].tolist() == [0, 0]
    assert found.estimate("spare").lo is found.estimate("spare").hi is None
    assert found.model.scale == pytest.approx(waits.value.mean(), rel=1e-3)
    assert np.ptp(found.draws(10, np.random.default_rng(1)).spare) == pytest.approx(0)


def test_draws_vary_as_the_data_leave_parameters_uncertain(waits):
    found = maximise(Gamma, waits, [(1, 1)])
    drawn = found.draws(20_000, np.random.default_rng(1))
    assert drawn.shape.shape == (20_000, 1)
    logs = np.log(np.concatenate(drawn, axis=1))
    assert np.cov(logs.T) == pytest.approx(found.covariance, rel=0.1)
    assert logs.mean(axis=0) == pytest.approx(np.log(found.model), abs=0.01)


def test_slopes_are_by_the_logarithm_of_a_parameter(waits):
    found = maximise(Gamma, waits, [(1, 1)])
    slopes = found.slopes(lambda model: model.shape * np.array([[1.0, 2.0]]))
    assert slopes[0] == pytest.approx(found.model.shape * np.array([1, 2]), rel=1e-6)
    assert slopes[1].tolist() == [0, 0]


def test_what_has_no_maximum_is_told(waits):
    class Worse(Exponential):
        def log_likelihood(self, rows):
            return super().log_likelihood(rows) * np.nan

    with pytest.raises(NothingToDo, match="no best ones exist"):
        maximise(Worse, waits, [(1, 1)])


def test_no_such_parameter(waits):
    with pytest.raises(WrongUse, match="'size' is no parameter; there are shape, scale"):
        maximise(Gamma, waits, [(1, 1)]).estimate("size")
