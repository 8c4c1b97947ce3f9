"""Profiles against one pass of hand-written SQL over the same log, in one run; a metric of one's own put to the test.

`make bench` takes 2 million events, `make bench-full` up to 60 million, of one customer for each hundred. Each
measurement is a process of its own on two threads and with the house's memory limit, in turn, the fastest of three (one
from 2 million on); memory is the process's peak. The aims are those of the project, shown beside what was measured.

one_pass.sql makes the columns of table `profiles` that the log tells and that are observed. That it gives what the
house gives is checked first, on a small log. It leaves out what would make it slower: estimates with their ranges,
preferred hours and topics, the rank of channels, and what needs quantiles of Student's t or the binomial distribution
(the range of the next order, the peak of a season). Identity and consent are measured by neither. From the log, the
house keeps its facts in memory; folded facts are read from Parquet, as stored. polars and pandas make six metrics only:
orders, net revenue, days since the last order, and events in 30 days, in 90 days and ever.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import duckdb
import ibis
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

import helpers
from helpers import profiles
from helpers.datasets.engine import connect
from helpers.datasets.tables.facts import HOURS_ON
from helpers.profiles import facts, kinds
from helpers.profiles.panel import metrics
from helpers.profiles.past import Then
from tests.benchmarks.made_log import generate
from tests.proof.logs import keep_events, made_shop

THREADS, HALF_LIFE_DAYS = "2", 90
CUTOFF = date(2026, 1, 1)
CUTOFFS = [*(date(2025, month, 1) for month in range(2, 13)), CUTOFF]
SMALL, LARGE, MOST_FOR_PANDAS = 20_000, 2_000_000, 5_000_000
OWN_SMALL, OWN_FULL = 200_000, 20_000_000
AIMS = {"log": 0.7, "facts": 0.25, "panel": 1.5}
SAID = {
    "scan": "bare scan: the largest of each column read",
    "sql": "one-pass SQL, one cutoff",
    "log": "house, one cutoff, folding included",
    "facts": "house, one cutoff from folded facts",
    "panel": "house, 12 cutoffs, folding included",
    "polars": "polars, six metrics",
    "pandas": "pandas, six metrics",
}
OWN_SAID = "A metric of one's own put to the test (aim: 60 seconds for 200,000 customers)"
LEFT_OUT = {
    "cutoff", "channel_rank", "top_topic", "top_format", "top_offer_type", "season_peak_month",
    "expected_next_order_lo", "expected_next_order_hi",
    *(f"{name}{part}" for name in profiles.ESTIMATES for part in ("", "_lo", "_hi", "_confidence")),
    *(f"best_hour_{channel}{part}" for channel in HOURS_ON for part in ("", "_share", "_lo", "_hi")),
}  # fmt: skip
# The day of Central European winter time, in which the log was made, begins an hour before that of UTC.
MOMENTS = {each: pd.Timestamp(each).to_pydatetime() - timedelta(hours=1) for each in CUTOFFS}
NOBODY = ibis.memtable(
    pa.schema(
        {"profile_id": pa.string(), "type": pa.string(), "first_seen_at": pa.timestamp("us"), "link": pa.float64()}
    ).empty_table()
)
UNASKED = ibis.memtable(
    pa.schema(
        {"cutoff": pa.date32(), "profile_id": pa.string(), "purpose": pa.string(), "allowed": pa.bool_()}
    ).empty_table()
)


class Log:
    """A made-up log on an engine of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.con = connect(folder / "spill")
        self.events = self.con.read_parquet(f"{folder}/events/*.parquet", table_name="events")
        self.products = self.con.read_parquet(f"{folder}/products.parquet", table_name="products")

    def keep(self, name: str, rows: ibis.Table) -> ibis.Table:
        return self.con.create_table(name, rows, temp=True)

    def fold(self) -> tuple[ibis.Table, ibis.Table]:
        rows = kinds.counted(kinds.kinds(self.events, self.products))
        return self.keep("daily", facts.fold(self.events)), self.keep("daily_kinds", rows)

    def folded(self) -> tuple[ibis.Table, ibis.Table]:
        return tuple(self.con.read_parquet(f"{self.folder}/{name}.parquet") for name in ("daily", "daily_kinds"))

    def profiles(self, folded: tuple[ibis.Table, ibis.Table], cutoffs: list[date]) -> ibis.Table:
        moments = {each: MOMENTS[each] for each in cutoffs}
        return self.keep("made", metrics(Then(*folded, NOBODY, UNASKED, None), moments, half_life=HALF_LIFE_DAYS))

    def plain(self) -> duckdb.DuckDBPyRelation:
        self.con.con.execute(f"SET VARIABLE cutoff = DATE '{CUTOFF}'")
        self.con.con.execute(f"CREATE TEMP TABLE plain AS {Path(__file__).with_name('one_pass.sql').read_text()}")
        return self.con.con.table("plain")


