"""Sums that the engine added up, against the same outcomes as rows of a frame."""

from datetime import date, datetime
from decimal import Decimal

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from helpers.lift import Sample, attributes, daily_sums, exposures, outcomes, quantiles, sliced_sums, sums
from helpers.statistics import Joint, quantile_ranks

NEXT_MONTH = datetime(2025, 2, 1)


def table(log, experiments, **more):
    events = log.table()
    return outcomes(events, exposures(events, experiments, moment=NEXT_MONTH, **more), experiments)


def summed(log, *experiments, **more):
    return sums(table(log, experiments, **more), experiments)


@pytest.fixture
def buyers(log):
    """Three hundred people in two arms, with orders before and after, and a refund now and then."""
    rng = np.random.default_rng(5)
    for person in range(300):
        name, day = f"p{person}", 10 + person % 5
        log.exposed(name, str(day), ("none", "mens")[person % 2])
        for _ in range(rng.poisson(0.7)):
            order, when = f"{name}-{rng.random():.6f}", day + rng.integers(1, 9)
            for _ in range(rng.integers(1, 4)):  # lines of one order
                log.money(name, str(when), f"{rng.lognormal(3, 1):.2f}", order_id=order)
            if rng.random() < 0.2:
                log.money(name, str(when), "-5", "Order Refunded", order_id=order)
        for _ in range(rng.poisson(0.5)):
            log.money(name, str(day - rng.integers(1, 9)), f"{rng.lognormal(3, 1):.2f}", order_id=f"{rng.random()}")
    return log


def rows_of(log, *, window=7, before=7):
    """The same by pandas: per person revenue and orders, in the window and before."""
    frame = pd.DataFrame(log.rows)
    seen = frame[frame["event"] == "Experiment Viewed"].set_index("profile_id")
    money = frame[frame["event"] != "Experiment Viewed"].copy()
    money["since"] = money["timestamp"] - money["profile_id"].map(seen["timestamp"])
    found = pd.DataFrame({"arm": seen["variation_id"], "day": seen["timestamp"].dt.date})
    for name, lo, hi in (("", 0, window), ("_before", -before, 0)):
        own = money[(money["since"] >= pd.Timedelta(days=lo)) & (money["since"] < pd.Timedelta(days=hi))]
        found[f"revenue{name}"] = own["revenue"].astype(float).groupby(own["profile_id"]).sum()
        orders = own[own["event"] == "Order Completed"]
        found[f"orders{name}"] = orders.groupby("profile_id")["order_id"].nunique()
    return found.fillna(0)


def joint(*columns):
    values = np.column_stack(columns).astype(float)
    return values.sum(axis=0), values.T @ values


def same(found, *columns):
    totals, products = joint(*columns)
    assert found.n == len(columns[0])
    assert found.totals == pytest.approx(totals)
    assert np.asarray(found.products) == pytest.approx(products)
    assert found.nonzero == np.count_nonzero(columns[0])


RATIO = {"name": "value", "kind": "ratio", "numerator": "revenue", "denominator": "Order Completed", "pre_days": 7}
FOUR = ("revenue", "orders", "revenue_before", "orders_before")


def test_sums_count_everyone_and_are_exact(log, experiment):
    log.exposed("ann", "2", "mens").exposed("bob", "2", "mens").exposed("cat", "2", "none")
    log.visit("ann", "3").money("ann", "3", "0.1").money("bob", "4", "0.2").money("ann", "5", "0.2")
    assert summed(log, experiment()) == {
        Sample("email", "mens", "visit"): Joint(2, (1.0,), ((1.0,),), 1),
        Sample("email", "mens", "spend"): Joint(2, (0.5,), ((0.13,),), 2),
        Sample("email", "none", "visit"): Joint(1, (0.0,), ((0.0,),), 0),
        Sample("email", "none", "spend"): Joint(1, (0.0,), ((0.0,),), 0),
    }


