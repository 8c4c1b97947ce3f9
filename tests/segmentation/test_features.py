from __future__ import annotations

import numpy as np
import pytest

from helpers.datasets.tables.profiles import PROFILES
from helpers.errors import NothingToDo
from helpers.segmentation.features import COLUMNS, FEATURES, learn_scaling
from tests.segmentation.worlds import shoppers


def test_every_feature_is_a_column_of_profiles_and_says_why():
    assert set(COLUMNS) <= set(PROFILES.column_names)
    assert all(each.words and each.why and each.less != each.more for each in FEATURES.values())


def test_points_have_mean_0_and_deviation_1_on_the_logarithmic_scale():
    people = shoppers(300, seed=1)
    points = learn_scaling(people).points(people)
    assert points.mean(axis=0) == pytest.approx(np.zeros(len(FEATURES)), abs=1e-9)
    assert points.std(axis=0) == pytest.approx(np.ones(len(FEATURES)))
    logged = np.log1p(people["orders_count"])
    assert points[:, 1] == pytest.approx(((logged - logged.mean()) / logged.std(ddof=0)).to_numpy())


def test_others_are_scaled_as_learned_and_not_anew():
    people, others = shoppers(300, seed=1), shoppers(200, seed=2, gap=30)
    scaling = learn_scaling(people)
    assert scaling.points(others).mean(axis=0)[1] > 0.3
    assert scaling.points(people.iloc[:7]).tolist() == scaling.points(people)[:7].tolist()


def test_who_never_bought_is_silent_since_first_seen_and_of_middling_orders():
    people = shoppers(100, seed=1).astype({"aov": "float64"})
    people.loc[0, ["days_since_last_order", "aov"]] = np.nan
    people.loc[0, ["orders_count", "revenue_total", "tenure_days"]] = 0, 0, 400
    scaling = learn_scaling(people)
    silent = people.assign(days_since_last_order=people["days_since_last_order"].fillna(400))
    assert scaling.points(people)[0, 0] == pytest.approx(scaling.points(silent)[0, 0])
    assert scaling.points(people)[0, 3] == 0


def test_more_given_back_than_bought_counts_as_nothing():
    people = shoppers(100, seed=1)
    people.loc[[0, 1], "revenue_total"] = -50.0, 0.0
    points = learn_scaling(people).points(people)
    assert points[0, 2] == points[1, 2] == points[:, 2].min()


def test_what_is_alike_for_all_or_known_of_nobody_is_left_out():
    people = shoppers(100, seed=1).assign(orders_count=3, aov=np.nan)
    scaling = learn_scaling(people)
    assert scaling.left_out == ("orders_count", "aov")
    assert scaling.columns == ("days_since_last_order", "revenue_total", "events_decayed")
    assert np.isfinite(scaling.points(people)).all()


def test_nobody_is_nothing_to_do():
    with pytest.raises(NothingToDo, match="nobody"):
        learn_scaling(shoppers(3, seed=1).iloc[:0])
