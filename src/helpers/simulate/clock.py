"""The shop's calendar: wall-clock seconds since its first midnight, and their text in files.

Inside the simulation a moment is a number of seconds of wall-clock time in Berlin since 2024-01-01 00:00.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

FIRST_DAY = np.datetime64("2024-01-01")
N_DAYS = 821  # to 2026-03-31, both included
DAY = 86_400
HOUR = 3_600
END = N_DAYS * DAY
ZONE = "Europe/Berlin"


def day_number(date: str) -> int:
    """Days from the shop's first day to `date` (ISO, such as "2025-10-06")."""
    return int((np.datetime64(date) - FIRST_DAY).astype(int))


def weekday(seconds: np.ndarray) -> np.ndarray:
    """Day of the week, 0 = Monday; the shop's first day was a Monday."""
    return (np.asarray(seconds) // DAY).astype(int) % 7


def at_hour(day: np.ndarray, hour: np.ndarray, *, spread: float, rng: np.random.Generator) -> np.ndarray:
    """Moments on given days around a preferred hour.

    Args:
        day: Day numbers, shape (n,).
        hour: Preferred hours of the day, shape (n,).
        spread: Standard deviation in hours; what falls over midnight stays on its day.
        rng: Source of randomness.
    """
    around = (hour + rng.normal(0, spread, size=len(day))) % 24
    return np.floor(day) * DAY + np.floor(around * HOUR)


def _utc(seconds: np.ndarray) -> pd.DatetimeIndex:
    """Wall-clock seconds as UTC; March's missing hour moves forward, of October's double hour it is the first."""
    thousandths = np.round(np.asarray(seconds, dtype=float) * 1000).astype("int64")
    index = pd.DatetimeIndex(FIRST_DAY.astype("datetime64[ms]") + thousandths)
    first = np.ones(len(index), dtype=bool)
    zoned = index.tz_localize(ZONE, ambiguous=first, nonexistent=pd.Timedelta(hours=1))
    return zoned.tz_convert("UTC")


def utc_text(seconds: np.ndarray, *, unit: str = "s") -> np.ndarray:
    """Moments as UTC text such as "2024-03-05T09:00:12Z"; `unit` is "s" or "ms"."""
    naive = _utc(seconds).tz_localize(None).to_numpy()
    return np.char.add(np.datetime_as_string(naive, unit=unit), "Z")


def local_text(seconds: np.ndarray) -> np.ndarray:
    """Moments as naive local text such as "2024-03-05 10:00:12"."""
    naive = _utc(seconds).tz_convert(ZONE).tz_localize(None).to_numpy()
    return np.array([text.replace("T", " ") for text in np.datetime_as_string(naive, unit="s")], dtype="U19")


def elapsed(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Seconds that pass between wall-clock moments; a day of clock change has 23 or 25 hours."""
    return (_utc(end) - _utc(start)).total_seconds().to_numpy()


def month_text(seconds: np.ndarray) -> np.ndarray:
    """The local month of each moment, such as "2024-03"."""
    return np.datetime_as_string(FIRST_DAY + (np.asarray(seconds) // DAY).astype("int64"), unit="M")


def all_months() -> list[str]:
    """The 27 months of the history."""
    return sorted(set(month_text(np.arange(N_DAYS) * DAY).tolist()))


def stamps(seconds: np.ndarray) -> pd.Series:
    """Moments as naive local timestamps for truth tables; what lies after the history is missing."""
    seconds = np.asarray(seconds, dtype=float)
    inside = np.where(seconds < END, seconds, np.nan)
    return pd.Series(pd.Timestamp(str(FIRST_DAY)) + pd.to_timedelta(np.floor(inside), unit="s")).astype(
        "datetime64[us]"
    )
