"""Holds mapped events against the tracking plan, and does what their source says about those that break it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from helpers.ingestion.sql import name, quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.datasets.plan import PlannedEvent, TrackingPlan
    from helpers.datasets.settings import Source

UNKNOWN, MISSING, DEPRECATED, NOT_LISTED = "unknown_event", "missing", "deprecated", "not_listed"
_WRONG_KIND = {"number": "not_a_number", "true or false": "not_true_or_false"}
_SQL_KIND = {"number": "DOUBLE", "true or false": "BOOLEAN"}
QUARANTINED = "plan_"


def check(con: DuckDBPyConnection, source: Source, plan: TrackingPlan) -> None:
    """Note what the events of one source break of the plan, in one pass over them.

    Temp table `violated` gets a row a violation: _file, _line, _emit, source_id, event, timestamp, column_name, code.
    Where the source quarantines, its record also gets a fault whose reason begins with "plan_"; where it drops
    properties, those that break the plan are taken out of the event.

    Args:
        con: DuckDB connection with `emitted`, `violated` and `faults`.
        source: The source, whose events are in `emitted`.
        plan: The tracking plan of the data set.
    """
    rules = " ".join(f"WHEN {quote(event)} THEN {_rules(planned)}" for event, planned in plan.events.items())
    unknown = _violation("true", "NULL", UNKNOWN)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE broken AS
        SELECT _file, _line, _emit, source_id, event, timestamp, v.column_name AS column_name, v.code AS code FROM (
            SELECT _file, _line, _emit, source_id, event, timestamp,
                unnest(CASE event {rules} ELSE [{unknown}] END) AS v
            FROM emitted WHERE source_id = {quote(source.name)}) WHERE v IS NOT NULL"""
    )
    con.execute("INSERT INTO violated FROM broken")
    if source.violations == "quarantine":
        con.execute(f"INSERT INTO faults SELECT _file, _line, {quote(QUARANTINED)} || code, column_name FROM broken")
    if source.violations == "drop_property":
        _drop(con, plan)


def _drop(con: DuckDBPyConnection, plan: TrackingPlan) -> None:
    """Take the properties that break the plan out of their events."""
    for key in sorted({key for planned in plan.events.values() for key in planned.properties}):
        patch = quote(json.dumps({key: None}))
        con.execute(
            f"""UPDATE emitted SET properties = CAST(json_merge_patch(properties, {patch}) AS VARCHAR)
            FROM (SELECT DISTINCT _file, _line, _emit FROM broken WHERE column_name = {quote(key)}) b
            WHERE emitted._file = b._file AND emitted._line = b._line AND emitted._emit = b._emit"""
        )


def _rules(planned: PlannedEvent) -> str:
    """The rules of one event as a list of violations, NULL for each that is kept."""
    found = [_violation(f"{name(column)} IS NULL", quote(column), MISSING) for column in planned.required]
    for key, allowed in planned.properties.items():
        value = f"json_extract_string(properties, {quote(f'$.{name(key)}')})"
        if isinstance(allowed, str):
            wrong, code = f"TRY_CAST({value} AS {_SQL_KIND[allowed]}) IS NULL", _WRONG_KIND[allowed]
        else:
            wrong, code = f"{value} NOT IN ({', '.join(map(quote, allowed))})", NOT_LISTED
        found.append(_violation(f"{value} IS NOT NULL AND {wrong}", quote(key), code))
    if planned.deprecated:
        found.append(_violation("true", "NULL", DEPRECATED))
    return f"[{', '.join(found)}]" if found else "[]"


def _violation(condition: str, column: str, code: str) -> str:
    return f"CASE WHEN {condition} THEN {{'column_name': CAST({column} AS VARCHAR), 'code': {quote(code)}}} END"
