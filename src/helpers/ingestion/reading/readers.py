"""Reads a raw file into a table of text columns, and notes the records that no parser could read."""

from __future__ import annotations

import csv
import gzip
import tempfile
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from helpers.datasets.engine import quote, quoted
from helpers.datasets.settings import Source
from helpers.errors import DataRefused
from helpers.ingestion.reading.headers import PYTHON_NAMES, differs, read_header
from helpers.ingestion.reading.records import Oversized, Records, scan, unpacked
from helpers.ingestion.reading.stray_quotes import mend
from helpers.ingestion.sql import name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STRAY_QUOTE = "stray_quote"
_PARSER_REASONS = {
    "MISSING COLUMNS": "missing_columns",
    "TOO MANY COLUMNS": "too_many_columns",
    "UNQUOTED VALUE": STRAY_QUOTE,
    "INVALID ENCODING": "undecodable",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
}
# What the libraries below raise for bytes that are not the declared format.
BROKEN = (
    EOFError, gzip.BadGzipFile, zlib.error, csv.Error, UnicodeError, duckdb.InvalidInputException, Oversized,
)  # fmt: skip


class Fault(NamedTuple):
    """A record that could not be read: its place among `Read.places` from 0, why, and the column at fault."""

    place: int
    reason: str
    column: str | None


class Read(NamedTuple):
    """What reading one file gave, beside temp table `records` (its columns as text, rowid = row).

    Attributes:
        places: Where its records stand; None for Parquet, where record n is row n.
        rows: The place of each row of `records`, shape (rows,); None for Parquet.
        faults: The records that are not in `records`.
        added: Columns of the file that nobody declared.
    """

    places: Records | None
    rows: np.ndarray | None
    faults: list[Fault]
    added: list[str]


class _Disagreement(Exception):
    """The parser and the count apart from it do not see the same records."""


def read(con: DuckDBPyConnection, source: Source, file: Path) -> Read:
    """Read a file of a source into temp table `records`, in the order of the file.

    Raises:
        DataRefused: If the header is not the declared one, or the parser and the count disagree.
        One of BROKEN: If the file is not what the source says that it is.
    """
    if source.format == "parquet":
        return _read_parquet(con, source, file)
    return _read_delimited(con, source, file) if source.format == "delimited" else _read_lines(con, source, file)


def lines_of(found: Read) -> np.ndarray | None:
    """The line on which each row of `records` starts, from 1; None for Parquet, whose row n is line n."""
    return None if found.places is None else found.places.lines[found.rows]


def _read_delimited(con: DuckDBPyConnection, source: Source, file: Path) -> Read:
    """One delimited file; DuckDB parses, and its rejects are placed among the records counted apart from it."""
    places = scan(file, quoted=True, header=source.header, encoding=source.encoding)
    columns = source.columns
    if source.header:
        columns = _header(source, file, partial(csv.reader, delimiter=source.delimiter))
    try:
        found = _parse_delimited(con, source, file, columns, places)
        spoilt = places.left_open or any(_spoilt(fault, places) for fault in found.faults)
        if source.encoding == "utf-16" or not spoilt:
            return found
    except _Disagreement as told:
        if source.encoding == "utf-16":
            raise DataRefused(f"{file}: {told}") from None
    # Beyond a quote that nobody closed, parsers see texts where there are none.
    with tempfile.TemporaryDirectory() as folder:
        mended = mend(file, source, columns, Path(folder) / "mended.csv")
        try:
            found = _parse_delimited(con, source, Path(folder) / "mended.csv", columns, mended.good)
        except _Disagreement as told:
            raise DataRefused(f"{file}: {told}") from None
    return _together(found, mended.stray, mended.columns)


