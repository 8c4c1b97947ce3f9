"""Lookup files: columns joined to each record by equality."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from helpers.datasets.engine import quote
from helpers.datasets.settings import Lookup
from helpers.errors import DataRefused
from helpers.ingestion.reading.headers import read_header
from helpers.ingestion.sql import name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def join(con: DuckDBPyConnection, lookup: Lookup, root: Path) -> None:
    """Add the columns of a lookup file to temp table `records`, as name.column; its order stays.

    Raises:
        DataRefused: If the file is absent or broken, its header is not the declared one, or several of its rows share
            one value of the key.
    """
    file = root / lookup.file
    if not file.exists():
        raise DataRefused(f"{file} does not exist; lookup {lookup.name!r} needs it. Put it there.")
    read = f"read_parquet({quote(str(file))})"
    if lookup.format == "delimited":
        split = partial(csv.reader, delimiter=lookup.delimiter)
        there = read_header(file, lookup.columns, split, whose=f"lookup {lookup.name!r}")
        columns = ", ".join(f"{quote(column)}: 'VARCHAR'" for column in there)
        read = (
            f"read_csv({quote(str(file))}, columns = {{{columns}}}, delim = {quote(lookup.delimiter)}, header = true, "
            "auto_detect = false)"
        )
    texts = ", ".join(
        f"CAST({name(column)} AS VARCHAR) AS {name(f'{lookup.name}.{column}')}" for column in lookup.columns
    )
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE looked_up AS SELECT DISTINCT {texts} FROM {read}")
    except (duckdb.InvalidInputException, duckdb.BinderException) as error:
        # Only the first line: those after it quote the file.
        cause = str(error).splitlines()[0].rstrip(".")
        raise DataRefused(
            f"{file}: lookup {lookup.name!r} cannot read it: {cause}. Correct the lookup in dataset.toml, or the file."
        ) from None
    keys = ", ".join(name(f"{lookup.name}.{theirs}") for theirs in lookup.on.values())
    if con.execute(f"SELECT 1 FROM looked_up GROUP BY {keys} HAVING count(*) > 1 LIMIT 1").fetchone():
        shared = ", ".join(lookup.on.values())
        raise DataRefused(
            f"{file}: several rows share one value of {shared}; lookup {lookup.name!r} needs one row a value."
        )
    equal = " AND ".join(
        f"records.{name(ours)} = looked_up.{name(f'{lookup.name}.{theirs}')}" for ours, theirs in lookup.on.items()
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE records AS SELECT * EXCLUDE (_row)
        FROM (SELECT rowid AS _row, * FROM records) records LEFT JOIN looked_up ON {equal} ORDER BY _row"""
    )
