"""Every metric of profiles at one cutoff, against worked examples and the reference in `oracle.py`."""

from __future__ import annotations

import random
import statistics
import textwrap
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import ibis
import numpy as np
import pytest

from helpers import identity, profiles
from helpers.datasets.tables.profiles import PROFILES
from tests.conftest import UNREAD, Log
from tests.profiles import oracle, oracle_kinds

# Estimates are held against their own family elsewhere; of a dozen people nothing is estimated.
ESTIMATED = [name.removesuffix("_n") for name in PROFILES.column_names if name.endswith("_n")]
OBSERVED = set(PROFILES.column_names) - {
    column for name in ESTIMATED for column in (name, f"{name}_lo", f"{name}_hi", f"{name}_confidence")
}
# Held against their own reference, in test_kinds and test_preferences.
OBSERVED -= {name for name in OBSERVED if name.startswith(("best_hour_", "top_topic", "top_format", "top_offer_type"))}
OBSERVED -= {"channel_rank", "channels_subscribed", "tracking_allowed", "profiling_allowed"}
OBSERVED -= set(oracle_kinds.of_person([], date(2025, 5, 15), None, {}))
BERLIN = ZoneInfo("Europe/Berlin")


def test_the_worked_check_of_three_purchases(log, built):
    for day in ("2025-01-05", "2025-03-12", "2025-06-08"):
        log.order(f"{day}T12:00:00", 50, user_id="u")
    _, found = built("2025-09-14")
    person = found["u"]
    assert person["mean_gap_days_observed"] == 77.0
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
    assert person["aov_observed"] == 30.0
    assert person["mean_gap_days_observed"] is None
    assert person["gap_cv"] is None
    assert person["monetary_repeat"] is None


def test_one_gap_has_no_spread(log, built):
    log.order("2025-03-01T10:00:00", 30, user_id="u").order("2025-03-11T10:00:00", 30, user_id="u")
    person = built("2025-04-01")[1]["u"]
    assert person["mean_gap_days_observed"] == 10.0
    assert person["gap_cv"] is None


def test_who_never_bought_has_nulls_not_zeros(log, built):
    log.add("2025-03-01T10:00:00", user_id="u")
    person = built("2025-04-01")[1]["u"]
    for name in (
        "repeat_frequency",
        "days_since_last_order",
        "T_days",
        "aov_observed",
        "overdue_days",
        "expected_next_order_at",
    ):
        assert person[name] is None
    assert person["orders_count"] == 0
    assert person["revenue_total"] == 0.0


def test_a_tie_at_local_midnight_is_out(log, built):
    # Berlin is two hours ahead from 30 March 2025 on.
    for who, moment in (("in", "2025-03-31T21:59:59.999999"), ("out", "2025-03-31T22:00:00")):
        log.order("2025-03-01T10:00:00", 30, user_id=who).order(moment, 10, user_id=who)
    people = built("2025-04-01")[1]
    assert (people["in"]["orders_count"], people["out"]["orders_count"]) == (2, 1)


def random_log(seed: int) -> Log:
    chance = np.random.default_rng(seed)
    log = Log()
    for _ in range(600):
        when = datetime(2025, 1, 1) + timedelta(seconds=int(chance.integers(0, 180 * 86_400)))
        who, channel = f"u{chance.integers(12)}", str(chance.choice(["web", "app", "pos"]))
        kind = chance.random()
        if kind < 0.3:
            order = f"o{chance.integers(200)}-{who}-{when:%j}" if chance.random() < 0.5 else None
            off = {"discount": Decimal(int(chance.integers(0, 3)))} if chance.random() < 0.5 else {}
            log.order(when, int(chance.integers(1, 200)), user_id=who, channel=channel, order_id=order, **off)
        elif kind < 0.36:
            log.refund(when, -int(chance.integers(1, 50)), user_id=who, channel=channel)
        else:
            category = str(chance.choice(["web", "engagement", "support", "other"]))
            device = {"anonymous_id": f"d{chance.integers(20)}"} if chance.random() < 0.05 else {"user_id": who}
            event = str(chance.choice(["Page Viewed", "Product Viewed", "Products Searched", "Email Delivered"]))
            session = f"s{who}{when:%j}{chance.integers(2)}" if chance.random() < 0.7 else None
            log.add(when, event, category, channel=channel, session_id=session, **device)
    return log


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_metric_equals_a_reference_in_plain_python(make_shop, seed):
    log = random_log(seed)
    shop = log.write(make_shop(as_of="2025-05-15"))
    profiles.build(shop)
    people = {row["identifier"]: row["profile_id"] for row in identity.current(shop).to_pyarrow().to_pylist()}
    rows = {row["profile_id"]: row for row in shop.table("profiles").to_pyarrow().to_pylist()}
    expected = oracle.profiles(log.rows, date(2025, 5, 15), BERLIN)
    assert len(rows) == len(expected) > 10
    for group, metrics in expected.items():
        found = rows[people[next(iter(group))[1]]]
        assert set(metrics) | {"profile_id"} == OBSERVED
        for name, value in metrics.items():
            close = pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
            assert found[name] == close, (group, name)


