"""Faults of a dataset.toml or tracking plan as a person reads them: file, line, key, what was expected."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_HEADER = re.compile(r"\s*\[\[?[\w\s.\"'-]+\]\]?\s*(#.*)?$")


class At(ValueError):
    """An error with its place inside the model that raises it."""

    def __init__(self, place: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.place = place


def told(file: Path, text: str, fault: dict[str, Any]) -> str:
    """One fault as a person reads it: file, line, key, what was expected.

    Args:
        file: The dataset.toml.
        text: Its text.
        fault: As pydantic lists it.
    """
    inner = fault.get("ctx", {}).get("error")
    place = _without_kind(tuple(fault["loc"])) + (inner.place if isinstance(inner, At) else ())
    key = ".".join(f"{part + 1}" if isinstance(part, int) else str(part) for part in place)
    message = fault["msg"].removeprefix("Value error, ")
    known = {
        "extra_forbidden": "is not a key known here",
        "missing": "is required and missing",
        "union_tag_invalid": "kind is {tag!r}, expected one of {expected_tags}",
    }
    said = known.get(fault["type"], "").format(**fault.get("ctx", {})) or message
    said = said.rstrip(".")
    return f"{file}, line {line_of(text, place)}: {key}: {said}{'' if said.endswith('?') else '.'}"


def _without_kind(place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Drop the kind of an emit block, which pydantic puts behind its number and the file does not hold."""
    at = place.index("emit") + 2 if "emit" in place else len(place)
    return place[:at] + place[at + 1 :]


def line_of(text: str, place: tuple[str | int, ...]) -> int:
    """The line of `text` (TOML) on which the value at `place` stands, or its table's, or 1.

    Args:
        text: The file.
        place: Keys and list positions from the top, as pydantic gives them.
    """
    lines = text.splitlines()
    at, stop, found, table = 0, len(lines), 0, ""
    for position, part in enumerate(place):
        if isinstance(part, int):
            continue
        repeat = place[position + 1] + 1 if position + 1 < len(place) and isinstance(place[position + 1], int) else 1
        written = rf"[\"']?{re.escape(str(part))}[\"']?"
        table = rf"{table}\.{written}" if table else written
        header = re.compile(rf"\s*\[\[?\s*{table}\s*\]\]?\s*(#.*)?$")
        value = re.compile(rf"\s*{written}\s*=")
        hits = [number for number in range(at, stop) if header.match(lines[number])]
        if len(hits) >= repeat:
            at = found = hits[repeat - 1]
            stop = hits[repeat] if len(hits) > repeat else stop
            continue
        # Keys of a table stand before the next header.
        end = next((number for number in range(at + 1, stop) if _HEADER.match(lines[number])), stop)
        hit = next((number for number in range(at, end) if value.match(lines[number])), None)
        if hit is not None:
            return hit + 1
    return found + 1
