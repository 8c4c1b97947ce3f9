"""From the log to people: reads what was seen, applies rules and decisions, and writes the tables of identity."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from helpers.datasets import folded, live
from helpers.datasets.tables.identity import REASONS, RULES, STATUS
from helpers.identity.decisions import Decision, decisions
from helpers.identity.eras import ALWAYS, STILL
from helpers.identity.graph import DECISION, EVENT, Graph, add_up, number, see, sets_before
from helpers.identity.history import NOW, history
from helpers.identity.linking import links
from helpers.identity.resolve import Resolved, resolve
from helpers.identity.rules import SHARED, Limits
from helpers.privacy import blocked_pseudonyms

if TYPE_CHECKING:
    import ibis
    from duckdb import DuckDBPyConnection

    from helpers.datasets import Shop


def stitch(shop: Shop) -> None:
    """Group the identifiers seen before `shop.as_of` into people.

    Writes `identifiers`, `identity_edges`, `identity_map`, `profile_alias` and `merge_log`. A person is named after
    the identifier seen first, so that later ones change no name.

    Raises:
        WrongUse: If the file of decisions is not as `decide` writes it.
    """
    _add_up(shop, [shop.moment])
    _resolve(shop, shop.moment)
    for table, query in _TABLES.items():
        shop.engine.con.execute(f"CREATE OR REPLACE TEMP TABLE {table}_ready AS {query}")
        shop.write(table, shop.engine.table(f"{table}_ready"))


def as_of(shop: Shop, moments: dict[date, datetime]) -> ibis.Table:
    """Whom identifiers belonged to at each cutoff, had nothing later been seen: `current` as it would have been then.

    Args:
        shop: An open data set.
        moments: Cutoff, earliest first, to its midnight in UTC, exclusive.

    Returns:
        The columns of `current`, and cutoff.
    """
    _add_up(shop, [*moments.values()])
    con = shop.engine.con
    for place, (cutoff, moment) in enumerate(moments.items()):
        _resolve(shop, moment)
        query = f"SELECT *, DATE '{cutoff}' AS cutoff FROM ({_TABLES['identity_map']}) WHERE known_to IS NULL"
        con.execute(f"{'INSERT INTO people_then' if place else 'CREATE OR REPLACE TEMP TABLE people_then AS'} {query}")
    return shop.engine.table("people_then").drop("known_from", "known_to")


def _add_up(shop: Shop, moments: list[datetime]) -> None:
    shop.engine.create_view("log", live(shop.name, shop.table("events")), overwrite=True)
    add_up(shop.engine.con, moments)


def _resolve(shop: Shop, moment: datetime) -> None:
    """Find out who is who from what was seen before a moment, and leave it in the engine for `_TABLES`."""
    con = shop.engine.con
    kept = folded(shop.name)
    see(con, moment, folded=str(kept.folder / "sets.parquet") if kept else "")
    graph = number(con)
    own = shop.settings.identity
    limits = Limits(tuple(own.unique), own.limit, own.within_days)
    known = _numbered(con, decisions(shop))
    joined = known["join"]
    graph = graph.with_edges(joined.pairs, joined.at, DECISION, np.ones(len(joined.at)))
    if own.link:
        graph = graph.with_edges(*links(shop, graph, own.link, moment))
    threshold = own.link.threshold if own.link else 1.0
    resolved = resolve(graph, limits, _blocked(shop, graph), known["apart"].pairs, threshold=threshold)
    _register(con, resolved, graph)


def sets(shop: Shop, events: ibis.Table) -> ibis.Table:
    """The sets of identifiers that stand on events together, and when: all that `stitch` needs of these.

    Args:
        shop: An open data set.
        events: Rows of table `events`.
    """
    shop.engine.create_view("log", events, overwrite=True)
    add_up(shop.engine.con, [shop.moment])
    sets_before(shop.engine.con, shop.moment)
    return shop.engine.table("sets")


def name_of(kind: str, pseudonym: str, era: int = 0) -> str:
    """What a person is called whose oldest identifier this is, in an era of it; see `_NAMES`."""
    made_of = f"{kind}:{pseudonym}" + (f":{era}" if era else "")
    return "p" + hashlib.md5(made_of.encode(), usedforsecurity=False).hexdigest()[:15]


class _Pairs(NamedTuple):
    """Pairs of nodes that decisions are about, shape (pairs, 2), and when they were made, in microseconds."""

    pairs: NDArray[np.int32]
    at: NDArray[np.int64]


def _numbered(con: DuckDBPyConnection, decided: list[Decision]) -> dict[str, _Pairs]:
    """Decisions of each kind about identifiers that were seen."""
    rows = pa.table(
        {
            "decision": pa.array([each.decision for each in decided], pa.string()),
            **{
                name: pa.array([getattr(each, name) for each in decided], pa.string())
                for name in ("a_type", "a", "b_type", "b")
            },
            "decided_at": pa.array([each.decided_at for each in decided], pa.timestamp("us")),
        }
    )
    con.register("decided", rows)
    found = con.execute(
        "SELECT decision, x.node AS a, y.node AS b, epoch_us(decided_at) AS at FROM decided "
        "JOIN nodes x ON x.type = a_type AND x.identifier = a JOIN nodes y ON y.type = b_type AND y.identifier = b "
        "ORDER BY decided_at, x.node, y.node"
    ).fetchnumpy()
    con.unregister("decided")
    pairs = np.stack([found["a"], found["b"]], axis=1).astype(np.int32)
    return {
        kind: _Pairs(pairs[found["decision"] == kind], found["at"][found["decision"] == kind].astype(np.int64))
        for kind in ("join", "apart")
    }


def _blocked(shop: Shop, graph: Graph) -> NDArray[np.bool_]:
    """Whether each node's value stands for nobody."""
    con = shop.engine.con
    values = blocked_pseudonyms(shop, graph.kinds)
    pairs = [(kind, value) for kind, own in values.items() for value in sorted(own)]
    kinds, pseudonyms = zip(*pairs, strict=True) if pairs else ((), ())
    con.register("nobody", pa.table({"type": pa.array(kinds, pa.string()), "value": pa.array(pseudonyms, pa.string())}))
    found = con.execute("SELECT node FROM nodes JOIN nobody ON nobody.type = nodes.type AND value = identifier")
    blocked = np.zeros(len(graph.kind), dtype=bool)
    blocked[found.fetchnumpy()["node"]] = True
    con.unregister("nobody")
    return blocked


