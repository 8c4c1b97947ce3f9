"""Builds people and profiles: identity, customer-day facts, profiles, in this order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers import identity, privacy
from helpers.errors import NothingToDo
from helpers.profiles.daily import fold
from helpers.profiles.people import person_events
from helpers.profiles.snapshot import snapshot

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Built(NamedTuple):
    """How many people there are.

    Attributes:
        people: People behind all identifiers.
        profiles: Of these, with a profile.
        generic_contacts: The others: written to where they agreed, and otherwise left alone.
    """

    people: int
    profiles: int
    generic_contacts: int


def build(shop: Shop) -> Built:
    """Write identity_map, daily and profiles as of `shop.as_of`.

    Raises:
        PrivacyRefused: If the data set states no ground for profiling.
        NothingToDo: If nobody may be profiled.
    """
    privacy.require_basis(shop)
    shop.write("identity_map", identity.stitch(shop))
    people = shop.table("identity_map").profile_id.nunique().to_pyarrow().as_py()
    shop.write("daily", fold(person_events(shop)))
    profiles = shop.write("profiles", snapshot(shop, shop.as_of))
    if profiles == 0:
        raise NothingToDo(f"{shop.name}: none of {people:,} people may be profiled, so there is nobody to describe.")
    return Built(people=people, profiles=profiles, generic_contacts=people - profiles)
