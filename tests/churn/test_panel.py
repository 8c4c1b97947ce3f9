from __future__ import annotations

from datetime import date

import ibis
import pandas as pd
import pytest

import helpers
from helpers import profiles
from helpers.churn import FEATURES, build_panel
from helpers.churn.cutoffs import watched_days
from helpers.churn.panel import buyers_after, customers, label, people_at
from helpers.churn.rule import by_rule
from helpers.datasets.tables.profiles import PROFILES
from helpers.identity import name_of
from tests.conftest import Log

START = date(2025, 1, 1)


def snapshot_of(**columns):
    n = len(columns["orders_count"])
    blank = dict.fromkeys(FEATURES, [0.0] * n) | {"profile_id": [f"p{number}" for number in range(n)]}
    return pd.DataFrame(blank | columns)


def test_customers_are_those_with_an_order():
    rows = ibis.memtable(snapshot_of(orders_count=[0, 1, 2], cutoff=[START] * 3, known_as=["a", "b", "c"]))
    assert sorted(customers(rows).to_pandas()["profile_id"]) == ["p1", "p2"]
    assert sorted(customers(rows, "known_as").to_pandas()["known_as"]) == ["b", "c"]


def test_customers_keep_the_name_that_they_had():
    people = people_at(snapshot_of(orders_count=[2, 1], known_as=["a", "b"]), cutoff=START)
    assert people[["profile_id", "known_as"]].to_numpy().tolist() == [["p1", "b"], ["p0", "a"]]
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


@pytest.fixture(scope="module")
def built(small_shop):
    return build_panel(small_shop, horizon_days=60)


def of(people, who):
    """The row of one user."""
    return people.set_index("profile_id").loc[name_of("user_id", who)]


def test_features_are_those_before_each_cutoff_and_labels_those_of_the_horizon_after_it(small_shop, built):
    past = [built.cutoffs.test, *built.cutoffs.training]
    assert past == [date(2025, 10, 2), date(2025, 8, 3), date(2025, 6, 4), date(2025, 4, 5)]
    assert built.reason == ""
    every = pd.concat([built.test.drop(columns="newcomer"), built.training])
    assert len(every) > 150
    panel = small_shop.frame(profiles.panel(small_shop, past)).set_index(["cutoff", "profile_id"])
    own = panel.loc[pd.MultiIndex.from_frame(every[["cutoff", "known_as"]]), FEATURES]
    assert every[FEATURES].to_numpy() == pytest.approx(own.to_numpy(dtype=float, na_value=float("nan")), nan_ok=True)
    for cutoff, people in every.groupby("cutoff"):
        buyers = set(buyers_after(small_shop, cutoff, 60))
        assert people["churned"].tolist() == [int(who not in buyers) for who in people["profile_id"]]
    assert set(built.current["cutoff"]) == {built.cutoffs.as_of}
    assert "churned" not in built.current


def test_active_is_whoever_is_neither_dormant_nor_gone_whatever_they_bought(built):
    assert not of(built.test, "left long ago").active
    assert of(built.test, "still reads").active
    assert of(built.test, "still reads").orders_90d == 0
    assert not of(built.current, "still reads").active  # silent since September


def test_people_with_two_names_are_one_customer(small_shop, built):
    rows = small_shop.frame(profiles.panel(small_shop, [built.cutoffs.test]))
    assert len(built.test) == len(rows) - 1
    own = built.test[built.test["known_as"] != built.test["profile_id"]]
    assert len(own) == 1
    assert own["orders_count"].tolist() == [1]
    assert own["days_since_last_order"].tolist() == [154]  # under the name that did something in May
    assert built.test["profile_id"].is_unique


def test_newcomers_are_in_no_row_to_learn_from(built):
    assert of(built.test, "came late").newcomer
    assert not of(built.test, "looks").newcomer
    assert set(built.test.loc[built.test["newcomer"], "profile_id"]).isdisjoint(built.training["profile_id"])
    assert set(built.test.loc[~built.test["newcomer"], "profile_id"]) <= set(built.training["profile_id"])


def test_people_are_watched_on_the_days_up_to_the_test_and_up_to_now(built):
    days = watched_days(built.cutoffs)
    assert set(built.watched["cutoff"]) == {*days.then, *days.now}
    now, then = (built.watched[built.watched["cutoff"] == day] for day in (built.cutoffs.as_of, built.cutoffs.test))
    pd.testing.assert_frame_equal(now.reset_index(drop=True), built.current)
    pd.testing.assert_frame_equal(then[FEATURES].reset_index(drop=True), built.test[FEATURES])


def test_an_act_is_no_order_and_a_message_that_arrives_no_act(small_shop, built):
    silent = build_panel(small_shop, horizon_days=60, label="no_event")
    assert silent.cutoffs.label == "no_event_60d"
    labels = {who: (of(built.test, who).churned, of(silent.test, who).churned) for who in ("looks", "is written to")}
    assert labels == {"looks": (1, 0), "is written to": (1, 1)}


def test_no_label_looks_into_the_gap(small_shop, built):
    assert of(built.test, "buys at once").churned == 0
    with_gap = build_panel(small_shop, horizon_days=50, gap_days=10)
    assert with_gap.cutoffs.test == built.cutoffs.test
    assert of(with_gap.test, "buys at once").churned == 1


def test_a_history_that_is_too_short_leaves_the_reason_and_the_rule(small_shop):
    short = build_panel(small_shop, horizon_days=200)
    assert short.cutoffs is None
    assert short.reason.startswith("History spans 334 days. Looking 200 days ahead needs 600")
    assert short.training.empty
    assert {"churned", "newcomer", *FEATURES} <= {*short.test.columns}
    listed = by_rule(short.current)
    assert len(listed) == len(short.current) > 60
    assert listed["gaps_since"].is_monotonic_decreasing


def test_where_nobody_ordered_there_is_a_reason_and_nobody_to_list(make_shop):
    shop = Log().add("2025-01-10", user_id="u1").write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    profiles.build_states(shop)
    nobody = build_panel(shop, horizon_days=30)
    assert nobody.reason == "Nobody has ordered yet, so nobody can stop."
    assert nobody.current.empty
    assert by_rule(nobody.current).empty
    guarded = helpers.churn.guard(shop, nobody)
    assert str(guarded) == "Nobody is judged, so no feature was made anew."
    assert guarded.table["known"].sum() == 0
    assert shop.write("churn_features", guarded.table) == len(FEATURES)


def test_the_rule_ranks_by_silence_against_the_usual_gap():
    people = snapshot_of(
        orders_count=[4, 2, 1, 1],
        repeat_frequency=[3.0, 1, 0, 0],
        days_since_last_order=[60.0, 60, 90, 0],
        mean_gap_days_observed=[10.0, 30, None, None],
    )
    listed = by_rule(people)
    assert listed["profile_id"].tolist() == ["p0", "p2", "p1", "p3"]
    assert listed["usual_gap_days"].tolist() == [12.5, 20, 25, 20]
    assert listed["gaps_since"].tolist() == pytest.approx([4.8, 4.5, 2.4, 0])
    nobody_twice = by_rule(people.assign(mean_gap_days_observed=float("nan"), repeat_frequency=0.0))
    assert nobody_twice["profile_id"].tolist() == ["p2", "p0", "p1", "p3"]
    assert nobody_twice["usual_gap_days"].isna().all()
