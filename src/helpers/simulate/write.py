"""Files of records: CSV and JSON lines, by month or whole, plain or gzip, the same bytes every time."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from helpers.errors import cannot_write
from helpers.simulate.clock import all_months


@dataclass
class RawFile:
    """One file before it is written.

    Attributes:
        name: File name; packed when it ends with .gz.
        header: Its first line, None for JSON lines.
        records: The text of each record, without its line end; a quoted CSV field may hold line ends.
    """

    name: str
    header: str | None
    records: list[str] = field(default_factory=list)

    def lines(self) -> list[int]:
        """The line, from 1, on which each record starts."""
        line, starts = (1 if self.header is None else 2), []
        for record in self.records:
            starts.append(line)
            line += 1 + record.count("\n")
        return starts

    def content(self) -> bytes:
        """The bytes of the unpacked file."""
        head = [] if self.header is None else [self.header]
        return "".join(f"{line}\n" for line in [*head, *self.records]).encode()


def csv_text(values: Iterable[object]) -> str:
    """One record of a CSV file, quoted only where it must be."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(values)
    return buffer.getvalue().removesuffix("\n")


def csv_values(text: str) -> list[str]:
    """The values of one record of a CSV file."""
    return next(csv.reader(io.StringIO(text)))


def csv_files(pattern: str, frame: pd.DataFrame, *, months: Iterable[str] | None = None) -> list[RawFile]:
    """Turn a frame into CSV files; a month without a record has a file with the header alone.

    Args:
        pattern: File name; "{month}" in it stands for the month.
        frame: The records in their order; missing values become empty.
        months: The month of each record, such as "2024-03"; None for one file.
    """
    records = [csv_text(row) for row in frame.astype(object).itertuples(index=False, name=None)]
    return _by_month(pattern, csv_text(frame.columns), records, months)


def line_files(pattern: str, lines: Iterable[str], *, months: Iterable[str]) -> list[RawFile]:
    """Turn lines of JSON into files by month."""
    return _by_month(pattern, None, list(lines), months)


def _by_month(pattern: str, header: str | None, records: list[str], months: Iterable[str] | None) -> list[RawFile]:
    if months is None:
        return [RawFile(pattern, header, records)]
    files = {month: RawFile(pattern.format(month=month), header) for month in all_months()}
    for month, record in zip(months, records, strict=True):
        files[month].records.append(record)
    return list(files.values())


def write_files(files: list[RawFile], folder: Path) -> list[Path]:
    """Write files into `folder`, which is made if it is missing; gzip without a name or time inside.

    Raises:
        InputOutput: If the folder or a file cannot be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            content = file.content()
            if file.name.endswith(".gz"):
                content = gzip.compress(content, compresslevel=6, mtime=0)
            path = folder / file.name
            path.write_bytes(content)
            written.append(path)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return written


def write_tables(tables: dict[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write frames as Parquet files named after their keys.

    Raises:
        InputOutput: If the folder or a file cannot be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in tables.items():
            path = folder / f"{name}.parquet"
            frame.to_parquet(path, index=False)
            written.append(path)
    except OSError as error:
        raise cannot_write(folder, error) from error
    return written
