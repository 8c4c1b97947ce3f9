"""The graph that people are found in: identifiers are its nodes, and an edge says that one event carried both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from helpers.datasets.engine import quote
from helpers.datasets.tables.identity import DEVICES, RULES, STRENGTH, strength

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from duckdb import DuckDBPyConnection

DECISION, EVENT, LINKED = range(len(RULES))


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Identifiers and what joins them; times are microseconds since 1970.

    Attributes:
        kinds: Types of identifiers, strongest first.
        kind: Each node's place in `kinds`, shape (nodes,). Those that events tell of are numbered by age.
        seen: When each was first seen, shape (nodes,).
        strong: The end of each edge whose type is the stronger, shape (edges,).
        weak: The other end.
        first: When the edge was first told, shape (edges,). Those of events stand in the order of these.
        last: When it was last told.
        rule: Whether an event, a decision or a likeness tells it; see `RULES`.
        weight: Probability that it is true, as it was told; 1 but for likenesses.
    """

    kinds: tuple[str, ...]
    kind: NDArray[np.uint8]
    seen: NDArray[np.int64]
    strong: NDArray[np.int32]
    weak: NDArray[np.int32]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    rule: NDArray[np.uint8]
    weight: NDArray[np.float64]

    @property
    def device_kinds(self) -> list[int]:
        """The places of devices in `kinds`."""
        return [place for place, kind in enumerate(self.kinds) if kind in DEVICES]

    @property
    def is_device(self) -> NDArray[np.bool_]:
        """Whether each node is a device, shape (nodes,)."""
        return self.is_of(DEVICES)

    @property
    def with_device(self) -> NDArray[np.bool_]:
        """Whether an end of each edge is a device, shape (edges,)."""
        return self.is_device[self.strong] | self.is_device[self.weak]

    def is_of(self, kinds: tuple[str, ...]) -> NDArray[np.bool_]:
        """Whether each node is of one of some types, shape (nodes,)."""
        return np.array([kind in kinds for kind in self.kinds], dtype=bool)[self.kind]

    def with_edges(
        self, ends: NDArray[np.int32], at: NDArray[np.int64], rule: int, weight: NDArray[np.float64]
    ) -> Graph:
        """The graph with more edges behind its own.

        Args:
            ends: Pairs of nodes, shape (edges, 2).
            at: When each was told, in microseconds.
            rule: What tells them.
            weight: Probability of each.
        """
        ends = np.where((self.kind[ends[:, 0]] > self.kind[ends[:, 1]])[:, None], ends[:, ::-1], ends)
        more = {
            "strong": ends[:, 0], "weak": ends[:, 1], "first": at, "last": at,
            "rule": np.full(len(ends), rule, dtype=np.uint8), "weight": weight,
        }  # fmt: skip
        return replace(self, **{name: np.concatenate([getattr(self, name), added]) for name, added in more.items()})

    def components(self, edges: NDArray[np.bool_]) -> NDArray[np.int32]:
        """The connected component of each node over the edges of a mask, shape (nodes,)."""
        ends = self.strong[edges], self.weak[edges]
        ones = np.ones(len(ends[0]), dtype=np.int8)
        matrix = coo_array((ones, ends), shape=(len(self.kind), len(self.kind)))
        return connected_components(matrix, directed=False)[1]


def see(con: DuckDBPyConnection, moment: datetime, *, folded: str = "") -> None:
    """Make temp tables `sets`, `seen` (one row an identifier) and `ties` (one row a pair on one event).

    Equal sets of identifiers are added up first, so that a hundred views on one device weigh as one.

    Args:
        con: DuckDB connection after `add_up`.
        moment: One of those given there.
        folded: File with such sets of events that are in the log no more; empty for none.
    """
    sets_before(con, moment)
    if folded:
        expired = f"SELECT * FROM read_parquet({quote(folded)}) WHERE first_at < ?"
        con.execute(f"INSERT INTO sets BY NAME {expired}", [moment])
    con.execute(_SEEN)
    con.execute(_TIES)


def add_up(con: DuckDBPyConnection, moments: Sequence[datetime]) -> None:
    """Make temp table `added`: the identifiers that stood on one event, and when, apart between some moments.

    Args:
        con: DuckDB connection with view `log`, the columns of table `events`.
        moments: In UTC, exclusive, earliest first; what is later than the last is left out.
    """
    until = " ".join("WHEN timestamp < ?::TIMESTAMP THEN ?::TIMESTAMP" for _ in moments)
    con.execute(_ADDED.format(until=until), [*(each for each in moments for _ in range(2)), moments[-1]])


