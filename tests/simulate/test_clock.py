from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from helpers.simulate.clock import DAY, N_DAYS, all_months, at_hour, day_number, elapsed, local_text, utc_text, weekday

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2024, 1, 1)


def seconds(moment: datetime) -> float:
    return (moment - START).total_seconds()


def test_utc_text_agrees_with_zoneinfo():
    moments = np.random.default_rng(0).integers(0, N_DAYS * DAY, size=400).astype(float)
    walls = [START + timedelta(seconds=moment) for moment in moments]
    walls = [wall for wall in walls if wall.hour != 2]
    expected = [wall.replace(tzinfo=BERLIN).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for wall in walls]
    assert utc_text(np.array([seconds(wall) for wall in walls])).tolist() == expected


@pytest.mark.parametrize(
    ("wall", "local", "utc"),
    [
        (datetime(2025, 3, 30, 2, 30), "2025-03-30 03:30:00", "2025-03-30T01:30:00Z"),  # there is no such hour
        (datetime(2025, 10, 26, 2, 30), "2025-10-26 02:30:00", "2025-10-26T00:30:00Z"),  # there are two; the first
    ],
)
def test_clock_changes(wall, local, utc):
    at = np.array([seconds(wall)])
    assert local_text(at).tolist() == [local]
    assert utc_text(at).tolist() == [utc]


def test_a_day_with_a_clock_change_has_25_hours():
    at = np.array([seconds(datetime(2025, 10, 26)), seconds(datetime(2025, 10, 27))])
    assert elapsed(at[:1], at[1:]).tolist() == [25 * 3600]


def test_no_moment_gives_no_text():
    assert local_text(np.array([])).size == 0
    assert utc_text(np.array([])).size == 0


def test_weekdays_and_days_agree_with_the_calendar():
    assert day_number("2026-03-31") == N_DAYS - 1
    days = [START + timedelta(days=number) for number in range(N_DAYS)]
    assert weekday(np.arange(N_DAYS) * DAY).tolist() == [day.weekday() for day in days]
    assert all_months() == sorted({f"{day:%Y-%m}" for day in days})


def test_at_hour_stays_on_its_day_around_the_hour():
    day = np.full(4000, 17.6)
    at = at_hour(day, np.full(4000, 20.0), spread=1.5, rng=np.random.default_rng(0))
    assert set((at // DAY).tolist()) == {17.0}
    hours = at % DAY / 3600
    assert np.median(hours) == pytest.approx(20, abs=0.1)
