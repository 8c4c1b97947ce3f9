from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from helpers.segmentation import stability
from helpers.segmentation.features import learn_scaling
from helpers.segmentation.stability import adjusted_rand, distinct, split, try_number
from tests.segmentation.worlds import one_cloud, shoppers, two_groups


def alike(people):
    return distinct(learn_scaling(people).points(people))


def tried(people, k, *, in_full=True):
    return try_number(people, split(people, k, seed=1), seed=1, in_full=in_full)


@pytest.fixture(scope="module")
def blobs():
    people, _ = two_groups(300, seed=1)
    return alike(people)


@pytest.fixture(scope="module")
def two(blobs):
    return tried(blobs, 2)


def test_the_index_is_the_one_of_scikit_learn():
    rng = np.random.default_rng(1)
    for groups in (2, 3, 5):
        one = rng.integers(0, groups, 200)
        other = np.where(rng.random(200) < 0.7, one, rng.integers(0, groups, 200))
        table = np.zeros((groups, groups))
        np.add.at(table, (one, other), 1)
        assert adjusted_rand(table) == pytest.approx(adjusted_rand_score(one, other))
        both = adjusted_rand(np.array([table, np.diag(table.sum(axis=1))]))
        assert both == pytest.approx([adjusted_rand_score(one, other), 1])
    assert adjusted_rand(np.array([[7, 0], [0, 0]])) == 1


def test_people_who_are_alike_weigh_as_many():
    rng = np.random.default_rng(2)
    points = rng.normal(size=(200, 2)).round()
    people = distinct(points)
    assert (people.people.sum(), len(people.points)) == (200, len({*map(tuple, points)}))
    fit = split(people, 3, seed=1)
    plain = KMeans(n_clusters=3, n_init=20, random_state=1).fit(points)
    assert fit.inertia_ == pytest.approx(plain.inertia_)


def test_groups_far_apart_hold_still(two):
    assert two.passed
    assert (two.k, two.draws, two.mean.n, two.cloud.n) == (2, 100, 100, 19)
    assert two.least >= 0.99
    assert two.cloud.value <= two.cloud_most < two.mean.value


def test_a_group_cut_in_two_does_not(blobs):
    three = tried(blobs, 3)
    assert not three.passed
    assert three.draws == 100
    assert three.mean.lo < three.mean.value < three.mean.hi


@pytest.mark.parametrize("world", [one_cloud, shoppers])
def test_one_cloud_is_not_believed_however_still_its_halves_hold(world):
    found = tried(alike(world(1_000, seed=2)), 2)
    assert found.mean.value > 0.9  # calm, and yet no groups
    assert not found.passed


def test_a_mean_above_the_limits_must_beat_the_calmest_cloud_by_half(blobs, monkeypatch):
    def passes(agreement, cloud):
        monkeypatch.setattr(stability, "_agreements", lambda *_: iter([agreement] * 100))
        monkeypatch.setattr(stability, "_worlds", lambda *_: iter([0.9] * 18 + [cloud]))
        return [tried(blobs, 2, in_full=in_full).passed for in_full in (True, False)]

    assert passes(0.98, 0.95) == [True, True]
    assert passes(0.98, 0.97) == [False, False]
    assert passes(0.95, 0.89) == [True, True]
    assert passes(0.949, 0.0) == [False, False]


def test_one_bad_draw_is_enough(blobs, monkeypatch):
    monkeypatch.setattr(stability, "_agreements", lambda *_: iter([1.0] * 40 + [0.84] + [1.0] * 59))
    early, full = (tried(blobs, 2, in_full=in_full) for in_full in (False, True))
    assert (early.passed, early.draws, early.cloud, early.cloud_most) == (False, 41, None, None)
    assert (full.passed, full.draws, full.least) == (False, 100, 0.84)
    assert full.cloud.n == 19


@pytest.mark.parametrize("world", [lambda seed: two_groups(80, seed=seed)[0], lambda seed: one_cloud(80, seed=seed)])
def test_what_stops_early_passes_as_often(monkeypatch, world):
    monkeypatch.setattr(stability, "RESTARTS", 1)
    for seed in range(4):
        people = alike(world(seed))
        two, three = (split(people, k, seed=1) for k in (2, 3))
        for fit, before in ((two, None), (three, two)):
            early, full = (
                try_number(people, fit, before=before, seed=seed, in_full=in_full) for in_full in (False, True)
            )
            assert early.passed == full.passed
            assert (early.draws, full.draws) <= (100, 100)
            assert full.fewer_most is None or full.k == 3


def test_a_third_group_must_beat_worlds_of_two():
    people, _ = two_groups(300, seed=1)
    own = alike(people)
    two, three = (split(own, k, seed=1) for k in (2, 3))
    alone = try_number(own, three, seed=1, in_full=True)
    beside = try_number(own, three, before=two, seed=1, in_full=True)
    assert alone.fewer_most is None
    assert beside.fewer_most > alone.cloud_most  # halves of one group hold stiller where there are two
    assert beside.mean == alone.mean
    assert not beside.passed


def test_equal_seeds_give_equal_figures(blobs, two):
    assert try_number(blobs, split(blobs, 2, seed=1), seed=1, in_full=False) == two
    assert tried(blobs, 3, in_full=False) == tried(blobs, 3, in_full=False)
