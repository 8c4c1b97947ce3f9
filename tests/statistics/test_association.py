from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from helpers.errors import WrongUse
from helpers.statistics import spearman


@pytest.mark.parametrize("ties", [3, 10, 1_000_000])
def test_it_is_scipys_also_where_values_are_equal(ties):
    rng = np.random.default_rng(ties)
    first = rng.integers(0, ties, 400).astype(float)
    second = first + rng.normal(0, ties, 400)
    assert float(spearman(first, second)) == pytest.approx(spearmanr(first, second).statistic, abs=1e-12)


def test_a_weight_is_a_repeated_row():
    rng = np.random.default_rng(1)
    first, second = rng.integers(0, 20, (2, 50)).astype(float)
    counts = rng.integers(0, 4, (3, 50))
    for weights, found in zip(counts, spearman(first, second, counts), strict=True):
        rows = np.repeat(np.arange(50), weights)
        assert found == pytest.approx(spearmanr(first[rows], second[rows]).statistic, abs=1e-12)


def test_opposite_orders_are_minus_one_and_a_constant_has_none():
    assert float(spearman([1, 2, 3], [9, 5, 1])) == pytest.approx(-1)
    assert np.isnan(spearman([1, 1, 1], [1, 2, 3]))


@pytest.mark.parametrize(
    "wrong", [([1, 2], [1, 2, 3], None), ([1, np.nan], [1, 2], None), ([1, 2], [1, 2], [1, 2, 3]), ([[1]], [[1]], None)]
)
def test_what_does_not_fit_is_refused(wrong):
    with pytest.raises(WrongUse):
        spearman(*wrong)
