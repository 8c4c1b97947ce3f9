from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.segmentation.rfm import group_by_rfm, learn_rfm
from helpers.segmentation.summary import SMALL, fold_small, summarise


def groups_of(**sizes):
    return pd.Series([name for name, size in sizes.items() for _ in range(size)])


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 30, "b": 10}, {"a": 30, "b": 10}),
        ({"a": 30, "b": 20, "c": 6, "d": 5}, {"a": 30, "b": 20, SMALL: 11}),
        ({"a": 30, "b": 20, "c": 4}, {"a": 30, SMALL: 24}),  # alone, c could be told from the total
        ({"a": 12, "b": 9}, {SMALL: 21}),
        ({"a": 4, "b": 3}, {SMALL: 7}),
    ],
    ids=["none small", "two small", "one small takes the next", "of two one small", "all small"],
)
def test_small_groups_are_folded_until_the_fold_is_large_enough(sizes, expected):
    assert fold_small(groups_of(**sizes)).value_counts().to_dict() == expected


def test_shares_and_medians_of_groups():
    profiles = pd.DataFrame(
        {
            "revenue_total": [10.0] * 20 + [30.0] * 20,
            "orders_count": range(40),
            "days_since_last_order": [5] * 40,
            "mean_gap_days_observed": [7.0] * 20 + [np.nan] * 11 + [9.0] * 9,
        }
    )
    summary = summarise(profiles, groups_of(low=20, high=20))
    assert summary.index.tolist() == ["high", "low"]
    assert summary["people"].tolist() == [20, 20]
    assert summary["people_share"].tolist() == [0.5, 0.5]
    assert summary["revenue_share"].tolist() == [0.75, 0.25]
    assert summary["median_orders"].tolist() == [29.5, 9.5]
    assert summary.loc["low", "median_gap_days"] == 7
    assert np.isnan(summary.loc["high", "median_gap_days"])  # 9 people are too few


def test_everybody_is_counted_once_and_no_cell_is_small(profiles):
    summary = summarise(profiles, group_by_rfm(profiles, learn_rfm(profiles))["rfm_group"])
    assert summary["people"].sum() == len(profiles)
    assert summary["people"].min() >= 10
    assert summary["revenue_share"].sum() == pytest.approx(1)
    assert summary["revenue"].sum() == pytest.approx(profiles["revenue_total"].sum())


def test_the_fold_stands_last_whatever_its_revenue():
    profiles = pd.DataFrame(
        dict.fromkeys(["orders_count", "days_since_last_order", "mean_gap_days_observed"], [1.0] * 40)
    )
    summary = summarise(profiles.assign(revenue_total=[0.0] * 28 + [9.0] * 12), groups_of(a=28, b=6, c=6))
    assert summary.index.tolist() == ["a", SMALL]


def test_without_revenue_there_are_no_shares_of_it(profiles):
    summary = summarise(profiles.assign(revenue_total=0.0), group_by_rfm(profiles, learn_rfm(profiles))["rfm_group"])
    assert summary["revenue_share"].isna().all()


def test_fewer_than_ten_people_are_not_shown(profiles):
    assert summarise(profiles.head(9), group_by_rfm(profiles.head(9), learn_rfm(profiles.head(9)))["rfm_group"]).empty
