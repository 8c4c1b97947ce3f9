"""Brings what is kept of folded events under the present definitions, and marks what cannot be told any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from helpers.datasets import folded, lock
from helpers.datasets.declare import Column
from helpers.datasets.folded import BY_PERSON, SAID, Folded, put
from helpers.datasets.folded_versions import Break, columns_of
from helpers.datasets.tables import declared
from helpers.errors import WrongUse

if TYPE_CHECKING:
    from helpers.datasets import Shop


def require_fillable(found: list[Break]) -> None:
    """Make sure that what was not kept can be read as nothing.

    Raises:
        WrongUse: If a column that was not kept has no value that stands for nothing.
    """
    for each in found:
        if not each.is_whole:
            for column in each.lacks:
                _nothing(each.table, column)


def refold(shop: Shop) -> None:
    """Keep what is kept of folded events by the present definitions: what was not kept is read as nothing, and marked.

    It is put in place in one step; where all is of the present definitions, nothing is done.

    Args:
        shop: The data set; none of its tables is read.

    Raises:
        WrongUse: If a column that was not kept has no value that stands for nothing.
    """
    with lock.hold(shop.name, who="migrate"):
        kept = folded(shop.name)
        found = {each.table: each for each in kept.unlike()} if kept else {}
        if not found:
            return
        # No pseudonym is made: what is kept stays under the key it was kept under, be it the present one or not.
        shop.store.key = kept.key
        names = (*BY_PERSON, "sets", *SAID)
        tables = {
            name: _filled(shop, kept, found[name]) if name in found else kept.table(shop.engine, name) for name in names
        }
        put(shop, kept.cutoffs, tables, breaks=list(found.values()))


def _filled(shop: Shop, kept: Folded, found: Break) -> ibis.Table:
    """A table as it was kept, with nothing in the columns that were not."""
    types = {column: _declared(found.table, column).dtype for column in columns_of(found.table)}
    if found.is_whole:
        empty = ibis.schema(types)
        return shop.engine.create_table(f"no_{found.table}", schema=empty, temp=True, overwrite=True)
    rows = shop.engine.read_parquet(kept.folder / f"{found.table}.parquet")
    nothing = {column: _nothing(found.table, column) for column in found.lacks}
    return rows.select(**{name: nothing[name] if name in nothing else rows[name].cast(types[name]) for name in types})


def _declared(table: str, column: str) -> Column:
    purpose = Column(name="purpose", dtype="string", meaning="The consent that covers the events.", nullable=True)
    return next((each for each in declared(table).columns if each.name == column), purpose)


def _nothing(table: str, column: str) -> ibis.Value:
    """What stands in a column of which nothing was kept."""
    said = _declared(table, column)
    dtype = ibis.dtype(said.dtype)
    # Without the consent that covers them, nobody could say whether facts may be used.
    if said.nullable and column != "purpose":
        return ibis.null(dtype)
    for is_kind, value in ((dtype.is_boolean(), False), (dtype.is_numeric(), 0), (dtype.is_string(), "")):
        if is_kind and column != "purpose":
            return ibis.literal(value).cast(dtype)
    raise WrongUse(
        f"Nothing can stand in column {column!r} of table {table!r} for events that are folded, and what was kept of "
        "them does not have it. Go back to the code that folded them, or give the column a value for nothing."
    )
