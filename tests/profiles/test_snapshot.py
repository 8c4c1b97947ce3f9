from __future__ import annotations

import statistics
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from helpers import profiles
from helpers.datasets.tables.profiles import PROFILES
from tests.conftest import Log
from tests.profiles import oracle

BERLIN = ZoneInfo("Europe/Berlin")


def test_the_worked_check_of_three_purchases(log, built):
    for day in ("2025-01-05", "2025-03-12", "2025-06-08"):
        log.order(f"{day}T12:00:00", 50, user_id="u")
    _, found = built("2025-09-14")
    person = found["u"]
    assert person["mean_gap_days"] == 77.0
    assert person["expected_next_order_at"] == date(2025, 8, 24)
    assert person["overdue_days"] == 21
    assert person["repeat_frequency"] == 2
    assert person["recency_btyd_days"] == 154
    assert person["gap_cv"] == pytest.approx(statistics.stdev([66, 88]) / 77)


def test_lines_of_one_order_count_once_and_refunds_are_netted(log, built):
    log.order("2025-03-01T10:00:00", 30, user_id="u", order_id="A").order(
        "2025-03-01T10:00:00", 20, user_id="u", order_id="A"
    )
    log.order("2025-03-01T18:00:00", 10, user_id="u", order_id="B").refund(
        "2025-03-05T10:00:00", -20, user_id="u", order_id="A"
    )
    person = built("2025-04-01")[1]["u"]
    assert (person["orders_count"], person["repeat_frequency"]) == (2, 0)
    assert person["revenue_total"] == 40.0
    assert person["aov"] == 30.0
    assert person["mean_gap_days"] is None
    assert person["gap_cv"] is None
    assert person["monetary_repeat"] is None


def test_one_gap_has_no_spread(log, built):
    log.order("2025-03-01T10:00:00", 30, user_id="u").order("2025-03-11T10:00:00", 30, user_id="u")
    person = built("2025-04-01")[1]["u"]
    assert person["mean_gap_days"] == 10.0
    assert person["gap_cv"] is None


def test_who_never_bought_has_nulls_not_zeros(log, built):
    log.add("2025-03-01T10:00:00", user_id="u")
    person = built("2025-04-01")[1]["u"]
    for name in (
        "repeat_frequency",
        "days_since_last_order",
        "T_days",
        "aov",
        "overdue_days",
        "expected_next_order_at",
    ):
        assert person[name] is None
    assert person["orders_count"] == 0
    assert person["revenue_total"] == 0.0


@pytest.mark.parametrize(("moment", "counted"), [("2025-03-31T21:59:59.999999", True), ("2025-03-31T22:00:00", False)])
def test_a_tie_at_local_midnight_is_out(log, built, moment, counted):
    # Berlin is two hours ahead from 30 March 2025 on.
    log.order("2025-03-01T10:00:00", 30, user_id="u").order(moment, 10, user_id="u")
    assert built("2025-04-01")[1]["u"]["orders_count"] == (2 if counted else 1)


def random_log(seed: int) -> Log:
    chance = np.random.default_rng(seed)
    log = Log()
    for _ in range(600):
        when = datetime(2025, 1, 1) + timedelta(seconds=int(chance.integers(0, 180 * 86_400)))
        who, channel = f"u{chance.integers(12)}", str(chance.choice(["web", "app", "pos"]))
        kind = chance.random()
        if kind < 0.3:
            order = f"o{chance.integers(200)}-{who}-{when:%j}" if chance.random() < 0.5 else None
            log.order(when, int(chance.integers(1, 200)), user_id=who, channel=channel, order_id=order)
        elif kind < 0.36:
            log.refund(when, -int(chance.integers(1, 50)), user_id=who, channel=channel)
        else:
            category = str(chance.choice(["web", "engagement", "support", "other"]))
            device = {"anonymous_id": f"d{chance.integers(20)}"} if chance.random() < 0.05 else {"user_id": who}
            log.add(when, "Page Viewed", category, channel=channel, **device)
    return log


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_metric_equals_a_reference_in_plain_python(make_shop, seed):
    log = random_log(seed)
    shop = log.write(make_shop(as_of="2025-05-15"))
    profiles.build(shop)
    people = {row["identifier"]: row["profile_id"] for row in shop.table("identity_map").to_pyarrow().to_pylist()}
    rows = {row["profile_id"]: row for row in shop.table("profiles").to_pyarrow().to_pylist()}
    expected = oracle.profiles(log.rows, date(2025, 5, 15), BERLIN)
    assert len(rows) == len(expected) > 10
    for group, metrics in expected.items():
        found = rows[people[next(iter(group))[1]]]
        assert set(metrics) | {"profile_id"} == set(PROFILES.column_names)
        for name, value in metrics.items():
            close = pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
            assert found[name] == close, (group, name)


def test_orders_in_a_window_count_its_first_day_and_not_its_last(log, built):
    for day in ("2025-03-01", "2025-03-02", "2025-03-05"):
        log.order(f"{day}T10:00:00", 10, user_id="u")
    shop, _ = built("2025-06-01")
    (row,) = profiles.orders_between(shop, date(2025, 3, 1), date(2025, 3, 5)).to_pyarrow().to_pylist()
    assert (row["orders"], row["revenue"]) == (2, 20.0)
