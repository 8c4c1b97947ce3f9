"""Reads raw files into a staging table of text columns, and notes the records that no parser could read."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa

from helpers.datasets.settings import Source
from helpers.errors import DataRefused
from helpers.ingestion.delivery import Delivery
from helpers.ingestion.headers import check_header, differs
from helpers.ingestion.lookups import join
from helpers.ingestion.records import NO_RECORDS, Records, scan
from helpers.ingestion.sql import name, quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PARSER_REASONS = {
    "MISSING COLUMNS": "missing_columns",
    "TOO MANY COLUMNS": "too_many_columns",
    "UNQUOTED VALUE": "stray_quote",
    "INVALID ENCODING": "undecodable",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
}
_LONGEST_CAUSE = 200
# What the libraries below raise for bytes that are not the declared format.
_BROKEN = (EOFError, gzip.BadGzipFile, zlib.error, csv.Error, UnicodeError, duckdb.InvalidInputException)


def stage(con: DuckDBPyConnection, source: Source, deliveries: list[Delivery]) -> dict[int, Records | None]:
    """Read a source's files into temp table `records` (_file, _line, its columns as text).

    What cannot be parsed goes to temp table `faults` (_file, line, reason, column_name) instead, and a damaged file of
    a source that is not required goes to `set_aside` (_file, reason) as a whole.

    Args:
        con: DuckDB connection; `faults` and `set_aside` must exist.
        source: The source.
        deliveries: Its files.

    Returns:
        Delivery number to the places of its records, None for Parquet, which has no lines.

    Raises:
        DataRefused: If a file of a required source is damaged, a header is not the declared one, or the parser and the
            count disagree.
    """
    columns = ", ".join(f"{name(column)} VARCHAR" for column in source.columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE records (_file INTEGER, _line BIGINT, {columns})")
    places: dict[int, Records | None] = {}
    read = {"parquet": _stage_parquet, "delimited": _stage_delimited}.get(source.format, _stage_lines)
    for delivery in deliveries:
        try:
            places[delivery.number] = read(con, source, delivery)
        except _BROKEN as error:
            cause = str(error).splitlines()[0].rstrip(".")
            if not source.required:
                con.execute("INSERT INTO set_aside VALUES (?, ?)", [delivery.number, cause[:_LONGEST_CAUSE]])
                places[delivery.number] = NO_RECORDS
                continue
            raise DataRefused(
                f"{delivery.path}: this cannot be read as {source.format} text in {source.encoding}: {cause}. The file "
                "was cut short or damaged, or its line ends are mixed; ask for it again, or correct source "
                f"{source.name!r} in dataset.toml."
            ) from None
    for lookup in source.lookups if deliveries else []:
        join(con, lookup, deliveries[0].root)
    return places


def _stage_delimited(con: DuckDBPyConnection, source: Source, delivery: Delivery) -> Records:
    """One delimited file; DuckDB parses, and its rejects are placed among the records counted apart from it."""
    records = scan(delivery.path, quoted=True, header=source.header, encoding=source.encoding)
    if source.header:
        _check_header(source, delivery, partial(csv.reader, delimiter=source.delimiter))
    columns = ", ".join(f"{quote(column)}: 'VARCHAR'" for column in source.columns)
    # A blank line is no record; the parser makes one of it where a record has one column.
    there = f"{name(source.columns[0])} IS NOT NULL" if len(source.columns) == 1 else "true"
    faults = _parse(
        con, source, delivery, records,
        f"""columns = {{{columns}}}, delim = {quote(source.delimiter)}, quote = '"', escape = '"',
        strict_mode = true, allow_quoted_nulls = false""",
        where=there,
        skip=int(source.header),
    )  # fmt: skip
    con.execute(f"INSERT INTO records SELECT {delivery.number}, _line, {_texts(source)} FROM parsed ORDER BY _line")
    _note(con, [(delivery.number, *fault) for fault in faults])
    return records


def _stage_lines(con: DuckDBPyConnection, source: Source, delivery: Delivery) -> Records:
    """One file of JSON lines or white-space text: a line is a record, blank ones are none."""
    header = source.header and source.format == "whitespace"
    records = scan(delivery.path, quoted=False, header=header, encoding=source.encoding)
    if header:
        _check_header(source, delivery, lambda lines: map(str.split, lines))
    faults = _parse(
        con, source, delivery, records,
        "columns = {'_text': 'VARCHAR'}, delim = '', quote = '', escape = '', strict_mode = false",
        where="trim(_text, ' \t\r') <> ''",
        skip=int(header),
    )  # fmt: skip
    if source.format == "jsonl":
        valid, reason = "json_valid(_text)", "not_json"
        # One list of paths, so that a line is parsed once for all its columns.
        paths = ", ".join(quote(_json_path(column)) for column in source.columns)
        values = [f"json_extract_string(_text, [{paths}])[{number}]" for number in range(1, len(source.columns) + 1)]
    else:
        words = "string_split_regex(trim(_text, ' \t\r'), '[ \t]+')"
        valid, reason = f"len({words}) = {len(source.columns)}", "column_count"
        values = [f"{words}[{position + 1}]" for position in range(len(source.columns))]
    texts = ", ".join(f"nullif({value}, '')" for value in values)
    con.execute(
        f"INSERT INTO records SELECT {delivery.number}, _line, {texts} FROM parsed WHERE {valid} ORDER BY _line"
    )
    con.execute(
        f"INSERT INTO faults SELECT {delivery.number}, _line, {quote(reason)}, NULL FROM parsed WHERE NOT ({valid})"
    )
    _note(con, [(delivery.number, line, kind, None) for line, kind, _ in faults])
    return records


def _parse(
    con: DuckDBPyConnection,
    source: Source,
    delivery: Delivery,
    records: Records,
    options: str,
    *,
    where: str,
    skip: int = 0,
) -> list[tuple[int, str, str | None]]:
    """Let DuckDB read one text file into temp table `parsed` (_line, columns), its rows placed by `records`.

    Args:
        con: DuckDB connection.
        source: The source.
        delivery: The file.
        records: Its records by count.
        options: How `read_csv` shall read it.
        where: Which of its rows are records.
        skip: How many of these come before the first record.

    Returns:
        What DuckDB refused: line, reason, column.
    """
    con.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE rows AS SELECT row_number() OVER () - {skip} AS _row, *
        FROM read_csv({quote(str(delivery.path))}, {options}, header = false, auto_detect = false,
            null_padding = false, encoding = {quote(source.encoding)}, store_rejects = true) WHERE {where}"""
    )
    # What DuckDB calls a line is the number of the record, blank ones and the header counted.
    bad = con.execute(
        """SELECT line, first(error_type ORDER BY column_idx), first(column_name ORDER BY column_idx)
        FROM reject_errors GROUP BY line ORDER BY line"""
    ).fetchall()
    refused = np.isin(records.numbers, [number for number, _, _ in bad])
    parsed = con.execute("SELECT count(*) FROM rows WHERE _row > 0").fetchone()[0]
    if refused.sum() != len(bad) or parsed + len(bad) != len(refused):
        raise DataRefused(
            f"{delivery.path}: {len(refused):,} records by count, but the parser read {parsed:,} and refused "
            f"{len(bad):,}. A quote is probably left open, or a carriage return stands inside a line; the first record "
            f"that was refused is on line {records.lines[refused][0] if refused.any() else 'none'}."
        )
    lines = records.lines[~refused]
    con.register("line_of_row", pa.table({"_row": np.arange(1, len(lines) + 1), "_line": lines}))
    con.execute("CREATE OR REPLACE TEMP TABLE parsed AS SELECT * FROM rows JOIN line_of_row USING (_row)")
    con.unregister("line_of_row")
    return [
        (int(line), _PARSER_REASONS.get(kind, "unreadable"), column)
        for line, (_, kind, column) in zip(records.lines[refused], bad, strict=True)
    ]


