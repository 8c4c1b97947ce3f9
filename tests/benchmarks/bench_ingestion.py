"""Ingestion against DuckDB's bare COPY of the same file to the same columns and month partitions, in one run.

`make bench` takes 2 million records, `make bench-full` 2 and 20 million. Each measurement is a process of its own, the
fastest of three (one from 2 million on); memory is the process's peak. The aims are those of the project, shown beside
what was measured.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import csv

import helpers
from helpers.datasets import tracking_plan
from helpers.datasets.tables.ingestion import EVENTS
from helpers.ingestion import books, ingest, settling
from helpers.ingestion.derived import sends, sessions
from helpers.ingestion.landing import land
from helpers.ingestion.mapping.kinds import SQL_TYPES
from helpers.ingestion.reading.delivery import deliveries
from helpers.ingestion.sql import define_macros

SEED = 7
EVENTS_A_VISIT, PRODUCTS = 6, 3000
PIECE, YEAR_S, LARGE = 2_000_000, 364 * 86_400, 2_000_000
COLUMNS = {
    "user_id": "user", "anonymous_id": "device", "event": "event", "timestamp": "stamp", "page_path": "page",
    "product_id": "product", "price": "price", "quantity": "pieces", "order_id": "number", "revenue": "revenue",
    "os": "os", "country": "country",
}  # fmt: skip
TYPED = {"timestamp": "TIMESTAMP", "price": "DECIMAL(18, 4)", "revenue": "DECIMAL(18, 4)", "quantity": "BIGINT"}
DATASET = """
name = "bench"
title = "A made-up log"
currency = "EUR"
timezone = "UTC"
history_ends = 2025-12-31
[report]
owner = "Nobody"
contact = "nobody@example.com"
[pseudonyms]
public_key = "made up, for measuring"
[[source]]
name = "log"
files = ["log.csv"]
format = "delimited"
columns = [{columns}]
[[source.emit]]
{mapped}
"""
# What the issue asks for, as multiples of the bare COPY.
AIMS = {"land": 1.6, "settle": 3.5, "events": 5.0}
SAID = {
    "copy": "bare COPY of typed read_csv to month partitions",
    "land": "cast, check, quarantine, pseudonyms, content ids",
    "settle": "… and de-duplicated, books kept",
    "events": "… and in sessions, written by month, checked",
    "all": "ingest() whole: visits, carts, orders, …",
    "again": "ingest() again, nothing new to read",
}


def generate(file: Path, records: int) -> None:
    """A year of visits of about six events each, in order of time, made piece by piece to need little memory."""
    pieces = -(-records // PIECE)
    with file.open("wb") as stream:
        for piece in range(pieces):
            table = _piece(min(PIECE, records - piece * PIECE), records, piece, pieces)
            csv.write_csv(table, stream, csv.WriteOptions(include_header=piece == 0))


def _piece(size: int, records: int, piece: int, pieces: int) -> pa.Table:
    """The records of one stretch of the year."""
    chance = np.random.default_rng([SEED, piece])
    visits = max(size // EVENTS_A_VISIT, 1)
    visit = np.sort(chance.integers(0, visits, size))
    user = chance.integers(0, max(records // 60, 1), visits)[visit]
    begins = np.r_[True, visit[1:] != visit[:-1]]
    passed = np.cumsum(np.where(begins, 0, chance.exponential(40, size).astype(int)))
    passed -= np.maximum.accumulate(np.where(begins, passed, 0))
    stretch = YEAR_S // pieces
    stamp = 1_735_689_600 + piece * stretch + chance.integers(0, stretch, visits)[visit] + passed
    order = np.argsort(stamp, kind="stable")
    stamp, user = stamp[order], user[order]
    device = user * 3 + chance.integers(0, 3, size)
    event = np.array(["Product Viewed", "Page Viewed", "Product Added", "Order Completed"])[
        chance.choice(4, size, p=[0.5, 0.4, 0.07, 0.03])
    ]
    product, sold = chance.integers(0, PRODUCTS, size), event == "Order Completed"
    number = piece * PIECE + np.arange(size)

    def only(where: np.ndarray, values: np.ndarray) -> pa.Array:
        return pa.array(values, mask=~where)

    return pa.table(
        {
            "user": np.char.add("u", user.astype(str)),
            "device": np.char.add("d", device.astype(str)),
            "event": event,
            "stamp": np.char.replace(np.datetime_as_string(stamp.astype("datetime64[s]"), unit="s"), "T", " "),
            "page": np.char.add("/p/", product.astype(str)),
            "product": only(event != "Page Viewed", np.char.add("sku-", product.astype(str))),
            "price": only(event != "Page Viewed", np.round(5 + product * 0.03, 2)),
            "pieces": only(sold, chance.integers(1, 5, size)),
            "number": only(sold, np.char.add("o", number.astype(str))),
            "revenue": only(sold, np.round(chance.gamma(2, 20, size), 2)),
            "os": np.array(["ios", "android", "windows"])[device % 3],
            "country": np.array(["DE", "FR", "AT"])[user % 3],
        }
    )


def prepare(home: Path, records: int) -> None:
    """The data set with its one file."""
    raw = home / "data" / "bench" / "raw"
    raw.mkdir(parents=True)
    generate(raw / "log.csv", records)
    columns = ", ".join(f'"{column}"' for column in COLUMNS.values())
    keys = {"event": "event_from"}
    mapped = "\n".join(f'{keys.get(key, key)} = "{column}"' for key, column in COLUMNS.items())
    (home / "data" / "bench" / "dataset.toml").write_text(DATASET.format(columns=columns, mapped=mapped))


def copy() -> dict[str, float]:
    """What DuckDB needs at least: parse, cast, write; nothing is checked."""
    home = Path(os.environ["WORKBENCH_HOME"])
    typed = ", ".join(f"'{column}': '{TYPED.get(key, 'VARCHAR')}'" for key, column in COLUMNS.items())
    complex_types = {"array<string>": "VARCHAR[]", "array<struct<type: string, value: string>>": "STRUCT(a VARCHAR)[]"}
    listed = ", ".join(
        COLUMNS.get(c.name, f"CAST(NULL AS {SQL_TYPES.get(c.dtype) or complex_types[c.dtype]})") + f' AS "{c.name}"'
        for c in EVENTS.columns
    )
    begun = time.perf_counter()
    con = duckdb.connect()
    con.execute("SET partitioned_write_flush_threshold = 50000")
    con.execute(
        f"""COPY (SELECT {listed}, strftime(stamp, '%Y-%m') AS month FROM read_csv('{home}/data/bench/raw/log.csv',
            columns = {{{typed}}}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"'))
        TO '{home}/copied' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month), OVERWRITE)"""
    )
    return {"copy": time.perf_counter() - begun}


def stages() -> dict[str, float]:
    """The first steps of `ingest`, each with all before it."""
    begun = time.perf_counter()
    found = {}
    shop = helpers.open("bench")
    con = shop.engine.con
    define_macros(con)
    files = deliveries(shop)
    landed = land(shop, files)
    found["land"] = time.perf_counter() - begun
    settling.gather(con, landed)
    settling.settle(con)
    books.ledger(con, files["log"], landed)
    found["settle"] = time.perf_counter() - begun
    con.execute("SET disabled_optimizers = 'build_side_probe_side'")
    sessions.open_visits(con)
    sends.find_machines(con)
    settling.finish(con, shop, tracking_plan("bench"))
    shop.write("events", shop.engine.table("events_ready"))
    found["events"] = time.perf_counter() - begun
    return found


def whole(name: str) -> dict[str, float]:
    """The whole of it."""
    begun = time.perf_counter()
    ingest(helpers.open("bench"))
    return {name: time.perf_counter() - begun}


def child(home: Path, what: str, *, fresh: bool) -> tuple[dict[str, float], float]:
    """Seconds of one measurement in a process of its own, and its peak memory in GB."""
    if fresh:
        shutil.rmtree(home / "data" / "bench" / "scratch", ignore_errors=True)
    command = [sys.executable, "-m", "tests.benchmarks.bench_ingestion", "--child", what]
    done = subprocess.run(
        command, env=os.environ | {"WORKBENCH_HOME": str(home)}, check=True, capture_output=True, text=True
    )
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["seconds"], answer["memory"]


def measure(home: Path, rounds: int) -> dict[str, tuple[float, float]]:
    """The fastest of some rounds of each measurement: seconds, GB."""
    found: dict[str, tuple[float, float]] = {}
    for _ in range(rounds):
        for what, fresh in (("copy", False), ("stages", True), ("all", True), ("again", False)):
            seconds, memory = child(home, what, fresh=fresh)
            for name, each in seconds.items():
                found[name] = min(found.get(name, (float("inf"), memory)), (each, memory))
    return found


def main(sizes: list[int]) -> None:
    """Measure each size and print the table."""
    for records in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("WORKBENCH_BENCH_DIR")) as folder:
            prepare(Path(folder), records)
            size = (Path(folder) / "data/bench/raw/log.csv").stat().st_size
            found = measure(Path(folder), 3 if records < LARGE else 1)
        bare = found["copy"][0]
        print(f"\n{records:,} records, {size / 1e6:,.0f} MB of CSV, {os.cpu_count()} cores")
        print(f"{'':<52} {'seconds':>8} {'ratio':>6} {'aim':>5} {'GB':>5}")
        for name, said in SAID.items():
            seconds, memory = found[name]
            print(f"{said:<52} {seconds:>8.2f} {seconds / bare:>6.2f} {AIMS.get(name, ''):>5} {memory:>5.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        measured = {"copy": copy, "stages": stages}.get(sys.argv[2], lambda: whole(sys.argv[2]))()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(json.dumps({"seconds": measured, "memory": peak}))
    else:
        main([int(each) for each in sys.argv[1:]] or [2_000_000])
