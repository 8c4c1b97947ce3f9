"""Reads a TOML file as a model; its faults as a person reads them: file, line, key, what was expected."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from helpers.errors import WrongUse, closest

Model = TypeVar("Model", bound=BaseModel)
_HEADER = re.compile(r"\s*\[\[?[\w\s.\"'-]+\]\]?\s*(#.*)?$")


class At(ValueError):
    """An error with its place inside the model that raises it."""

    def __init__(self, place: tuple[str | int, ...], message: str) -> None:
        super().__init__(message)
        self.place = place


# What pydantic found, and what a person should have written.
_SAID = {
    "extra_forbidden": "is not a key known here",
    "missing": "is required and missing",
    "union_tag_invalid": "kind is {tag!r}; expected one of {expected_tags}",
    "too_short": "needs at least {min_length}",
}
_EXPECTED = {
    "literal_error": "{expected}",
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list in square brackets",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
    "date_type": "a date such as 2026-02-28",
    "date_parsing": "a date such as 2026-02-28",
    "date_from_datetime_parsing": "a date such as 2026-02-28",
    "date_from_datetime_inexact": "a date such as 2026-02-28, without a time",
    "time_type": "a time such as 06:00:00",
    "time_parsing": "a time such as 06:00:00",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "less_than": "less than {lt:g}",
    "less_than_equal": "at most {le:g}",
    "string_too_short": "a length of at least {min_length}",
    "string_too_long": "a length of at most {max_length}",
}


def read(
    file: Path, model: type[Model], *, beside: dict[str, Any] | None = None, context: object | None = None
) -> Model:
    """A TOML file as a model.

    Args:
        file: The file.
        model: What it must hold.
        beside: Keys that the file may leave out, and what they are then.
        context: What validators of the model are told.

    Raises:
        WrongUse: With file, line, key and what was expected, one line a fault.
    """
    try:
        text = file.read_text(encoding="utf-8")
        return model.model_validate((beside or {}) | tomllib.loads(text), context=context)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise WrongUse(f"{file}, line {line}: not UTF-8 text; save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        said, _, place = str(error).removesuffix(")").partition(" (at ")
        # At the end of the document, no line is told.
        where = place if place.startswith("line") else f"line {text.count(chr(10)) + 1}"
        raise WrongUse(f"{file}, {where}: not valid TOML: {said}.") from None
    except ValidationError as error:
        raise WrongUse("\n".join(_told(file, text, model, dict(fault)) for fault in error.errors())) from None


def _told(file: Path, text: str, model: type[BaseModel], fault: dict[str, Any]) -> str:
    """One fault as a person reads it, as pydantic lists it."""
    inner = fault.get("ctx", {}).get("error")
    place = _without_kind(tuple(fault["loc"])) + (inner.place if isinstance(inner, At) else ())
    key = ".".join(f"{part + 1}" if isinstance(part, int) else str(part) for part in place)
    said = _said(fault).rstrip(".")
    if fault["type"] == "extra_forbidden":
        said += closest(str(place[-1]), _keys(model, place[:-1]))
    return f"{file}, line {line_of(text, place)}: {key}: {said}{'' if said.endswith('?') else '.'}"


def _said(fault: dict[str, Any]) -> str:
    """What is wrong and what was expected."""
    kind, words = fault["type"], fault.get("ctx", {})
    if kind in _SAID:
        return _SAID[kind].format(**words)
    if kind not in _EXPECTED:
        return fault["msg"].removeprefix("Value error, ")
    expected = f"expected {_EXPECTED[kind].format(**words)}"
    match fault["input"]:
        case bool() as found:
            return f"is {str(found).lower()}; {expected}"
        case str() as found:
            return f"is {found!r}; {expected}"
        case int() | float() | date() | time() as found:
            return f"is {found}; {expected}"
    # What a list or table holds would hide what is said of it.
    return expected


def _keys(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """The keys that the table at `place` may have."""
    models = [model]
    for part in (*place, ""):
        fields = {field.alias or name: field for each in models for name, field in each.model_fields.items()}
        if part in fields:
            models = _models(fields[part].annotation)
    return list(fields)


def _models(annotation: object) -> list[type[BaseModel]]:
    """The models that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


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