def _note(con: DuckDBPyConnection, faults: list[tuple[int, int, str, str | None]]) -> None:
    if faults:
        con.executemany("INSERT INTO faults VALUES (?, ?, ?, ?)", faults)


def _stage_parquet(con: DuckDBPyConnection, source: Source, delivery: Delivery) -> None:
    file = f"read_parquet({quote(str(delivery.path))}, file_row_number = true)"
    there = [column for (column,) in con.execute(f"SELECT column_name FROM (DESCRIBE FROM {file})").fetchall()]
    if set(source.columns) - set(there):
        raise differs(delivery.path, source.columns, there[:-1], whose=_called(source))
    con.execute(f"INSERT INTO records SELECT {delivery.number}, file_row_number + 1, {_texts(source)} FROM {file}")


def _texts(source: Source) -> str:
    return ", ".join(f"nullif(CAST({name(column)} AS VARCHAR), '')" for column in source.columns)


def _json_path(column: str) -> str:
    return "$." + ".".join(f'"{part}"' for part in column.split("."))


def _check_header(source: Source, delivery: Delivery, split: Callable[[Iterable[str]], Iterable[list[str]]]) -> None:
    check_header(delivery.path, source.columns, split, whose=_called(source), encoding=source.encoding)


def _called(source: Source) -> str:
    return f"source {source.name!r}"
