"""Pseudonyms for the identifiers of a file: distinct values are hashed in Python, so no key enters a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.privacy import Pseudonymiser


def look_up_pseudonyms(con: DuckDBPyConnection, texts: dict[str, list[str]], pseudonymiser: Pseudonymiser) -> None:
    """Make temp table `pseudonyms` (type, value, pseudonym, earlier) of the identifiers in temp table `records`.

    `earlier` lists the pseudonyms under earlier keys, which tombstones may be of.

    Args:
        con: DuckDB connection.
        texts: Type of identifier to the expressions that hold one.
        pseudonymiser: Turns (type, value) into a pseudonym.
    """
    tables = []
    for kind, expressions in texts.items():
        distinct = " UNION ".join(
            f"SELECT {expression} AS value FROM records" for expression in sorted(set(expressions))
        )
        values = con.execute(f"SELECT DISTINCT value FROM ({distinct}) WHERE value IS NOT NULL").to_arrow_table()[
            "value"
        ]
        stages = [pseudonymiser.stages(kind, value) for value in values.to_pylist()]
        columns = {
            "type": pa.array([kind] * len(values), pa.string()),
            "value": values,
            "pseudonym": pa.array([each[-1] for each in stages], pa.string()),
            "earlier": pa.array([each[:-1] for each in stages], pa.list_(pa.string())),
        }
        tables.append(pa.table(columns))
    schema = pa.schema([(column, pa.string()) for column in ("type", "value", "pseudonym")])
    schema = schema.append(pa.field("earlier", pa.list_(pa.string())))
    con.register("hashed", pa.concat_tables([table.cast(schema) for table in tables] or [schema.empty_table()]))
    con.execute("CREATE OR REPLACE TEMP TABLE pseudonyms AS FROM hashed")
    con.unregister("hashed")
