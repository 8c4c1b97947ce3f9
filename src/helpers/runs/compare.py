"""What changed between two runs: figures beyond their intervals first, then definitions, code and data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers import reporting
from helpers.datasets.settings import load
from helpers.errors import WrongUse
from helpers.runs import history
from helpers.runs.series import MEANING, Tables, other_versions

Results = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One key that is not the same in two runs.

    Attributes:
        key: The result key.
        kind: "moved" beyond its interval (or a count that differs), "within" its interval, "definition", "appeared"
            or "disappeared".
        before: Its entry in the earlier run, None where it had none.
        after: Its entry in the later run, None where it has none.
        tables: Tables it rests on that are of another version in the later run; its values are two figures then.
    """

    key: str
    kind: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    tables: tuple[str, ...] = ()


_ORDER = ("moved", "definition", "appeared", "disappeared", "within")


def changes(
    before: Results,
    after: Results,
    *,
    apart: Callable[[str], list[str]] = lambda key: [],  # noqa: ARG005
) -> list[Change]:
    """Every key that differs between two result records, what moved beyond its interval first.

    Args:
        before: The earlier entries.
        after: The later ones.
        apart: The tables that a key rests on and that are of another version in the later run.
    """
    old, new = ({entry["key"]: entry for entry in record} for record in (before, after))
    found = []
    for key in dict.fromkeys([*new, *old]):
        tables = tuple(apart(key)) if key in old and key in new else ()
        kind = "definition" if tables else _kind(old.get(key), new.get(key))
        if kind:
            found.append(Change(key=key, kind=kind, before=old.get(key), after=new.get(key), tables=tables))
    return sorted(found, key=lambda change: _ORDER.index(change.kind))


def _kind(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    if old is None:
        return "appeared"
    if new is None:
        return "disappeared"
    if any(old[part] != new[part] for part in MEANING):
        return "definition"
    if all(old[part] == new[part] for part in ("value", "lo", "hi", "n")):
        return ""
    if old["value"] == new["value"] or _inside(old, new["value"]) or _inside(new, old["value"]):
        return "within"
    return "moved"


def _inside(entry: dict[str, Any], value: float) -> bool:
    return entry["lo"] is not None and entry["lo"] <= value <= entry["hi"]


def with_latest(name: str, results: Results, tables: Tables) -> list[Change] | None:
    """What changed since the latest run, None where there is none.

    Args:
        name: The data set.
        results: The results of the run that is being published.
        tables: Version of each of its tables.
    """
    last = history.latest(name)
    if last is None:
        return None
    return changes(history.results_of(last), results, apart=lambda key: other_versions(key, last.tables, tables))


def pair(name: str, first: str, second: str) -> tuple[history.Past, history.Past]:
    """The two runs to compare, the earlier first: those named, else the last two that were published.

    Raises:
        WrongUse: If there are not two.
    """
    load(name)
    if first and second:
        return history.find(name, first), history.find(name, second)
    if first or second:
        raise WrongUse("Name both runs, or none to compare the last two.")
    done = [run for run in history.past(name) if run.status == "done" and run.as_latest]
    if len(done) < 2:
        raise WrongUse(f"{name!r} has {len(done)} published run{'s' * (len(done) != 1)}; comparing takes two.")
    return done[1], done[0]


def report(before: history.Past, after: history.Past) -> list[str]:
    """A comparison as lines that a person reads, in the order in which they matter."""
    found = changes(
        history.results_of(before),
        history.results_of(after),
        apart=lambda key: other_versions(key, before.tables, after.tables),
    )
    titles = {
        "moved": "Moved beyond its interval, or a count that differs",
        "definition": "Defined or computed differently",
        "appeared": "New",
        "disappeared": "Gone",
        "within": "Differs within its interval",
    }
    lines = []
    for kind, title in titles.items():
        mine = [change for change in found if change.kind == kind]
        if mine:
            lines += [f"{title}: {len(mine)}", *(f"  {_line(change)}" for change in mine)]
    for what, old, new in (
        ("Code", before.code, after.code),
        ("As of", before.as_of, after.as_of),
        ("Parameters", before.parameters, after.parameters),
    ):
        if old != new:
            lines.append(f"{what}: {old or 'defaults'} → {new or 'defaults'}")
    lines += _table_changes(before, after)
    return lines or ["No difference: every result, definition, parameter, table and the code are the same."]


def _table_changes(before: history.Past, after: history.Past) -> list[str]:
    lines = []
    for name in sorted(before.tables | after.tables):
        old, new = before.tables.get(name), after.tables.get(name)
        if old != new:
            rows = " → ".join("none" if table is None else f"{table['rows']:,} rows" for table in (old, new))
            version = old and new and old["version"] != new["version"]
            lines.append(f"Table {name}: {rows}{', another definition' if version else ''}")
    return lines


def sentences(found: list[Change], *, prefix: str) -> list[str]:
    """What moved or is defined anew, as sentences for a page: the keys that start with `prefix`."""
    mine = [change for change in found if change.key.startswith(prefix) and change.kind != "within"]
    return [
        *_break([change for change in mine if change.tables]),
        *(_sentence(change) for change in mine if not change.tables),
    ]


def _break(apart: list[Change]) -> list[str]:
    """What is said instead of figures whose earlier values were made with another definition."""
    if not apart:
        return []
    tables = ", ".join(sorted({table for change in apart for table in change.tables}))
    figures = "1 figure is" if len(apart) == 1 else f"{len(apart)} figures are"
    return [f"{figures} not compared with the run before, which was made with another definition of {tables}."]


_OPENING = {"appeared": "New: ", "disappeared": "No longer told: "}


def _sentence(change: Change) -> str:
    """A change as its reader understands it: by the figure's definition, not by its key."""
    said = reporting.literal((change.after or change.before)["definition"].rstrip("."))
    return f"{_OPENING.get(change.kind, '')}{said}: {_values(change)}."


def _line(change: Change) -> str:
    return f"{change.key}: {_values(change)}"


def _values(change: Change) -> str:
    if change.before is None or change.after is None:
        entry = change.after or change.before
        return f"{_with_interval(entry)} {entry['unit']}"
    old, new = change.before, change.after
    text = f"{_with_interval(old)} → {_with_interval(new)} {new['unit']}"
    if change.kind == "definition":
        parts = [part for part in MEANING if old[part] != new[part]] + [f"version of {each}" for each in change.tables]
        text += f" (another {', '.join(parts)})"
    return text


def _with_interval(entry: dict[str, Any]) -> str:
    value = reporting.number(entry["value"])
    if entry["lo"] is None:
        return value
    lo, hi = reporting.number(entry["lo"]), reporting.number(entry["hi"])
    return f"{value} ({lo} to {hi}, {reporting.level(entry['level'])})"
