from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from helpers.errors import WrongUse
from helpers.statistics import accuracy, balanced_accuracy, log_loss, recall_at

RNG = np.random.default_rng(1)
PROBABILITY = RNG.random(200)
OUTCOME = (RNG.random(200) < PROBABILITY).astype(int)
WEIGHTS = RNG.integers(0, 4, (5, 200)).astype(float)


@pytest.mark.parametrize(
    ("measure", "theirs"),
    [
        (log_loss, lambda w: metrics.log_loss(OUTCOME, PROBABILITY, sample_weight=w)),
        (accuracy, lambda w: metrics.accuracy_score(OUTCOME, PROBABILITY >= 0.5, sample_weight=w)),
        (balanced_accuracy, lambda w: metrics.balanced_accuracy_score(OUTCOME, PROBABILITY >= 0.5, sample_weight=w)),
    ],
)
def test_measures_are_those_of_scikit_learn_for_each_block_of_weights(measure, theirs):
    assert measure(OUTCOME, PROBABILITY, WEIGHTS) == pytest.approx([theirs(each) for each in WEIGHTS])
    assert float(measure(OUTCOME, PROBABILITY)) == pytest.approx(theirs(None))


def test_a_certainty_that_was_wrong_costs_much_but_not_without_end():
    assert float(log_loss([1, 0], [0.0, 0.0])) == pytest.approx(-np.log(1e-6) / 2, rel=1e-5)


def test_one_half_says_yes():
    assert float(accuracy([1, 0], [0.5, 0.5])) == 0.5
    assert float(accuracy([1, 1], [0.5, 0.49])) == 0.5


def test_recall_shares_a_group_that_the_list_ends_in():
    assert float(recall_at([1, 1, 0, 1], [2, 1, 1, 0], share=0.5)) == pytest.approx((1 + 0.5) / 3)


@pytest.mark.parametrize("measure", [log_loss, accuracy, balanced_accuracy])
def test_what_is_no_probability_is_refused(measure):
    with pytest.raises(WrongUse, match="probability"):
        measure([1, 0], [1.2, 0.4])
