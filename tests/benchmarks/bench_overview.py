"""A funnel of four steps against hand-written SQL of the same meaning, over the same log, in one run.

`make bench` takes 2 million events, `make bench-full` 5 million. House and SQL take turns in one process on two
threads, each round on an engine of its own that reads the log from Parquet; shown is the median over rounds, and the
median of the ratios of each round. The SQL is written in the two ways that suggest themselves in DuckDB: with windows
over all events of the funnel, and with a chain of ASOF joins, which Spark does not have. Both are held against the
house's answer first: people and median times of each step.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import perf_counter

from helpers.datasets.engine import connect
from helpers.datasets.settings import Funnel
from helpers.overview import best, passed
from tests.benchmarks.made_log import generate

FUNNEL = Funnel(name="buy", steps=["Page Viewed", "Product Viewed", "Product Added", "Order Completed"], window="7d")
UNTIL = datetime(2025, 12, 25)
ROUNDS, AIM = 5, 1.5
SAID = {"house": "house: every attempt, the furthest of each person, medians",
        "windows": "SQL with windows", "joins": "SQL with ASOF joins"}  # fmt: skip

_COUNT = """
SELECT count(*) AS people_1, count(*) FILTER (reached > 1) AS people_2, count(*) FILTER (reached > 2) AS people_3,
    count(*) FILTER (reached > 3) AS people_4,
    median(epoch(t2) - epoch(t1)) FILTER (reached > 1) AS first_2,
    median(epoch(t3) - epoch(t1)) FILTER (reached > 2) AS first_3,
    median(epoch(t4) - epoch(t1)) FILTER (reached > 3) AS first_4
FROM (
    SELECT profile_id, reached, min(t1) AS t1, min(t2) AS t2, min(t3) AS t3, min(t4) AS t4
    FROM (SELECT *, 1 + coalesce((t2 <= t1 + INTERVAL 7 DAY)::INT, 0) + coalesce((t3 <= t1 + INTERVAL 7 DAY)::INT, 0)
        + coalesce((t4 <= t1 + INTERVAL 7 DAY)::INT, 0) AS reached FROM attempt WHERE t1 < TIMESTAMP '2025-12-25')
    GROUP BY profile_id, reached
    QUALIFY reached = max(reached) OVER (PARTITION BY profile_id))"""
_WINDOW = "(PARTITION BY profile_id ORDER BY timestamp, step ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)"
SQL = {
    "windows": f"""WITH f AS (
    SELECT profile_id, timestamp, CASE event WHEN 'Page Viewed' THEN 1 WHEN 'Product Viewed' THEN 2
        WHEN 'Product Added' THEN 3 ELSE 4 END AS step
    FROM log WHERE event IN ('Page Viewed', 'Product Viewed', 'Product Added', 'Order Completed')),
a AS (SELECT *, min(CASE WHEN step = 4 THEN timestamp END) OVER w AS t4 FROM f WINDOW w AS {_WINDOW}),
b AS (SELECT * EXCLUDE t4, min(CASE WHEN step = 3 THEN timestamp END) OVER w AS t3,
    min(CASE WHEN step = 3 THEN t4 END) OVER w AS t4 FROM a WINDOW w AS {_WINDOW}),
c AS (SELECT profile_id, step, timestamp AS t1, min(CASE WHEN step = 2 THEN timestamp END) OVER w AS t2,
    min(CASE WHEN step = 2 THEN t3 END) OVER w AS t3, min(CASE WHEN step = 2 THEN t4 END) OVER w AS t4
    FROM b WINDOW w AS {_WINDOW}),
attempt AS (FROM c WHERE step = 1) {_COUNT}""",
    "joins": f"""WITH s1 AS (SELECT profile_id, timestamp AS t1 FROM log WHERE event = 'Page Viewed'),
s2 AS (SELECT profile_id, timestamp AS t2 FROM log WHERE event = 'Product Viewed'),
s3 AS (SELECT profile_id, timestamp AS t3 FROM log WHERE event = 'Product Added'),
s4 AS (SELECT profile_id, timestamp AS t4 FROM log WHERE event = 'Order Completed'),
a AS (SELECT s1.*, t2 FROM s1 ASOF LEFT JOIN s2 ON s1.profile_id = s2.profile_id AND t1 <= t2),
b AS (SELECT a.*, t3 FROM a ASOF LEFT JOIN s3 ON a.profile_id = s3.profile_id AND t2 <= t3),
attempt AS (SELECT b.*, t4 FROM b ASOF LEFT JOIN s4 ON b.profile_id = s4.profile_id AND t3 <= t4) {_COUNT}""",
}


def answer(folder: Path, how: str) -> tuple[float, dict[str, float]]:
    """Seconds that one way takes from the log on the disk to its counts, and these."""
    con = connect(folder / "spill")
    con.con.execute("SET threads = 2")
    begun = perf_counter()
    if how == "house":
        rows = con.read_parquet(f"{folder}/events/*.parquet")
        steps = passed(best(rows, FUNNEL, until=UNTIL), FUNNEL).steps
        found = {f"people_{number}": step.people for number, step in enumerate(steps, 1)}
        found |= {f"first_{number}": step.from_first_s for number, step in enumerate(steps, 1) if number > 1}
    else:
        con.con.execute(f"CREATE TEMP VIEW log AS FROM '{folder}/events/*.parquet'")
        result = con.con.execute(SQL[how])
        found = dict(zip((column[0] for column in result.description), result.fetchone(), strict=True))
    return perf_counter() - begun, found


def main(sizes: list[int]) -> None:
    """Measure each size and print the table."""
    for events in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("WORKBENCH_BENCH_DIR")) as folder:
            generate(Path(folder), events)
            rounds = [{how: answer(Path(folder), how) for how in SAID} for _ in range(ROUNDS + 1)]
        first = rounds[0]["house"][1]
        assert all(found == first for each in rounds for _, found in each.values()), rounds[0]
        show(events, first, [{how: seconds for how, (seconds, _) in each.items()} for each in rounds[1:]])


def show(events: int, found: dict[str, float], rounds: list[dict[str, float]]) -> None:
    print(f"\nA funnel over {events:,} events: {found['people_1']:,} people begin, {found['people_4']:,} get through")
    print(f"{'':<60} {'seconds':>8} {'house to it':>11} {'aim':>5}")
    for how, said in SAID.items():
        seconds = statistics.median(each[how] for each in rounds)
        ratio = statistics.median(each["house"] / each[how] for each in rounds)
        shown = ("", "") if how == "house" else (f"{ratio:.2f}", AIM)
        print(f"{said:<60} {seconds:>8.2f} {shown[0]:>11} {shown[1]:>5}")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [2_000_000])
