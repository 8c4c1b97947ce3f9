from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers import churn
from helpers.churn import tables
from helpers.churn.rungs import RUNGS
from helpers.churn.saved import collect
from helpers.churn.scores import explain_people, rank_people, score_people
from helpers.privacy import publish

from .conftest import CUTOFFS, make_panel, make_people


@pytest.fixture
def shop(monkeypatch):
    """No shop is needed: what a table hides because of the report before is not looked at here."""
    monkeypatch.setattr(tables, "publish_for", lambda shop, name, frame, **told: publish(frame, **told))


def panel_of(people):
    panel = make_panel(training=people.assign(cutoff=CUTOFFS.training[0]), test=people.assign(cutoff=CUTOFFS.test))
    return panel._replace(current=people.assign(cutoff=CUTOFFS.as_of).drop(columns="churned"))


def test_counts_of_people_at_each_moment(later_people):
    table = churn.cohort_table(panel_of(later_people)).frame
    assert table["As of"].tolist() == ["3 October 2025", "1 January 2026", "1 April 2026"]
    assert table["Used to"].tolist() == ["learn", "judge", "score"]
    active = later_people[later_people["active"]]
    expected = [len(later_people), later_people["churned"].sum(), len(active), active["churned"].sum()]
    assert table.iloc[0, 2:].tolist() == expected
    assert pd.isna(table.iloc[2, 3])


@pytest.mark.parametrize("gone", [9, 291])
def test_a_count_that_tells_of_fewer_than_ten_people_is_hidden(gone):
    people = make_people(n=300, seed=1).assign(churned=[1] * gone + [0] * (300 - gone))
    published = churn.cohort_table(panel_of(people))
    assert published.hidden["of them not back"].tolist() == [True, True, False]
    assert not published.hidden["Customers"].any()


def test_every_rung_stands_beside_the_rule(climbed):
    table = churn.rung_table(climbed).frame
    assert table["Way of ranking"].tolist()[:3] == ["everybody alike", "the recency rule", "the frequency rule"]
    assert table["Against the recency rule"].isna().tolist() == [rung == "recency" for rung in RUNGS]
    alone = climbed._replace(populations={"all": climbed.populations["all"]})
    assert "Of 100 pairs of all customers" in table
    assert "Of 100 pairs of all customers" not in churn.rung_table(alone).frame


def test_the_field_s_own_measures_of_either_population_stand_in_one_table(climbed):
    table = churn.measures_table(climbed).frame
    assert table["Customers"].tolist() == ["customers still active"] * 8 + ["all customers with an order"] * 8
    assert {"AUC", "Average precision", "Recall, top tenth", "Log loss", "Calibration slope", "Accuracy"} < set(table)
    assert table["AUC, against recency"].isna().sum() == 2
    assert table["Brier score of held-out people, mended by steps"].notna().all()
    assert (table["Seconds to learn + to score"].str.fullmatch(r"\d+\.\d\d \+ \d+\.\d\d")).all()


def test_tenths_of_those_judged_say_what_was_said_and_what_came(climbed, shop):
    table = churn.reliability_table(shop, climbed).frame
    parts = climbed.populations["active"].parts
    shown = table["Said, of 100"].notna()
    assert shown.any()
    expected = [100 * each.predicted for each in parts]
    assert table["Said, of 100"][shown].tolist() == pytest.approx(np.array(expected)[shown].tolist())
    assert not shown[[part.share.numerator < 10 or part.share.n - part.share.numerator < 10 for part in parts]].any()


@pytest.mark.parametrize(("n", "parts"), [(1_000, 10), (47, 4), (15, 1)])
def test_parts_of_equal_size_none_small_least_likely_first(climbed, panel, shop, n, parts):
    current = make_people(n=n, seed=9).assign(active=True)
    models = collect(climbed, panel, dataset="tiny", seed=1)
    told = explain_people(models, current, currency="EUR")
    scores = score_people(models, current, told, as_of=CUTOFFS.as_of)
    table = churn.tenths_table(shop, scores, current, "active").frame
    assert len(table) == parts
    assert table["Customers"].sum() == n
    assert table["Customers"].min() >= 10
    expected = table["Of 100, expected not to come back"]
    assert expected.is_monotonic_decreasing
    assert np.average(expected, weights=table["Customers"]) == pytest.approx(100 * scores["probability"].mean())


def test_the_plain_rule_s_tenths_have_no_probability(panel, shop):
    ranked = rank_people(panel.current, as_of=CUTOFFS.as_of, horizon_days=90, label="no_order_90d")
    table = churn.tenths_table(shop, ranked, panel.current, "all").frame
    assert table.columns.tolist() == ["Part", "Customers", "Days since the last order, median"]
    assert table.iloc[0, 2] > table.iloc[-1, 2]


def test_parts_of_fewer_than_ten_people_are_not_shown(panel, shop):
    few = panel.current.head(9)
    ranked = rank_people(few, as_of=CUTOFFS.as_of, horizon_days=90, label="no_order_90d")
    assert churn.tenths_table(shop, ranked, few, "all").frame.empty
