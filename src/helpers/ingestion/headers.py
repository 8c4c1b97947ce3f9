"""Headers: what a file says that its columns are, against what dataset.toml declares."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.errors import DataRefused


def check_header(
    file: Path,
    columns: list[str],
    split: Callable[[Iterable[str]], Iterable[list[str]]],
    *,
    whose: str,
    encoding: str = "utf-8",
) -> None:
    """Refuse a file whose first record that is not blank does not name the declared columns in their order.

    Args:
        file: A text file, plain or gzip; one without a record is good.
        columns: The declared columns.
        split: Lines to records.
        whose: The source or lookup of dataset.toml, for the message.
        encoding: One of the encodings of dataset.toml.

    Raises:
        DataRefused: With the difference.
    """
    open_text = gzip.open if file.suffix == ".gz" else open
    python_name = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    with open_text(file, "rt", encoding=python_name, errors="replace", newline="") as stream:
        header = next((words for words in split(stream) if words), columns)
    header = [column.strip() for column in header]
    if header != columns:
        raise differs(file, columns, header, whose=whose)


def differs(file: Path, columns: list[str], header: list[str], *, whose: str) -> DataRefused:
    """The refusal of a file whose columns are not the declared ones."""
    lost = [column for column in columns if column not in header]
    added = [column for column in header if column not in columns]
    told = f"Declared and absent: {', '.join(lost) or 'none'}; there and not declared: {', '.join(added) or 'none'}."
    if len(lost) == len(columns):
        # The words may be a person's data: they are not shown.
        told = f"None of the declared columns, {', '.join(columns)}, is in it; perhaps it has no header."
    elif not lost and not added:
        told = f"Its columns come as {', '.join(header)}; declared are {', '.join(columns)}."
    return DataRefused(
        f"{file}: the header is not the declared one. {told} Correct the columns of {whose} in dataset.toml, or ask "
        "for the file again."
    )
