"""Deliveries that should be there: one file a day, by the name that its source declares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.datasets import paths
from helpers.errors import DataRefused

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.settings import Source

_PAUSE_S = 15.0


class Absent(NamedTuple):
    """A file that was expected and is not there: its source, and its path under raw/."""

    source: Source
    file: str


def absent(shop: Shop) -> list[Absent]:
    """The files of the last day before `as_of` that are not there."""
    day = shop.as_of - timedelta(days=1)
    expected = [Absent(source, f"{day:{source.expect}}") for source in shop.settings.sources if source.expect]
    return [each for each in expected if not (paths.raw(shop.name) / each.file).is_file()]


def require(shop: Shop) -> None:
    """Refuse a load that lacks the file of the last day of a required source.

    Raises:
        DataRefused: Naming the files.
    """
    missing = [each for each in absent(shop) if each.source.required]
    if missing:
        files = ", ".join(str(paths.raw(shop.name) / each.file) for each in missing)
        raise DataRefused(
            f"Expected and absent: {files}. Without it the last day would look like one on which nobody came. Ask for "
            "it, or look at an earlier day with --as-of; `wait_until` of its source lets a run wait for it."
        )


def wait(
    shop: Shop, *, tell: Callable[[str], None], pause: Callable[[float], None], now: Callable[[], datetime]
) -> None:
    """Wait for the files of the last day, each until the time that its source states.

    A look at an earlier day waits for nothing, nor does one at a history that has ended.

    Args:
        shop: The data set as of its moment.
        tell: Told once what is waited for.
        pause: Sleeps for some seconds.
        now: The time on the data set's wall clock.
    """
    if shop.settings.history_ends or shop.as_of < now().date():
        return
    told: set[str] = set()
    while waited := [each for each in absent(shop) if each.source.wait_until and now().time() < each.source.wait_until]:
        for each in waited:
            if each.file not in told:
                tell(f"waiting for {each.file} until {each.source.wait_until:%H:%M}")
                told.add(each.file)
        pause(_PAUSE_S)


def missing_days(shop: Shop) -> pd.DataFrame:
    """Files that should have come since the first that did.

    Returns:
        One row a source that states what to expect: source, first_file, days_missing, missing (the first few days).
    """
    rows = [_missing(shop, source) for source in shop.settings.sources if source.expect]
    columns = ["source", "first_file", "days_missing", "missing"]
    return pd.DataFrame([row for row in rows if row], columns=columns)


def _missing(shop: Shop, source: Source) -> list[object] | None:
    there: set[date] = set()
    for pattern in source.files:
        for file in paths.raw(shop.name).glob(pattern):
            try:
                there.add(datetime.strptime(file.relative_to(paths.raw(shop.name)).as_posix(), source.expect).date())
            except ValueError:
                continue
    if not there:
        return None
    first, last = min(there), shop.as_of - timedelta(days=1)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    missing = [day for day in days if day not in there]
    shown = ", ".join(f"{day}" for day in missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
    return [source.name, f"{first:{source.expect}}", len(missing), shown]