def test_sums_agree_with_pandas_for_every_number_of_variables(buyers, experiment):
    metrics = [
        {"name": "spend", "kind": "revenue"},
        {"name": "orders", "kind": "count", "event": "Order Completed", "pre_days": 7},
        RATIO,
        RATIO | {"name": "now", "pre_days": None},
    ]
    found, rows = summed(buyers, experiment(metric=metrics)), rows_of(buyers)
    for arm, own in rows.groupby("arm"):
        same(found["email", arm, "spend"], own["revenue"])
        same(found["email", arm, "orders"], own["orders"], own["orders_before"])
        same(found["email", arm, "now"], own["revenue"], own["orders"])
        same(found["email", arm, "value"], *(own[name] for name in FOUR))


def test_days_grow_to_the_whole(buyers, experiment):
    experiments = [experiment(metric=[RATIO])]
    days, rows = daily_sums(table(buyers, experiments), experiments), rows_of(buyers)
    assert list(days) == [date(2025, 1, day) for day in range(10, 15)]
    for day, found in days.items():
        own = rows[(rows["arm"] == "mens") & (rows["day"] <= day)]
        same(found["email", "mens", "value"], *(own[name] for name in FOUR))
    last, whole = days[date(2025, 1, 14)], summed(buyers, *experiments)
    assert {sample: joint.n for sample, joint in last.items()} == {sample: joint.n for sample, joint in whole.items()}
    assert daily_sums(table(buyers, [experiment(metric=[RATIO])]), [experiment(unit="session", metric=[RATIO])]) == {}


def test_clusters_are_added_up_first_and_carry_their_sizes(buyers, experiment):
    stores = pd.DataFrame(
        {
            "profile_id": [f"p{person}" for person in range(299)],
            "name": "store",
            "value": [f"s{person % 20}" for person in range(299)],
            "valid_from": datetime(2024, 1, 1),
        }
    )
    metrics = [{"name": "spend", "kind": "revenue"}, RATIO]
    found = summed(buyers, experiment(cluster="store", metric=metrics), attributes=pa_table(stores))
    rows = rows_of(buyers)
    rows["store"] = [f"s{int(name[1:]) % 20}" if name != "p299" else name for name in rows.index]
    own = rows[rows["arm"] == "mens"].assign(people=1).groupby("store").sum(numeric_only=True)
    totals, products = joint(own["revenue"], own["people"])
    spend = found["email", "mens", "spend"]
    assert spend.n == len(own) == 11  # ten stores, and one person without
    assert spend.totals == pytest.approx(totals)
    assert np.asarray(spend.products) == pytest.approx(products)
    assert spend.nonzero == (rows[rows["arm"] == "mens"]["revenue"] != 0).sum()
    assert found["email", "mens", "value"].totals[:2] == pytest.approx((own["revenue"].sum(), own["orders"].sum()))


def pa_table(frame):
    schema = pa.schema(
        {"profile_id": pa.string(), "name": pa.string(), "value": pa.string(), "valid_from": pa.timestamp("us")}
    )
    return ibis.memtable(pa.Table.from_pandas(frame, schema=schema, preserve_index=False))


def test_a_cluster_that_meets_two_arms_is_set_apart(log, experiment):
    log.exposed("a", "2", "mens").exposed("b", "2", "none").exposed("c", "2", "mens").exposed("d", "2", "mens")
    stores = {"a": "north", "b": "north", "c": "south"}
    told = pd.DataFrame({"profile_id": stores.keys(), "name": "store", "value": stores.values()})
    told["valid_from"] = datetime(2025, 1, 1)
    rows = exposures(log.table(), [experiment(cluster="store")], moment=NEXT_MONTH, attributes=pa_table(told))
    found = {row["profile_id"]: (row["status"], row["cluster"]) for row in rows.to_pyarrow().to_pylist()}
    assert found == {
        "a": ("two_arms", "north"), "b": ("two_arms", "north"), "c": ("complete", "south"), "d": ("complete", "d"),
    }  # fmt: skip


