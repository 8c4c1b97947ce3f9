from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics

from helpers.errors import WrongUse
from helpers.statistics import ranking


@pytest.fixture
def rows():
    rng = np.random.default_rng(7)
    outcome = rng.integers(0, 2, 200)
    probability = np.round(np.clip(0.3 * outcome + rng.random(200) * 0.7, 0, 1), 1)  # many ties
    weights = rng.integers(0, 4, (25, 200))
    return outcome, probability, weights


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (ranking.auc, metrics.roc_auc_score),
        (ranking.average_precision, metrics.average_precision_score),
        (ranking.brier, metrics.brier_score_loss),
    ],
)
def test_equals_scikit_learn_with_and_without_weights(rows, ours, theirs):
    outcome, probability, weights = rows
    assert ours(outcome, probability) == pytest.approx(theirs(outcome, probability), abs=1e-12)
    expected = [theirs(outcome, probability, sample_weight=row) for row in weights]
    assert ours(outcome, probability, weights) == pytest.approx(expected, abs=1e-12)
    assert ours(outcome, probability, weights[0]).shape == ()


def test_auc_is_the_mann_whitney_statistic(rows):
    outcome, probability, _ = rows
    ones, zeros = probability[outcome == 1], probability[outcome == 0]
    statistic = stats.mannwhitneyu(ones, zeros).statistic / (ones.size * zeros.size)
    assert ranking.auc(outcome, probability) == pytest.approx(statistic, abs=1e-12)


def test_a_weight_is_a_repeated_row(rows):
    outcome, probability, weights = rows
    repeated = np.repeat(np.arange(outcome.size), weights[0])
    for measure in (ranking.auc, ranking.average_precision, ranking.brier):
        whole = measure(outcome[repeated], probability[repeated])
        assert measure(outcome, probability, weights[0]) == pytest.approx(whole, abs=1e-12)


def test_precision_at_is_the_mean_over_all_orders_of_ties():
    outcome = np.array([1, 0, 1, 0, 0])
    score = np.array([3.0, 2.0, 2.0, 2.0, 1.0])
    lists = [outcome[sorted(order, key=lambda row: -score[row])[:2]].mean() for order in permutations(range(5))]
    assert ranking.precision_at(outcome, score, share=0.4) == pytest.approx(np.mean(lists))
    assert ranking.precision_at(outcome, score, share=1.0) == pytest.approx(outcome.mean())
    assert ranking.precision_at(outcome, score, [2, 0, 0, 1, 2], share=0.4) == pytest.approx(1.0)


def test_base_rate_is_the_weighted_share_of_ones():
    assert ranking.base_rate([1, 0, 0, 0]) == pytest.approx(0.25)
    assert ranking.base_rate([1, 0, 0, 0], [[3, 1, 0, 0], [0, 1, 1, 1]]) == pytest.approx([0.75, 0.0])


def test_undefined_where_a_draw_has_one_class_only():
    weights = [[1, 1, 0], [0, 0, 1]]
    assert np.isnan(ranking.auc([1, 1, 0], [0.1, 0.2, 0.3], weights)).all()
    assert np.isnan(ranking.average_precision([1, 1, 0], [0.1, 0.2, 0.3], weights)).tolist() == [False, True]


@pytest.mark.parametrize(
    ("outcome", "score", "weights"),
    [
        ([0, 2], [0.1, 0.2], None),
        ([0, 1], [0.1, np.nan], None),
        ([0, 1], [0.1, np.inf], None),
        ([0, 1], [0.1], None),
        ([], [], None),
        ([0, 1], [0.1, 0.2], [1, 1, 1]),
    ],
    ids=["outcome of 2", "score missing", "score infinite", "a score too few", "nobody", "a weight too many"],
)
def test_refuses_what_has_no_rank(outcome, score, weights):
    with pytest.raises(WrongUse):
        ranking.auc(outcome, score, weights)


@pytest.mark.parametrize("measure", [ranking.auc, ranking.average_precision, ranking.brier])
@pytest.mark.parametrize(("weights", "found"), [([1, -1], "-1.0"), ([[1, 1], [1, np.nan]], "nan")])
def test_refuses_a_weight_that_counts_less_than_nothing(measure, weights, found):
    with pytest.raises(WrongUse, match=f"smallest weight is {found}; expected at least 0."):
        measure([0, 1], [0.1, 0.2], weights)


def test_refuses_a_probability_above_one_and_an_empty_list():
    with pytest.raises(WrongUse, match="probability"):
        ranking.brier([0, 1], [0.1, 1.2])
    with pytest.raises(WrongUse, match="share"):
        ranking.precision_at([0, 1], [0.1, 0.2], share=0.0)
