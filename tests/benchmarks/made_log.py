"""A made-up log of two years as `person_events` would give it, for benchmarks: 100 events a customer on average."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from helpers.datasets import tracking_plan

STRETCHES, EVENTS_A_VISIT, EVENTS_A_PERSON = 24, 5, 100
BEGINS, SECONDS = datetime(2024, 1, 1), 730 * 86_400
SEED = 7
_QUERY = Path(__file__).with_name("made_log.sql")
_PRODUCTS = f"""SELECT printf('sku-%04d', i) AS product_id,
    CASE WHEN i % 4 = 0 THEN TIMESTAMP '{BEGINS}' + to_days(CAST(hash(i) % 700 AS INTEGER)) END AS launched_at
    FROM range(3000) AS own(i)"""


def generate(folder: Path, events: int) -> None:
    """Write events/*.parquet, each in order of time and one after the other, and products.parquet."""
    (folder / "events").mkdir(parents=True)
    con = duckdb.connect()
    con.execute(f"SET threads = 2; SET memory_limit = '4GB'; SET temp_directory = '{folder}/spill'")
    con.execute(f"CREATE MACRO u(key, salt) AS hash(key * 16 + salt + {SEED << 40}) % 1000003 / 1000003")
    planned = tracking_plan().events
    weights = [[*planned], [each.weight for each in planned.values()]]
    con.execute("CREATE TABLE planned AS SELECT unnest($1) AS event, unnest($2)::TINYINT AS weight", weights)
    _set(con, people=events // EVENTS_A_PERSON, seconds=SECONDS // STRETCHES)
    visits, query = events // EVENTS_A_VISIT, _QUERY.read_text()
    for place in range(STRETCHES):
        first, last = (visits * each // STRETCHES for each in (place, place + 1))
        starts = BEGINS + timedelta(seconds=place * SECONDS // STRETCHES)
        _set(con, first=first, last=last, starts=starts)
        target = folder / "events" / f"{place:02d}.parquet"
        con.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    con.execute(f"COPY ({_PRODUCTS}) TO '{folder}/products.parquet' (FORMAT parquet)")


def _set(con: duckdb.DuckDBPyConnection, **variables: object) -> None:
    for name, value in variables.items():
        con.execute(f"SET VARIABLE {name} = $1", [value])
