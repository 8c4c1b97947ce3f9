from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from helpers.churn import FEATURES, build_panel, label, panel, people_at, split_time
from helpers.datasets.tables.profiles import PROFILES
from helpers.errors import NothingToDo, WrongUse

START = date(2025, 1, 1)


def snapshot_of(**columns):
    n = len(columns["orders_count"])
    blank = dict.fromkeys(FEATURES, [0.0] * n) | {"profile_id": [f"p{number}" for number in range(n)]}
    return pd.DataFrame(blank | columns)


def as_table(frame):
    return ibis.memtable(pa.Table.from_pandas(frame, preserve_index=False))


@pytest.mark.parametrize("horizon", [1, 30, 90])
@pytest.mark.parametrize("history", [3, 4, 5, 9])
def test_labels_to_learn_from_end_before_the_judging_begins(horizon, history):
    as_of = START + timedelta(days=history * horizon)
    cutoffs = split_time(history_starts=START, as_of=as_of, horizon_days=horizon)
    step = timedelta(days=horizon)
    assert cutoffs.test + step == as_of
    assert len(cutoffs.training) == min(3, history - 2)
    assert all(cutoff + step <= cutoffs.test for cutoff in cutoffs.training)
    assert all(cutoff - step >= START for cutoff in cutoffs.training)


def test_cdnow_has_three_cutoffs_to_learn_from():
    cutoffs = split_time(history_starts=date(1997, 1, 1), as_of=date(1998, 7, 1), horizon_days=90)
    assert cutoffs.test == date(1998, 4, 2)
    assert cutoffs.training == (date(1998, 1, 2), date(1997, 10, 4), date(1997, 7, 6))


def test_less_than_three_horizons_is_nothing_to_do():
    with pytest.raises(NothingToDo, match=r"spans 269 days.*needs 270"):
        split_time(history_starts=START, as_of=START + timedelta(days=269), horizon_days=90)


def test_a_horizon_of_no_days_is_wrong_use():
    with pytest.raises(WrongUse, match="horizon_days"):
        split_time(history_starts=START, as_of=date(2026, 1, 1), horizon_days=0)


def test_customers_are_those_with_an_order_and_active_those_with_one_in_90_days():
    snapshot = snapshot_of(orders_count=[0, 1, 2], orders_90d=[0, 0, 1])
    people = people_at(snapshot, cutoff=START)
    assert people.set_index("profile_id")["active"].to_dict() == {"p1": False, "p2": True}
    assert (people["cutoff"] == START).all()


def test_missing_values_of_the_engine_become_nan():
    snapshot = snapshot_of(orders_count=[1, 2], mean_gap_days_observed=pd.array([pd.NA, 3], dtype="Int64"))
    people = people_at(snapshot, cutoff=START)
    assert people["mean_gap_days_observed"].isna().tolist() == [True, False]
    assert (people[FEATURES].dtypes == "float64").all()


def test_who_does_not_order_in_the_horizon_is_labelled():
    people = people_at(snapshot_of(orders_count=[1, 1, 1]), cutoff=START)
    labelled = label(people, ["p1", "somebody new"])
    assert labelled.set_index("profile_id")["churned"].to_dict() == {"p0": 1, "p1": 0, "p2": 1}


def test_neither_ids_nor_the_order_of_rows_matter():
    snapshot = snapshot_of(orders_count=[3, 1, 2, 1], aov_observed=[1.0, 5.0, 2.0, 4.0])
    renamed = snapshot.assign(profile_id=["z", "y", "x", "w"]).sample(frac=1, random_state=1)
    one = label(people_at(snapshot, cutoff=START), ["p1"])
    other = label(people_at(renamed, cutoff=START), ["y"])
    assert one.drop(columns="profile_id").equals(other.drop(columns="profile_id"))


def test_every_feature_is_a_declared_number_of_profiles():
    declared = {column.name: column.dtype for column in PROFILES.columns}
    assert {declared[name] for name in FEATURES} <= {"int64", "float64"}


@pytest.fixture
def asked(monkeypatch):
    """A shop of three people whose profiles and orders are made up, and what was asked of it."""
    asked = []

    def people(shop, cutoffs):
        asked.extend(("features before", cutoff) for cutoff in cutoffs)
        return as_table(pd.concat([made_up(cutoff).assign(cutoff=cutoff) for cutoff in cutoffs]))

    def orders_between(shop, start, end):
        asked.append(("labels", start, end))
        return as_table(pd.DataFrame({"profile_id": ["p0", "p9"], "orders": [1, 1]}))

    monkeypatch.setattr(panel.profiles, "panel", people)
    monkeypatch.setattr(panel.profiles, "orders_between", orders_between)
    return asked


def made_up(cutoff):
    tenure = (cutoff - START).days
    return snapshot_of(orders_count=[1, 2, 0], tenure_days=[tenure, tenure - 9, tenure])


def shop_at(as_of):
    """A shop whose table of profiles is made up."""

    def frame(rows):
        return made_up(as_of) if rows == "profiles" else rows.to_pyarrow().to_pandas()

    return SimpleNamespace(as_of=as_of, frame=frame)


def test_features_come_from_before_each_cutoff_and_labels_from_the_horizon_after_it(asked):
    built = build_panel(shop_at(START + timedelta(days=130)), horizon_days=30)
    windows = {(each[1], each[2]) for each in asked if each[0] == "labels"}
    cutoffs = {built.cutoffs.test, *built.cutoffs.training}
    assert windows == {(cutoff, cutoff + timedelta(days=30)) for cutoff in cutoffs}
    assert {each[1] for each in asked if each[0] == "features before"} == cutoffs
    assert set(built.current["cutoff"]) == {built.cutoffs.as_of}
    assert max(end for _, end in windows) == built.cutoffs.as_of
    assert built.training.groupby("cutoff").size().tolist() == [2, 2]
    assert built.test.set_index("profile_id")["churned"].to_dict() == {"p0": 0, "p1": 1}
    assert "churned" not in built.current


def test_history_starts_with_the_first_customer(asked):
    with pytest.raises(NothingToDo, match="spans 80 days"):
        build_panel(shop_at(START + timedelta(days=80)), horizon_days=30)


def test_nobody_with_an_order_is_nothing_to_do():
    nobody = SimpleNamespace(as_of=START, frame=lambda rows: snapshot_of(orders_count=[0, 0]))
    with pytest.raises(NothingToDo, match="Nobody has ordered"):
        build_panel(nobody, horizon_days=30)
