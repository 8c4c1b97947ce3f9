from __future__ import annotations

import pytest

from helpers import identity, profiles


@pytest.fixture
def built(make_shop, log):
    """Builds the profiles of a log written by hand: profile by user_id."""

    def build(as_of: str, **head):
        shop = log.write(make_shop(as_of=as_of, **head))
        profiles.build(shop)
        people = {row["identifier"]: row["profile_id"] for row in identity.current(shop).to_pyarrow().to_pylist()}
        rows = {row["profile_id"]: row for row in shop.table("profiles").to_pyarrow().to_pylist()}
        return shop, {who: rows[profile] for who, profile in people.items() if profile in rows}

    return build


@pytest.fixture
def lived(make_shop, log):
    """The shop of a log written by hand, its profiles built."""

    def lived(**head):
        shop = log.write(make_shop(**head))
        profiles.build(shop)
        return shop

    return lived
