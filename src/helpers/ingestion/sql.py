"""Small pieces of DuckDB SQL that mapping and reading share."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from helpers.datasets.engine import quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_DAY = "[1-9][0-9]{3}-[0-9]{1,2}-[0-9]{1,2}"
_CLOCK = "[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_OFFSET = "(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)"
_WHOLE = "[+-]?[0-9]+([.]0*)?([eE][+]?[0-9]+)?"
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2099, 12, 31)


def name(text: str) -> str:
    """A text as an SQL identifier."""
    return '"' + text.replace('"', '""') + '"'


def define_macros(con: DuckDBPyConnection) -> None:
    """Define the macros that queries of ingestion use.

    to_utc(wall, zone): a wall-clock time as UTC; a gap shifts forward, an overlap takes the first.
    to_wall(utc, zone): the way back. clock_change(wall, zone): 'gap' or 'overlap' for a time that never was or was
    twice. as_id(number): 64 bits as 16 hex digits.
    """
    con.execute(
        """CREATE OR REPLACE TEMP MACRO to_utc(wall, zone) AS timezone('UTC', CASE
            WHEN timezone(zone, timezone(zone, wall) - INTERVAL 1 HOUR) = wall
            THEN timezone(zone, wall) - INTERVAL 1 HOUR ELSE timezone(zone, wall) END)"""
    )
    con.execute("CREATE OR REPLACE TEMP MACRO as_id(number) AS lpad(lower(hex(number)), 16, '0')")
    con.execute("CREATE OR REPLACE TEMP MACRO to_wall(utc, zone) AS timezone(zone, timezone('UTC', utc))")
    con.execute(
        """CREATE OR REPLACE TEMP MACRO clock_change(wall, zone) AS CASE
            WHEN timezone(zone, timezone(zone, wall)) <> wall THEN 'gap'
            WHEN timezone(zone, timezone(zone, wall) - INTERVAL 1 HOUR) = wall THEN 'overlap' END"""
    )


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
    return f"CASE WHEN {_naive(value)} THEN {as_utc(f'TRY_CAST({value} AS TIMESTAMP)', zone)} END"


def changed_clock(value: str, *, zone: str) -> str:
    """Whether the clock was put forward or back over a naive time: 'gap', 'overlap' or NULL."""
    days = _days_of_change(zone)
    if not days:
        return "NULL"
    wall = f"TRY_CAST({value} AS TIMESTAMP)"
    return (
        f"CASE WHEN CAST({wall} AS DATE) IN ({days}) AND {_naive(value)} THEN clock_change({wall}, {quote(zone)}) END"
    )


def as_utc(wall: str, zone: str) -> str:
    """A wall-clock time as UTC: the careful way on days when the clock changes, the quick one on all others."""
    if zone == "UTC":
        return wall
    plain = f"timezone('UTC', timezone({quote(zone)}, {wall}))"
    days = _days_of_change(zone)
    return (
        f"CASE WHEN CAST({wall} AS DATE) IN ({days}) THEN to_utc({wall}, {quote(zone)}) ELSE {plain} END"
        if days
        else plain
    )


def as_wall(utc: str, zone: str) -> str:
    """A UTC time on the wall clock of a zone."""
    return utc if zone == "UTC" else f"to_wall({utc}, {quote(zone)})"


def whole_number(value: str) -> str:
    """A text as a whole number, NULL where it is none; a cast alone would round 1.5 to 2."""
    return f"CASE WHEN regexp_full_match({value}, '{_WHOLE}') THEN TRY_CAST({value} AS BIGINT) END"


def _naive(value: str) -> str:
    return f"regexp_full_match({value}, '{_DAY}({_CLOCK})?')"


@cache
def _days_of_change(zone: str) -> str:
    """The days of 1970 to 2099 on which a zone's clock changes, as SQL literals."""
    here = ZoneInfo(zone)
    midnights = [
        datetime(day.year, day.month, day.day, tzinfo=here)
        for day in (_FIRST_DAY + timedelta(days=n) for n in range((_LAST_DAY - _FIRST_DAY).days + 2))
    ]
    changes = [one for one, following in pairwise(midnights) if one.utcoffset() != following.utcoffset()]
    return ", ".join(f"DATE '{day:%Y-%m-%d}'" for day in changes)
