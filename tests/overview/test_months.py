from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from helpers.overview.actives import by_day
from helpers.overview.calendar import calendar_of
from helpers.overview.months import by_month
from helpers.overview.visits import whole_visits
from tests.overview import oracle
from tests.overview.conftest import ZONES, busy, local


@pytest.fixture
def months(folded):
    """Table `overview_months` of the log by month, and the log for the oracle."""

    def months(as_of, zone="Europe/Berlin"):
        shop, events, told = folded(as_of, zone)
        daily = shop.table("daily")
        calendar = calendar_of(daily, shop.as_of)
        shop.write("overview_days", by_day(daily, calendar))
        visits = whole_visits(events, shop.moment)
        shop.write("overview_months", by_month(daily, shop.table("overview_days"), visits, calendar))
        return {row.pop("month"): row for row in shop.table("overview_months").to_pyarrow().to_pylist()}, told

    return months


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("days", [181, 199])
def test_each_month_equals_the_reference(months, log, zone, days):
    busy(log, zone, chance=np.random.default_rng(days))
    as_of = ZONES[zone][0].replace(day=1) + timedelta(days=days)
    found, told = months(as_of.isoformat(), zone)
    expected = oracle.by_month(told)
    assert len(found) == len(expected) >= 6
    for month, figures in expected.items():
        for name, value in figures.items():
            close = pytest.approx(value, rel=1e-12) if isinstance(value, float) else value
            assert found[month][name] == close, (month, name)


@pytest.mark.parametrize("seed", range(3))
def test_what_came_and_what_went_make_the_difference(months, log, seed):
    busy(log, "Europe/Berlin", chance=np.random.default_rng(seed))
    found, _ = months("2025-09-01")
    for before, now in pairwise(found.values()):
        assert now["active"] == before["active"] + now["new"] + now["resurrecting"] - now["dormant"]
        assert now["active"] == now["new"] + now["returning"] + now["resurrecting"]


def test_one_who_stays_away_and_comes_back(months, log):
    for day in ("2025-01-10", "2025-02-10", "2025-05-10"):
        log.add(f"{day}T10:00", user_id="u")
    found, _ = months("2025-07-01")
    names = ("new", "returning", "resurrecting", "dormant")
    said = {month.month: [name for name in names if row[name]] for month, row in found.items()}
    assert said == {1: ["new"], 2: ["returning"], 3: ["dormant"], 4: [], 5: ["resurrecting"], 6: ["dormant"]}


def test_an_empty_month_is_there_with_nothing_in_it(months, log):
    log.order("2025-01-10T10:00", 10, user_id="u").order("2025-03-10T10:00", 10, user_id="u")
    found, _ = months("2025-04-01")
    row = found[date(2025, 2, 1)]
    assert (row["active"], row["orders"], row["revenue"], row["dormant"]) == (0, 0, 0, 1)


def test_a_month_that_is_not_over_has_lost_nobody_yet(months, log):
    log.add("2025-01-10T10:00", user_id="u").add("2025-02-03T10:00", user_id="v")
    found, _ = months("2025-02-10")
    running = found[date(2025, 2, 1)]
    assert (running["is_whole"], running["new"], running["dormant"]) == (False, 1, None)
    assert found[date(2025, 1, 1)]["is_whole"] is False, "the log begins on the 10th"
    assert months("2025-03-01")[0][date(2025, 2, 1)]["dormant"] == 1


def test_stickiness_is_the_mean_over_days_of_day_over_30_days(months, log):
    """Ten people came once; two of them come on each of the 31 days of May."""
    for number in range(10):
        log.add("2025-04-01T10:00", user_id=f"u{number}").add("2025-04-30T10:00", user_id=f"u{number}")
    for day in range(1, 32):
        for who in ("u0", "u1"):
            log.add(f"2025-05-{day:02d}T10:00", user_id=who)
    found, _ = months("2025-06-01")
    # On 30 and 31 May, 30 April lies out of the 30 days.
    assert found[date(2025, 5, 1)]["stickiness"] == pytest.approx((29 * 2 / 10 + 2 * 1) / 31)


def test_a_visit_over_midnight_is_one_of_the_month_in_which_it_began(months, log):
    for clock, day in (("23:40", 31), ("23:59", 31)):
        log.add(local(date(2025, 3, day), clock, "Europe/Berlin"), user_id="u", session_id="s")
    log.add(local(date(2025, 4, 1), "00:20", "Europe/Berlin"), user_id="u", session_id="s")
    found, _ = months("2025-05-01")
    assert (found[date(2025, 3, 1)]["visits"], found[date(2025, 3, 1)]["visit_median_s"]) == (1, 40 * 60)
    assert found[date(2025, 4, 1)]["visits"] == 0