def _together(found: Read, stray: Records, columns: list[str | None]) -> Read:
    """What was read without the stray lines, and these lines, as one file again."""
    good = found.places
    offsets = np.concatenate([good.offsets, stray.offsets])
    order = np.argsort(offsets)
    places = Records(*(np.concatenate(pair)[order] for pair in zip(good[:4], stray[:4], strict=True)))
    place_of = np.empty(len(order), dtype=np.int64)
    place_of[order] = np.arange(len(order))
    faults = [Fault(int(place_of[fault.place]), *fault[1:]) for fault in found.faults]
    faults += [
        Fault(int(place_of[len(good.offsets) + number]), STRAY_QUOTE, column) for number, column in enumerate(columns)
    ]
    return found._replace(places=places, rows=place_of[found.rows], faults=sorted(faults))


def _spoilt(fault: Fault, places: Records) -> bool:
    """Whether a fault may come from a quote that was never closed."""
    last = fault.place + 1 == len(places.lines)
    return fault.reason == STRAY_QUOTE or last or bool(places.lines[fault.place + 1] - places.lines[fault.place] > 1)


def _parse_delimited(con: DuckDBPyConnection, source: Source, file: Path, columns: list[str], places: Records) -> Read:
    listed = ", ".join(f"{quote(column)}: 'VARCHAR'" for column in columns)
    # A blank line is no record; the parser makes one of it where a record has one column.
    there = f"{name(columns[0])} IS NOT NULL" if len(columns) == 1 else "true"
    # Behind blank lines, the parser takes the header for a record.
    late_header = source.header and _starts_blank(file, source.encoding)
    faults, rows = _parse(
        con, file, places,
        f"""columns = {{{listed}}}, delim = {quote(source.delimiter)}, quote = '"', escape = '"',
        strict_mode = true, allow_quoted_nulls = false, header = {str(source.header and not late_header).lower()}""",
        select=", ".join(f"nullif({name(column)}, '') AS {name(column)}" for column in source.columns),
        where=there,
        encoding=source.encoding,
        skip=int(late_header),
    )  # fmt: skip
    return Read(places, rows, faults, [column for column in columns if column not in source.columns])


def _starts_blank(file: Path, encoding: str) -> bool:
    with unpacked(file) as stream:
        return stream.read(4).decode(PYTHON_NAMES.get(encoding, encoding), "replace")[:1] in ("\n", "\r")


def _read_lines(con: DuckDBPyConnection, source: Source, file: Path) -> Read:
    """One file of JSON lines or white-space text: a line is a record, blank ones are none."""
    header = source.header and source.format == "whitespace"
    places = scan(file, quoted=False, header=header, encoding=source.encoding)
    columns = _header(source, file, lambda lines: map(str.split, lines)) if header else source.columns
    try:
        faults, rows = _parse(
            con, file, places,
            "columns = {'_text': 'VARCHAR'}, delim = '', quote = '', escape = '', strict_mode = false, header = false",
            select="_text",
            where="trim(_text, ' \t\r') <> ''",
            encoding=source.encoding,
            skip=int(header),
        )  # fmt: skip
    except _Disagreement as told:
        raise DataRefused(f"{file}: {told}") from None
    if source.format == "jsonl":
        valid, reason = "json_valid(_text)", "not_json"
        # One list of paths, so that a line is parsed once for all its columns.
        paths = quoted(map(_json_path, source.columns))
        values = [f"json_extract_string(_text, [{paths}])[{number}]" for number in range(1, len(source.columns) + 1)]
    else:
        words = "string_split_regex(trim(_text, ' \t\r'), '[ \t]+')"
        valid, reason = f"len({words}) = {len(columns)}", "column_count"
        values = [f"{words}[{columns.index(column) + 1}]" for column in source.columns]
    bad = [row for (row,) in con.execute(f"SELECT rowid FROM records WHERE NOT ({valid}) ORDER BY rowid").fetchall()]
    texts = ", ".join(f"nullif({value}, '') AS {name(key)}" for value, key in zip(values, source.columns, strict=True))
    con.execute("ALTER TABLE records RENAME TO whole_lines")
    con.execute(f"CREATE OR REPLACE TEMP TABLE records AS SELECT {texts} FROM whole_lines WHERE {valid} ORDER BY rowid")
    con.execute("DROP TABLE whole_lines")
    faults = [fault._replace(column=None) for fault in faults] + [Fault(int(rows[row]), reason, None) for row in bad]
    added = [column for column in columns if column not in source.columns]
    return Read(places, np.delete(rows, bad), sorted(faults), added)


