"""Checks rows against their table's declaration with one compiled aggregate; pandera explains what fails."""

from __future__ import annotations

from functools import reduce
from operator import or_

import ibis

from helpers.datasets.declare import Column, Table
from helpers.errors import WorkbenchError


def check(table: Table, rows: ibis.Table) -> int:
    """Count `rows` and make sure that each rule of the declaration holds.

    Args:
        table: The declaration.
        rows: Rows with exactly the declared columns.

    Returns:
        The number of rows.

    Raises:
        WorkbenchError: Naming table, column and rule, with counts and no values.
    """
    broken = {c.name: condition for c in table.columns if (condition := _broken(c, rows)) is not None}
    key = rows[table.key[0]] if len(table.key) == 1 else ibis.struct({name: rows[name] for name in table.key})
    counts = {name: condition.sum() for name, condition in broken.items()}
    found = rows.aggregate(rows=rows.count(), keys=key.nunique(), **{f"bad {name}": c for name, c in counts.items()})
    totals = found.to_pyarrow().to_pylist()[0]
    if totals["keys"] != totals["rows"]:
        raise WorkbenchError(
            f"Table {table.name!r}: its key ({', '.join(table.key)}) is not unique: {totals['rows']:,} rows, "
            f"{totals['keys']:,} keys."
        )
    if any(totals[f"bad {name}"] for name in broken):
        sample = rows.filter(reduce(or_, broken.values())).limit(1000)
        raise WorkbenchError(f"Table {table.name!r} breaks its declaration: {_explain(table, sample)}")
    return totals["rows"]


def _broken(column: Column, rows: ibis.Table) -> ibis.expr.types.BooleanValue | None:
    """Where a value of `column` breaks a rule; None where it has no rule."""
    value = rows[column.name]
    rules = []
    if not column.nullable:
        rules.append(value.isnull())
    if column.isin:
        rules.append(value.notnull() & value.notin(column.isin))
    if column.ge is not None:
        rules.append((value < column.ge).fill_null(False))
    if column.le is not None:
        rules.append((value > column.le).fill_null(False))
    return reduce(or_, rules) if rules else None


def _explain(table: Table, sample: ibis.Table) -> str:
    """What pandera finds in at most 1,000 failing rows: column, rule and count, never a value."""
    # Imported here: pandera costs every kernel most of a second, and only failures need it.
    import pandera.ibis as pa  # noqa: PLC0415
    from pandera.errors import SchemaErrors  # noqa: PLC0415

    schema = pa.DataFrameSchema(
        {
            column.name: pa.Column(
                nullable=column.nullable,
                checks=[
                    *([pa.Check.isin(column.isin)] if column.isin else []),
                    *([pa.Check.ge(column.ge)] if column.ge is not None else []),
                    *([pa.Check.le(column.le)] if column.le is not None else []),
                ],
            )
            for column in table.columns
        }
    )
    try:
        schema.validate(sample, lazy=True)
    except SchemaErrors as errors:
        said = {f"{e.schema.name} fails {getattr(e.check, 'error', e.check)}" for e in errors.schema_errors}
        return "; ".join(sorted(said)) + "."
    return "a rule that pandera cannot repeat."