def test_what_is_told_of_people_after_their_exposure_is_not_known(log, experiment):
    log.exposed("a", "5", "mens")
    told = pd.DataFrame(
        {"profile_id": "a", "name": "store", "value": ["old", "new", "late"], "valid_from": [
            datetime(2025, 1, 1), datetime(2025, 1, 4), datetime(2025, 1, 6),
        ]}
    )  # fmt: skip
    rows = exposures(log.table(), [experiment(cluster="store")], moment=NEXT_MONTH, attributes=pa_table(told))
    assert rows.cluster.execute().tolist() == ["new"]


def test_sessions_count_what_happened_in_them_and_hang_together_by_person(log, experiment):
    log.exposed("ann", "2", "mens", session_id="s1").exposed("ann", "3", "none", session_id="s2")
    log.exposed("ann", "4", "mens", session_id="s3").exposed("bob", "4", "mens", session_id="s4")
    log.exposed("cat", "4", "mens")
    for session, amount in (("s1", "10"), ("s3", "7"), ("s2", "5"), ("other", "99")):
        log.money("ann", "4 12:00" if session != "s2" else "3 01:00", amount, session_id=session)
    found = summed(log, experiment(unit="session", metric=[{"name": "spend", "kind": "revenue"}]))
    assert found == {
        Sample("email", "mens", "spend"): Joint(2, (17.0, 3.0), ((289.0, 34.0), (34.0, 5.0)), 2),
        Sample("email", "none", "spend"): Joint(1, (5.0, 1.0), ((25.0, 5.0), (5.0, 1.0)), 1),
    }


def test_slices_are_apart_and_add_up_to_all(buyers, experiment):
    experiments = [experiment(metric=[{"name": "spend", "kind": "revenue"}])]
    rows = table(buyers, experiments)
    half = rows.profile_id.length().cast("string")
    found, whole = sliced_sums(rows.mutate(slice=half), experiments), sums(rows, experiments)
    assert list(found) == ["2", "3", "4"]
    place = Sample("email", "mens", "spend")
    assert sum(each[place].n for each in found.values()) == whole[place].n == 150
    assert sum(each[place].total for each in found.values()) == pytest.approx(whole[place].total)


@pytest.mark.parametrize("share", [0.5, 0.75, 0.95])
def test_quantiles_are_order_statistics_of_the_values(buyers, experiment, share):
    metrics = [
        {"name": "big", "kind": "quantile", "of": "revenue", "share": share},
        {"name": "many", "kind": "quantile", "of": "Order Completed", "share": share},
    ]
    experiments = [experiment(metric=metrics)]
    rows = table(buyers, experiments)
    found, own = quantiles(rows, experiments, sums(rows, experiments), level=0.9), rows_of(buyers)
    for arm in ("none", "mens"):
        for metric, column in (("big", "revenue"), ("many", "orders")):
            values, ranks = np.sort(own.loc[own["arm"] == arm, column]), quantile_ranks(150, share, level=0.9)
            estimate = found["email", arm, metric]
            assert estimate[:3] == pytest.approx([values[rank - 1] for rank in (ranks.value, ranks.lo, ranks.hi)])
            assert (estimate.level, estimate.n) == (0.9, 150)


def test_a_quantile_of_few_has_no_interval_and_of_nobody_none(log, experiment):
    metric = {"name": "big", "kind": "quantile", "of": "revenue", "share": 0.9}
    experiments = [experiment(metric=[metric])]
    rows = table(log.exposed("ann", "2", "mens").money("ann", "3", "5"), experiments)
    assert quantiles(rows, experiments, sums(rows, experiments)) == {
        Sample("email", "mens", "big"): (5.0, None, None, 0.95, 1, "order statistics", None)
    }


def test_the_order_of_events_changes_no_bit(buyers, experiment):
    experiments = [experiment(metric=[RATIO, {"name": "spend", "kind": "revenue", "cap": "90%"}])]
    forward = sums(table(buyers, experiments), experiments)
    buyers.rows.reverse()
    assert sums(table(buyers, experiments), experiments) == forward
    assert pa.types.is_decimal(table(buyers, experiments).to_pyarrow().schema.field("value").type)


