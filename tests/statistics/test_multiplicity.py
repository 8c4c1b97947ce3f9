import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from helpers.statistics import benjamini_hochberg, holm


@pytest.mark.parametrize("seed", range(5))
def test_adjusted_as_by_statsmodels(seed):
    p_values = np.random.default_rng(seed).random(20) ** 3
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])
    assert benjamini_hochberg(p_values) == pytest.approx(multipletests(p_values, method="fdr_bh")[1])


def test_one_test_stands_as_it_is_and_equal_ones_stay_equal():
    assert holm([0.2]).tolist() == [0.2]
    assert holm([0.3, 0.1, 0.1]).tolist() == pytest.approx([0.3, 0.3, 0.3])
    assert holm([0.6, 0.7]).tolist() == [1, 1]
    assert benjamini_hochberg([0.2]).tolist() == [0.2]
    assert benjamini_hochberg([0.3, 0.1, 0.1]).tolist() == pytest.approx([0.3, 0.15, 0.15])
