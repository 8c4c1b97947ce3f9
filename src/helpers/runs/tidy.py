"""Removes old runs: the last few stay, and the last of each month, so that storage does not grow without bound."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from helpers.datasets import lock, paths
from helpers.runs import history

KEEP_LAST = 14
KEEP_FAILED = 3


def superfluous(runs: list[history.Past], *, keep_last: int, current: str | None) -> list[history.Past]:
    """The runs that need not be kept.

    Args:
        runs: Every run that ended, the newest first.
        keep_last: How many of the newest good runs stay.
        current: The run that `latest` points to, which always stays.

    Returns:
        Those to remove: failed ones but the newest three, and good ones that are neither among the newest, nor the
        last look at the data of their calendar month, nor built upon by one that stays.
    """
    good = [run for run in runs if run.status == "done"]
    month_ends: dict[tuple[int, int], history.Past] = {}
    for run in good:
        month = (run.as_of.year, run.as_of.month)
        if month not in month_ends or run.as_of > month_ends[month].as_of:
            month_ends[month] = run
    stay = {run.run for run in [*good[:keep_last], *month_ends.values()]} | {current}
    stay |= {run.run for run in [run for run in runs if run.status == "failed"][:KEEP_FAILED]}
    return [run for run in runs if run.run not in stay]


def tidy(name: str, *, keep_last: int = KEEP_LAST, dry_run: bool = False) -> list[history.Past]:
    """Remove superfluous runs of data set `name`, with their pages and tables.

    Args:
        name: The data set.
        keep_last: How many of the newest good runs stay.
        dry_run: Only say what would go.

    Returns:
        The runs that went, or would.

    Raises:
        Locked: If a run is under way.
    """
    with lock.hold(name, who="gc"):
        latest = history.latest(name)
        found = superfluous(history.past(name), keep_last=keep_last, current=latest and latest.run)
        if not dry_run:
            history.sweep(name)
            for run in found:
                # The manifest goes first: a run that is half removed never happened.
                (run.folder / history.MANIFEST).unlink()
                shutil.rmtree(run.folder)
                shutil.rmtree(paths.run_tables(name, run.run), ignore_errors=True)
    return found


def keep_latest_alone(name: str, holds: Callable[[Path], bool]) -> None:
    """Remove the tables of all runs but the latest, failed runs, and pages that hold what must go. Hold the lock.

    What a run published stays with its counts: they tell of nobody, and the next run needs them.

    Args:
        name: The data set.
        holds: Whether a file holds what must go.
    """
    history.sweep(name)
    current = history.latest(name)
    for run in history.past(name):
        if current is not None and run.run == current.run:
            continue
        tables = paths.run_tables(name, run.run)
        for each in tables.glob("*"):
            if each.name not in _TELL_OF_NOBODY:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        if run.status == "failed" or any(holds(file) for file in run.folder.rglob("*") if file.is_file()):
            (run.folder / history.MANIFEST).unlink()
            shutil.rmtree(run.folder)
            shutil.rmtree(tables, ignore_errors=True)


_TELL_OF_NOBODY = ("published", "results")
