"""Which figures of earlier runs may stand beside the present ones: those made with the same definitions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from helpers import reporting
from helpers.datasets.tables import TABLES
from helpers.runs import history
from helpers.runs.stages import foundations

Tables = dict[str, dict[str, Any]]
Entry = dict[str, Any]
# What makes two entries of one key two different figures.
MEANING = ("definition", "unit", "method", "level")
_LONGEST = 12
# Results that a notebook of another name adds.
_STAGE_OF = {"identity": "profiles"}


def rests_on(key: str) -> set[str]:
    """The tables that a result rests on: those of its stage, and of the stages that it builds on."""
    prefix = key.split(".", maxsplit=1)[0]
    writers = foundations(_STAGE_OF.get(prefix, prefix))
    return {table.name for table in TABLES.values() if table.writer in writers}


def other_versions(key: str, before: Tables, after: Tables) -> list[str]:
    """The tables that a result rests on and that are of another version in one run than in the other."""
    both = rests_on(key) & set(before) & set(after)
    return sorted(name for name in both if before[name]["version"] != after[name]["version"])


class Series(NamedTuple):
    """Key figures of one run and of those before it that were made with the same definitions.

    Attributes:
        rows: As-of date and entries, the run itself first, then the latest moment first.
        left_out: A sentence about earlier figures that were made with other definitions; empty where none were.
    """

    rows: list[tuple[date, list[Entry]]]
    left_out: str


def series(name: str, as_of: date, results: list[Entry], tables: Tables) -> Series:
    """The key figures of a run that is being published, and those of earlier reports that may stand beside them.

    Args:
        name: The data set.
        as_of: The moment the run looks at.
        results: Its results.
        tables: Version of each of its tables, as its manifest says it.
    """
    now = {entry["key"]: entry for entry in results}
    rows, tables_at_fault, runs = [(as_of, results)], set(), 0
    for each in _one_a_day(name, as_of, tables):
        entries = [entry for entry in history.results_of(each) if entry["key"] in reporting.REMEMBERED]
        apart = {entry["key"]: other_versions(entry["key"], each.tables, tables) for entry in entries}
        fitting = [entry for entry in entries if not apart[entry["key"]] and _means(entry, now.get(entry["key"]))]
        rows.append((each.as_of, fitting))
        runs += len(fitting) < len(entries)
        tables_at_fault |= {table for found in apart.values() for table in found}
    return Series(rows, _left_out(runs, sorted(tables_at_fault)))


def _one_a_day(name: str, as_of: date, tables: Tables) -> Iterator[history.Past]:
    """The newest run of each moment that a report was published of, one made with the present definitions before all.

    What was made anew of a moment is no report itself, and stands for the one that was published with other
    definitions.
    """
    runs = [run for run in history.past(name) if run.status == "done"]
    published = {run.moment for run in runs if run.as_latest}
    candidates = [run for run in runs if run.moment in published and run.as_of != as_of]
    best = {}
    for run in candidates:
        both = run.tables.keys() & tables.keys()
        alike = all(run.tables[each]["version"] == tables[each]["version"] for each in both)
        rank = (alike, run.as_latest, run.run)
        if run.as_of not in best or rank > best[run.as_of][0]:
            best[run.as_of] = rank, run
    for day in sorted(best, reverse=True)[:_LONGEST]:
        yield best[day][1]


def _means(entry: Entry, now: Entry | None) -> bool:
    return now is None or all(entry.get(part) == now.get(part) for part in MEANING)


def _left_out(runs: int, tables: list[str]) -> str:
    if not runs:
        return ""
    of_tables = f" of {', '.join(tables)}" if tables else ""
    figures = "those of 1 earlier run" if runs == 1 else f"those of {runs} earlier runs"
    return f"Left out are figures that were made with another definition{of_tables}: {figures}."
