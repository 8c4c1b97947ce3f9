from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from helpers.errors import NothingToDo
from helpers.segmentation import clusters
from helpers.segmentation.clusters import EVERYBODY, find_clusters, numbered, place
from tests.segmentation.worlds import one_cloud, shoppers, three_groups, two_groups

PLANTED = {2: two_groups, 3: three_groups}


@pytest.fixture(scope="module")
def worlds():
    return {groups: world(400, seed=1) for groups, world in PLANTED.items()}


@pytest.fixture(scope="module")
def models(worlds):
    return {groups: find_clusters(people, seed=1) for groups, (people, _) in worlds.items()}


@pytest.mark.parametrize("groups", PLANTED)
def test_finds_planted_groups_and_stops_at_the_first_number_too_many(worlds, models, groups):
    (people, made_for), model = worlds[groups], models[groups]
    assert (model.k, len(model.names), model.reason) == (groups, groups, "")
    assert adjusted_rand_score(made_for, place(model, people)) > 0.97
    assert [(each.k, each.passed) for each in model.trials] == [(k, k <= groups) for k in range(2, groups + 2)]
    assert model.reported == model.trials[-2]


@pytest.mark.parametrize("world", [one_cloud, shoppers])
def test_finds_none_where_there_are_none(world):
    people = world(1_000, seed=2)
    model = find_clusters(people, seed=1)
    assert (model.k, model.names, model.silhouette) == (1, (EVERYBODY,), None)
    assert model.reason == "There are no natural groups."
    assert (model.reported.k, model.reported.draws, model.reported.cloud.n) == (2, 100, 19)
    assert set(place(model, people)) == {EVERYBODY}
    assert set(numbered(model, people)) == {1}


def test_silhouette_is_the_one_of_scikit_learn_inside_its_interval(worlds, models):
    people, model = worlds[3][0], models[3]
    expected = silhouette_score(model.scaling.points(people), numbered(model, people))
    assert model.silhouette.value == pytest.approx(expected)
    assert model.silhouette.lo <= model.silhouette.value <= model.silhouette.hi
    assert model.silhouette.n == len(people)


def test_neither_row_order_nor_ids_matter(worlds, models):
    people, model = worlds[2][0], models[2]
    order = np.random.default_rng(2).permutation(len(people))
    shuffled = people.iloc[order].assign(profile_id="somebody").reset_index(drop=True)
    again = find_clusters(shuffled, seed=1)
    assert again.trials == model.trials
    assert again.names == model.names
    assert again.silhouette == model.silhouette
    assert again.centres.tolist() == model.centres.tolist()
    assert again.scaling.means.tolist() == model.scaling.means.tolist()
    assert place(again, shuffled).tolist() == place(model, people).iloc[order].tolist()


@pytest.mark.parametrize("groups", PLANTED)
def test_groups_are_numbered_by_falling_mean_revenue(worlds, models, groups):
    people, model = worlds[groups][0], models[groups]
    means = people["revenue_total"].groupby(numbered(model, people)).mean()
    assert means.is_monotonic_decreasing
    assert means.index.tolist() == list(range(1, groups + 1))
    assert place(model, people).tolist() == [model.names[number - 1] for number in numbered(model, people)]


def test_new_people_are_placed_each_alone_by_the_nearest_centre(worlds, models):
    model, (others, made_for) = models[3], three_groups(200, seed=9)
    others = others.set_index(others["profile_id"])
    placed = place(model, others)
    assert placed.index.equals(others.index)
    assert adjusted_rand_score(made_for, placed) > 0.97
    distances = np.linalg.norm(model.scaling.points(others)[:, None] - model.centres, axis=2)
    assert numbered(model, others).tolist() == (distances.argmin(axis=1) + 1).tolist()
    assert [place(model, others.iloc[[row]]).item() for row in range(5)] == placed.head(5).tolist()
    assert place(model, others.iloc[:0]).empty


def test_large_data_are_sampled_and_everybody_is_placed(monkeypatch):
    monkeypatch.setattr(clusters, "SAMPLE", 200)
    people, made_for = two_groups(900, seed=1)
    model = find_clusters(people, seed=1)
    assert (model.k, model.sample_size, model.silhouette.n) == (2, 200, 200)
    assert adjusted_rand_score(made_for, place(model, people)) > 0.97


def test_people_without_an_order_and_net_refunds_are_placed(worlds, models):
    people = worlds[2][0].head(20).astype({"days_since_last_order": "Int64", "aov": "float64"})
    people.loc[:9, ["days_since_last_order", "aov"]] = pd.NA
    people.loc[0, "revenue_total"] = -50.0
    assert place(models[2], people).isin(models[2].names).all()


@pytest.mark.parametrize("columns", [{"orders_count": 4, "aov": np.nan}])
def test_features_alike_for_all_are_left_out(columns):
    model = find_clusters(two_groups(200, seed=1)[0].assign(**columns), seed=1)
    assert model.scaling.left_out == tuple(columns)
    assert model.k == 2


def test_people_of_a_few_kinds_are_lumps_and_no_groups():
    people = shoppers(120, seed=1)
    few = people.iloc[np.arange(120) % 40].reset_index(drop=True)
    model = find_clusters(few, seed=1)
    assert (model.k, model.trials, model.reported) == (1, (), None)
    assert "like somebody else in every feature" in model.reason


def test_too_few_people_are_one_group_with_a_reason():
    model = find_clusters(two_groups(49, seed=1)[0], seed=1)
    assert (model.k, model.silhouette) == (1, None)
    assert "fewer than 50 people" in model.reason


def test_identical_people_are_one_group_with_a_reason():
    people = shoppers(1, seed=1)
    model = find_clusters(pd.concat([people] * 60, ignore_index=True), seed=1)
    assert (model.k, model.scaling.columns) == (1, ())
    assert "No feature differs" in model.reason
    assert set(place(model, people)) == {EVERYBODY}


def test_nobody_is_nothing_to_do():
    with pytest.raises(NothingToDo, match="nobody"):
        find_clusters(shoppers(3, seed=1).iloc[:0], seed=1)
