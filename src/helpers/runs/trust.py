"""Why the figures of a run should be read with care today: what the red band on its pages says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd

from helpers.datasets import paths
from helpers.runs.durations import duration, in_words

if TYPE_CHECKING:
    from helpers.datasets import Shop

_MOST_NAMED = 3


def warning(shop: Shop, run: str) -> str:
    """What is missing from the data of a run, or late in them; empty where nothing is.

    Args:
        shop: The data set as of its moment.
        run: Id of the run, whose table `ledger` is read; a run without one has nothing to say.
    """
    file = paths.run_tables(shop.name, run) / "ledger.parquet"
    if not file.exists():
        return ""
    ledger = pd.read_parquet(file)
    return " ".join([*_absent(shop, ledger), *_damaged(ledger), *_late(shop, ledger["last_event"].max())])


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
    age = pd.Timestamp(shop.midnight(shop.as_of)) - newest
    if age <= duration(shop.settings.report.max_age):
        return []
    return [f"The newest event is {in_words(age)} older than the moment these pages look at."]
