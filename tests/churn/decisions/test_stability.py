from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from helpers.churn.decisions.reasons import contribute
from helpers.churn.decisions.stability import MOST_PEOPLE, chosen, repeated, steady

from .test_reasons import grow


def test_trees_that_are_the_same_give_the_same_reasons(training, later_people):
    model = grow(training)
    margin = contribute(model, later_people).margin
    found = steady(model, [model] * 5, later_people, margin, draws=100, seed=1)
    assert (found.same_first.value, found.shared.value) == (1, 1)
    assert found.agreement.value == pytest.approx(1)
    assert found.same_first.n == MOST_PEOPLE


def test_trees_that_learned_something_else_do_not(training, later_people):
    noise = training.assign(churned=np.random.default_rng(1).integers(0, 2, len(training)))
    real, other = grow(training), grow(noise)
    again, nothing = [grow(training, seed) for seed in range(2, 7)], np.zeros(len(later_people))
    firm = steady(real, again, later_people, nothing, draws=10, seed=1)
    loose = steady(real, [other] * 5, later_people, nothing, draws=10, seed=1)
    assert loose.same_first.hi < firm.same_first.lo
    assert loose.shared.hi < firm.shared.lo


def test_shares_are_means_over_refits_and_people(training, later_people):
    models = [grow(training, seed) for seed in range(3)]
    same, shared = repeated(models[0], models[1:], later_people)
    assert same.shape == shared.shape == (len(later_people),)
    assert set(same) <= {0.0, 0.5, 1.0}
    assert (shared[same == 1] > 0).all()


def test_agreement_is_spearmans(training, later_people):
    model, probability = grow(training), np.random.default_rng(2).random(len(later_people))
    found = steady(model, [model] * 5, later_people, probability, draws=100, seed=1).agreement
    assert found.value == pytest.approx(spearmanr(contribute(model, later_people).margin, probability).statistic)
    assert found.lo < found.value < found.hi


def test_at_most_500_are_looked_at_each_once():
    some = chosen(2_000, seed=3)
    assert len(set(some)) == MOST_PEOPLE
    assert some.max() > 1_900  # not merely the first
    assert (np.diff(some) > 0).all()
    assert chosen(40, seed=3).tolist() == list(range(40))
