"""Tables for other tools: a file, a schema that says how to read it, and only people who may be profiled."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import ibis

from helpers.datasets import paths
from helpers.datasets.aside import instead_of
from helpers.datasets.engine import quote
from helpers.datasets.own_metrics import declared_for
from helpers.datasets.tables import declared
from helpers.errors import PrivacyRefused, cannot_write
from helpers.profiles import person_events, profiled

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.declare import Table

# Tables in which no row is somebody's.
_NOBODYS = (
    "products", "campaigns", "ledger", "plan_violations", "rejects", "churn_ladder", "churn_savings", "drift",
    "lift_readout", "lift_uplift", "lift_verdicts", "leads_judged", "state_rules", "value_judged",
)  # fmt: skip
# Tables that count people, small groups among them.
_COUNTING = (
    "churn_features", "churn_groups", "outages", "overview_days", "overview_months", "overview_retention",
    "overview_funnels", "lift_returns",
)  # fmt: skip
_OPTIONS = {"csv": "FORMAT csv, HEADER", "parquet": "FORMAT parquet, COMPRESSION zstd", "json": "FORMAT json, ARRAY"}
# What a spreadsheet would run, and the mark itself, so that taking one mark away gives back every text.
_RUN, _MARKED = "^([=+@'\\t\\r-])", r"'\1"
_READING = {
    "csv": "UTF-8, comma, double quotes; an empty cell is a missing value, an empty text is quoted. Moments are UTC. "
    "Lists and structs are JSON text. A text that begins with = + - @ ' a tab or a carriage return has one ' before "
    "it, so that no spreadsheet runs it: take that one away.",
    "json": "UTF-8, one array of objects; null is a missing value. Moments are UTC, as text.",
    "parquet": "Types are in the file. Moments are UTC.",
}


class Exported(NamedTuple):
    """What an export left behind.

    Attributes:
        file: The rows, in the order of the table's key.
        schema: How to read them, as JSON.
        rows: Their number.
        withheld: Rows of the table that stay: of people who may not be profiled; of events, also those that may not be
            used, and those of nobody.
    """

    file: Path
    schema: Path
    rows: int
    withheld: int


def export(shop: Shop, table: str, *, to: str) -> Exported:
    """Write a table to data/NAME/exports/ in place of its last export of that kind.

    Table `events` gets the column profile_id. Table `contacts` leaves as it is: it says who may be written to.

    Args:
        shop: An open data set.
        table: One that holds people by profile_id, events, or one in which no row is somebody's.
        to: "csv", "parquet" or "json".

    Raises:
        WrongUse: If there is no such table, or it is not written yet.
        PrivacyRefused: If rows of the table cannot be told apart by person.
        InputOutput: If the disk refuses.
    """
    declaration = declared_for(shop.name, table)
    rows, all_rows = _may_leave(shop, declaration)
    file = paths.exports(shop.name) / f"{table}.{to}"
    schema = file.with_name(f"{file.name}.schema.json")
    with shop.store.writing():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            # A file without the schema of its own form would be read wrongly: the inner one is there first.
            with instead_of(file) as of_rows, instead_of(schema) as of_schema:
                count = _copy(shop, declaration, rows, to, of_rows)
                of_schema.write_text(json.dumps(_schema(shop, declaration, rows, to, count), indent=1) + "\n", "utf-8")
        except (OSError, duckdb.IOException) as error:
            raise cannot_write(file, error) from None
    return Exported(file, schema, count, all_rows.count().to_pyarrow().as_py() - count)


def remove_copies(name: str) -> None:
    """Remove what can be made again of a data set: its exports, and the tables that people wrote from notebooks."""
    for folder in (paths.exports(name), paths.scratch(name)):
        if folder.exists():
            shutil.rmtree(folder)


def _may_leave(shop: Shop, declaration: Table) -> tuple[ibis.Table, ibis.Table]:
    """The rows of a table that may leave, and all of them."""
    if declaration.name == "events":
        # Only who is whose is asked of the wide rows, and the rows themselves read once more.
        whose = person_events(shop).select("message_id", "profile_id")
        return shop.table("events").inner_join(whose, "message_id"), shop.table("events")
    if declaration.name in ("contacts", *_NOBODYS):
        return shop.table(declaration.name), shop.table(declaration.name)
    if declaration.name in _COUNTING:
        raise PrivacyRefused(
            f"Table {declaration.name!r} counts people, and small groups in it are not hidden. What may leave is on "
            "the page, with its numbers to copy, and in results.json."
        )
    if "profile_id" not in declaration.column_names:
        raise PrivacyRefused(
            f"Table {declaration.name!r} says of its rows by which identifiers they came, not whose they are, so "
            "consent cannot be asked. Export 'events', which carry profile_id, or a table about people."
        )
    rows = shop.table(declaration.name)
    return rows.semi_join(profiled(shop), "profile_id"), rows


def _copy(shop: Shop, declaration: Table, rows: ibis.Table, to: str, file: Path) -> int:
    """Write the rows in the order of the key; returns their number."""
    columns = ", ".join(_cell(name, dtype) if to == "csv" else f'"{name}"' for name, dtype in rows.schema().items())
    order = ", ".join(f'rows."{name}"' for name in declaration.key)
    query = f"SELECT {columns} FROM ({ibis.to_sql(rows, dialect='duckdb')}) AS rows ORDER BY {order}"
    return shop.engine.con.execute(f"COPY ({query}) TO {quote(str(file))} ({_OPTIONS[to]})").fetchone()[0]


def _cell(name: str, dtype: ibis.expr.datatypes.DataType) -> str:
    column = f'rows."{name}"'
    if dtype.is_array() or dtype.is_struct():
        column = f"to_json({column})::VARCHAR"
    elif dtype.is_string():
        column = f"regexp_replace({column}, {quote(_RUN)}, {quote(_MARKED)})"
    return f'{column} AS "{name}"'


def _schema(shop: Shop, declaration: Table, rows: ibis.Table, to: str, count: int) -> dict[str, object]:
    known = {column.name: column for column in declaration.columns}
    profile_id = declared("profiles").columns[0]
    described = [known.get(name, profile_id) for name in rows.columns]
    return {
        "table": declaration.name,
        "version": declaration.version,
        "meaning": declaration.meaning,
        "dataset": shop.name,
        "as_of": shop.as_of.isoformat(),
        "key": list(declaration.key),
        "rows": count,
        "reading": _READING[to],
        "columns": [
            {
                "name": column.name,
                "type": column.dtype,
                "meaning": column.meaning,
                "unit": column.unit or None,
                "missing_allowed": column.nullable,
            }
            for column in described
        ],
    }
