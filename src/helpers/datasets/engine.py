"""The engine: Ibis on an embedded DuckDB that keeps personal data in memory, never in a database file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import ibis

from helpers.errors import WrongUse

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

# Engines merge selects themselves, and in a fraction of the time.
ibis.options.sql.fuse_selects = False
# Notebooks run side by side, and beside other work; what needs more goes through the disk.
MEMORY = "4GB"


def connect(spill: Path | None = None) -> Backend:
    """A fresh in-memory connection on which equal queries give equal rows in equal order, in UTC.

    `WORKBENCH_THREADS` bounds its threads, so that notebooks that run side by side share the cores.

    Args:
        spill: The folder for what does not fit into memory; it is there only while it is needed.

    Raises:
        WrongUse: If `WORKBENCH_THREADS` is no whole number.
    """
    con = ibis.duckdb.connect()
    threads = os.environ.get("WORKBENCH_THREADS")
    if threads:
        if not threads.isdecimal() or not int(threads):
            raise WrongUse(f"WORKBENCH_THREADS is {threads!r}; expected a whole number from 1.")
        con.raw_sql(f"SET threads = {threads}")
    con.raw_sql(f"SET memory_limit = '{MEMORY}'")
    con.raw_sql("SET TimeZone = 'UTC'")
    if spill:
        con.raw_sql(f"SET temp_directory = {quote(str(spill))}")
    con.raw_sql("SET preserve_insertion_order = true")
    # It tells files apart by path, size and second: a table written anew at once would be read as it was before.
    con.raw_sql("SET enable_external_file_cache = false")
    # Each thread keeps this many rows of each month before it writes them; by default, 524,288.
    con.raw_sql("SET partitioned_write_flush_threshold = 50000")
    con.raw_sql("SET autoinstall_known_extensions = false")
    return con


def quote(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted(texts: Iterable[str]) -> str:
    """Texts as SQL literals, as IN (…) and lists hold them."""
    return ", ".join(map(quote, texts))