def _parse(
    con: DuckDBPyConnection,
    file: Path,
    places: Records,
    options: str,
    *,
    select: str,
    where: str,
    encoding: str,
    skip: int = 0,
) -> tuple[list[Fault], np.ndarray]:
    """Let DuckDB read one text file into temp table `records`.

    Args:
        con: DuckDB connection.
        file: The file.
        places: Its records by count.
        options: How `read_csv` shall read it.
        select: What to make of its rows.
        where: Which of them are records.
        encoding: Its encoding.
        skip: How many of its records come before the first of `places`.

    Returns:
        What DuckDB refused, and the place of each row.

    Raises:
        _Disagreement: If the parser and the count do not see the same records.
    """
    con.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE records AS SELECT {select}
        FROM read_csv({quote(str(file))}, {options}, auto_detect = false,
            null_padding = false, encoding = {quote(encoding)}, store_rejects = true) WHERE {where}"""
    )
    if skip:
        con.execute(f"DELETE FROM records WHERE rowid < {skip}; CREATE OR REPLACE TEMP TABLE records AS FROM records")
    # What DuckDB calls a line is the number of the record, blank ones and the header counted.
    bad = con.execute(
        """SELECT line, first(error_type ORDER BY column_idx), first(column_name ORDER BY column_idx)
        FROM reject_errors GROUP BY line ORDER BY line"""
    ).fetchall()
    refused = np.isin(places.numbers, [number for number, _, _ in bad])
    parsed = con.execute("SELECT count(*) FROM records").fetchone()[0]
    if refused.sum() != len(bad) or parsed + len(bad) != len(refused):
        raise _Disagreement(
            f"{len(refused):,} records by count, but the parser read {parsed:,} and refused {len(bad):,}. Its line "
            "ends are probably mixed, or a carriage return stands inside a line; the first record that was refused is "
            f"on line {places.lines[refused][0] if refused.any() else 'none'}. Ask for the file again."
        )
    faults = [
        Fault(int(place), _PARSER_REASONS.get(kind, "unreadable"), column)
        for place, (_, kind, column) in zip(np.flatnonzero(refused), bad, strict=True)
    ]
    return faults, np.flatnonzero(~refused)


def _read_parquet(con: DuckDBPyConnection, source: Source, file: Path) -> Read:
    table = f"read_parquet({quote(str(file))})"
    there = [column for (column,) in con.execute(f"SELECT column_name FROM (DESCRIBE FROM {table})").fetchall()]
    if set(source.columns) - set(there):
        raise differs(file, source.columns, there, whose=_called(source))
    texts = ", ".join(f"nullif(CAST({name(column)} AS VARCHAR), '') AS {name(column)}" for column in source.columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE records AS SELECT {texts} FROM {table}")
    return Read(None, None, [], [column for column in there if column not in source.columns])


def number_lines(con: DuckDBPyConnection, found: Read) -> None:
    """Give each row of `records` its line, as column `_line`."""
    lines = lines_of(found)
    if lines is None:
        con.execute("CREATE OR REPLACE TEMP TABLE records AS SELECT *, rowid + 1 AS _line FROM records ORDER BY rowid")
        return
    con.register("line_of_row", pa.table({"_line": lines}))
    con.execute("CREATE OR REPLACE TEMP TABLE records AS FROM records POSITIONAL JOIN line_of_row")
    con.unregister("line_of_row")


def _json_path(column: str) -> str:
    return "$." + ".".join(f'"{part}"' for part in column.split("."))


def _header(source: Source, file: Path, split: Callable[[Iterable[str]], Iterable[list[str]]]) -> list[str]:
    return read_header(file, source.columns, split, whose=_called(source), encoding=source.encoding)


def _called(source: Source) -> str:
    return f"source {source.name!r}"
