"""What groups explain, against scikit-learn's own cross-validation and against worlds where the answer is known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import PredefinedSplit, cross_val_predict
from sklearn.preprocessing import OneHotEncoder

from helpers import profiles as people_room
from helpers.segmentation import worth as module
from helpers.segmentation.rfm import group_by_rfm, learn_rfm
from helpers.segmentation.worth import FOLDS, next_period, ways, worth


def world(people=600, *, spread=1.0, seed=1):
    """People of three groups who order 1, 3 and 9 times in the mean; the features tell the group."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 3, people)
    orders = np.maximum(0, np.array([1.0, 3.0, 9.0])[group] + rng.normal(0, spread, people))
    outcomes = pd.DataFrame({"orders": orders, "revenue": orders * 20})
    features = np.column_stack([group + rng.normal(0, 0.1, people), rng.normal(size=people)])
    labels = pd.Series(group).map("g{}".format)
    noise = pd.Series(rng.integers(0, 3, people)).map("n{}".format)
    return features, {"clusters": labels, "rfm": noise, "rfm_groups": noise}, outcomes


def test_groups_that_tell_what_comes_explain_it_and_groups_at_random_explain_nothing():
    features, groupings, outcomes = world()
    found = worth(features, groupings, outcomes, leaves=3, seed=1)
    assert found.explained["clusters", "orders"].value == pytest.approx(1 - 1 / (1 + np.var([1, 3, 9])), abs=0.02)
    for way in ("rfm", "rfm_groups"):
        assert found.explained[way, "orders"].hi < 0.02
        assert found.over[way, "revenue"].lo > 0.8
    assert found.leaves == 3
    assert found.over["tree", "orders"].lo <= 0.01 <= found.explained["tree", "orders"].lo


def test_shares_are_those_of_a_regression_on_indicators_over_the_same_folds():
    _, groupings, outcomes = world(spread=3.0)
    labels = groupings["clusters"]
    folds = np.random.default_rng(3).permutation(len(outcomes)) % FOLDS
    indicators = OneHotEncoder().fit_transform(labels.to_frame())
    did = outcomes["orders"].to_numpy()
    expected = cross_val_predict(LinearRegression(), indicators, did, cv=PredefinedSplit(folds))
    assert module._expected(labels.to_numpy(), did, folds) == pytest.approx(expected)
    nobody = module._expected(np.zeros(len(did)), did, folds)
    share = module._share((did - expected) ** 2, (did - nobody) ** 2, np.ones((1, len(did))))
    assert share[0] == pytest.approx(r2_score(did, expected), abs=0.005)


def test_neither_the_order_of_people_nor_the_names_of_groups_matter():
    features, groupings, outcomes = world()
    first = worth(features, groupings, outcomes, leaves=3, seed=1)
    order = np.random.default_rng(2).permutation(len(outcomes))
    shuffled = {way: each.iloc[order].map(lambda name: name) for way, each in groupings.items()}
    assert worth(features[order], shuffled, outcomes.iloc[order], leaves=3, seed=1) == first


def test_who_is_alone_in_a_group_is_expected_to_do_what_everybody_does():
    features, groupings, outcomes = world()
    alone = {**groupings, "rfm": pd.Series([f"c{each}" for each in range(len(outcomes))])}
    found = worth(features, alone, outcomes, leaves=3, seed=1).explained["rfm", "orders"]
    assert (found.value, found.lo) == (0, None)


def test_too_few_people_or_no_order_gives_nothing():
    features, groupings, outcomes = world(people=99)
    assert worth(features, groupings, outcomes, leaves=3, seed=1) is None
    features, groupings, outcomes = world()
    assert worth(features, groupings, outcomes * 0, leaves=3, seed=1) is None


def test_where_amounts_are_not_known_orders_alone_are_told():
    features, groupings, outcomes = world()
    found = worth(features, groupings, outcomes.assign(revenue=0.0), leaves=3, seed=1)
    assert {outcome for _, outcome in found.explained} == {"orders"}


def test_people_who_are_all_alike_leave_the_tree_nothing_to_ask():
    _, groupings, outcomes = world()
    found = worth(np.empty((len(outcomes), 0)), groupings, outcomes, leaves=3, seed=1)
    assert found.explained["tree", "orders"].value == 0


def test_differences_hold_for_all_ways_at_once():
    features, groupings, outcomes = world(spread=6.0)
    found = worth(features, groupings, outcomes, leaves=3, seed=1)
    alone = worth(features, {name: groupings[name] for name in ("clusters", "rfm")}, outcomes, leaves=3, seed=1)
    wide, narrow = (each.over["rfm", "orders"] for each in (found, alone))
    assert wide.value == narrow.value
    assert wide.lo < narrow.lo < narrow.hi < wide.hi
    assert wide.method.endswith("for all ways at once")


def test_cells_are_the_three_scores_beside_each_other(profiles):
    segments = group_by_rfm(profiles, learn_rfm(profiles))
    cells = ways(segments, None)["rfm"]
    buyer = segments["recency_score"].notna()
    assert set(cells[~buyer]) == {"---"}
    assert (cells[buyer].str[0].astype(int) == segments.loc[buyer, "recency_score"]).all()
    assert (cells[buyer].str[2].astype(int) == segments.loc[buyer, "monetary_score"]).all()


def test_the_next_period_begins_with_its_day_and_nets_refunds(make_shop, log):
    log.order("2025-03-01 12:00", 10, user_id="a").order("2025-05-31 21:59", 20, user_id="a")
    log.order("2025-05-31 22:00", 40, user_id="b").order("2025-06-15 12:00", 5, user_id="b")
    log.refund("2025-06-16 12:00", -12, user_id="b").add("2025-06-02 12:00", user_id="c")
    shop = log.write(make_shop(as_of="2025-07-01"))
    people_room.build(shop)
    people = shop.frame("profiles").sort_values("profile_id", ascending=False).set_index("profile_id", drop=False)
    done = next_period(shop, people, date(2025, 6, 1))
    assert done.index.equals(people.index)
    by_revenue = done.groupby(people["revenue_total"].astype(int))[["orders", "revenue"]].sum().T.to_dict("list")
    assert by_revenue == {0: [0, 0], 30: [0, 0], 33: [2, 33]}
