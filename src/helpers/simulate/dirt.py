"""The faults of real files: records twice, lines cut short, rows with a wrong shape, date or number.

A fault is always one more record; the good one stays. So a reader who rejects what is broken and drops what
came twice has exactly the clean records left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle, islice

import numpy as np
import pandas as pd

from helpers.simulate.write import RawFile, csv_text, csv_values

DUPLICATES, BROKEN = 0.003, 0.0015  # of the records of a source
DUPLICATE = "duplicate"
Breaker = Callable[[str, np.random.Generator], str]


def soil(
    files: list[RawFile], source: str, breakers: dict[str, Breaker], *, twice: bool, rng: np.random.Generator
) -> pd.DataFrame:
    """Add duplicates and broken copies of random records to the files of one source, in place.

    Args:
        files: The files; their records grow.
        source: Name of the source, for the list.
        breakers: Fault to the function that breaks a record's text.
        twice: Whether records come twice; only where each has an id can a reader tell that from two alike.
        rng: Source of randomness.

    Returns:
        One row a fault: `source`, `file`, `line` (on which the added record starts), `fault`, `verdict`
        (what a good reader says: duplicate or rejected).
    """
    sizes = np.array([len(file.records) for file in files])
    total = int(sizes.sum())
    n_twice, n_broken = round(DUPLICATES * total) if twice else 0, round(BROKEN * total)
    hit = np.sort(rng.choice(total, size=n_twice + n_broken, replace=False))
    kinds = [DUPLICATE] * n_twice + list(islice(cycle(breakers), n_broken))
    kinds = rng.permutation(np.array(kinds, dtype=object))
    starts = np.cumsum(sizes) - sizes
    owner = np.searchsorted(starts, hit, side="right") - 1
    rows = []
    for number in np.unique(owner):
        own = owner == number
        file = files[number]
        added = _insert(file, hit[own] - starts[number], kinds[own], breakers, rng=rng)
        lines = file.lines()
        rows += [(source, file.name, lines[place], fault) for place, fault in added]
    list_of_faults = pd.DataFrame(rows, columns=["source", "file", "line", "fault"])
    verdict = np.where(list_of_faults["fault"] == DUPLICATE, DUPLICATE, "rejected")
    return list_of_faults.assign(verdict=verdict).sort_values(["file", "line"], ignore_index=True)


def _insert(
    file: RawFile,
    places: np.ndarray,
    kinds: Sequence[str],
    breakers: dict[str, Breaker],
    *,
    rng: np.random.Generator,
) -> list[tuple[int, str]]:
    """Put a copy behind each of the records at `places`, and say where the copies are."""
    records, added, done = [], [], 0
    for place, kind in zip(places, kinds, strict=True):
        records += file.records[done : place + 1]
        text = file.records[place]
        added.append((len(records), str(kind)))
        records.append(text if kind == DUPLICATE else breakers[kind](text, rng))
        done = place + 1
    file.records = records + file.records[done:]
    return added


def breakers_for(columns: Sequence[str], *, date: str, number: str = "") -> dict[str, Breaker]:
    """The faults that a CSV source can have.

    Args:
        columns: Its columns; a `quantity` among them can become negative without being a refund.
        date: The column that holds a moment.
        number: A column that holds a number, if there is one.
    """

    def broken(**wrong: str) -> Breaker:
        def breaker(text: str, _: np.random.Generator) -> str:
            return csv_text((dict(zip(columns, csv_values(text), strict=True)) | wrong).values())

        return breaker

    faults = {"wrong_columns": _wrong_columns, "bad_date": broken(**{date: "2024-13-45 25:61"})}
    if number:
        faults["bad_number"] = broken(**{number: "12,90 EUR"})
    if "quantity" in columns:
        faults["negative_quantity"] = broken(quantity="-3", status="completed")
    return faults


def _wrong_columns(text: str, rng: np.random.Generator) -> str:
    """Lose the last value or gain one."""
    values = csv_values(text)
    return csv_text(values[:-1] if rng.random() < 0.5 else [*values, "?"])


def cut_short(text: str, rng: np.random.Generator) -> str:
    """A line of JSON that ends somewhere in the middle."""
    return text[: int(len(text) * rng.uniform(0.2, 0.95))]
