from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.stats import percentileofscore

from helpers.segmentation import rfm
from helpers.segmentation.rfm import GROUPS, SCORES, learn_rfm


def fifths(values):
    return rfm.fifths(values, np.sort(values))


def group_by_rfm(people):
    """Scored among themselves."""
    return rfm.group_by_rfm(people, learn_rfm(people))


def people(purchase_days, days_since, revenue):
    days = np.asarray(purchase_days, dtype=float)
    return pd.DataFrame(
        {
            "profile_id": [f"p{number}" for number in range(days.size)],
            "repeat_frequency": np.where(days > 0, days - 1, np.nan),
            "days_since_last_order": np.where(days > 0, days_since, np.nan),
            "revenue_total": np.asarray(revenue, dtype=float),
        }
    )


def test_fifths_of_distinct_values_are_equal_in_size():
    scores = fifths(np.random.default_rng(1).permutation(1_000).astype(float))
    assert np.bincount(scores.astype(int)).tolist() == [0, 200, 200, 200, 200, 200]


def test_fifths_follow_the_mean_percentile_of_tied_values():
    values = np.random.default_rng(2).integers(0, 9, 357).astype(float)
    percentiles = np.array([percentileofscore(values, value, kind="mean") for value in values])
    assert fifths(values).tolist() == (np.floor(percentiles / 20) + 1).clip(max=5).tolist()


def test_equal_values_share_a_score_and_higher_values_never_score_lower():
    values = np.array([1.0] * 70 + [2.0] * 10 + [3.0] * 20)
    scores = fifths(values)
    assert [set(scores[values == value]) for value in (1, 2, 3)] == [{2.0}, {4.0}, {5.0}]


def test_no_scores_where_all_are_equal_or_nobody_is_there():
    assert np.isnan(fifths(np.full(9, 4.0))).all()
    assert fifths(np.array([])).size == 0


def test_latest_buyers_score_highest_and_never_buyers_have_no_score():
    groups = group_by_rfm(people([0, 2, 3, 4, 5, 6], [0, 50, 40, 30, 20, 10], [0, 1, 2, 3, 4, 5]))
    assert groups["recency_score"].tolist()[1:] == [1, 2, 3, 4, 5]
    assert groups["frequency_score"].tolist()[1:] == [1, 2, 3, 4, 5]
    assert groups.loc[0, SCORES].isna().all()
    assert groups.loc[0, "rfm_group"] == "no order yet"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ((1, 5), "one-time, recent"),
        ((1, 95), "one-time, earlier"),
        ((9, 5), "champions"),
        ((9, 45), "loyal"),
        ((9, 95), "slipping away"),
    ],
)
def test_names_by_the_stated_table(row, name):
    rng = np.random.default_rng(3)
    crowd = people(rng.integers(1, 10, 200), rng.integers(0, 100, 200), rng.random(200) * 100)
    crowd.loc[0, ["repeat_frequency", "days_since_last_order", "revenue_total"]] = [row[0] - 1, row[1], 99.0]
    assert group_by_rfm(crowd).loc[0, "rfm_group"] == name


def test_one_day_for_all_gives_no_recency_score_and_a_name_that_claims_none():
    groups = group_by_rfm(people([0, 1, 1, 2], [0, 14, 14, 14], [0, 10, 20, 30]))
    assert groups["recency_score"].isna().all()
    assert groups["rfm_group"].tolist() == ["no order yet", "one-time", "one-time", "repeat"]


def test_every_possible_person_has_exactly_one_known_name():
    rng = np.random.default_rng(4)
    rows = [(days, since, money) for days, since, money in product(range(8), range(0, 100, 9), range(0, 90, 7))]
    crowd = people(*map(np.array, zip(*rows, strict=True))).sample(frac=1, random_state=5)
    crowd["revenue_total"] += rng.random(len(crowd))
    groups = group_by_rfm(crowd)
    assert set(groups["rfm_group"]) <= {group.name for group in GROUPS}
    assert groups["profile_id"].tolist() == crowd["profile_id"].tolist()


def test_names_are_unique():
    assert len({group.name for group in GROUPS}) == len(GROUPS)


def test_nobody_gives_no_rows():
    assert group_by_rfm(people([], [], [])).empty


def crowd_of(rng, count):
    return people(rng.integers(0, 9, count), rng.integers(1, 300, count), rng.integers(0, 40, count) * 25.0)


def test_people_placed_later_score_as_those_who_are_like_them_did():
    crowd = crowd_of(np.random.default_rng(6), 400)
    buyers = learn_rfm(crowd)
    ours = rfm.group_by_rfm(crowd, buyers)
    later = crowd.sample(30, random_state=1)
    pd.testing.assert_frame_equal(rfm.group_by_rfm(later, buyers), ours.loc[later.index])


def test_placed_people_score_by_the_share_of_buyers_below_them():
    rng = np.random.default_rng(7)
    crowd, others = crowd_of(rng, 300), crowd_of(rng, 200)
    bought = crowd[crowd["repeat_frequency"].notna()]["revenue_total"]
    placed = rfm.group_by_rfm(others, learn_rfm(crowd))
    for index, person in others[others["repeat_frequency"].notna()].iterrows():
        share = percentileofscore(bought, person["revenue_total"], kind="mean")
        assert placed.loc[index, "monetary_score"] == min(int(share // 20) + 1, 5)


def test_beyond_everybody_is_the_first_or_the_last_fifth():
    among = np.arange(100.0)
    assert rfm.fifths(np.array([-5.0, 50.5, 1e9]), among).tolist() == [1, 3, 5]
