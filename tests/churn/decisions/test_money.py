from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from helpers.churn.decisions.money import (
    PER,
    Contact,
    contact_of,
    cost_curve,
    judge_savings,
    learned_threshold,
)
from helpers.churn.decisions.paying import judged_among, savings_frame, told
from helpers.datasets.tables.churn_decisions import CHURN_SAVINGS
from helpers.errors import WrongUse

CHURNED = np.array([1, 1, 0, 1, 0, 0])
SAID = np.array([0.9, 0.8, 0.7, 0.4, 0.4, 0.1])
CONTACT = Contact(cost=2.0, value=20.0, kept=0.2)  # a contact brings 4 of a leaver


def people(n=1_000, seed=1):
    rng = np.random.default_rng(seed)
    said = rng.beta(1, 3, n)
    frame = pd.DataFrame({"days_since_last_order": rng.integers(1, 90, n), "churned": rng.random(n) < said})
    return frame.astype({"churned": int}), said


def test_a_contact_pays_from_its_cost_over_what_it_brings():
    assert CONTACT.threshold == 0.5
    assert CONTACT.saved([1, 0]).tolist() == [2.0, -2.0]
    assert Contact(1.0, 0.0, 0.5).threshold == math.inf


@pytest.mark.parametrize("wrong", [{"cost": -1}, {"value": -1}, {"kept": 1.2}, {"kept": -0.1}, {"cost": math.inf}])
def test_assumptions_that_cannot_be_are_refused(wrong):
    with pytest.raises(WrongUse):
        contact_of(**({"cost": 1.0, "value": 10.0, "kept": 0.1} | wrong))


def test_the_curve_is_the_sum_over_the_listed_for_a_thousand():
    curve = cost_curve(CHURNED, SAID, CONTACT)
    assert curve["threshold"].tolist() == [math.inf, 0.9, 0.8, 0.7, 0.4, 0.1]
    assert curve["listed"].tolist() == [0, 1, 2, 3, 5, 6]
    for row in curve.itertuples():
        assert row.saving == pytest.approx(PER * CONTACT.saved(CHURNED)[row.threshold <= SAID].sum() / 6)


def test_the_learned_threshold_is_the_best_of_all():
    assert learned_threshold(CHURNED, SAID, CONTACT) == 0.8
    frame, said = people()
    curve = cost_curve(frame["churned"], said, CONTACT)
    best = learned_threshold(frame["churned"], said, CONTACT)
    assert curve.loc[curve["threshold"] == best, "saving"].item() == curve["saving"].max()


def test_with_probabilities_that_are_right_both_thresholds_are_near():
    frame, said = people(n=200_000)
    assert learned_threshold(frame["churned"], said, CONTACT) == pytest.approx(CONTACT.threshold, abs=0.05)


def test_a_contact_dearer_than_what_it_brings_is_for_nobody():
    dear = Contact(cost=5.0, value=20.0, kept=0.2)
    frame, said = people()
    assert dear.threshold > 1
    assert learned_threshold(frame["churned"], said, dear) == math.inf
    found = judge_savings(frame, said, dear, learned=math.inf, draws=100, seed=1)
    assert found.listed["threshold"] == found.listed["recency"] == 0
    assert (found.per_1000["threshold"].value, found.per_1000["threshold"].lo) == (0, None)
    assert found.gains["everybody"].value > 0


def test_a_free_contact_is_for_everybody():
    free = Contact(cost=0.0, value=20.0, kept=0.2)
    frame, said = people()
    found = judge_savings(frame, said, free, learned=0.0, draws=100, seed=1)
    assert found.listed["threshold"] == found.listed["everybody"] == found.listed["recency"] == len(frame)
    assert found.gains["everybody"].value == 0
    assert found.gains["everybody"].lo is None


def test_savings_are_those_of_the_lists_on_the_same_people():
    frame = pd.DataFrame({"days_since_last_order": [9, 80, 70, 5, 60, 1], "churned": CHURNED})
    found = judge_savings(frame, SAID, CONTACT, learned=0.75, draws=200, seed=1)
    # From 0.5 on: three, two of them leavers. The three longest silent: one leaver.
    saved = {"threshold": 2, "learned": 4, "half": 2, "recency": 2 - 4, "everybody": 0}
    assert found.listed == {"threshold": 3, "learned": 2, "half": 3, "recency": 3, "everybody": 6}
    for policy, each in saved.items():
        assert found.per_1000[policy].value == pytest.approx(PER * each / 6)
    assert found.gains["recency"].value == pytest.approx(PER * 4 / 6)
    assert found.gains["half"].lo is None  # the same list: nothing to tell apart


def test_where_the_recency_list_ends_among_equals_each_is_on_it_in_part():
    frame = pd.DataFrame({"days_since_last_order": [50, 20, 20, 20, 1, 1], "churned": [0, 1, 0, 0, 0, 0]})
    found = judge_savings(frame, [0.9, 0.9, 0.9, 0.1, 0.1, 0.1], CONTACT, learned=0.5, draws=10, seed=1)
    one_of_three = 2 / 3
    saving = -2 + one_of_three * (2 - 2 - 2)
    assert found.per_1000["recency"].value == pytest.approx(PER * saving / 6)


def test_neither_the_order_of_people_nor_ids_change_a_saving():
    frame, said = people()
    mixed = np.random.default_rng(4).permutation(len(frame))
    one = judge_savings(frame, said, CONTACT, learned=0.4, draws=10, seed=1)
    other = judge_savings(frame.iloc[mixed], said[mixed], CONTACT, learned=0.4, draws=10, seed=1)
    assert {name: each.value for name, each in one.per_1000.items()} == pytest.approx(
        {name: each.value for name, each in other.per_1000.items()}
    )


def test_savings_fill_their_table():
    frame, said = people()
    rows = savings_frame(judge_savings(frame, said, CONTACT, learned=0.4, draws=100, seed=1))
    assert list(rows.columns) == CHURN_SAVINGS.column_names
    assert not rows.duplicated(["policy", "metric"]).any()
    assert list(savings_frame(None).columns) == CHURN_SAVINGS.column_names
    assert savings_frame(None).empty


def test_savings_are_judged_among_those_who_may_be_written_to():
    assert judged_among(np.arange(1_000) < 400).sum() == 400
    assert judged_among(np.arange(1_000) < 9).all()  # too few to tell of
    assert judged_among(np.arange(1_000) < 991).all()  # the others would be
    assert judged_among(np.zeros(0, dtype=bool)).size == 0


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ((400, 500, 300), ("threshold", "learned", "half", "recency", "everybody")),
        ((3, 500, 300), ("learned", "half", "everybody")),
        ((995, 500, 300), ("learned", "half", "everybody")),
        ((400, 405, 300), ("threshold", "half", "recency", "everybody")),
        ((400, 500, 505), ("threshold", "learned", "recency", "everybody")),
        ((0, 1_000, 1_000), ("threshold", "learned", "half", "recency", "everybody")),
    ],
)
def test_no_two_savings_that_are_told_differ_by_a_few_people(listed, expected):
    frame, said = people()
    found = judge_savings(frame, said, CONTACT, learned=0.4, draws=10, seed=1)
    lists = dict(zip(("threshold", "learned", "half"), listed, strict=True))
    assert told(found._replace(listed=found.listed | lists)) == expected
