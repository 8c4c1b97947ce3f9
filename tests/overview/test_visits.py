from datetime import date, datetime, timedelta

import pytest

from helpers.overview.visits import lengths, whole_visits
from tests.overview.conftest import local


@pytest.fixture
def seconds(folded):
    """Seconds of each visit that is over, by its name."""

    def seconds(as_of, zone="Europe/Berlin"):
        shop, events, _ = folded(as_of, zone)
        rows = whole_visits(events, shop.moment).to_pyarrow().to_pylist()
        return {row["session_id"]: row["seconds"] for row in rows}

    return seconds


def test_a_visit_lasts_from_its_first_event_to_its_last(seconds, log):
    for minute in (0, 7, 3):
        log.add(f"2025-05-01T10:{minute:02d}", user_id="u", session_id="a")
    log.add("2025-05-02T10:00", user_id="u", session_id="b").add("2025-05-03T10:00", user_id="u")
    assert seconds("2025-06-01") == {"a": 420.0, "b": 0.0}


@pytest.mark.parametrize(
    ("day", "minutes"), [(date(2025, 3, 30), 30), (date(2025, 10, 26), 90)], ids=["clocks go on", "clocks go back"]
)
def test_a_night_in_which_clocks_change_makes_no_visit_longer(seconds, log, day, minutes):
    log.add(local(day, "01:45", "Europe/Berlin"), user_id="u", session_id="a")
    log.add(local(day, "03:15", "Europe/Berlin") - timedelta(hours=0), user_id="u", session_id="a")
    expected = {30: 30 * 60.0, 90: 150 * 60.0}[minutes]
    assert seconds("2025-12-01") == {"a": expected}


@pytest.mark.parametrize(("minutes", "known"), [(29, False), (30, True)])
def test_a_visit_that_may_go_on_is_left_out(seconds, log, minutes, known):
    midnight = local(date(2025, 5, 2), "00:00", "Europe/Berlin")
    log.add(midnight - timedelta(minutes=minutes), user_id="u", session_id="a")
    assert bool(seconds("2025-05-02")) == known


def test_quartiles_are_of_the_visits_since_a_moment(folded, log):
    for number, length in enumerate((10, 20, 30, 40, 100)):
        at = datetime(2025, 5, 1 + number, 10)
        log.add(at, user_id=f"u{number % 2}", session_id=f"s{number}")
        log.add(at + timedelta(seconds=length), user_id=f"u{number % 2}", session_id=f"s{number}")
    shop, events, _ = folded("2025-06-01")
    visits = whole_visits(events, shop.moment)
    assert lengths(visits, datetime(2025, 1, 1)) == (2, 5, 20.0, 30.0, 40.0)
    assert lengths(visits, datetime(2025, 5, 5)) == (1, 1, 100.0, 100.0, 100.0)
    assert lengths(visits, datetime(2025, 5, 20)) == (0, 0, None, None, None)
