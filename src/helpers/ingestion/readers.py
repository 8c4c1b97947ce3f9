"""Reads raw files into a staging table of text columns, and notes the records that no parser could read."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from helpers.datasets.settings import Lookup, Source
from helpers.errors import DataRefused
from helpers.ingestion.delivery import Delivery
from helpers.ingestion.records import Records, scan
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


def stage(con: DuckDBPyConnection, source: Source, deliveries: list[Delivery]) -> dict[int, Records | None]:
    """Read a source's files into temp table `records` (_file, _line, its columns as text).

    What cannot be parsed goes to temp table `faults` (_file, line, reason, column_name) instead.

    Args:
        con: DuckDB connection; `faults` must exist.
        source: The source.
        deliveries: Its files.

    Returns:
        Delivery number to the places of its records, None for Parquet, which has no lines.

    Raises:
        DataRefused: If a header is not the declared one, or the parser and the count disagree.
    """
    columns = ", ".join(f"{name(column)} VARCHAR" for column in source.columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE records (_file INTEGER, _line BIGINT, {columns})")
    places: dict[int, Records | None] = {}
    for delivery in deliveries:
        if source.format == "parquet":
            places[delivery.number] = None
            _stage_parquet(con, source, delivery)
        elif source.format == "delimited":
            places[delivery.number] = _stage_delimited(con, source, delivery)
        else:
            places[delivery.number] = _stage_lines(con, source, delivery)
    for lookup in source.lookups if deliveries else []:
        _join(con, lookup, deliveries[0].root)
    return places


def _stage_delimited(con: DuckDBPyConnection, source: Source, delivery: Delivery) -> Records:
    """One delimited file; DuckDB parses, and its rejects are placed among the records counted apart from it."""
    records = scan(delivery.path, quoted=True, header=source.header)
    if source.header:
        _check_header(source, delivery)
    columns = ", ".join(f"{quote(column)}: 'VARCHAR'" for column in source.columns)
    con.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE parsed AS
        SELECT row_number() OVER () AS row_number, * FROM read_csv(
            {quote(str(delivery.path))}, columns = {{{columns}}}, delim = {quote(source.delimiter)}, quote = '"',
            escape = '"', header = {str(source.header).lower()}, auto_detect = false, null_padding = false,
            encoding = {quote(source.encoding)}, store_rejects = true, strict_mode = true)"""
    )
    bad = con.execute(
        """SELECT line_byte_position - 1, arg_min(error_type, column_idx), any_value(column_name)
        FROM reject_errors GROUP BY line_byte_position ORDER BY line_byte_position"""
    ).fetchall()
    at = np.searchsorted(records.offsets, [offset for offset, _, _ in bad], side="right") - 1
    parsed = con.execute("SELECT count(*) FROM parsed").fetchone()[0]
    if parsed + len(set(at)) != len(records.offsets):
        raise DataRefused(
            f"{delivery.path}: {len(records.offsets):,} records by count, but the parser read {parsed:,} and "
            f"refused {len(set(at)):,}. A quote is probably left open; check the lines named by the first refusal: "
            f"{records.lines[at[0]] if len(at) else 'none'}."
        )
    lines = np.delete(records.lines, at)
    con.register("line_of_row", pa.table({"row_number": np.arange(1, len(lines) + 1), "line": lines}))
    con.execute(
        f"INSERT INTO records SELECT {delivery.number}, line, {_texts(source)} FROM parsed "
        "JOIN line_of_row USING (row_number) ORDER BY line"
    )
    con.unregister("line_of_row")
    faults = [
        (delivery.number, int(records.lines[index]), _PARSER_REASONS.get(kind, "unreadable"), column)
        for index, (_, kind, column) in zip(at, bad, strict=True)
    ]
    if faults:
        con.executemany("INSERT INTO faults VALUES (?, ?, ?, ?)", faults)
    return records


