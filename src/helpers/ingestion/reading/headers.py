"""Headers: what a file says that its columns are, against what dataset.toml declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path

from helpers.errors import DataRefused
from helpers.ingestion.reading.records import unpacked

# Encodings that Python calls otherwise, where a byte-order mark shall not count.
PYTHON_NAMES = {"utf-8": "utf-8-sig"}


def read_header(
    file: Path,
    columns: list[str],
    split: Callable[[Iterable[str]], Iterable[list[str]]],
    *,
    whose: str,
    encoding: str = "utf-8",
) -> list[str]:
    """The columns of a file by its first record that is not blank.

    Args:
        file: A text file, plain or gzip; one without a record has the declared columns.
        columns: The declared columns, each of which must be there once; others may be there too.
        split: Lines to records.
        whose: The source or lookup of dataset.toml, for the message.
        encoding: One of the encodings of dataset.toml.

    Raises:
        DataRefused: With the difference.
    """
    python_name = PYTHON_NAMES.get(encoding, encoding)
    with unpacked(file) as stream, TextIOWrapper(stream, encoding=python_name, errors="replace", newline="") as text:
        header = next((words for words in split(text) if words), columns)
    header = [column.strip() for column in header]
    if set(columns) - set(header) or len({column.lower() for column in header}) < len(header):
        raise differs(file, columns, header, whose=whose)
    return header


def differs(file: Path, columns: list[str], header: list[str], *, whose: str) -> DataRefused:
    """The refusal of a file whose columns are not the declared ones."""
    lost = [column for column in columns if column not in header]
    added = [column for column in header if column not in columns]
    told = f"Declared and absent: {', '.join(lost) or 'none'}; there and not declared: {', '.join(added) or 'none'}."
    if len(lost) == len(columns):
        # The words may be a person's data: they are not shown.
        told = f"None of the declared columns, {', '.join(columns)}, is in it; perhaps it has no header."
    elif not lost:
        twice = sorted({column for column in header if [each.lower() for each in header].count(column.lower()) > 1})
        told = f"It has several columns called {', '.join(twice)}."
    return DataRefused(
        f"{file}: the header is not the declared one. {told} Correct the columns of {whose} in dataset.toml, or ask "
        "for the file again."
    )