def test_attributes_are_those_of_identifiers_that_are_somebodys_alone(experiment):
    class Shop:
        def table(self, name):
            return {
                "attributes": ibis.memtable(
                    pd.DataFrame(
                        {
                            "identifier_type": "user_id",
                            "identifier": ["a", "b", "c", "a"],
                            "name": ["area", "area", "area", "tier"],
                            "value": ["north", "south", "east", "gold"],
                            "valid_from": datetime(2025, 1, 1),
                        }
                    )
                ),
                "identity_map": ibis.memtable(
                    pa.table(
                        {
                            "type": ["user_id", "user_id", "user_id", "email"],
                            "identifier": ["a", "b", "b", "c"],
                            "profile_id": ["p1", "p2", "p3", "p4"],
                            "is_shared": [False, True, True, False],
                            "valid_to": pa.array([None] * 4, pa.timestamp("us")),
                            "known_from": pa.array([None] * 4, pa.timestamp("us")),
                            "known_to": pa.array([None] * 4, pa.timestamp("us")),
                        }
                    )
                ),
            }[name]

    assert attributes(Shop(), [experiment()]) is None
    rows = attributes(Shop(), [experiment(slices=["area"])]).to_pyarrow().to_pylist()
    assert [(row["profile_id"], row["name"], row["value"]) for row in rows] == [("p1", "area", "north")]


def test_decimals_of_a_cap_hold(log, experiment):
    metrics = [
        {"name": "spend", "kind": "revenue", "cap": 20.5, "pre_days": 7},
        {"name": "visits", "kind": "count", "event": "Page Viewed", "cap": 2},
    ]
    log.exposed("ann", "9", "mens").money("ann", "10", "99.99").money("ann", "3", "30").money("bob", "9", "1")
    for _ in range(5):
        log.visit("ann", "10")
    rows = {row["metric"]: row for row in table(log, [experiment(metric=metrics)]).to_pyarrow().to_pylist()}
    assert (rows["spend"]["value"], rows["spend"]["value_before"]) == (Decimal("20.5"), Decimal("20.5"))
    assert (rows["visits"]["value"], rows["visits"]["value_before"]) == (2, None)


def test_a_cap_by_quantile_is_that_of_all_arms_together(buyers, experiment):
    metric = {"name": "spend", "kind": "revenue", "cap": "95%", "pre_days": 7}
    found, rows = summed(buyers, experiment(metric=[metric])), rows_of(buyers)
    capped = rows.assign(
        **{name: rows[name].clip(upper=round(rows[name].quantile(0.95), 4)) for name in ("revenue", "revenue_before")}
    )
    own = capped[capped["arm"] == "none"]
    same(found["email", "none", "spend"], own["revenue"], own["revenue_before"])
    assert own["revenue"].sum() < rows.loc[own.index, "revenue"].sum()


def test_retention_asks_the_later_part_of_the_window(log, experiment):
    metric = {"name": "back", "kind": "retention", "event": "Page Viewed", "after_days": 3, "window_days": 5}
    for person, when in {"soon": "12 23:59", "then": "13", "last": "14 23:59", "late": "15"}.items():
        log.exposed(person, "10", "mens").visit(person, when)
    rows = table(log, [experiment(metric=[metric])]).to_pyarrow().to_pylist()
    assert {row["profile_id"]: int(row["value"]) for row in rows} == {"soon": 0, "then": 1, "last": 1, "late": 0}


def test_the_days_before_end_where_the_window_begins(log, experiment):
    log.exposed("ann", "10 12:00", "mens")
    for when, amount in {"3 11:59": "1", "3 12:00": "20", "10 11:59": "300", "10 12:00": "4000"}.items():
        log.money("ann", when, amount)
    metric = {"name": "spend", "kind": "revenue", "pre_days": 7}
    (row,) = table(log, [experiment(metric=[metric])]).to_pyarrow().to_pylist()
    assert (row["value"], row["value_before"]) == (4000, 320)
