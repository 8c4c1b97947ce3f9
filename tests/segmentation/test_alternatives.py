from __future__ import annotations

import pytest

from helpers.segmentation.alternatives import compare
from helpers.segmentation.clusters import find_clusters
from tests.segmentation.worlds import shoppers, three_groups


@pytest.fixture(scope="module")
def planted():
    people, _ = three_groups(400, seed=1)
    return people, find_clusters(people, seed=1)


def test_where_groups_are_plain_all_methods_see_them(planted):
    people, model = planted
    compared = compare(model, people, seed=1)
    assert compared.mixture.value > 0.95
    assert compared.tree.value > 0.9
    assert compared.svm.value > 0.9
    assert compared.largest.value == pytest.approx(0.5, abs=0.1)
    assert {each.n for each in (compared.tree, compared.svm, compared.largest)} == {133}
    assert compared.mixture.n == 400


def test_where_k_means_cut_a_cloud_a_mixture_draws_other_groups(planted):
    people = shoppers(400, seed=1)
    cut = planted[1]._replace(scaling=find_clusters(people, seed=1).scaling)
    compared = compare(cut, people, seed=1)
    assert compared.mixture.hi < 0.8
    assert compared.mixture.lo < compared.mixture.value


def test_order_of_people_does_not_matter(planted):
    people, model = planted
    assert compare(model, people.sample(frac=1, random_state=1), seed=1) == compare(model, people, seed=1)


def test_without_groups_there_is_nothing_to_compare():
    people = shoppers(40, seed=1)
    assert compare(find_clusters(people, seed=1), people, seed=1) is None
