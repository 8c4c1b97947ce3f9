"""The sums of an experiment against the bare DuckDB aggregate of the same sums, over the same outcomes, in one run.

`make bench` takes 10 million exposed people, five metrics, one of them with a covariate. House and SQL take turns in
one process on two threads, each round on an engine of its own that reads table `lift_outcomes` from Parquet; shown is
the median over rounds, and the median of the ratios of each round. Both are held against each other's answer.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import duckdb
import pytest

from helpers.datasets.engine import connect
from helpers.datasets.questions import Experiment
from helpers.lift import sums
from helpers.statistics import Joint

PLAIN = ("visit", "conversion", "returned")
EXPERIMENT = Experiment.model_validate(
    {
        "name": "trial",
        "control": "off",
        "arms": ["off", "on"],
        "window_days": 14,
        "metric": [{"name": name, "kind": "conversion", "event": "Order Completed"} for name in PLAIN]
        + [{"name": "spend", "kind": "revenue"}, {"name": "margin", "kind": "revenue", "pre_days": 90}],
    }
)
BARE = """SELECT variation, metric, count(*) AS n, count(*) FILTER (value != 0) AS nonzero, sum(value) AS y,
    sum(value * value) AS yy, sum(value_before) AS x, sum(value_before * value_before) AS xx, sum(value * value_before)
    AS xy FROM outcomes GROUP BY variation, metric ORDER BY variation, metric"""
ROUNDS, AIM = 5, 1.5


def generate(folder: Path, people: int) -> None:
    """Write the outcomes of made-up people as table `lift_outcomes` holds them."""
    con = duckdb.connect()
    con.execute("SET threads = 2")
    con.execute("SELECT setseed(0.5)")
    share = "(CASE WHEN hash(i, metric) % 100 < 12 THEN 1 ELSE 0 END)"
    spent = "(CASE WHEN hash(i, metric) % 100 < 9 THEN hash(i, metric, 1) % 9999 ELSE 0 END / 100.0)"
    metrics = [metric.name for metric in EXPERIMENT.metrics]
    con.execute(
        f"""COPY (
            SELECT 'trial' AS experiment, 'p' || i AS profile_id, 'p' || i AS unit, 'p' || i AS cluster,
            CASE WHEN hash(i) % 2 = 0 THEN 'off' ELSE 'on' END AS variation,
            TIMESTAMP '2025-01-01' + INTERVAL (i % 2000000) SECOND AS first_exposed_at, metric,
            CASE WHEN metric IN {PLAIN} THEN {share} ELSE {spent} END::DECIMAL(18, 4) AS value,
            NULL::DECIMAL(18, 4) AS denominator,
            CASE WHEN metric = 'margin' THEN {spent} END::DECIMAL(18, 4) AS value_before,
            NULL::DECIMAL(18, 4) AS denominator_before
            FROM range({people}) AS people(i), (SELECT unnest({metrics}) AS metric) AS metrics
        ) TO '{folder}/outcomes.parquet' (FORMAT parquet)"""
    )


def answer(folder: Path, how: str) -> tuple[float, list[tuple[float, ...]]]:
    """Seconds that one way takes from the table on the disk to its sums, and these, by arm and metric."""
    con = connect(folder / "spill")
    con.con.execute("SET threads = 2")
    begun = perf_counter()
    if how == "house":
        found = sums(con.read_parquet(f"{folder}/outcomes.parquet"), [EXPERIMENT])
        seconds = perf_counter() - begun
        return seconds, [_flat(each) for _, each in sorted(found.items())]
    con.con.execute(f"CREATE TEMP VIEW outcomes AS FROM '{folder}/outcomes.parquet'")
    rows = con.con.execute(BARE).fetchall()
    seconds = perf_counter() - begun
    return seconds, [tuple(float(each) for each in row[2:] if each is not None) for row in rows]


def _flat(sample: Joint) -> tuple[float, ...]:
    """Sums in the order of the bare SQL."""
    found = (sample.n, sample.nonzero, sample.total, sample.squares)
    return (
        found if len(sample.totals) == 1 else (*found, sample.totals[1], sample.products[1][1], sample.products[0][1])
    )


def main(sizes: list[int]) -> None:
    """Measure each size and print the table."""
    for people in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("WORKBENCH_BENCH_DIR")) as folder:
            generate(Path(folder), people)
            rounds = [{how: answer(Path(folder), how) for how in ("house", "bare SQL")} for _ in range(ROUNDS)]
            house, bare = (rounds[0][how][1] for how in ("house", "bare SQL"))
            assert len(house) == len(bare) == 10
            assert all(ours == pytest.approx(theirs, rel=1e-12) for ours, theirs in zip(house, bare, strict=True))
            title = f"{people:,} people, five metrics, one covariate"
            print(f"\n{title:<62} {'seconds':>8} {'house to it':>11} {'aim':>5}")
            for how in rounds[0]:
                seconds = statistics.median(each[how][0] for each in rounds)
                ratio = statistics.median(each["house"][0] / each[how][0] for each in rounds)
                shown = ("", "") if how == "house" else (f"{ratio:.2f}", AIM)
                print(f"{how:<62} {seconds:>8.2f} {shown[0]:>11} {shown[1]:>5}")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [10_000_000])
