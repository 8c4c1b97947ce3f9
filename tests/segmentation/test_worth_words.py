from __future__ import annotations

from datetime import date

import pytest

from helpers.segmentation.worth import Worth
from helpers.segmentation.worth_words import of_worth, verdict, worth_table
from helpers.statistics import Estimate

WAYS = ("clusters", "rfm", "rfm_groups", "tree")


def share(value):
    return Estimate(value, value - 0.02, value + 0.02, 0.95, 1_765, "percentile bootstrap")


def worth_of(clusters, others):
    """Shares of revenue and of orders explained, and what k-means has over the others."""
    told = dict(zip(WAYS, (clusters, *others), strict=True))
    explained = {(way, outcome): share(each) for outcome in ("orders", "revenue") for way, each in told.items()}
    over = {(way, outcome): share(clusters - told[way]) for way, outcome in explained if way != "clusters"}
    return Worth(explained, over, 2)


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (
            (0.3, 0.2, 0.21),
            "tell less than all fifths together. For planning what comes next, take all fifths together.",
        ),
        (
            (0.3, 0.2, 0.4),
            "than all fifths together and a decision tree. For planning what comes next, take all fifths",
        ),
        ((0.2, 0.2, 0.4), "The groups of k-means tell less than a decision tree."),
        ((0.1, 0.2, 0.21), "tell more than all fifths together."),
        ((0.2, 0.2, 0.21), "No way tells more than the groups of k-means, nor less, beyond chance."),
    ],
)
def test_where_k_means_loses_the_page_says_to_whom(others, said):
    assert said in verdict(worth_of(0.2, others))


def test_the_sentence_holds_the_figures_with_intervals_and_n():
    told = of_worth(worth_of(0.2, (0.3, 0.25, 0.28)), date(2026, 1, 1), date(2026, 4, 1))
    assert told.startswith(
        "Of how much 1,765 people differ in what they spent from 1 January 2026 until before 1 April"
    )
    assert "all fifths together tells most: 30.0% (28.0% to 32.0%, 19 in 20), of people not looked at" in told
    assert "The tree has 2 leaves." in told


def test_without_groups_of_k_means_the_others_stand_alone():
    alone = worth_of(0.2, (0.3, 0.25, 0.28))
    explained = {name: each for name, each in alone.explained.items() if name[0] != "clusters"}
    frame = worth_table(Worth(explained, {}, 9)).frame
    assert list(frame.columns) == ["Way of grouping", "Of orders explained", "Of revenue explained"]
    assert len(frame) == 3
    assert "k-means tried no groups" in verdict(Worth(explained, {}, 9))
    assert "cannot be told yet" in of_worth(None, date(2026, 1, 1), date(2026, 4, 1))


def test_the_table_says_how_far_k_means_is_ahead_of_each():
    frame = worth_table(worth_of(0.2, (0.3, 0.25, 0.28))).frame.set_index("Way of grouping")
    assert frame.loc["a decision tree", "k-means less it, revenue (points)"] == "−8.00 (−10.0 to −6.00)"
    assert frame["k-means less it, orders (points)"].isna().tolist() == [True, False, False, False]


def test_without_amounts_orders_are_told():
    told = worth_of(0.2, (0.3, 0.25, 0.28))
    orders = [{name: each for name, each in part.items() if name[1] == "orders"} for part in told[:2]]
    bare = Worth(*orders, 2)
    assert "in what they ordered from" in of_worth(bare, date(2026, 1, 1), date(2026, 4, 1))
    assert list(worth_table(bare).frame.columns) == [
        "Way of grouping",
        "Of orders explained",
        "k-means less it, orders (points)",
    ]
