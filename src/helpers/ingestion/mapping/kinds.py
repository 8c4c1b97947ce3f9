"""What the blocks of a dataset.toml make of a record: five kinds of rows, and their columns."""

from __future__ import annotations

from typing import NamedTuple

from helpers.datasets.emits import MAPPABLE
from helpers.datasets.tables.ingestion import CAMPAIGNS, EVENTS, PRODUCTS

GIVES_BACK = ("Order Refunded", "Order Cancelled")
SQL_TYPES = {
    "decimal(18, 4)": "DECIMAL(18, 4)",
    "int64": "BIGINT",
    "timestamp(6)": "TIMESTAMP",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "float64": "DOUBLE",
}
TYPES = {column.name: column.dtype for column in (*EVENTS.columns, *PRODUCTS.columns, *CAMPAIGNS.columns)}
IDENTIFIER_LIST = "STRUCT(type VARCHAR, value VARCHAR)[]"


class Kind(NamedTuple):
    """What a block makes, and its columns beside `_row` and `fault`: name to SQL type."""

    name: str
    columns: dict[str, str]


EVENT = Kind(
    "events",
    {"_emit": "INTEGER", "key": "UBIGINT", "event": "VARCHAR", "source_id": "VARCHAR"}
    | {column: SQL_TYPES[TYPES[column]] for column in MAPPABLE}
    | {
        "original_timestamp": "TIMESTAMP", "original_currency": "VARCHAR", "clock_change": "VARCHAR",
        "external_ids": IDENTIFIER_LIST, "properties": "VARCHAR", "violations": "VARCHAR[]",
    },
)  # fmt: skip
TOLD = Kind(
    "told",
    {
        "external_ids": IDENTIFIER_LIST,
        "said": "STRUCT(name VARCHAR, value VARCHAR)[]",
        "valid_from": "TIMESTAMP",
    },
)
OFFERED = Kind("offered", {column.name: SQL_TYPES[column.dtype] for column in PRODUCTS.columns})
CAMPAIGNED = Kind("campaigned", {column.name: SQL_TYPES[column.dtype] for column in CAMPAIGNS.columns})
CONSENTED = Kind(
    "consented",
    {"external_ids": IDENTIFIER_LIST}
    | dict.fromkeys(("purpose", "status", "version", "source_id"), "VARCHAR")
    | {"timestamp": "TIMESTAMP"},
)
KINDS = (EVENT, TOLD, OFFERED, CONSENTED, CAMPAIGNED)
