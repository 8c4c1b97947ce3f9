from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.segmentation.features import FEATURES, learn_scaling
from helpers.segmentation.names import name_groups
from tests.segmentation.worlds import three_groups

COLUMNS = tuple(FEATURES)


@pytest.fixture(scope="module")
def world():
    people, labels = three_groups(400, seed=1)
    return learn_scaling(people).points(people), labels


def test_groups_are_named_by_what_sets_them_apart(world):
    regulars, spenders, lapsed = name_groups(*world, COLUMNS)
    assert "many orders" in regulars
    assert spenders.startswith("large orders")
    assert "quiet of late" in lapsed or "little revenue" in lapsed


@pytest.mark.parametrize("order", [[1, 2, 0], [2, 1, 0], [0, 2, 1]])
def test_a_name_does_not_depend_on_the_number_of_a_group(world, order):
    points, labels = world
    names, again = name_groups(points, labels, COLUMNS), name_groups(points, np.array(order)[labels], COLUMNS)
    assert [again[number] for number in order] == list(names)


def test_nor_on_the_order_of_people(world):
    points, labels = world
    order = np.random.default_rng(1).permutation(len(points))
    assert name_groups(points[order], labels[order], COLUMNS) == name_groups(points, labels, COLUMNS)


def test_a_name_is_of_the_median_and_not_of_a_few(world):
    points, labels = world
    rich = points.copy()
    rich[np.flatnonzero(labels == 2)[:20], 3] = 1_000
    assert name_groups(rich, labels, COLUMNS) == name_groups(points, labels, COLUMNS)


def test_groups_alike_in_one_feature_are_told_apart_by_the_next():
    sizes = [60, 9, 9]
    points = np.array([[0, 0], [4, 1], [4, -1]]).repeat(sizes, axis=0) + np.linspace(-0.1, 0.1, 78)[:, None]
    names = name_groups(points, np.arange(3).repeat(sizes), COLUMNS[:2])
    assert names[1] == "long without a purchase, many orders"
    assert names[2] == "long without a purchase, few orders"


def test_groups_that_differ_in_degree_only_are_ranked_the_furthest_first():
    points = np.array([-5.0, -1, 0, 2, 9]).repeat(9)[:, None] + np.tile(np.linspace(-0.1, 0.1, 9), 5)[:, None]
    names = name_groups(points, np.arange(5).repeat(9), ("orders_count",))
    few, many = ((f"{each} orders (1 of 2)", f"{each} orders (2 of 2)") for each in ("few", "many"))
    assert names == (*few, "like most", *reversed(many))


@given(arrays("float64", st.tuples(st.integers(1, 8), st.integers(1, 3)), elements=st.integers(-2, 2)))
def test_names_are_unique_whatever_the_groups(medians):
    points, labels = medians.repeat(3, axis=0), np.arange(len(medians)).repeat(3)
    names = name_groups(points, labels, COLUMNS[: medians.shape[1]])
    assert len(set(names)) == len(medians)


def test_of_groups_equally_far_out_the_next_distance_decides():
    sizes = [27, 5, 13]
    points = np.array([[0, 0], [4, 1], [4, 2]]).repeat(sizes, axis=0)
    names = name_groups(points, np.arange(3).repeat(sizes), COLUMNS[:2])
    alike = "long without a purchase, many orders"
    assert names == ("like most", f"{alike} (2 of 2)", f"{alike} (1 of 2)")