def scan(log: Log) -> None:
    read = {name: log.events[name].max() for name in log.events.columns}
    log.events.aggregate(rows=log.events.count(), **read).to_pyarrow()


def store(log: Log) -> None:
    """Keep folded facts in key order, as a shop does."""
    for name, rows, key in zip(("daily", "daily_kinds"), log.fold(), (("profile_id", "day"), kinds.KEY), strict=True):
        log.con.to_parquet(rows.order_by(*key), log.folder / f"{name}.parquet", compression="zstd")


def with_polars(log: Log) -> None:
    events = pl.scan_parquet(f"{log.folder}/events/*.parquet").filter(pl.col("local_time") < pl.lit(CUTOFF))
    age = (pl.lit(CUTOFF) - pl.col("local_time").dt.date()).dt.total_days()
    ordered = pl.col("event") == facts.ORDER
    events.group_by("profile_id").agg(
        orders=pl.col("order_id").filter(ordered).n_unique(),
        revenue=pl.col("revenue").filter(ordered | (pl.col("event") == facts.REFUND)).sum(),
        since=age.filter(ordered).min(),
        events=pl.len(),
        **{f"events_{n}d": (age <= n).sum() for n in (30, 90)},
    ).collect(engine="streaming")


def with_pandas(log: Log) -> None:
    columns = ["profile_id", "event", "local_time", "order_id", "revenue"]
    events = pd.read_parquet(log.folder / "events", columns=columns)
    events = events[events["local_time"] < pd.Timestamp(CUTOFF)]
    events["age"] = (pd.Timestamp(CUTOFF) - events["local_time"].dt.normalize()).dt.days
    events["revenue"] = events["revenue"].astype(float)
    by, orders = "profile_id", events[events["event"] == facts.ORDER]
    paid = events[events["event"].isin([facts.ORDER, facts.REFUND])]
    parts = [
        orders.groupby(by)["order_id"].nunique(),
        paid.groupby(by)["revenue"].sum(),
        orders.groupby(by)["age"].min(),
    ]
    parts += [events[events["age"] <= n].groupby(by).size() for n in (30, 90)]
    pd.concat([events.groupby(by).size(), *parts], axis=1)


def check(log: Log) -> int:
    """Hold the SQL against the house, column by column; gives how many columns were compared."""
    log.profiles(log.fold(), [CUTOFF])
    log.plain()
    tables = [log.con.con.execute(f"FROM {name} ORDER BY profile_id").to_arrow_table() for name in ("plain", "made")]
    plain, house = (table.to_pandas() for table in tables)
    assert plain["profile_id"].equals(house["profile_id"])
    told = {name for name in house.columns if house[name].notna().any()}
    assert told - set(plain.columns) <= LEFT_OUT, sorted(told - set(plain.columns) - LEFT_OUT)
    differing = [name for name in plain.columns if not _alike(plain[name], house[name])]
    assert not differing, f"The SQL and the house differ in {', '.join(differing)}."
    return len(plain.columns) - 1


def _alike(left: pd.Series, right: pd.Series) -> bool:
    if not pd.api.types.is_numeric_dtype(right):
        return bool(((left == right) | (left.isna() & right.isna())).all())
    return np.allclose(left.astype(float), right.astype(float), rtol=1e-9, atol=1e-12, equal_nan=True)


