"""Identifier edges in a table to people, rules included, against scipy's bare connected components on ready integers.

`make bench` takes 1 million edges, `make bench-full` 5 million. Both are measured in turn in one process each round,
the fastest of three counts; memory is the peak of the process that makes people. In one edge of a hundred something is
wrong: a shared device, a number given out again, an address of everybody's.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time

import duckdb
import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from helpers.identity.graph import number
from helpers.identity.resolve import resolve
from helpers.identity.rules import Limits

SEED = 7
AIM = 4.0
SAID = {
    "bare": "scipy's connected components on ready integers",
    "integers": "text to integers, edges once, in order",
    "people": "… and the rules, to people",
}
KINDS = ("user_id", "email", "phone", "anonymous_id")
YEAR_US = 365 * 86_400_000_000


def draw(edges: int) -> pa.Table:
    """Pairs of identifiers as temp table `ties` has them: a star around each account, one in a hundred bent."""
    chance = np.random.default_rng(SEED)
    people = edges // 4
    who = np.repeat(np.arange(people), 4)
    weak = np.tile([1, 2, 3, 3], people)
    other = who * 2 + np.tile([0, 0, 0, 1], people)
    strong = np.where(weak == 2, 1, 0)
    bent = np.flatnonzero(chance.random(len(who)) < 0.01)
    other[bent] = other[chance.integers(0, len(who), len(bent))]
    other[bent[:1000]] = 0
    at = 1_704_067_200_000_000 + chance.integers(0, YEAR_US, len(who))
    order = chance.permutation(len(who))
    own = np.where(strong == 1, who * 2, who)
    columns = {
        "a_type": pa.array(np.array(KINDS)[strong[order]]),
        "a": _pseudonyms(strong[order], own[order]),
        "b_type": pa.array(np.array(KINDS)[weak[order]]),
        "b": _pseudonyms(weak[order], other[order]),
        "first_at": pa.array(at, pa.timestamp("us")),
        "last_at": pa.array(at, pa.timestamp("us")),
        "first_message": pa.array(np.char.add("m", np.arange(len(who)).astype(str))),
        "events": pa.array(np.ones(len(who), dtype=np.int64)),
    }
    return pa.table(columns)


def _pseudonyms(kind: np.ndarray, value: np.ndarray) -> pa.Array:
    """32 hexadecimal digits for each identifier."""
    mixed = (value.astype(np.uint64) * np.uint64(4) + kind.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    con = duckdb.connect()
    con.register("mixed", pa.table({"x": mixed}))
    return con.execute("SELECT md5(x::VARCHAR) AS x FROM mixed").to_arrow_table()["x"].combine_chunks()


def child(edges: int) -> dict[str, float]:
    """Seconds of one round."""
    con = duckdb.connect()
    con.register("drawn", draw(edges))
    con.execute("CREATE TEMP TABLE ties AS FROM drawn")
    con.unregister("drawn")
    ends = "SELECT a_type AS type, a AS identifier, first_at FROM ties UNION ALL SELECT b_type, b, first_at FROM ties"
    con.execute(
        f"""CREATE TEMP TABLE seen AS SELECT type, identifier, min(first_at) AS first_seen_at,
        max(first_at) AS last_seen_at FROM ({ends}) GROUP BY ALL"""
    )
    begun = time.perf_counter()
    graph = number(con)
    numbered = time.perf_counter()
    found = resolve(graph, Limits(), np.zeros(len(graph.kind), dtype=bool), np.empty((0, 2), dtype=np.int32))
    done = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    # Ready integers know nothing of age, by which ours happen to be numbered.
    numbers = np.random.default_rng(SEED).permutation(len(graph.kind))
    ends = numbers[graph.strong], numbers[graph.weak]
    size, people = len(graph.kind), len(np.unique(found.component))
    del graph, found
    bare = time.perf_counter()
    matrix = coo_array((np.ones(len(ends[0])), ends), shape=(size, size))
    connected_components(matrix, directed=False)
    return {
        "bare": time.perf_counter() - bare, "integers": numbered - begun, "people": done - begun,
        "memory": memory, "found": people, "identifiers": size,
    }  # fmt: skip


def main(sizes: list[int]) -> None:
    """Measure each size and print the table."""
    for edges in sizes:
        command = [sys.executable, "-m", "tests.benchmarks.bench_identity", "--child", str(edges)]
        rounds = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in "123"]
        best = {name: min(each[name] for each in rounds) for name in rounds[0]}
        print(
            f"\n{edges:,} edges, {best['identifiers']:,} identifiers, {best['found']:,} people, {os.cpu_count()} cores"
        )
        print(f"{'':<52} {'seconds':>8} {'ratio':>6} {'aim':>5} {'GB':>5}")
        for name, said in SAID.items():
            aim, memory = (AIM, f"{best['memory']:.2f}") if name == "people" else ("", "")
            print(f"{said:<52} {best[name]:>8.2f} {best[name] / best['bare']:>6.2f} {aim:>5} {memory:>5}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(child(int(sys.argv[2]))))
    else:
        main([int(each) for each in sys.argv[1:]] or [1_000_000])
