"""Turns staged records into events, attributes, products and consents, with a fault where a value does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.emits import MAPPABLE, AttributeBlock, ConsentBlock, EventBlock, ProductBlock
from helpers.datasets.expressions import compile_expression
from helpers.datasets.settings import Settings, Source
from helpers.datasets.tables.ingestion import CHANNELS, CONSENT, EVENTS, PRODUCTS, PURPOSES
from helpers.ingestion.sql import condition, moment, name, quote, text, whole_number

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

GIVES_BACK = ("Order Refunded", "Order Cancelled")
_SQL_TYPES = {
    "decimal(18, 4)": "DECIMAL(18, 4)",
    "int64": "BIGINT",
    "timestamp(6)": "TIMESTAMP",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "float64": "DOUBLE",
}
_REASONS = {
    "timestamp(6)": "not_a_time",
    "decimal(18, 4)": "not_a_number",
    "int64": "not_a_whole_number",
    "float64": "not_a_number",
    "boolean": "not_true_or_false",
}
_DURATIONS = ("dwell_s", "idle_s")
_TYPES = {column.name: column.dtype for column in (*EVENTS.columns, *PRODUCTS.columns)}
_IDENTIFIER_LIST = "STRUCT(type VARCHAR, value VARCHAR)[]"


def emitted_columns() -> dict[str, str]:
    """Columns of an emitted event before pseudonyms are put in: name to SQL type."""
    mapped = {column: _SQL_TYPES[_TYPES[column]] for column in MAPPABLE}
    return (
        {
            "_file": "INTEGER",
            "_line": "BIGINT",
            "_emit": "INTEGER",
            "event": "VARCHAR",
            "source_id": "VARCHAR",
        }
        | mapped
        | {"external_ids": _IDENTIFIER_LIST, "properties": "VARCHAR"}
    )


class Mapper:
    """Maps the staged records of one source."""

    def __init__(self, con: DuckDBPyConnection, settings: Settings, source: Source) -> None:
        self.con = con
        self.settings = settings
        self.source = source

    def map(self) -> None:
        """Fill the temp tables of each kind from `records`; every record with a fault also goes to `faults`."""
        for rule in self.source.rejects:
            self.con.execute(
                f"INSERT INTO faults SELECT _file, _line, {quote(rule.reason)}, NULL FROM records "
                f"WHERE {condition(self._sql(rule.when))}"
            )
        for number, block in enumerate(self.source.emits):
            match block:
                case EventBlock():
                    self._events(number, block)
                case AttributeBlock():
                    self._attributes(block)
                case ProductBlock():
                    self._products(block)
                case ConsentBlock():
                    self._consents(block)

    def _sql(self, expression: str) -> str:
        return compile_expression(expression, self.source.expression_columns)

    def _select(self, when: str | None, values: dict[str, str], typed: dict[str, str], faults: dict[str, str]) -> str:
        """Texts first, then their types, then the first fault: {condition: "reason:column"} in order."""
        texts = ", ".join(f"{text(self._sql(value))} AS {name(f'{key}?')}" for key, value in values.items())
        types = ", ".join(f"{value} AS {name(key)}" for key, value in typed.items())
        cases = " ".join(f"WHEN {test} THEN {quote(fault)}" for test, fault in faults.items())
        where = condition(self._sql(when)) if when else "true"
        return (
            f"SELECT *, CASE {cases} ELSE NULL END AS fault FROM (SELECT *, {types} FROM "
            f"(SELECT _file, _line, {texts} FROM records WHERE {where}))"
        )

    def _run(self, query: str, into: str, columns: str) -> None:
        """Insert the rows without a fault, note the others, and that the record was asked for."""
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE mapped AS {query}")
        self.con.execute(f"INSERT INTO {into} SELECT {columns} FROM mapped WHERE fault IS NULL")
        self.con.execute(
            "INSERT INTO faults SELECT _file, _line, split_part(fault, ':', 1), nullif(split_part(fault, ':', 2), '') "
            "FROM mapped WHERE fault IS NOT NULL"
        )
        self.con.execute("INSERT INTO asked SELECT _file, _line FROM mapped")

    def _cast(self, key: str) -> str:
        """The typed value of the text of `key`."""
        value = name(f"{key}?")
        dtype = _TYPES[key]
        if dtype == "timestamp(6)":
            return moment(value, offset=self.source.timestamps == "offset", zone=self.settings.timezone)
        if dtype == "int64":
            return whole_number(value)
        if dtype == "string":
            return value
        cast = f"TRY_CAST({value} AS {_SQL_TYPES[dtype]})"
        # A double may be infinite or no number at all; a decimal may not.
        return f"CASE WHEN isfinite({cast}) THEN {cast} END" if dtype == "float64" else cast

    def _cast_faults(self, keys: list[str]) -> dict[str, str]:
        return {
            f"{name(f'{key}?')} IS NOT NULL AND {name(key)} IS NULL": f"{_REASONS[_TYPES[key]]}:{key}"
            for key in keys
            if _TYPES[key] != "string"
        }

    def _identifier_list(self, kinds: list[str]) -> str:
        pairs = ", ".join(f"{{'type': {quote(kind)}, 'value': {name(f'id {kind}?')}}}" for kind in kinds)
        return f"[x FOR x IN CAST([{pairs}] AS {_IDENTIFIER_LIST}) IF x.value IS NOT NULL]"

    def _events(self, number: int, block: EventBlock) -> None:
        own = {"timestamp": block.timestamp} | block.columns
        own |= {kind: value for kind, value in block.identifiers().items() if kind in MAPPABLE}
        values = own | {f"id {kind}": value for kind, value in block.external_ids.items()}
        values |= {f"property {key}": value for key, value in block.properties.items()}
        if block.event_from:
            values["event"] = block.event_from
        typed = {key: self._cast(key) for key in own}
        event = name("event?") if block.event_from else quote(block.event or "")
        typed["event"] = event
        faults = {
            'timestamp IS NULL AND "timestamp?" IS NULL': "missing:timestamp",
            "event IS NULL": "missing:event",
        }
        faults |= self._cast_faults(list(own))
        gives_back = f"event IN ({', '.join(quote(kind) for kind in GIVES_BACK)})"
        if "quantity" in own:
            faults[f"quantity < 0 AND NOT {gives_back}"] = "negative:quantity"
        faults |= {f"{key} < 0": f"negative:{key}" for key in ("price", *_DURATIONS) if key in own}
        if "scroll_pct" in own:
            faults["scroll_pct NOT BETWEEN 0 AND 100"] = "out_of_range:scroll_pct"
        if "channel" in own:
            typed["channel"] = f"coalesce({typed['channel']}, {quote(self.source.channel)})"
            faults[f"channel NOT IN {CHANNELS}"] = "not_a_channel:channel"
        filled = {"_emit": str(number), "source_id": quote(self.source.name)} | {
            "external_ids": self._identifier_list(list(block.external_ids)),
            "properties": _properties(list(block.properties)),
        }
        if "channel" not in own:
            filled["channel"] = quote(self.source.channel)
        if "currency" not in own:
            filled["currency"] = f"CASE WHEN {'revenue' in own} THEN {quote(self.settings.currency)} END"
        columns = ", ".join(
            f"CAST({filled[key] if key in filled else name(key)} AS {dtype})"
            if key in filled or key in typed or key.startswith("_")
            else f"CAST(NULL AS {dtype})"
            for key, dtype in emitted_columns().items()
        )
        self._run(self._select(block.when, values, typed, faults), "emitted", columns)

    def _attributes(self, block: AttributeBlock) -> None:
        values = {f"id {kind}": value for kind, value in block.identifiers().items()} | {
            f"value {key}": value for key, value in block.values.items()
        }
        typed, faults = {"valid_from": "TIMESTAMP '1970-01-01'"}, {}
        if block.timestamp:
            values["timestamp"] = block.timestamp
            typed = {"timestamp": self._cast("timestamp"), "valid_from": name("timestamp")}
            faults = {"valid_from IS NULL": "not_a_time:timestamp"}
        listed = ", ".join(f"{{'name': {quote(key)}, 'value': {name(f'value {key}?')}}}" for key in block.values)
        columns = f"{self._identifier_list(list(block.identifiers()))}, [{listed}], valid_from"
        nobody = f"len({self._identifier_list(list(block.identifiers()))}) = 0"
        faults = {nobody: "missing:identifier"} | faults
        self._run(self._select(block.when, values, typed, faults), "told", f"_file, _line, {columns}")

    def _products(self, block: ProductBlock) -> None:
        values = {key: value for key, value in block.expressions().items() if key != "when"}
        typed = {key: self._cast(key) for key in values}
        faults = {'"product_id?" IS NULL': "missing:product_id"} | self._cast_faults(list(values))
        faults |= {f"{key} < 0": f"negative:{key}" for key in ("price", "cost") if key in values}
        columns = ", ".join(
            name(key) if key in typed else f"CAST(NULL AS {_SQL_TYPES[_TYPES[key]]})" for key in PRODUCTS.column_names
        )
        self._run(self._select(block.when, values, typed, faults), "offered", f"_file, _line, {columns}")

    def _consents(self, block: ConsentBlock) -> None:
        values = {f"id {kind}": value for kind, value in block.identifiers().items()} | {
            "timestamp": block.timestamp, "purpose": block.purpose, "status": block.status,
        }  # fmt: skip
        if block.version:
            values["version"] = block.version
        typed = {"timestamp": self._cast("timestamp"), "purpose": name("purpose?"), "status": name("status?")}
        typed["version"] = name("version?") if block.version else "CAST(NULL AS VARCHAR)"
        faults = {
            f"len({self._identifier_list(list(block.identifiers()))}) = 0": "missing:identifier",
            "timestamp IS NULL": "not_a_time:timestamp",
            f"purpose IS NULL OR purpose NOT IN {PURPOSES}": "not_a_purpose:purpose",
            f"status IS NULL OR status NOT IN {CONSENT}": "not_a_status:status",
        }
        columns = (
            f"{self._identifier_list(list(block.identifiers()))}, purpose, status, timestamp, version, "
            f"{quote(self.source.name)}"
        )
        self._run(self._select(block.when, values, typed, faults), "consented", f"_file, _line, {columns}")


def _properties(keys: list[str]) -> str:
    if not keys:
        return "NULL"
    pairs = ", ".join(f"{name(key)} := {name(f'property {key}?')}" for key in keys)
    return f"CAST(to_json(struct_pack({pairs})) AS VARCHAR)"
