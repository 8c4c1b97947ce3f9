"""A funnel against hand-written SQL of the same meaning, over the same log, in one run.

`make bench` takes 2 million events, `make bench-full` 5 million. House and SQL take turns in one process on two
threads, each round on an engine of its own that reads the log from Parquet; shown is the median over rounds, and the
median of the ratios of each round. The SQL is written in the two ways that suggest themselves in DuckDB: with windows
over all events of the funnel, and with a chain of ASOF joins from the last step to the first, which is the quickest we
found, and which Spark does not have. Both are held against the house's answer: people and median times of each step.
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
from helpers.datasets.questions import Funnel
from helpers.overview import best, passed
from tests.benchmarks.made_log import generate

# The first is the house's default, as far as the log has its steps; the other begins where few do.
FUNNELS = {
    "usual": Funnel(name="usual", steps=["Product Viewed", "Product Added", "Order Completed"]),
    "four steps": Funnel(name="four", steps=["Page Viewed", "Product Viewed", "Product Added", "Order Completed"]),
}
UNTIL = datetime(2025, 12, 25)
ROUNDS, AIM = 5, 1.5
SAID = {"house": "house", "windows": "SQL with windows", "joins": "SQL with ASOF joins"}


def windows(steps: list[str]) -> str:
    """Each round finds, for every event of one step, what the next event of the step after reached."""
    numbers = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(steps, 1))
    names = ", ".join(f"'{name}'" for name in steps)
    query = f"WITH r{len(steps)} AS (SELECT profile_id, timestamp, CASE event {numbers} END AS step FROM log "
    query += f"WHERE event IN ({names}))"
    for step in range(len(steps) - 1, 0, -1):
        found = [f"min(CASE WHEN step = {step + 1} THEN timestamp END) OVER w AS t{step + 1}"]
        found += [
            f"min(CASE WHEN step = {step + 1} THEN t{k} END) OVER w AS t{k}" for k in range(step + 2, len(steps) + 1)
        ]
        query += f""", r{step} AS (SELECT profile_id, timestamp, step, {", ".join(found)} FROM r{step + 1}
            WINDOW w AS (PARTITION BY profile_id ORDER BY timestamp, step
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING))"""
    return f"{query}, attempt AS (SELECT *, timestamp AS t1 FROM r1 WHERE step = 1) {_counts(len(steps))}"


def joins(steps: list[str]) -> str:
    """The same by joining each step with the one after, the last ones first."""
    last = len(steps)
    query = f"WITH a{last} AS (SELECT profile_id, timestamp AS t{last} FROM log WHERE event = '{steps[-1]}')"
    for step in range(last - 1, 0, -1):
        later = ", ".join(f"t{k}" for k in range(step + 1, last + 1))
        query += f""", s{step} AS (SELECT profile_id, timestamp AS t{step} FROM log WHERE event = '{steps[step - 1]}'),
            a{step} AS (SELECT s.*, {later} FROM s{step} AS s ASOF LEFT JOIN a{step + 1} AS a
            ON s.profile_id = a.profile_id AND t{step} <= t{step + 1})"""
    return f"{query}, attempt AS (FROM a1) {_counts(last)}"


def _counts(steps: int) -> str:
    """Of attempts, the earliest of those of a person that got furthest, counted, with medians."""
    within = " + ".join(f"coalesce((t{k} <= t1 + INTERVAL 7 DAY)::INT, 0)" for k in range(1, steps + 1))
    firsts = ", ".join(f"min(t{k}) AS t{k}" for k in range(1, steps + 1))
    told = [f"count(*) FILTER (reached >= {k}) AS people_{k}" for k in range(1, steps + 1)]
    told += [f"median(epoch(t{k}) - epoch(t1)) FILTER (reached >= {k}) AS first_{k}" for k in range(2, steps + 1)]
    return f"""SELECT {", ".join(told)} FROM (SELECT profile_id, reached, {firsts}
        FROM (SELECT *, {within} AS reached FROM attempt WHERE t1 < TIMESTAMP '{UNTIL}') GROUP BY profile_id, reached
        QUALIFY reached = max(reached) OVER (PARTITION BY profile_id))"""


def answer(folder: Path, how: str, funnel: Funnel) -> tuple[float, dict[str, float]]:
    """Seconds that one way takes from the log on the disk to its counts, and these."""
    con = connect(folder / "spill")
    con.con.execute("SET threads = 2")
    begun = perf_counter()
    if how == "house":
        rows = con.read_parquet(f"{folder}/events/*.parquet")
        steps = passed(best(rows, funnel, until=UNTIL), funnel).steps
        found = {f"people_{number}": step.people for number, step in enumerate(steps, 1)}
        found |= {f"first_{number}": step.from_first_s for number, step in enumerate(steps[1:], 2)}
    else:
        con.con.execute(f"CREATE TEMP VIEW log AS FROM '{folder}/events/*.parquet'")
        result = con.con.execute({"windows": windows, "joins": joins}[how](funnel.steps))
        found = dict(zip((column[0] for column in result.description), result.fetchone(), strict=True))
    return perf_counter() - begun, found


def main(sizes: list[int]) -> None:
    """Measure each size and print the table."""
    for events in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("WORKBENCH_BENCH_DIR")) as folder:
            generate(Path(folder), events)
            for name, funnel in FUNNELS.items():
                rounds = [{how: answer(Path(folder), how, funnel) for how in SAID} for _ in range(ROUNDS)]
                found = rounds[0]["house"][1]
                assert all(each == found for one in rounds for _, each in one.values()), rounds[0]
                show(f"{events:,} events, {name} funnel: {found['people_1']:,} people begin", rounds)


def show(title: str, rounds: list[dict[str, tuple[float, dict[str, float]]]]) -> None:
    print(f"\n{title:<62} {'seconds':>8} {'house to it':>11} {'aim':>5}")
    for how, said in SAID.items():
        seconds = statistics.median(each[how][0] for each in rounds)
        ratio = statistics.median(each["house"][0] / each[how][0] for each in rounds)
        shown = ("", "") if how == "house" else (f"{ratio:.2f}", AIM)
        print(f"{said:<62} {seconds:>8.2f} {shown[0]:>11} {shown[1]:>5}")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [2_000_000])
