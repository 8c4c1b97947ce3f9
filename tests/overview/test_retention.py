from datetime import date, timedelta

import numpy as np
import pytest

from helpers.overview.calendar import calendar_of
from helpers.overview.retention import cohorts, pooled
from helpers.statistics import proportion
from tests.overview import oracle
from tests.overview.conftest import ZONES, busy


@pytest.fixture
def retention(folded):
    """Table `overview_retention` of the log as a frame, and the log for the oracle."""

    def retention(as_of, zone="Europe/Berlin"):
        shop, _, told = folded(as_of, zone)
        daily = shop.table("daily")
        ordered = any(row["event"] == oracle.ORDER for row in told.rows)
        shop.write("overview_retention", cohorts(daily, calendar_of(daily, shop.as_of), by_orders=ordered))
        return shop.frame("overview_retention"), told

    return retention


def cells(frame):
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {(row.pop("cohort"), row.pop("age")): row for row in rows}


@pytest.mark.parametrize("orders", [True, False], ids=["by orders", "nobody orders"])
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("days", [181, 199])
def test_each_cell_equals_the_reference(retention, log, zone, days, orders):
    busy(log, zone, chance=np.random.default_rng(3), people=25)
    if not orders:
        log.rows = [row for row in log.rows if not row["event"].startswith("Order")]
    as_of = ZONES[zone][0].replace(day=1) + timedelta(days=days)
    found, told = retention(as_of.isoformat(), zone)
    expected = oracle.cohorts(told)
    assert len({cohort for cohort, _ in expected}) > 1
    assert cells(found) == expected


def test_a_month_that_is_not_over_is_missing_and_never_0(retention, log):
    log.order("2025-01-10T10:00", 10, user_id="u").add("2025-03-05T10:00", user_id="u")
    found = cells(retention("2025-03-10")[0])
    told = {age: (row["on_day"], row["on_or_after"]) for (_, age), row in found.items()}
    assert told == {0: (1, 1), 1: (0, 1), 2: (None, None)}
    assert cells(retention("2025-04-01")[0])[date(2025, 1, 1), 2]["on_day"] == 1


def test_half_past_eleven_on_the_last_of_a_month_is_of_that_cohort(retention, log):
    log.order("2025-01-31T22:30", 10, user_id="in").order("2025-01-31T23:30", 10, user_id="out")  # Berlin is an hour on
    sizes = {cohort: row["size"] for (cohort, age), row in cells(retention("2025-04-01")[0]).items() if age == 0}
    assert sizes == {date(2025, 1, 1): 1, date(2025, 2, 1): 1}


def test_what_was_done_before_the_first_order_does_not_count(retention, log):
    log.add("2025-01-10T10:00", user_id="u").order("2025-02-10T10:00", 10, user_id="u")
    assert {cohort for cohort, _ in cells(retention("2025-04-01")[0])} == {date(2025, 2, 1)}


def test_shares_are_of_all_cohorts_that_are_old_enough(retention, log):
    for number in range(30):
        log.order("2025-01-10T10:00", 10, user_id=f"a{number}").order("2025-02-10T10:00", 10, user_id=f"b{number}")
        if number < 12:
            log.add("2025-02-20T10:00", user_id=f"a{number}").add("2025-03-20T10:00", user_id=f"a{number}")
        if number < 6:
            log.add("2025-03-20T10:00", user_id=f"b{number}")
    found, _ = retention("2025-04-10")
    assert pooled(found, "on_day") == {1: proportion(60, 18), 2: proportion(30, 12)}
    assert pooled(found, "on_or_after") == {1: proportion(60, 18), 2: proportion(30, 12)}
