from __future__ import annotations

import pytest

from helpers import identity


@pytest.fixture
def stitched(make_shop, log):
    """Stitches the log written by hand; returns the shop."""

    def stitched(**head):
        shop = log.write(make_shop(**head))
        identity.stitch(shop)
        return shop

    return stitched


def people(shop) -> dict[str, str]:
    """Identifier to person, of identifiers with one owner."""
    return {row["identifier"]: row["profile_id"] for row in rows(identity.current(shop)) if row["era"] == 0}


def rows(table) -> list[dict]:
    return table.to_pyarrow().to_pylist()


def edges(shop) -> dict[tuple[str, str], str | None]:
    """Pairs of identifiers to the reason why they are blocked, None where they are not."""
    return {(row["a"], row["b"]): row["reason"] for row in rows(shop.table("identity_edges"))}


def statuses(shop) -> dict[str, str]:
    """Identifier to what it stands for."""
    return {row["identifier"]: row["status"] for row in rows(shop.table("identifiers"))}