def _register(con: DuckDBPyConnection, resolved: Resolved, graph: Graph) -> None:
    """Hand what was found back to the engine: temp tables owners, verdicts, stretches, merges."""
    eras, verdict = resolved.eras, resolved.eras.verdict
    told = history(eras.graph, verdict)
    # An edge that is accepted for one owner of an identifier is accepted.
    reason = np.full(len(graph.first), len(REASONS) + 1, dtype=np.int64)
    np.minimum.at(reason, eras.source, verdict.reason)
    tables = {
        "owners": {
            "owner": np.arange(len(eras.origin)), "node": eras.origin, "era": eras.era,
            "seen_at": _moments(eras.graph.seen),
            "valid_from": _moments(eras.valid_from, ALWAYS), "valid_to": _moments(eras.valid_to, STILL),
            "status": pa.array(STATUS).take(pa.array(verdict.status)), "is_shared": verdict.status == SHARED,
            "somebody": resolved.somebody,
        },
        "verdicts": {
            "number": np.arange(len(reason)),
            "edge": pa.array(np.arange(len(reason)), mask=graph.rule != EVENT),
            "strong": graph.strong, "weak": graph.weak, "first_at": _moments(graph.first),
            "last_at": _moments(graph.last), "rule": pa.array(RULES).take(pa.array(graph.rule)),
            "reason": pa.array((None, *REASONS)).take(pa.array(reason)), "weight": graph.weight,
        },
        "stretches": {
            "owner": told.node, "name": told.name, "known_from": _moments(told.begins),
            "known_to": _moments(told.ends, NOW),
        },
        "merges": {
            "merged": told.merged, "kept": told.kept, "verdict": eras.source[told.edge], "at": _moments(told.at),
        },
    }  # fmt: skip
    for name, columns in tables.items():
        con.register("handed", pa.table(columns))
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM handed")
        con.unregister("handed")
    con.execute(_NAMES)


def _moments(at: NDArray[np.int64], none: int | None = None) -> pa.Array:
    mask = np.zeros(len(at), dtype=bool) if none is None else at == none
    return pa.array(np.where(mask, 0, at), type=pa.timestamp("us"), mask=mask)


_NAMES = """CREATE OR REPLACE TEMP TABLE names AS
    SELECT owner, node, type, identifier, era, seen_at, valid_from, valid_to, is_shared, somebody, 'p' || left(md5(
        type || ':' || identifier || CASE WHEN era > 0 THEN ':' || era ELSE '' END), 15) AS profile_id
    FROM owners JOIN nodes USING (node)"""

_TABLES = {
    "identifiers": """SELECT DISTINCT type, identifier, first_seen_at, last_seen_at, status
        FROM nodes JOIN owners USING (node)""",
    "identity_edges": """SELECT x.type AS a_type, x.identifier AS a, y.type AS b_type, y.identifier AS b, message_id,
        v.first_at AS first_seen_at, v.last_at AS last_seen_at, coalesce(events, 0) AS events, rule, weight,
        CASE WHEN reason IS NULL THEN 'accepted' ELSE 'blocked' END AS status, reason
        FROM verdicts v JOIN nodes x ON x.node = v.strong JOIN nodes y ON y.node = v.weak
        LEFT JOIN edges ON edges.edge = v.edge""",
    "identity_map": """SELECT own.type, own.identifier, own.era, name.profile_id, own.seen_at AS first_seen_at,
        own.valid_from, own.valid_to, known_from, known_to, own.is_shared, coalesce(l.link, 1) AS link
        FROM stretches s JOIN names own ON own.owner = s.owner JOIN names name ON name.owner = s.name
        LEFT JOIN (SELECT node, max(weight) AS link FROM (SELECT unnest([strong, weak]) AS node, weight
            FROM verdicts WHERE reason IS NULL) GROUP BY node) l ON l.node = own.node
        WHERE own.somebody""",
    "profile_alias": """SELECT own.profile_id AS alias, name.profile_id AS profile_id
        FROM stretches s JOIN names own ON own.owner = s.owner JOIN names name ON name.owner = s.name
        WHERE known_to IS NULL AND own.owner != name.owner AND own.somebody""",
    "merge_log": """SELECT gone.profile_id AS merged, stays.profile_id AS kept, m.at AS merged_at, x.type AS a_type,
        x.identifier AS a, y.type AS b_type, y.identifier AS b, message_id, v.rule AS rule
        FROM merges m JOIN names gone ON gone.owner = m.merged JOIN names stays ON stays.owner = m.kept
        JOIN verdicts v ON v.number = m.verdict
        JOIN nodes x ON x.node = v.strong JOIN nodes y ON y.node = v.weak
        LEFT JOIN edges ON edges.edge = v.edge""",
}
