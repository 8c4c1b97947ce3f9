"""Rewrites what is kept of folded events: without somebody, or under another key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from helpers import identity
from helpers.datasets import folded
from helpers.datasets.folded import BY_PERSON, SAID, put

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop
    from helpers.privacy import Pseudonymiser


def forget_folded(shop: Shop, names: list[str], identifiers: set[tuple[str, str]]) -> None:
    """Rewrite what is kept without the facts of one person and without their identifiers.

    Args:
        shop: The data set.
        names: What the person is or was called.
        identifiers: Type and pseudonym of the identifiers that are theirs alone.
    """
    kept = folded(shop.name)
    if kept is None:
        return
    pairs = pa.table(
        {
            "_type": pa.array([kind for kind, _ in identifiers], pa.string()),
            "_id": pa.array([pseudonym for _, pseudonym in identifiers], pa.string()),
        }
    )
    own = shop.engine.create_table("left_out", pairs, temp=True, overwrite=True)
    tables = {name: kept.table(shop.engine, name) for name in (*BY_PERSON, "sets", *SAID)}
    for name in BY_PERSON:
        tables[name] = tables[name].filter(~tables[name].profile_id.isin(names))
    for name in ("attributes", "consent_log"):
        rows = tables[name]
        tables[name] = rows.anti_join(own, [rows.identifier_type == own["_type"], rows.identifier == own["_id"]])
    marks = [f"{kind}\x1f{pseudonym}" for kind, pseudonym in sorted(identifiers)]

    def is_own(one: ibis.expr.types.StructValue) -> ibis.expr.types.BooleanValue:
        return (one["type"] + "\x1f" + one["value"]).isin(marks)

    sets = tables["sets"]
    # The first identifier of a set is the strongest: the events were of whom it belongs to.
    sets = sets.filter(~is_own(sets.ids[0]))
    tables["sets"] = sets.mutate(ids=sets.ids.filter(lambda one: ~is_own(one)))
    put(shop, kept.cutoffs, tables)


def rename_folded(shop: Shop, pseudonym: Pseudonymiser) -> None:
    """Bring what is kept over to the present key.

    Args:
        shop: The data set, its published tables still those of an earlier key.
        pseudonym: Of the present key and those before.
    """
    kept = folded(shop.name)
    if kept is None or kept.key == pseudonym.fingerprint:
        return
    con = shop.engine
    for name in (*BY_PERSON, "sets", *SAID):
        con.create_view(f"old_{name}", kept.table(con, name), overwrite=True)
    pairs = con.con.execute(_PAIRS).fetchall()
    people = shop.table("identity_map").select("type", "identifier", "era").distinct().to_pyarrow().to_pylist()
    seen = [(each["type"], each["identifier"], each["era"]) for each in people]
    new = {pair: pseudonym.brought_over(*pair, since=kept.key) for pair in {*pairs, *(each[:2] for each in seen)}}
    names = {identity.name_of(kind, old, era): identity.name_of(kind, new[kind, old], era) for kind, old, era in seen}
    identifiers = pa.table({"type": [kind for kind, _ in new], "old": [old for _, old in new], "new": [*new.values()]})
    con.create_table("brought_over", identifiers, temp=True, overwrite=True)
    con.create_table("renamed", pa.table({"old": [*names], "new": [*names.values()]}), temp=True, overwrite=True)
    shop.store.key = pseudonym.fingerprint
    for name in (*BY_PERSON, "sets", *SAID):
        query = _UNDER_ANOTHER_KEY.get(name, f"SELECT * FROM old_{name}")
        con.con.execute(f"CREATE OR REPLACE TEMP VIEW new_{name} AS {query}")
    put(shop, kept.cutoffs, {name: con.table(f"new_{name}") for name in (*BY_PERSON, "sets", *SAID)})


_PAIRS = """SELECT DISTINCT type, value FROM (SELECT one.type, one.value FROM (SELECT unnest(ids) AS one FROM old_sets)
UNION SELECT identifier_type, identifier FROM old_attributes
UNION SELECT identifier_type, identifier FROM old_consent_log)"""
_RENAMED = """SELECT d.* REPLACE (coalesce(r.new, d.profile_id) AS profile_id)
FROM old_{0} d LEFT JOIN renamed r ON r.old = d.profile_id"""
_SAID = """SELECT s.* REPLACE (b.new AS identifier) FROM old_{0} s
JOIN brought_over b ON b.type = s.identifier_type AND b.old = s.identifier"""
_UNDER_ANOTHER_KEY = {
    "daily": _RENAMED.format("daily"),
    "daily_kinds": _RENAMED.format("daily_kinds"),
    "sets": """SELECT list_sort(list({'rank': one.rank, 'type': one.type, 'value': b.new})) AS ids, first_at, last_at,
        first_message, events
        FROM (SELECT *, unnest(ids) AS one FROM (SELECT *, row_number() OVER () AS number FROM old_sets))
        JOIN brought_over b ON b.type = one.type AND b.old = one.value
        GROUP BY number, first_at, last_at, first_message, events""",
    "attributes": _SAID.format("attributes"),
    "consent_log": _SAID.format("consent_log"),
}
