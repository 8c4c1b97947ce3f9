from datetime import date, timedelta

import numpy as np
import pytest

from helpers.overview.actives import by_day
from helpers.overview.calendar import calendar_of
from tests.overview import oracle
from tests.overview.conftest import ZONES, busy, local


@pytest.fixture
def days(folded):
    """Table `overview_days` of the log by day, and the log for the oracle."""

    def days(as_of, zone="Europe/Berlin"):
        shop, _, told = folded(as_of, zone)
        daily = shop.table("daily")
        shop.write("overview_days", by_day(daily, calendar_of(daily, shop.as_of)))
        return {row.pop("day"): row for row in shop.table("overview_days").to_pyarrow().to_pylist()}, told

    return days


@pytest.mark.parametrize("zone", ZONES)
def test_each_day_equals_the_reference(days, log, zone):
    busy(log, zone, chance=np.random.default_rng(1))
    as_of = ZONES[zone][0].replace(day=1) + timedelta(days=181)
    found, told = days(as_of.isoformat(), zone)
    assert len(found) > 100
    assert found == oracle.by_day(told)


def test_an_active_day_counts_for_as_many_days_as_the_window(days, log):
    log.add("2025-05-01T10:00", user_id="a").add("2025-05-20T10:00", user_id="b").add("2025-05-23T10:00", user_id="b")
    found, _ = days("2025-07-01")
    week = [day for day, row in found.items() if row["active_7d"]]
    assert week == [date(2025, 5, 7), *(date(2025, 5, day) for day in range(20, 30))]
    assert {row["active_7d"] for row in found.values()} == {None, 0, 1}, "somebody who is there twice counts once"
    assert found[date(2025, 5, 30)]["active_30d"] == 2
    assert found[date(2025, 5, 31)]["active_30d"] == 1


def test_a_window_that_reaches_before_the_log_is_not_known(days, log):
    log.add("2025-05-01T10:00", user_id="a")
    found, _ = days("2025-06-05")
    assert [day.day for day, row in found.items() if row["active_7d"] is None] == [1, 2, 3, 4, 5, 6]
    assert sum(row["active_30d"] is None for row in found.values()) == 29


def test_half_past_eleven_belongs_to_its_local_day(days, log):
    for zone, last in (("Europe/Berlin", date(2025, 3, 31)), ("Asia/Kolkata", date(2025, 4, 30))):
        log.rows.clear()
        log.order(local(last, "23:30", zone), 10, user_id="a").order(local(last, "00:15", zone), 5, user_id="a")
        found, _ = days("2025-05-02", zone)
        assert found[last]["orders"] == 2
        assert sum(row["orders"] for row in found.values()) == 2


def test_what_is_done_to_people_makes_nobody_active(days, log):
    log.add("2025-05-01T10:00", "Email Delivered", "engagement", user_id="a").refund(
        "2025-05-02T10:00", -5, user_id="a"
    )
    found, _ = days("2025-05-10")
    assert {row["active_1d"] for row in found.values()} == {0}
    assert float(found[date(2025, 5, 2)]["revenue"]) == -5


def test_a_day_with_nothing_is_there(days, log):
    log.add("2025-05-01T10:00", user_id="a").add("2025-05-04T10:00", user_id="a")
    found, _ = days("2025-05-08")
    assert [row["active_1d"] for row in found.values()] == [1, 0, 0, 1, 0, 0, 0]
