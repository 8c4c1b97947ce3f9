"""Keeps away records of who was forgotten and events that are folded, and takes identifiers out of others' records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from helpers.datasets import folded
from helpers.datasets.engine import quote
from helpers.datasets.tables.identity import strength
from helpers.ingestion.mapping.kinds import CAMPAIGNED, EVENT, OFFERED, TOLD, Kind
from helpers.privacy import blocked_pseudonyms, tombstones

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duckdb import DuckDBPyConnection

    from helpers.datasets import Shop

_UNDATED = "TIMESTAMP '1970-01-01'"  # what a record without a time says of an attribute
_PLAIN = ("user_id", "anonymous_id")


_NOBODY_GONE = "CREATE OR REPLACE TEMP TABLE gone (type VARCHAR, pseudonym VARCHAR, since TIMESTAMP, until TIMESTAMP)"


class Kept:
    """What a data set keeps of who was forgotten and of what is folded, put to use on one file after the other."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._someone_is_gone = False
        self.forgotten = tombstones.read(shop.name)
        self.folded = folded(shop.name)

    @property
    def fingerprint(self) -> str:
        """What decides which records are kept away; empty where none are."""
        return self.forgotten.fingerprint + (self.folded.expired_sql() if self.folded else "")

    def find(self, con: DuckDBPyConnection, kinds: Iterable[str]) -> bool:
        """Look for forgotten identifiers in a file whose temp table `pseudonyms` is there.

        Makes temp tables `gone` (type, pseudonym, since, until), `nobodys` (type, pseudonym), and two that `without`
        fills: `judged` (_row, dropped) and `expired` (_row).

        Args:
            con: DuckDB connection.
            kinds: Types of identifiers that the file has.

        Returns:
            Whether there may be something to keep away.
        """
        con.execute("CREATE OR REPLACE TEMP TABLE judged (_row BIGINT, dropped BOOLEAN)")
        con.execute("CREATE OR REPLACE TEMP TABLE expired (_row BIGINT)")
        con.execute(_NOBODY_GONE)
        if self.forgotten.tombstones:
            self._find_gone(con)
        self._someone_is_gone = bool(con.execute("SELECT count(*) FROM gone").fetchone()[0])
        if self._someone_is_gone:
            self._find_nobodys(con, sorted(kinds))
        return self._someone_is_gone or self.folded is not None

    def _find_gone(self, con: DuckDBPyConnection) -> None:
        rows = self.forgotten.tombstones
        con.register(
            "marks",
            pa.table(
                {
                    "mark": pa.array([each.mark for each in rows], pa.string()),
                    "since": pa.array([each.since for each in rows], pa.timestamp("us")),
                    "until": pa.array([each.until for each in rows], pa.timestamp("us")),
                }
            ),
        )
        con.execute(
            f"""INSERT INTO gone SELECT type, now AS pseudonym, since, until FROM marks
            JOIN (SELECT *, {tombstones.MARK_SQL} AS mark FROM (SELECT DISTINCT type, pseudonym AS now,
                unnest(list_append(earlier, pseudonym)) AS pseudonym FROM pseudonyms)) USING (mark)"""
        )
        con.unregister("marks")

    def _find_nobodys(self, con: DuckDBPyConnection, kinds: list[str]) -> None:
        """Identifiers that do not say whose a record is: those of nobody, and those of several."""
        nobodys = blocked_pseudonyms(self._shop, kinds)
        pairs = [(kind, pseudonym) for kind in kinds for pseudonym in sorted(nobodys[kind])]
        con.register("blocked", pa.table({"type": [kind for kind, _ in pairs], "pseudonym": [p for _, p in pairs]}))
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE nobodys AS FROM blocked
            UNION SELECT type, now FROM (SELECT type, pseudonym AS now,
                unnest(list_append(earlier, pseudonym)) AS pseudonym FROM pseudonyms)
            WHERE list_contains(?, {tombstones.MARK_SQL})""",
            [self.forgotten.shared],
        )
        con.unregister("blocked")

    def without(self, con: DuckDBPyConnection, kind: Kind, query: str) -> str:
        """The query of a block without events that are folded, and without what tells of who was forgotten.

        A row is of whom its strongest identifier belongs to, of those that are somebody's (as in
        `helpers.identity.with_person`). Of the rows of others only the identifiers are taken.

        Args:
            con: DuckDB connection, `find` having found something.
            kind: What the block makes.
            query: Its query.
        """
        if kind is EVENT and self.folded:
            con.execute(f"INSERT INTO expired SELECT _row FROM ({query}) WHERE {self.folded.expired_sql()}")
            query = f"SELECT * FROM ({query}) WHERE NOT {self.folded.expired_sql()}"
        if kind in (OFFERED, CAMPAIGNED) or not self._someone_is_gone:
            return query
        columns = {column for (column, *_) in con.execute(f"DESCRIBE {query}").fetchall()}
        plain = [each for each in _PLAIN if kind is EVENT and each in columns]
        lists = [f"[{{'type': {quote(each)}, 'value': {each}}}]" for each in plain]
        lists += ["coalesce(external_ids, [])"] if "external_ids" in columns else []
        moment = "valid_from" if kind is TOLD else "timestamp"
        # Without a time a record is of the first owner of an identifier, if of any.
        unknown = f"since IS NULL AND (moment IS NULL{f' OR moment = {_UNDATED}' if kind is TOLD else ''})"
        types = {name for (name,) in con.execute("SELECT type FROM gone UNION SELECT type FROM pseudonyms").fetchall()}
        order = sorted(types, key=lambda each: (strength(each), each))
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE taken AS
            WITH each AS (SELECT _row, {moment} AS moment, unnest({" || ".join(lists)}) AS i FROM ({query})),
            known AS (SELECT _row, i.type AS type, i.value AS pseudonym, g.pseudonym IS NOT NULL AS is_gone,
                    n.pseudonym IS NOT NULL AS is_nobodys
                FROM each LEFT JOIN gone g ON g.type = i.type AND g.pseudonym = i.value AND ({unknown}
                    OR (moment >= coalesce(since, moment) AND moment < until))
                LEFT JOIN nobodys n ON n.type = i.type AND n.pseudonym = i.value WHERE i.value IS NOT NULL)
            SELECT _row, list(DISTINCT {{'type': type, 'value': pseudonym}}) FILTER (WHERE is_gone) AS ids,
                arg_min(is_gone, list_position({order}, type)) FILTER (WHERE is_gone OR NOT is_nobodys) AS dropped
            FROM known GROUP BY _row HAVING bool_or(is_gone)"""
        )
        con.execute("INSERT INTO judged SELECT _row, dropped FROM taken")
        masked = [
            f"CASE WHEN NOT list_contains(coalesce(ids, []), {{'type': {quote(each)}, 'value': {each}}}) "
            f"THEN {each} END AS {each}"
            for each in plain
        ]
        if "external_ids" in columns:
            left = "[x FOR x IN external_ids IF NOT list_contains(ids, x)]"
            masked.append(
                f"CASE WHEN ids IS NULL THEN external_ids WHEN len({left}) > 0 THEN {left} END AS external_ids"
            )
        return (
            f"SELECT made.* REPLACE ({', '.join(masked)}) FROM ({query}) made LEFT JOIN taken USING (_row) "
            "WHERE NOT coalesce(dropped, false)"
        )