def _stage_lines(con: DuckDBPyConnection, source: Source, delivery: Delivery) -> Records:
    """One file of JSON lines or white-space text: a line is a record, blank ones are none."""
    header = source.header and source.format == "whitespace"
    records = scan(delivery.path, quoted=False, header=header)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE parsed AS SELECT * FROM (
        SELECT row_number() OVER () AS line, text FROM read_csv({quote(str(delivery.path))},
            columns = {{'text': 'VARCHAR'}}, delim = '', quote = '', escape = '', header = false,
            auto_detect = false, encoding = {quote(source.encoding)}))
        WHERE trim(text, ' \t\r') <> '' AND line > {int(header)}"""
    )
    if source.format == "jsonl":
        valid, reason = "json_valid(text)", "not_json"
        values = [f"json_extract_string(text, {quote(_json_path(column))})" for column in source.columns]
    else:
        words = "string_split_regex(trim(text, ' \t\r'), '[ \t]+')"
        valid, reason = f"len({words}) = {len(source.columns)}", "column_count"
        values = [f"{words}[{position + 1}]" for position in range(len(source.columns))]
    texts = ", ".join(f"nullif({value}, '')" for value in values)
    con.execute(f"INSERT INTO records SELECT {delivery.number}, line, {texts} FROM parsed WHERE {valid} ORDER BY line")
    con.execute(
        f"INSERT INTO faults SELECT {delivery.number}, line, {quote(reason)}, NULL FROM parsed WHERE NOT ({valid})"
    )
    return records


def _stage_parquet(con: DuckDBPyConnection, source: Source, delivery: Delivery) -> None:
    con.execute(
        f"INSERT INTO records SELECT {delivery.number}, file_row_number + 1, {_texts(source)} "
        f"FROM read_parquet({quote(str(delivery.path))}, file_row_number = true)"
    )


def _texts(source: Source) -> str:
    return ", ".join(f"nullif(CAST({name(column)} AS VARCHAR), '')" for column in source.columns)


def _json_path(column: str) -> str:
    return "$." + ".".join(f'"{part}"' for part in column.split("."))


def _check_header(source: Source, delivery: Delivery) -> None:
    packed = delivery.path.suffix == ".gz"
    with (gzip.open if packed else open)(delivery.path, "rt", encoding=source.encoding, newline="") as stream:
        header = next(csv.reader(stream, delimiter=source.delimiter), [])
    header = [column.removeprefix("\ufeff").strip() for column in header]
    if header and header != source.columns:
        lost = [column for column in source.columns if column not in header]
        added = [column for column in header if column not in source.columns]
        raise DataRefused(
            f"{delivery.path}, line 1: the header is not the declared one. Declared and absent: "
            f"{', '.join(lost) or 'none'}; there and not declared: {', '.join(added) or 'none'}. "
            f"Correct the columns of source {source.name!r} in dataset.toml, or ask for the file again."
        )


def _join(con: DuckDBPyConnection, lookup: Lookup, root: Path) -> None:
    """Add the columns of a lookup file to `records`, as name.column."""
    file = root / lookup.file
    if not file.exists():
        raise DataRefused(f"{file} does not exist; lookup {lookup.name!r} needs it.")
    columns = ", ".join(f"{quote(column)}: 'VARCHAR'" for column in lookup.columns)
    read = (
        f"read_parquet({quote(str(file))})"
        if lookup.format == "parquet"
        else f"read_csv({quote(str(file))}, columns = {{{columns}}}, delim = {quote(lookup.delimiter)}, header = true, "
        "auto_detect = false)"
    )
    texts = ", ".join(
        f"CAST({name(column)} AS VARCHAR) AS {name(f'{lookup.name}.{column}')}" for column in lookup.columns
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE looked_up AS SELECT DISTINCT {texts} FROM {read}")
    keys = ", ".join(name(f"{lookup.name}.{theirs}") for theirs in lookup.on.values())
    if con.execute(f"SELECT 1 FROM looked_up GROUP BY {keys} HAVING count(*) > 1 LIMIT 1").fetchone():
        raise DataRefused(f"{file}: several rows share one value of {keys}; a lookup needs one row a value.")
    equal = " AND ".join(
        f"records.{name(ours)} = looked_up.{name(f'{lookup.name}.{theirs}')}" for ours, theirs in lookup.on.items()
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE joined AS "
        f"SELECT records.*, looked_up.* FROM records LEFT JOIN looked_up ON {equal}"
    )
    con.execute("CREATE OR REPLACE TEMP TABLE records AS FROM joined; DROP TABLE joined")
