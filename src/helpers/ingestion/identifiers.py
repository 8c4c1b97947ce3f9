"""Puts pseudonyms in place of identifiers: distinct values are hashed in Python, so no key enters a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.privacy import Pseudonymiser

_WITH_LISTS = ("emitted", "told", "consented")


def pseudonymise(con: DuckDBPyConnection, pseudonymiser: Pseudonymiser) -> None:
    """Replace every identifier in `emitted`, `told` and `consented`; lists of them end up sorted by type."""
    pairs = con.execute(
        "SELECT 'user_id', user_id FROM emitted UNION SELECT 'anonymous_id', anonymous_id FROM emitted "
        + " ".join(f"UNION SELECT i.type, i.value FROM {table}, unnest(external_ids) AS u(i)" for table in _WITH_LISTS)
    ).fetchall()
    known = [(kind, value, pseudonymiser(kind, value)) for kind, value in pairs if value is not None]
    kinds, values, pseudonyms = zip(*known, strict=True) if known else ((), (), ())
    text = pa.string()
    con.register(
        "pseudonyms",
        pa.table(
            {
                "type": pa.array(kinds, text),
                "value": pa.array(values, text),
                "pseudonym": pa.array(pseudonyms, text),
            }
        ),
    )
    for table in _WITH_LISTS:
        _replace_lists(con, table)
    for column in ("user_id", "anonymous_id"):
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE emitted AS SELECT e.* REPLACE (p.pseudonym AS {column})
            FROM emitted e LEFT JOIN pseudonyms p ON p.type = '{column}' AND p.value = e.{column}"""
        )
    con.unregister("pseudonyms")


def _replace_lists(con: DuckDBPyConnection, table: str) -> None:
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE replaced AS
        SELECT row, list({{'type': i.type, 'value': p.pseudonym}} ORDER BY i.type) AS ids
        FROM (SELECT rowid AS row, unnest(external_ids) AS i FROM {table})
        JOIN pseudonyms p ON p.type = i.type AND p.value = i.value GROUP BY row"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table} AS SELECT t.* REPLACE (r.ids AS external_ids)
        FROM {table} t LEFT JOIN replaced r ON r.row = t.rowid"""
    )
