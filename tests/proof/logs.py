"""Made-up logs as a shop would hold them: every column of `events`, those that a world does not have missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa

import helpers
from helpers.datasets import Shop
from helpers.datasets.tables.ingestion import CONSENT_LOG, EVENTS, FLAGS, PRODUCTS
from tests.conftest import HEAD

_SOURCE = """[[source]]
name = "log"
files = ["log.csv"]
format = "delimited"
columns = ["at"]
[[source.emit]]
event = "Page Viewed"
timestamp = "at"
"""
_SAID = {
    "local_time": "timestamp", "loaded_at": "timestamp", "source_id": "'log'", "plan_version": "'1'",
    "plan_status": "'ok'",
}  # fmt: skip
_TYPES = {"decimal": "DECIMAL(18, 4)", "timestamp": "TIMESTAMP", "int64": "BIGINT", "float64": "DOUBLE"}


def made_shop(home: Path, *, ends: str = "2025-12-31") -> Shop:
    """An empty data set `made`, in UTC, whose people may all be profiled."""
    (home / "data" / "made").mkdir(parents=True)
    head = HEAD.format(name="made", timezone="UTC", history=f"history_ends = {ends}",
                       consent='basis = "contract"\nreason = "These people are made up."',
                       pseudonyms='[pseudonyms]\npublic_key = "made up, for proofs"')  # fmt: skip
    (home / "data" / "made" / "dataset.toml").write_text(head + _SOURCE)
    return helpers.open("made")


def write_events(shop: Shop, events: pd.DataFrame, *, products: pd.DataFrame | None = None, **known: str) -> None:
    """Store events as table `events`, and products where a world has any.

    Args:
        shop: Where.
        events: Columns of `events`, or what `known` makes them of; event, timestamp, channel and category among them.
        products: product_id and launched_at.
        known: Column to the SQL that gives it, of the columns of `events`.
    """
    shop.engine.con.register("made", pa.Table.from_pandas(events, preserve_index=False))
    keep_events(shop, "made", list(events.columns), products=products, **known)


def keep_events(
    shop: Shop, relation: str, names: list[str], *, products: pd.DataFrame | None = None, **known: str
) -> None:
    """The same of a relation of the engine that has these columns."""
    said = {name: f'"{name}"' for name in names if name in EVENTS.column_names}
    said = (
        _SAID | dict.fromkeys(FLAGS, "false") | {"message_id": "printf('m%08d', row_number() OVER ())"} | said | known
    )
    columns = ", ".join(
        f"{said.get(column.name, 'NULL')}::{_sql(column.dtype)} AS {column.name}" for column in EVENTS.columns
    )
    shop.engine.con.execute(f"CREATE OR REPLACE TEMP VIEW by_hand AS SELECT {columns} FROM {relation}")
    shop.write("events", shop.engine.table("by_hand"))
    for table, rows in ((CONSENT_LOG, None), (PRODUCTS, products)):
        own = pd.DataFrame() if rows is None else rows
        shop.engine.con.register("told", pa.Table.from_pandas(own.assign(_=0), preserve_index=False))
        columns = ", ".join(
            f"{column.name if column.name in own.columns else 'NULL'}::{_sql(column.dtype)} AS {column.name}"
            for column in table.columns
        )
        shop.engine.con.execute(f"CREATE OR REPLACE TEMP TABLE by_hand_too AS SELECT {columns} FROM told")
        shop.write(table.name, shop.engine.table("by_hand_too"))


def _sql(dtype: str) -> str:
    if "struct" in dtype:
        return 'STRUCT("type" VARCHAR, "value" VARCHAR)[]'
    kind = next((sql for name, sql in _TYPES.items() if name in dtype), "BOOLEAN" if dtype == "boolean" else "VARCHAR")
    return f"{kind}[]" if dtype.startswith("array") else kind
