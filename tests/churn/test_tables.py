from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from helpers import churn
from helpers.churn import Cutoffs, Panel, climb, score_people
from helpers.privacy import publish

from .conftest import make_people

CUTOFFS = Cutoffs((date(2025, 1, 1),), date(2025, 4, 1), date(2025, 6, 30), 90)


@pytest.fixture(scope="module")
def ladder(training, later_people):
    return climb(training, later_people, draws=100, seed=1)


def panel_of(people):
    at = {name: people.assign(cutoff=getattr(CUTOFFS, name)) for name in ("test", "as_of")}
    training = people.assign(cutoff=CUTOFFS.training[0])
    return Panel(CUTOFFS, training, at["test"], at["as_of"].drop(columns="churned"))


def test_counts_of_people_at_each_moment(later_people):
    table = churn.cohort_table(panel_of(later_people))
    assert table["As of"].tolist() == ["1 January 2025", "1 April 2025", "30 June 2025"]
    assert table["Used to"].tolist() == ["learn", "judge", "score"]
    active = later_people[later_people["active"]]
    expected = [len(later_people), later_people["churned"].sum(), len(active), active["churned"].sum()]
    assert table.iloc[0, 2:].tolist() == expected
    assert pd.isna(table.iloc[2, 3])


@pytest.mark.parametrize("gone", [9, 291])
def test_a_count_that_tells_of_fewer_than_ten_people_is_hidden_when_published(gone):
    people = make_people(n=300, seed=1).assign(churned=[1] * gone + [0] * (300 - gone))
    table = churn.cohort_table(panel_of(people))
    published = publish(table, people=churn.COUNTED, names=["As of", "Used to"], parts=churn.PARTS, totals="none")
    assert published.hidden["of them did not order"].tolist() == [True, True, False]
    assert not published.hidden["Customers"].any()


def test_every_rung_stands_beside_the_rule_for_both_populations(ladder):
    table = churn.rung_table(ladder)
    assert table["Customers"].tolist() == ["active"] * 3 + ["all"] * 3
    assert table["Way of ranking"].tolist()[:3] == ["the recency rule", "logistic regression", "boosted trees"]
    assert churn.measures_table(ladder)["AUC minus recency"].isna().tolist() == [True, False, False] * 2


@pytest.mark.parametrize(("n", "parts"), [(1_000, 10), (47, 4), (15, 1)])
def test_parts_of_equal_size_none_small_least_likely_first(ladder, n, parts):
    current = make_people(n=n, seed=9).assign(active=True)
    scores = score_people(ladder, current, cutoffs=CUTOFFS)
    table = churn.tenths_table(scores, current, "active")
    assert len(table) == parts
    assert table["Customers"].sum() == n
    assert table["Customers"].min() >= 10
    expected = table["Of 100, expected not to order"]
    assert expected.is_monotonic_decreasing
    assert np.average(expected, weights=table["Customers"]) == pytest.approx(100 * scores["probability"].mean())


def test_parts_of_fewer_than_ten_people_are_not_shown():
    scores = pd.DataFrame({"probability": [0.5] * 9})
    assert churn.tenths_table(scores, pd.DataFrame({"active": [True] * 9}), "active").empty
