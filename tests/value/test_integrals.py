from itertools import pairwise

import numpy as np
import pytest
from scipy import integrate
from scipy.special import hyp2f1

from helpers.value.integrals import log_span, mean_until_leaving


@pytest.mark.parametrize("r", [0.02, 0.7, 9.3])
@pytest.mark.parametrize(("a", "b"), [(0.8, 2.4), (0.05, 0.1), (30.0, 4.0), (1.5, 80.0)])
@pytest.mark.parametrize("growth", [0.01, 1.0, 25.0])
def test_the_mean_until_leaving_is_the_closed_form_of_the_paper(r, a, b, growth):
    whole = a + b - 1
    closed = whole / (a - 1) * (1 - (1 + growth) ** -r * hyp2f1(r, b, whole, growth / (1 + growth)))
    assert float(mean_until_leaving(r, growth, a, b)) == pytest.approx(closed, rel=1e-8)


@pytest.mark.parametrize(("r", "growth", "a", "b"), [(1, 1e4, 5.0, 900.0), (20_000.7, 2, 1.0, 20_000.0), (3, 9, 1, 1)])
def test_where_the_closed_form_is_lost_it_is_the_mean_of_draws(r, growth, a, b):
    drawn = np.random.default_rng(1).beta(a, b, 400_000)
    figure = -np.expm1(-r * np.log1p(growth * drawn)) / drawn
    assert float(mean_until_leaving(r, growth, a, b)) == pytest.approx(
        figure.mean(), abs=4 * figure.std() / drawn.size**0.5
    )


def test_nothing_grows_without_time():
    assert float(mean_until_leaving(1, 0, 0.5, 0.5)) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("powers", [(0.6, 1.6), (4.5, 1.1), (200.3, 1.6), (1.6, 200.3)])
@pytest.mark.parametrize(("nearer", "farther"), [(10.0, 10.0), (0.01, 30.0), (5.0, 9_000.0)])
@pytest.mark.parametrize(("start", "end"), [(0.0, 40.0), (39.0, 40.0)])
def test_a_span_is_the_integral(powers, nearer, farther, start, end):
    def scaled(u):
        return ((nearer + start) / (nearer + u)) ** powers[0] * ((farther + start) / (farther + u)) ** powers[1]

    # From the steep end to the flat one, each stretch ten times as long.
    ends = [start, *(start + (end - start) * 10.0 ** np.arange(-6, 1))]
    total = sum(integrate.quad(scaled, *each, epsabs=0)[0] for each in pairwise(ends))
    expected = np.log(total) - powers[0] * np.log(nearer + start) - powers[1] * np.log(farther + start)
    given = [np.asarray(each) for each in (start, end, nearer, farther)]
    assert float(log_span(*given, powers)) == pytest.approx(expected, abs=1e-9)
