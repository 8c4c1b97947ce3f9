from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import ks_2samp

from helpers.errors import WrongUse
from helpers.statistics import (
    bin_counts,
    bin_edges,
    day_splits,
    ks_distance,
    psi,
    stability,
)

NAN = float("nan")


def drawn_days(*, sizes, means, seed):
    """Counts in deciles of the first half of the days, people of each day around its mean."""
    rng = np.random.default_rng(seed)
    values = [rng.normal(mean, size=size) for size, mean in zip(sizes, means, strict=True)]
    day = np.repeat(np.arange(len(sizes)), sizes)
    edges = bin_edges(np.concatenate(values[: len(sizes) // 2]))
    return bin_counts(np.concatenate(values), edges, day, days=len(sizes))


def test_bins_hold_tenths_of_the_reference_and_have_room_for_what_was_never_seen():
    reference = np.arange(1.0, 101.0)
    edges = bin_edges(reference)
    counts = bin_counts(np.append(reference, NAN), edges, np.zeros(101, dtype=int), days=1)
    assert counts.tolist() == [[0, *[10] * 10, 0, 1]]
    strange = bin_counts([0.5, 100.5, 1e9, NAN, NAN], edges, np.zeros(5, dtype=int), days=1)
    assert strange.tolist() == [[1, *[0] * 10, 2, 2]]


@pytest.mark.parametrize(("reference", "bins"), [([3.0] * 50, 4), ([NAN] * 5, 2), ([0.0] * 95 + [1.0] * 5, 5)])
def test_ties_share_a_bin(reference, bins):
    edges = bin_edges(reference)
    counts = bin_counts(reference, edges, np.zeros(len(reference), dtype=int), days=1)
    assert counts.shape == (1, bins)
    assert counts.sum() == len(reference)
    assert (np.sort(counts[0])[::-1][: len(set(reference))] == np.unique(reference, return_counts=True)[1]).all()


def test_a_constant_that_falls_is_seen():
    edges = bin_edges([5.0] * 100)
    then, now = (bin_counts([value] * 100, edges, np.zeros(100, dtype=int), days=1)[0] for value in (5.0, 3.0))
    assert psi(then, now) > 5


def test_the_index_is_jeffreys_divergence():
    then, now = np.array([300_000, 700_000]), np.array([200_000, 800_000])
    assert psi(then, now) == pytest.approx(0.1 * np.log(0.3 / 0.2) + 0.1 * np.log(0.8 / 0.7), rel=1e-4)
    assert psi(then, now) == pytest.approx(psi(now, then))
    rng = np.random.default_rng(1)
    values = np.concatenate([rng.normal(size=200_000), rng.normal(0.5, size=200_000)])
    counts = bin_counts(values, bin_edges(values[:200_000]), np.repeat([0, 1], 200_000), days=2)
    assert psi(*counts) == pytest.approx(0.25, abs=0.02)  # of two normal distributions it is the squared distance


def test_without_drift_the_index_over_its_noise_is_chi_square():
    rng = np.random.default_rng(3)
    then, now = (rng.multinomial(n, [0.1] * 10, size=4_000) for n in (800, 2_000))
    found = psi(then, now) / (1 / 800 + 1 / 2_000)
    assert found.mean() == pytest.approx(9, abs=0.3)
    assert (found > 16.92).mean() == pytest.approx(0.05, abs=0.012)


def test_the_distance_is_that_of_kolmogorov_and_smirnov():
    rng = np.random.default_rng(2)
    then, now = rng.poisson(3, 500).astype(float), rng.poisson(4, 300).astype(float)
    assert ks_distance(then, now) == pytest.approx(ks_2samp(then, now).statistic)
    assert ks_distance(np.append(then, NAN), now) == pytest.approx(ks_2samp(then, now).statistic)
    doubled = ks_distance(then, now, (np.where(then > 3, 2, 1), np.ones(300)))
    assert doubled == pytest.approx(ks_2samp(np.append(then, then[then > 3]), now).statistic)
    assert np.isnan(ks_distance([NAN], now))


def test_all_splits_are_taken_where_they_are_few_and_each_at_most_once():
    splits = day_splits(3, 4, draws=100, seed=1)
    assert splits.exact
    assert {tuple(np.flatnonzero(row)) for row in splits.weights} == set(combinations(range(7), 3))
    assert splits.smallest_p == pytest.approx(1 / 35)
    assert ((splits.weights > 0) ^ (splits.others > 0)).all()


def test_of_a_split_and_its_mirror_one_is_taken():
    splits = day_splits(3, 3, draws=10, seed=1)
    assert splits.exact
    taken = [frozenset(np.flatnonzero(row)) for row in splits.weights]
    mirrored = [frozenset(range(6)) - each for each in taken]
    assert taken[0] == {0, 1, 2}
    assert {*taken, *mirrored} == {frozenset(each) for each in combinations(range(6), 3)}
    assert splits.smallest_p == 1 / 10
    assert not day_splits(3, 3, draws=9, seed=1).exact
    assert day_splits(1, 1, draws=5, seed=1).smallest_p == 1


def test_many_splits_are_drawn_and_the_first_is_the_one_as_it_is():
    splits = day_splits(10, 14, draws=500, seed=1)
    assert not splits.exact
    assert np.flatnonzero(splits.weights[0]).tolist() == list(range(10))
    assert splits.weights.shape == (500, 24)
    assert splits.weights.sum(axis=1) == pytest.approx(np.ones(500))
    assert splits.smallest_p == 1 / 500
    assert (splits.weights[1:].mean(axis=0) * 10).tolist() == pytest.approx([10 / 24] * 24, abs=0.08)


def test_a_planted_shift_has_the_smallest_p_and_quiet_days_any():
    splits = day_splits(6, 6, draws=1_000, seed=1)
    planted = stability(drawn_days(sizes=[400] * 12, means=[0.0] * 6 + [0.5] * 6, seed=1), splits)
    assert planted.p == splits.smallest_p
    assert planted.psi == pytest.approx(0.25, abs=0.06)
    assert planted.chance < planted.psi / 2
    quiet = [stability(drawn_days(sizes=[400] * 12, means=[0.0] * 12, seed=seed), splits) for seed in range(300)]
    assert np.mean([each.p < 0.05 for each in quiet]) <= 0.08
    assert np.mean([each.psi < each.chance for each in quiet]) == pytest.approx(0.95, abs=0.04)


def test_days_that_are_unlike_each_other_are_no_drift():
    """With 5,000 people a day any two days differ beyond the chance of people; days shuffled know better."""
    rng = np.random.default_rng(5)
    splits = day_splits(6, 6, draws=1_000, seed=1)
    found = [
        stability(drawn_days(sizes=[5_000] * 12, means=rng.normal(0, 0.2, 12), seed=seed), splits) for seed in range(60)
    ]
    assert sum(each.p < 0.05 for each in found) <= 8


def test_the_same_few_people_on_many_days_are_counted_once():
    """A hundred people are there on six days, then a hundred others on six: days are alike, but people are few."""
    splits = day_splits(6, 6, draws=1_000, seed=1)
    found = []
    for seed in range(100):
        two = drawn_days(sizes=[100] * 2, means=[0.0] * 2, seed=seed)
        found.append(stability(np.repeat(two, 6, axis=0), splits).p)
    assert np.mean(np.array(found) < 0.05) <= 0.1


def test_a_growing_number_of_people_is_no_drift():
    splits = day_splits(6, 6, draws=1_000, seed=1)
    sizes = np.linspace(60, 3_000, 12).astype(int)
    found = [stability(drawn_days(sizes=sizes, means=[0.0] * 12, seed=seed), splits).p for seed in range(200)]
    assert np.mean(np.array(found) < 0.05) <= 0.08


def test_what_was_never_known_is_no_drift():
    counts = np.repeat([[0, 40]], 6, axis=0)
    assert stability(counts, day_splits(3, 3, draws=100, seed=1)) == (0.0, 0.0, 1.0)


def test_days_that_do_not_fit_are_refused():
    splits = day_splits(2, 2, draws=100, seed=1)
    with pytest.raises(WrongUse, match="expected 4"):
        stability([[1, 2]] * 3, splits)
    with pytest.raises(WrongUse, match="people on each day"):
        stability([[1, 2], [1, 2], [0, 0], [1, 2]], splits)
    with pytest.raises(WrongUse, match="now is 0"):
        day_splits(2, 0, draws=100, seed=1)