def test_orders_in_a_window_count_its_first_day_and_not_its_last(log, built):
    for day in ("2025-03-01", "2025-03-02", "2025-03-05"):
        log.order(f"{day}T10:00:00", 10, user_id="u")
    shop, _ = built("2025-06-01")
    (row,) = profiles.orders_between(shop, date(2025, 3, 1), date(2025, 3, 5)).to_pyarrow().to_pylist()
    assert (row["orders"], row["revenue"]) == (2, 20.0)


def test_orders_in_a_window_are_net_of_refunds_on_other_days(log, built):
    log.order("2025-05-01T10:00", 30, user_id="u1").refund("2025-05-03T10:00", -10, user_id="u1")
    log.add("2025-05-02T10:00", user_id="u3").refund("2025-05-02T10:00", -5, user_id="u4")
    shop, _ = built("2026-01-01")

    def between(start, end):
        rows = profiles.orders_between(shop, date(2025, 5, start), date(2025, 5, end)).to_pyarrow().to_pylist()
        return [(row["orders"], row["revenue"]) for row in rows]

    assert between(1, 10) == [(1, 20.0)]
    assert between(1, 3) == [(1, 30.0)]
    assert between(2, 10) == []


def test_before_the_expected_day_nobody_is_overdue(log, built):
    log.order("2025-01-05T10:00", 10, user_id="u").order("2025-01-15T10:00", 10, user_id="u")
    assert built("2025-01-20")[1]["u"]["overdue_days"] == -5
    assert built("2025-01-25")[1]["u"]["overdue_days"] == 0


def test_money_is_exact(log, built):
    for _ in range(10):
        log.order("2025-05-01T10:00", "0.1", user_id="u")
    assert built("2026-01-01")[1]["u"]["revenue_total"] == 1.0


def test_a_window_is_so_many_local_days_and_today_is_not_over(log, built):
    windows = (7, 30, 90)
    for days in windows:
        first = datetime(2025, 7, 1) - timedelta(days=days, hours=2)  # in UTC, the midnight that begins the window
        for when in (first, first - timedelta(microseconds=1)):
            log.add(when, user_id=f"u{days}")
        log.add("2025-06-30T21:59:59.999999", user_id=f"u{days}").add("2025-06-30T22:00", user_id=f"u{days}")
    people = built("2025-07-01")[1]
    assert [people[f"u{days}"][f"events_{days}d"] for days in windows] == [2, 2, 2]


def test_days_are_local(log, built):
    log.order("2025-06-06T22:30", 5, user_id="u")  # half past midnight of Saturday the 7th
    person = built("2025-06-09")[1]["u"]
    assert (person["weekend_share_observed"], person["days_since_last_order"]) == (1.0, 2)
    assert built("2025-06-09", timezone="UTC")[1]["u"]["weekend_share_observed"] == 0.0


def test_each_column_is_of_its_declared_type_and_in_order(log, built):
    log.order("2025-05-01T10:00", 1, user_id="u")
    shop, _ = built("2026-01-01")
    declared = ibis.schema({column.name: column.dtype for column in PROFILES.columns})
    computed, stored = profiles.panel(shop, [shop.as_of]).drop("cutoff"), shop.table("profiles")
    assert computed.schema() == stored.schema() == declared
    # What the engine makes of it, whatever Ibis thinks: sums of 128 bits would be stored as floats.
    shop.engine.create_view("computed", computed)
    query = "SELECT column_type FROM (DESCRIBE FROM computed)"
    assert "HUGEINT" not in {kind for (kind,) in shop.engine.con.execute(query).fetchall()}


