from __future__ import annotations

import numpy as np
import pytest

from helpers import segmentation
from helpers.segmentation import GROUPS, Clusters, find_clusters, group_by_rfm, learn_rfm, summarise


@pytest.fixture
def summary(profiles):
    return summarise(profiles, group_by_rfm(profiles, learn_rfm(profiles))["rfm_group"])


@pytest.fixture
def clusters(profiles):
    return find_clusters(profiles, seed=1)


def test_headlines_name_the_groups_with_their_counts(summary, clusters):
    sentences = segmentation.headlines(summary, clusters)
    assert len(sentences) <= 6
    assert sentences[0].startswith("No decision yet")
    earlier = summary.loc["one-time, earlier", "people"]
    assert f"{earlier} of 200 people" in sentences[2]
    assert "are “one-time, earlier”: they bought on one day only" in sentences[2]  # the others are too few to show
    assert f"“{summary['revenue_share'].idxmax()}” brings" in sentences[1]
    assert f"settles on {clusters.k} groups (2 to 8 tried)" in sentences[-1]


def test_the_largest_group_is_named_once_beside_the_richest(summary):
    assert summary["revenue_share"].idxmax() == "champions"
    assert "largest group is “one-time, earlier” with" in segmentation.found(summary)
    crowded = summary.assign(people=summary["people"].where(summary.index != "champions", 99))
    assert segmentation.found(crowded).count("champions") == 1
    broke = crowded.assign(revenue_share=float("nan"))
    assert segmentation.found(broke).endswith("There is no revenue to share out.")


def test_headlines_of_a_shop_too_small_for_any_group(profiles):
    few = profiles.head(9)
    summary = summarise(few, group_by_rfm(few, learn_rfm(few))["rfm_group"])
    sentences = segmentation.headlines(summary, find_clusters(few, seed=1))
    assert "No named group is large enough" in sentences[1]
    assert "finds no groups: there are fewer than 50 people" in sentences[2]
    assert segmentation.found(summary) == sentences[1]
    assert not segmentation.title(summary).endswith(".")


def test_a_shop_without_revenue_has_headlines(profiles):
    broke = profiles.assign(revenue_total=0.0)
    summary = summarise(broke, group_by_rfm(broke, learn_rfm(broke))["rfm_group"])
    assert "There is no revenue to share out." in segmentation.headlines(summary, find_clusters(broke, seed=1))


def test_what_k_means_saw_is_told(profiles):
    told = segmentation.clusters_found(find_clusters(profiles.assign(n_channels_active=1), seed=1))
    assert "It took 200 people" in told
    assert told.endswith("everybody has the same value: channels.")


def test_one_number_tried_is_told_as_such():
    lone = Clusters(2, np.array([1, 2]), None, {2: 1.0}, 2, ["orders"], [], "")
    assert "(only 2 tried)" in segmentation.clusters_found(lone)
    assert segmentation.tried(lone).to_dict("list") == {"Groups": [2], "Mean silhouette": [1.0]}


def test_tables_have_the_columns_that_formats_speak_of(summary):
    shown = segmentation.readable(summary)
    assert shown["Group"].tolist() == summary.index.tolist()
    assert set(segmentation.formats("EUR")) <= set(shown.columns)
    assert segmentation.formats("EUR")["Median revenue"](12.5) == "€12.50"


def test_definitions_name_every_group_once():
    assert segmentation.definitions()["Group"].tolist() == [group.name for group in GROUPS]


def test_people_carry_the_name_of_their_cluster(clusters):
    names = segmentation.cluster_names(clusters)
    assert names.tolist() == [f"group {label}" for label in clusters.labels]