def sets_before(con: DuckDBPyConnection, moment: datetime) -> None:
    """Make temp table `sets` of what `add_up` found before one of its moments: identifiers of one event, by rank."""
    con.execute(_SETS, [moment])


def number(con: DuckDBPyConnection) -> Graph:
    """Turn temp tables `seen` and `ties` into `nodes`, `edges` and the graph of their numbers."""
    con.execute(_NODES)
    con.execute(_EDGES)
    kinds = sorted((row[0] for row in con.execute("SELECT DISTINCT type FROM nodes").fetchall()), key=_by_strength)
    nodes = con.execute(
        "SELECT (list_position(?, type) - 1)::UTINYINT AS kind, epoch_us(first_seen_at) AS seen "
        "FROM nodes ORDER BY node",
        [kinds],
    ).fetchnumpy()
    edges = con.execute(
        "SELECT strong, weak, epoch_us(first_at) AS first, epoch_us(last_at) AS last FROM edges ORDER BY edge"
    ).fetchnumpy()
    told = len(edges["first"])
    rule, weight = np.full(told, EVENT, dtype=np.uint8), np.ones(told)
    return Graph(kinds=tuple(kinds), rule=rule, weight=weight, **nodes, **edges)


def _by_strength(kind: str) -> tuple[int, str]:
    return strength(kind), kind


def _rank(kind: str) -> str:
    others = STRENGTH.index("")
    cases = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(STRENGTH) if name)
    return f"CASE {kind} {cases} ELSE {others} END"


_SETS = f"""CREATE OR REPLACE TEMP TABLE sets AS
SELECT first_at, last_at, said[1].message_id AS first_message, events, list_sort([
        {{'rank': {_rank("x.type")}, 'type': x.type, 'value': x.value}} FOR x IN list_concat(
            [{{'type': 'user_id', 'value': user_id}}, {{'type': 'anonymous_id', 'value': anonymous_id}}],
            external_ids) IF x.value IS NOT NULL]) AS ids
FROM (
    SELECT user_id, anonymous_id, external_ids, min(first_at) AS first_at, max(last_at) AS last_at,
        [min(said)] AS said, sum(events)::BIGINT AS events
    FROM added WHERE until <= ? GROUP BY user_id, anonymous_id, external_ids)"""

_ADDED = """CREATE OR REPLACE TEMP TABLE added AS
SELECT user_id, anonymous_id, external_ids, CASE {until} END AS until, min(timestamp) AS first_at,
    max(timestamp) AS last_at, min({{'at': timestamp, 'message_id': message_id}}) AS said, count(*) AS events
FROM log WHERE timestamp < ? AND NOT is_bot AND NOT is_test GROUP BY user_id, anonymous_id, external_ids, until"""

_SEEN = """CREATE OR REPLACE TEMP TABLE seen AS
SELECT id.type AS type, id.value AS identifier, min(first_at) AS first_seen_at, max(last_at) AS last_seen_at
FROM (SELECT unnest(ids) AS id, first_at, last_at FROM sets) GROUP BY ALL"""

_TIES = """CREATE OR REPLACE TEMP TABLE ties AS
SELECT ids[i].type AS a_type, ids[i].value AS a, ids[j].type AS b_type, ids[j].value AS b,
    first_at, last_at, first_message, events
FROM (SELECT *, unnest(range(i + 1, len(ids) + 1)) AS j FROM (SELECT *, unnest(range(1, len(ids))) AS i FROM sets))"""

# Rows of a sorted table are numbered by their place, for nothing.
_NODES = f"""CREATE OR REPLACE TEMP TABLE by_age AS
SELECT *, ({_rank("type")})::UTINYINT AS rank FROM seen ORDER BY first_seen_at, type, identifier;
CREATE OR REPLACE TEMP VIEW nodes AS SELECT rowid::INTEGER AS node, * FROM by_age"""

# The weakest pair of an event comes last, so that it is the first to be blocked.
_EDGES = """CREATE OR REPLACE TEMP TABLE in_order AS
SELECT strong, weak, first_at, last_at, message_id, events FROM (
    SELECT x.node AS strong, y.node AS weak, any_value(x.rank) AS strong_rank, any_value(y.rank) AS weak_rank,
        min(first_at) AS first_at, max(last_at) AS last_at, sum(events)::BIGINT AS events,
        arg_min(first_message, (first_at, first_message)) AS message_id
    FROM ties JOIN nodes x ON x.identifier = a AND x.type = a_type JOIN nodes y ON y.identifier = b AND y.type = b_type
    GROUP BY x.node, y.node)
ORDER BY first_at, message_id, weak_rank, strong_rank, strong, weak;
CREATE OR REPLACE TEMP VIEW edges AS SELECT rowid::INTEGER AS edge, * FROM in_order"""
