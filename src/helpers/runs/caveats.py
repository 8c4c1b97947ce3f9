"""Why the figures of a run should be read with care today: what the red band on its pages says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from helpers import reporting
from helpers.datasets import folded, paths
from helpers.runs.durations import duration, in_words

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.folded_versions import Break

_MOST_NAMED = 3


def warning(shop: Shop, run: str) -> str:
    """What is missing from the data of a run, or late in them; empty where nothing is.

    Args:
        shop: The data set as of its moment.
        run: Id of the run, whose table `ledger` is read; a run without one has nothing to say of its delivery.
    """
    file = paths.run_tables(shop.name, run) / "ledger.parquet"
    if not file.exists():
        return " ".join(_broken(shop))
    ledger = pd.read_parquet(file)
    said = [*_absent(shop, ledger), *_damaged(ledger), *_late(shop, ledger["last_event"].max()), *_broken(shop)]
    return " ".join(said)


def _absent(shop: Shop, ledger: pd.DataFrame) -> list[str]:
    there = set(ledger["source_id"])
    missing = [source.name for source in shop.settings.sources if source.name not in there]
    return [f"No file was delivered by {', '.join(missing)}."] if missing else []


def _damaged(ledger: pd.DataFrame) -> list[str]:
    damaged = ledger.loc[ledger["quarantine_reason"].notna(), "file"].tolist()
    if not damaged:
        return []
    more = f" and {len(damaged) - _MOST_NAMED} more" if len(damaged) > _MOST_NAMED else ""
    return [f"Set aside as damaged: {', '.join(damaged[:_MOST_NAMED])}{more}."]


def _late(shop: Shop, newest: datetime | None) -> list[str]:
    """A log that goes on must reach up to its moment; one that has ended is judged by nobody."""
    if shop.settings.history_ends is not None or pd.isna(newest):
        return []
    age = pd.Timestamp(shop.moment) - newest
    if age <= duration(shop.settings.report.max_age, "max_age"):
        return []
    return [f"The newest event is {in_words(age)} older than the moment these pages look at."]


def _broken(shop: Shop) -> list[str]:
    """What was counted otherwise before the events of that time were folded: it cannot be counted anew."""
    kept = folded(shop.name)
    return [_break(shop, each) for each in kept.breaks] if kept else []


def _break(shop: Shop, found: Break) -> str:
    day = reporting.date(shop.local_day(datetime.fromisoformat(found.before)))
    if found.is_whole:
        return f"Table {found.table} tells nothing of events before {day}, nor of what rests on them."
    if found.lacks:
        return f"Table {found.table} counts {found.lacking} since {day} only."
    return f"Table {found.table} counts by an earlier definition before {day}."
