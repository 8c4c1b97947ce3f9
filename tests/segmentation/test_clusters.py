from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from helpers.errors import NothingToDo
from helpers.segmentation import clusters
from helpers.segmentation.clusters import FEATURES, find_clusters


def planted(*, groups, each, seed=1):
    """People around `groups` far apart points in log space, and the group each was made for."""
    rng = np.random.default_rng(seed)
    made_for = np.repeat(np.arange(groups), each)
    centres = rng.permuted(np.tile(np.arange(groups), (len(FEATURES), 1)), axis=1).T * 2.0
    points = np.expm1(centres[made_for] + rng.normal(0, 0.15, (made_for.size, len(FEATURES))) + 1)
    return pd.DataFrame(points, columns=list(FEATURES)), made_for


@pytest.mark.parametrize("groups", [3, 5])
def test_finds_planted_groups(groups):
    profiles, made_for = planted(groups=groups, each=120)
    found = find_clusters(profiles, seed=1)
    assert found.k == groups
    assert adjusted_rand_score(made_for, found.labels) == pytest.approx(1.0)
    assert not found.reason
    assert set(found.labels) == set(range(1, groups + 1))


def test_silhouette_is_the_one_of_scikit_learn_inside_its_interval():
    profiles, _ = planted(groups=3, each=100)
    found = find_clusters(profiles, seed=1)
    logged = np.log1p(profiles.to_numpy())
    points = (logged - logged.mean(axis=0)) / logged.std(axis=0)
    assert found.silhouette.value == pytest.approx(silhouette_score(points, found.labels))
    assert found.silhouette.lo <= found.silhouette.value <= found.silhouette.hi
    assert found.by_k[3] == max(found.by_k.values())
    assert sorted(found.by_k) == list(range(2, 9))


def test_neither_row_order_nor_ids_matter_and_equal_seeds_give_equal_groups():
    rng = np.random.default_rng(2)
    profiles = pd.DataFrame(rng.exponential(10, (400, len(FEATURES))), columns=list(FEATURES))
    order = rng.permutation(400)
    found, again = find_clusters(profiles, seed=3), find_clusters(profiles, seed=3)
    shuffled = find_clusters(profiles.iloc[order], seed=3)
    assert found.labels.tolist() == again.labels.tolist()
    assert shuffled.labels.tolist() == found.labels[order].tolist()
    assert shuffled.silhouette == found.silhouette == again.silhouette


def test_groups_are_numbered_by_falling_mean_revenue():
    profiles, _ = planted(groups=4, each=60)
    found = find_clusters(profiles, seed=1)
    means = profiles["revenue_total"].groupby(found.labels).mean()
    assert means.is_monotonic_decreasing
    assert means.index.tolist() == [1, 2, 3, 4]


def test_large_data_are_sampled_and_everybody_is_placed(monkeypatch):
    monkeypatch.setattr(clusters, "SAMPLE", 200)
    profiles, made_for = planted(groups=3, each=500)
    found = find_clusters(profiles, seed=1)
    assert (found.sample_size, found.silhouette.n, found.labels.size) == (200, 200, 1500)
    assert adjusted_rand_score(made_for, found.labels) == pytest.approx(1.0)


def test_constant_features_are_left_out_and_named():
    profiles, _ = planted(groups=3, each=100)
    found = find_clusters(profiles.assign(n_channels_active=1, tenure_days=14), seed=1)
    assert found.left_out == [FEATURES["tenure_days"], FEATURES["n_channels_active"]]
    assert set(found.used) == set(FEATURES.values()) - set(found.left_out)
    assert found.k == 3


def test_people_without_an_order_and_net_refunds_are_placed():
    profiles, _ = planted(groups=2, each=60)
    profiles.loc[:9, "days_since_last_order"] = np.nan
    profiles.loc[0, "revenue_total"] = -50.0
    assert find_clusters(profiles, seed=1).labels.size == 120


def test_fewer_distinct_people_than_groups_are_no_trouble():
    profiles = pd.DataFrame(np.ones((90, len(FEATURES))), columns=list(FEATURES))
    profiles.loc[:29, "orders_count"] = 5.0
    found = find_clusters(profiles, seed=1)
    assert (found.k, sorted(found.by_k)) == (2, [2])


def test_too_few_people_are_one_group_with_a_reason():
    profiles, _ = planted(groups=2, each=24)
    found = find_clusters(profiles, seed=1)
    assert (found.k, found.silhouette, set(found.labels)) == (1, None, {1})
    assert "fewer than 50 people" in found.reason


def test_identical_people_are_one_group_with_a_reason():
    found = find_clusters(pd.DataFrame(np.ones((60, len(FEATURES))), columns=list(FEATURES)), seed=1)
    assert (found.k, found.used) == (1, [])
    assert "No feature differs" in found.reason


def test_a_sample_that_misses_the_difference_is_one_group_with_a_reason(monkeypatch):
    monkeypatch.setattr(clusters, "SAMPLE", 50)
    profiles = pd.DataFrame(np.ones((5_000, len(FEATURES))), columns=list(FEATURES))
    profiles.loc[0, "orders_count"] = 2.0
    found = find_clusters(profiles, seed=1)
    assert (found.k, found.silhouette) == (1, None)
    assert "Nearly everybody" in found.reason


def test_nobody_is_nothing_to_do():
    with pytest.raises(NothingToDo, match="nobody"):
        find_clusters(pd.DataFrame(columns=list(FEATURES)), seed=1)
