from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from helpers.segmentation import stability
from helpers.segmentation.features import learn_scaling
from helpers.segmentation.stability import adjusted_rand, distinct, split, try_number
from tests.segmentation.worlds import one_cloud, shoppers, two_groups


def alike(people):
    return distinct(learn_scaling(people).points(people))


def tried(people, k, *, in_full=True):
    return try_number(people, split(people, k, seed=1), seed=1, in_full=in_full)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    with threadpool_limits(limits=1):
        yield


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
    three = tried(blobs, 3, in_full=False)
    assert not three.passed
    assert three.mean.lo < three.mean.value < three.mean.hi


@pytest.mark.parametrize("world", [one_cloud, shoppers])
def test_one_cloud_is_not_believed_however_still_its_halves_hold(world):
    found = tried(alike(world(600, seed=2)), 2)
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


def test_what_stops_early_passes_as_often(blobs, monkeypatch):
    rng = np.random.default_rng(1)
    two, three = (split(blobs, k, seed=1) for k in (2, 3))
    outcomes = []
    for usual in np.geomspace(0.005, 0.06, 200):
        draws = 1 - rng.exponential(usual, 100).clip(max=0.3)
        worlds = 1 - rng.uniform(0.02, 0.2) - rng.exponential(0.1, (3, 19))
        monkeypatch.setattr(stability, "_agreements", lambda *_, draws=draws: iter(draws))
        monkeypatch.setattr(stability, "_worlds", lambda _, groups, *__, worlds=worlds: iter(worlds[int(groups.max())]))
        early, full = (try_number(blobs, three, before=two, seed=1, in_full=in_full) for in_full in (False, True))
        assert early.passed == full.passed
        assert full.draws == 100
        outcomes.append((full.passed, early.draws < 100, early.cloud_most == full.cloud_most))
    assert {*outcomes} >= {(True, False, True), (False, True, False), (False, False, False)}


def test_a_third_group_must_also_beat_worlds_of_two(blobs, monkeypatch):
    two, three = (split(blobs, k, seed=1) for k in (2, 3))
    monkeypatch.setattr(stability, "_agreements", lambda *_: iter([0.98] * 100))

    def passes(fewer, before):
        calm = {0: 0.9, 1: fewer}  # worlds of one cloud, and of the two groups before
        monkeypatch.setattr(stability, "_worlds", lambda _, groups, *__: iter([calm[int(groups.max())]] * 19))
        return [try_number(blobs, three, before=before, seed=1, in_full=full).passed for full in (True, False)]

    assert passes(0.97, None) == [True, True]
    assert passes(0.97, two) == [False, False]
    assert passes(0.95, two) == [True, True]


def test_halves_of_one_group_hold_stiller_where_there_are_two(blobs):
    two, three = (split(blobs, k, seed=1) for k in (2, 3))
    found = try_number(blobs, three, before=two, seed=1, in_full=True)
    assert found.fewer_most > found.cloud_most
    assert not found.passed


def test_equal_seeds_give_equal_figures(blobs, two):
    assert tried(blobs, 2, in_full=False) == two
