"""Small pieces of DuckDB SQL that mapping and reading share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_DAY = "[1-9][0-9]{3}-[0-9]{1,2}-[0-9]{1,2}"
_CLOCK = "[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_OFFSET = "(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)"


def quote(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """A text as an SQL identifier."""
    return '"' + text.replace('"', '""') + '"'


def define_macros(con: DuckDBPyConnection) -> None:
    """Define to_utc(wall, zone): a wall-clock time as UTC; a gap shifts forward, an overlap takes the first."""
    con.execute(
        """CREATE OR REPLACE TEMP MACRO to_utc(wall, zone) AS timezone('UTC', CASE
            WHEN timezone(zone, timezone(zone, wall) - INTERVAL 1 HOUR) = wall
            THEN timezone(zone, wall) - INTERVAL 1 HOUR ELSE timezone(zone, wall) END)"""
    )
    con.execute("CREATE OR REPLACE TEMP MACRO to_wall(utc, zone) AS timezone(zone, timezone('UTC', utc))")


def text(expression: str) -> str:
    """The expression as trimmed text, NULL where it is empty or fails."""
    return f"nullif(trim(TRY(CAST(({expression}) AS VARCHAR))), '')"


def condition(expression: str | None) -> str:
    """The expression as a condition that is false where it fails."""
    return "true" if expression is None else f"coalesce(TRY(CAST(({expression}) AS BOOLEAN)), false)"


def moment(value: str, *, offset: bool, zone: str) -> str:
    """A text as a UTC timestamp, NULL where it is none; what has no four-digit year is none.

    Args:
        value: SQL of the text.
        offset: Whether it carries an offset or Z; a naive one is then none, else an offset is.
        zone: The zone of naive times.
    """
    if offset:
        aware = f"regexp_full_match({value}, '{_DAY}{_CLOCK}{_OFFSET}')"
        return f"CASE WHEN {aware} THEN timezone('UTC', TRY_CAST({value} AS TIMESTAMPTZ)) END"
    naive = f"regexp_full_match({value}, '{_DAY}({_CLOCK})?')"
    return f"CASE WHEN {naive} THEN to_utc(TRY_CAST({value} AS TIMESTAMP), {quote(zone)}) END"


def whole_number(value: str) -> str:
    """A text as a whole number, NULL where it is none; a cast alone would round 1.5 to 2."""
    return f"CASE WHEN TRY_CAST({value} AS DECIMAL(38, 9)) % 1 = 0 THEN TRY_CAST({value} AS BIGINT) END"
