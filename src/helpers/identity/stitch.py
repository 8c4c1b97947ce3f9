"""Identifiers to people: identifiers that one event carries together belong to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop


def stitch(shop: Shop) -> ibis.Table:
    """Group the identifiers seen before `shop.as_of` into people.

    Two identifiers are one person when a chain of events joins them (connected components). A person is named
    after the identifier seen first, so that later ones change no name.

    Returns:
        Rows of table `identity_map`.
    """
    con = shop.engine.con
    shop.engine.create_view("log", shop.table("events"), overwrite=True)
    con.execute(_SEEN, [shop.midnight(shop.as_of)])
    con.execute(_NUMBERED)
    first, second = (column.to_numpy() for column in con.execute(_EDGES).to_arrow_table().columns)
    size = con.execute("SELECT count(*) FROM numbered").fetchone()[0]
    graph = coo_array((np.ones(len(first), dtype=np.int8), (first, second)), shape=(size, size))
    _, component = connected_components(graph, directed=False)
    con.register("components", pa.table({"number": np.arange(size), "component": component}))
    con.execute(_PEOPLE)
    con.unregister("components")
    return shop.engine.table("people")


# One row an event and identifier.
_SEEN = """CREATE OR REPLACE TEMP TABLE seen AS
    WITH known AS (SELECT message_id, timestamp, user_id, anonymous_id, external_ids FROM log WHERE timestamp < ?)
    SELECT message_id, timestamp, 'user_id' AS type, user_id AS identifier FROM known WHERE user_id IS NOT NULL
    UNION ALL SELECT message_id, timestamp, 'anonymous_id', anonymous_id FROM known WHERE anonymous_id IS NOT NULL
    UNION ALL SELECT message_id, timestamp, i.type, i.value
        FROM (SELECT message_id, timestamp, unnest(external_ids) AS i FROM known)"""

_NUMBERED = """CREATE OR REPLACE TEMP TABLE numbered AS
    SELECT *, row_number() OVER (ORDER BY first_seen_at, type, identifier) - 1 AS number FROM (
        SELECT type, identifier, min(timestamp) AS first_seen_at, max(timestamp) AS last_seen_at
        FROM seen GROUP BY type, identifier)"""

_EDGES = """SELECT DISTINCT min(number) OVER (PARTITION BY message_id) AS a, number AS b
    FROM seen JOIN numbered USING (type, identifier)
    QUALIFY count(*) OVER (PARTITION BY message_id) > 1"""

_PEOPLE = """CREATE OR REPLACE TEMP TABLE people AS
    SELECT type, identifier, 'p' || left(md5(oldest), 15) AS profile_id, first_seen_at, last_seen_at FROM (
        SELECT *, first_value(type || ':' || identifier) OVER (PARTITION BY component ORDER BY number) AS oldest
        FROM numbered JOIN components USING (number))"""
