"""The engine: Ibis on an embedded DuckDB that keeps personal data in memory, never in a database file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def connect() -> Backend:
    """A fresh in-memory connection on which equal queries give equal rows in equal order, in UTC."""
    con = ibis.duckdb.connect()
    con.raw_sql("SET TimeZone = 'UTC'")
    con.raw_sql("SET preserve_insertion_order = true")
    con.raw_sql("SET autoinstall_known_extensions = false")
    return con
