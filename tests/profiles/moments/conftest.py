from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import duckdb
import ibis
import pyarrow as pa
import pytest

from helpers.datasets import tracking_plan
from helpers.datasets.tables import declared
from helpers.profiles.moments import READ, moments

COLUMNS, KEY = declared("moments").column_names, declared("moments").key
_KINDS = {column.name: column.dtype for column in declared("events").columns}
SCHEMA = ibis.schema({name: _KINDS[name] for name in READ} | {"profile_id": "string", "weight": "int8"})
WEIGHTS = {name: planned.weight for name, planned in tracking_plan().events.items()}


@cache
def _sql(as_of):
    """What the engine is asked, which takes longer to say than to answer."""
    rhythm = ibis.table({"profile_id": "string", "day": "date", "g": "float64"}, name="rhythm")
    rows = moments(ibis.table(SCHEMA, name="events"), rhythm, as_of=as_of)
    return str(ibis.to_sql(rows.select(*COLUMNS).order_by(*KEY), dialect="duckdb"))


def rows_of(log, before, zone="Europe/Berlin"):
    """The events of a log before a moment as `person_events` gives them; a person is a user_id."""
    for row in log.rows:
        if row["timestamp"] < before:
            wall = row["timestamp"].replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            weight = WEIGHTS.get(row["event"], 1)
            yield row | {"local_time": wall, "profile_id": row["user_id"], "weight": weight}


def found_in(log, as_of, *, g=10.0, zone="Europe/Berlin"):
    """The moments of a log as of a moment in UTC, in order, by people who come once in g days (a number, or SQL)."""
    con = duckdb.connect()
    con.register("events", pa.Table.from_pylist([*rows_of(log, as_of, zone)], schema=SCHEMA.to_pyarrow()))
    days = f"SELECT DISTINCT profile_id, local_time::DATE AS day, ({g})::DOUBLE AS g FROM events WHERE weight > 0"
    con.execute(f"CREATE TEMP VIEW rhythm AS {days}")
    return con.execute(_sql(as_of)).to_arrow_table().to_pylist()


@pytest.fixture
def found(log):
    """Finds the moments of a log written by hand: those of one name, if one is given."""

    def find(moment=None, *, as_of="2025-07-01", **how):
        rows = found_in(log, datetime.fromisoformat(as_of), **how)
        return [row for row in rows if moment in (None, row["moment"])]

    return find


@pytest.fixture
def spans(found):
    """What `found` finds, as (start, end, what ended it, what it is about)."""

    def find(moment, **how):
        rows = found(moment, **how)
        return [tuple(_text(row[name]) for name in ("starts_at", "expires_at", "ended_by", "about")) for row in rows]

    return find


def _text(value):
    return f"{value:%m-%d %H:%M}" if isinstance(value, datetime) else value