def crossing_log(log, *, seed):
    """People with devices and addresses who are busiest in the minutes around local midnights."""
    chance = random.Random(seed)
    for number in range(220):
        who = chance.randrange(15)
        device = f"d{who}{chance.randrange(3)}"
        ids = {"user_id": f"u{who}"} if chance.random() < 0.5 else {"anonymous_id": device}
        if chance.random() < 0.3:
            ids["ids"] = {"email": f"e{who}"} | ({"phone": f"p{who}"} if chance.random() < 0.5 else {})
        if chance.random() < 0.1:
            ids |= {"user_id": f"u{who}", "anonymous_id": device}
        when = datetime(2025, 1, 1, chance.choice([11, 12, 21, 22, 23]), chance.choice([0, 1, 30, 59]))
        when += timedelta(days=chance.randrange(365))
        if chance.random() < 0.4:
            for _ in range(chance.randint(1, 3)):
                log.order(when, Decimal(chance.randrange(1, 9999)) / 100, order_id=f"o{number}", **ids)
        elif chance.random() < 0.2:
            log.refund(when, -Decimal(chance.randrange(1, 999)) / 100, **ids)
        else:
            event = chance.choice(["Email Opened", "Email Delivered"])
            log.add(when, event, chance.choice(["engagement", "support", "other"]), channel="email", **ids)
    log.add("2025-07-01")  # of nobody


@pytest.mark.parametrize("timezone", ["Europe/Berlin", "Pacific/Auckland"])
@pytest.mark.parametrize("as_of", ["2026-01-01", "2025-07-01", "2025-03-31"])
def test_every_person_and_metric_equals_the_reference_in_any_zone(lived, log, as_of, timezone):
    crossing_log(log, seed=1)
    shop = lived(as_of=as_of, timezone=timezone)
    named = shop.frame(identity.current(shop)).groupby("profile_id")[["type", "identifier"]]
    people = {name: frozenset(own.itertuples(index=False, name=None)) for name, own in named}
    found = {people[row["profile_id"]]: row for row in shop.table("profiles").to_pyarrow().to_pylist()}
    expected = oracle.profiles(log.rows, date.fromisoformat(as_of), ZoneInfo(timezone))
    assert found.keys() == expected.keys()
    assert len(expected) > 10
    for person, metrics in expected.items():
        for name, value in metrics.items():
            close = pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
            assert found[person][name] == close, (person, name)


@pytest.mark.parametrize("half_life", [30, 90])
def test_a_month_ago_outweighs_three_years_ago_by_the_formula(make_shop, log, half_life):
    log.order("2023-01-01T12:00", 5, user_id="once").order("2025-12-02T12:00", 5, user_id="lately")
    settings = f"[profiles]\nhalf_life_days = {half_life}\n{textwrap.dedent(UNREAD)}"
    shop = log.write(make_shop(settings if half_life != 90 else UNREAD, as_of="2026-01-01"))
    profiles.build(shop)
    rows = {row["days_since_last_order"]: row for row in shop.table("profiles").to_pyarrow().to_pylist()}
    for age, row in rows.items():
        assert row["events_decayed"] == pytest.approx(0.5 ** (age / half_life), rel=1e-12)
        assert row["engagement_score"] == pytest.approx(5 * row["events_decayed"], rel=1e-12)
    assert rows[30]["engagement_score"] > 1000 * rows[1096]["engagement_score"]


def test_what_is_done_to_a_person_is_an_event_and_no_act(log, built):
    log.add("2025-05-20T10:00", "Email Delivered", "engagement", channel="email", user_id="u")
    person = built("2025-06-01")[1]["u"]
    assert (person["events_30d"], person["active_days_30d"], person["engagement_score"]) == (1, 0, 0.0)


def test_what_is_never_told_is_missing_and_what_is_never_done_is_none(log, built):
    log.order("2025-05-01T10:00", 10, user_id="u").add("2025-05-01T10:00", user_id="v", session_id="s")
    _, found = built("2025-06-01")
    assert (found["u"]["web_events_total"], found["v"]["web_events_total"]) == (0, 1)
    assert (found["u"]["sessions_30d"], found["v"]["sessions_30d"]) == (0, 0)
    assert {found[who]["support_events_total"] for who in "uv"} == {None}
    assert {found[who]["refund_rate_observed"] for who in "uv"} == {None}
