"""The result record: what a notebook found, for other programs and for the next run to compare."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import numpy as np

from helpers.errors import WrongUse
from helpers.privacy import MINIMUM
from helpers.reporting import keys
from helpers.reporting.formats import interval, number
from helpers.statistics import Estimate

Entry = dict[str, Any]
WITHHELD = f"withheld: it would tell of fewer than {MINIMUM} people"
_PEOPLE = {"customers", "people"}
_MADE_UP = "proof."  # nobody lives in the worlds of the proofs
_FIGURES = ("value", "lo", "hi", "n", "numerator")


class _Shop(Protocol):
    """What a record needs of a shop."""

    def write_results(self, stage: str, entries: list[Entry]) -> object:
        """Store the results of one stage."""


class Record:
    """The results of one stage, in the order they were added."""

    def __init__(self, shop: _Shop, stage: str) -> None:
        self._shop = shop
        self._stage = stage
        self._entries: dict[str, Entry] = {}

    def add(
        self,
        key: str,
        value: Estimate | float,
        *,
        n: int | None = None,
        numerator: int | None = None,
        unit: str | None = None,
    ) -> None:
        """Add one result; one that would tell of fewer than 10 people, or of all but so few, is kept without figures.

        Args:
            key: A key that fits one of the templates in `helpers.reporting.keys`.
            value: An estimate, or a plain number for a count or a figure without an interval.
            n: People (or other units) behind a plain number, or whom a count of people is a part of; an estimate
                brings its own.
            numerator: Count above the fraction line; an estimate brings its own.
            unit: Unit, where the key's template leaves it to the metric.

        Raises:
            WrongUse: The key is unknown or already there, the unit is missing or contradicts the
                template's, or a number is not finite.
        """
        template = keys.match(key)
        if key in self._entries:
            raise WrongUse(f"The result {key} was added before; two names from data may look alike in a key.")
        if unit is not None and template.unit is not None and unit != template.unit:
            raise WrongUse(f"The result {key} is in {template.unit}, as its template says, not in {unit}.")
        if template.unit is None and not unit:
            raise WrongUse(f"The result {key} needs its unit; its template leaves it to the metric.")
        if not isinstance(value, Estimate):
            value = Estimate(value, None, None, None, n, None, numerator)
        self._entries[key] = {
            "key": key,
            "value": _plain(key, value.value),
            "lo": _optional(key, value.lo),
            "hi": _optional(key, value.hi),
            "level": _optional(key, value.level),
            "n": _optional(key, value.n if n is None else n),
            "numerator": _optional(key, value.numerator if numerator is None else numerator),
            "unit": template.unit or unit,
            "definition": template.define(key),
            "method": value.method,
        }
        if any(small_groups([self._entries[key]])):
            self._entries[key] |= dict.fromkeys(_FIGURES) | {"method": WITHHELD}

    @property
    def entries(self) -> list[Entry]:
        """The results so far, as a results.json holds them."""
        return list(self._entries.values())

    def show(self) -> None:
        """Print the record, three significant digits at most, and write it beside the stage's tables."""
        width = max((len(key) for key in self._entries), default=0)
        for key, entry in self._entries.items():
            print(f"{key:<{width}}  {_line(entry)}")  # noqa: T201 - a notebook's last cell prints its record
        self._shop.write_results(self._stage, self.entries)


def small_groups(entries: Iterable[Entry]) -> Iterator[str]:
    """Keys of results that tell of fewer than `MINIMUM` people, or of all but so few of a group.

    Args:
        entries: Entries of a results.json.
    """
    for entry in entries:
        if entry["key"].startswith(_MADE_UP):
            continue
        value, n, numerator = entry["value"], entry["n"], entry["numerator"]
        part = value if entry["unit"] in _PEOPLE else numerator
        rest = None if part is None or n is None else n - part
        if any(count is not None and 0 < count < MINIMUM for count in (n, part, rest)):
            yield entry["key"]


def _line(entry: Entry) -> str:
    """One result as text: value, interval, unit, n."""
    if entry["method"] == WITHHELD:
        return WITHHELD
    fields = (entry[name] for name in ("value", "lo", "hi", "level", "n", "method", "numerator"))
    text = f"{interval(Estimate(*fields))} {entry['unit']}"
    return text if entry["n"] is None else f"{text}, n = {number(entry['n'])}"


def _optional(key: str, value: object) -> float | None:
    return None if value is None else _plain(key, value)


def _plain(key: str, value: object) -> float:
    """A Python int or float that JSON can hold."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        raise WrongUse(f"The result {key} is {value!r}, which is not a number.")
    if not math.isfinite(value):
        raise WrongUse(f"The result {key} is {value}; leave out what cannot be computed and say why.")
    return value.item() if isinstance(value, np.generic) else value