def build_shop(log: Log) -> None:
    """The same log as a shop's, its profiles built."""
    shop = made_shop(log.folder)
    shop.engine.con.execute(f"CREATE TEMP VIEW made AS FROM '{log.folder}/events/*.parquet'")
    keep_events(shop, "made", log.events.columns, user_id="profile_id", local_time="timestamp")
    profiles.build(shop)


def try_own(_: Log) -> None:
    shop = helpers.open("made")

    @shop.metric
    def views_lately(days: ibis.Table) -> ibis.Value:
        """Products looked at in the last 30 days, for each day on which any were."""
        lately = days.age <= 30
        return days.product_views.sum(where=lately) / days.count(where=lately & (days.product_views > 0)).nullif(0)

    print(shop.try_metric(views_lately), file=sys.stderr)


MEASURED = {
    "check": check,
    "store": store,
    "scan": scan,
    "sql": Log.plain,
    "log": lambda log: log.profiles(log.fold(), [CUTOFF]),
    "facts": lambda log: log.profiles(log.folded(), [CUTOFF]),
    "panel": lambda log: log.profiles(log.fold(), CUTOFFS),
    "polars": with_polars,
    "pandas": with_pandas,
    "build": build_shop,
    "own": try_own,
}


def child(folder: Path, what: str) -> dict[str, float]:
    """One measurement in a process of its own: seconds, peak memory in GB, and what it answers."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_profiles", "--child", str(folder), what]
    threads = {"WORKBENCH_THREADS": THREADS, "POLARS_MAX_THREADS": THREADS, "WORKBENCH_HOME": str(folder)}
    done = subprocess.run(command, env=os.environ | threads, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(folder: Path, events: int) -> dict[str, dict[str, float]]:
    """The fastest of some rounds of each measurement."""
    names = [name for name in SAID if name != "pandas" or events <= MOST_FOR_PANDAS]
    found: dict[str, dict[str, float]] = {}
    child(folder, "store")
    for _ in range(3 if events < LARGE else 1):
        for name in names:
            found[name] = min(found.get(name, {"seconds": np.inf}), child(folder, name), key=lambda one: one["seconds"])
    return found


def main(sizes: list[int]) -> None:
    """Check, then measure each size and print the table."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("WORKBENCH_BENCH_DIR")) as folder:
        generate(Path(folder), SMALL)
        same = child(Path(folder), "check")["answer"]
        print(f"The SQL and the house agree in {same} columns on {SMALL:,} events.")
    for events in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("WORKBENCH_BENCH_DIR")) as folder:
            generate(Path(folder), events)
            show(events, measure(Path(folder), events))
    events = OWN_FULL if max(sizes) >= OWN_FULL else OWN_SMALL
    with tempfile.TemporaryDirectory(dir=os.environ.get("WORKBENCH_BENCH_DIR")) as folder:
        generate(Path(folder), events)
        child(Path(folder), "build")
        tried = child(Path(folder), "own")
        print(f"\n{OWN_SAID}, {events // 100:,} here: {tried['seconds']:.1f} seconds, {tried['memory']:.2f} GB")


def show(events: int, found: dict[str, dict[str, float]]) -> None:
    print(f"\n{events:,} events, {events // 100:,} customers, {THREADS} threads of {os.cpu_count()} cores")
    print(f"{'':<44} {'seconds':>8} {'ratio':>6} {'aim':>5} {'s/million':>9} {'GB':>5}")
    for name, one in found.items():
        ratio, each = one["seconds"] / found["sql"]["seconds"], one["seconds"] / events * 1e6
        aim, memory = AIMS.get(name, ""), one["memory"]
        print(f"{SAID[name]:<44} {one['seconds']:>8.2f} {ratio:>6.2f} {aim:>5} {each:>9.2f} {memory:>5.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        log = Log(Path(sys.argv[2]))
        begun = perf_counter()
        answer = MEASURED[sys.argv[3]](log)
        seconds, memory = perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(json.dumps({"seconds": seconds, "memory": memory, "answer": answer if isinstance(answer, int) else None}))
    else:
        main([int(each) for each in sys.argv[1:]] or [2_000_000])
