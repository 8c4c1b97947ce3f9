"""Takes somebody out of what is kept of folded events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from helpers.datasets import folded
from helpers.datasets.folded import SAID, put

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop


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
    tables = {name: kept.table(shop.engine, name) for name in ("daily", "sets", *SAID)}
    tables["daily"] = tables["daily"].filter(~tables["daily"].profile_id.isin(names))
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
