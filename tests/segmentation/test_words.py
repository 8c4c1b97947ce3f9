from __future__ import annotations

import pytest

from helpers import segmentation
from helpers.segmentation.clusters import find_clusters
from helpers.segmentation.rfm import GROUPS, group_by_rfm, learn_rfm
from helpers.segmentation.summary import summarise
from helpers.segmentation.words import NO_GROUPS, readable, tried
from tests.segmentation.worlds import one_cloud, two_groups


@pytest.fixture
def summary(profiles):
    return summarise(profiles, group_by_rfm(profiles, learn_rfm(profiles))["rfm_group"])


@pytest.fixture(scope="module")
def clusters():
    return find_clusters(two_groups(200, seed=1)[0].assign(aov=50.0), seed=1)


@pytest.fixture(scope="module")
def no_clusters():
    return find_clusters(one_cloud(200, seed=1), seed=1)


def test_headlines_name_the_groups_with_their_counts(summary, clusters):
    sentences = segmentation.headlines(summary, clusters)
    assert len(sentences) <= 6
    assert sentences[0].startswith("No decision yet")
    earlier = summary.loc["one-time, earlier", "people"]
    assert f"{earlier} of 200 people" in sentences[2]
    assert "are “one-time, earlier”: they bought on one day only" in sentences[2]  # the others are too few to show
    assert f"“{summary['revenue_share'].idxmax()}” brings" in sentences[1]
    assert "finds 2 groups that hold still: “active of late, many orders”" in sentences[-1]


def test_no_natural_groups_is_one_sentence_that_sends_to_the_named_ones(summary, no_clusters):
    assert segmentation.headlines(summary, no_clusters)[-1] == NO_GROUPS
    assert "no natural groups" in NO_GROUPS
    assert "recency, frequency and money" in NO_GROUPS
    told = segmentation.clusters_found(no_clusters)
    assert told.startswith(NO_GROUPS)
    assert "In 2 groups" in told
    assert "made-up worlds with fewer groups, to 0.9" in told


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


def test_a_shop_without_revenue_has_headlines(profiles, clusters):
    broke = profiles.assign(revenue_total=0.0)
    summary = summarise(broke, group_by_rfm(broke, learn_rfm(broke))["rfm_group"])
    assert "There is no revenue to share out." in segmentation.headlines(summary, find_clusters(broke, seed=1))
    summary = summarise(broke, group_by_rfm(broke, learn_rfm(broke))["rfm_group"])
    sentences = segmentation.headlines(summary, clusters)
    assert "There is no revenue to share out." in sentences
    assert "“one-time, earlier”: they bought on one day only." in " ".join(sentences)


def test_what_k_means_saw_is_told(clusters):
    told = segmentation.clusters_found(clusters)
    assert "It looked at 200 people, by days since the last purchase, orders, revenue, events" in told
    assert told.endswith("everybody has the same value: revenue an order.")
    assert "In 2 groups, 100 times drawn again, people are grouped alike to 1 on average and 1 at least" in told
    assert "In 3 groups" in told


def test_numbers_that_were_tried_are_a_table(clusters):
    table = tried(clusters)
    assert table["Groups"].tolist() == [2, 3]
    assert table["Holds still"].tolist() == ["yes", "no"]
    assert table["Draws"][0] == 100
    assert table["Cloud, most"].dtype == "float64"
    assert tried(clusters._replace(trials=())).empty


def test_features_are_told_with_their_reason():
    shown = segmentation.features_used().frame
    assert shown["Feature"].is_unique
    assert (shown["Why"] != "").all()


def test_other_methods_are_told_with_their_intervals(clusters):
    people, _ = two_groups(200, seed=1)
    compared = segmentation.compare(clusters, people.assign(aov=50.0), seed=1)
    told = segmentation.alternatives_found(clusters, compared)
    assert "finds nearly the same groups" in told
    assert "with 2 leaves" in told
    assert "19 in 20" in told
    other = compared._replace(mixture=compared.mixture._replace(value=0.2))
    assert "draws the groups differently" in segmentation.alternatives_found(clusters, other)


def test_tables_have_the_columns_that_formats_speak_of(summary):
    shown = readable(summary)
    assert shown["Group"].tolist() == summary.index.tolist()
    assert set(segmentation.formats("EUR")) <= set(shown.columns)
    assert segmentation.formats("EUR")["Median revenue"](12.5) == "€12.50"


def test_definitions_name_every_group_once():
    assert segmentation.definitions().frame["Group"].tolist() == [group.name for group in GROUPS]
