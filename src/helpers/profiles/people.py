"""Events of people: each event joined to the person behind it; generic contacts, programs and tests left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import identity, privacy

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop


def profiled(shop: Shop) -> ibis.Table:
    """People who may be profiled as of `shop.as_of`: one column, profile_id.

    Raises:
        PrivacyRefused: If the data set states no ground for profiling.
    """
    privacy.require_basis(shop)
    identity_map = identity.current(shop)
    if shop.settings.consent.source is None:
        return identity_map.select("profile_id").distinct()
    return privacy.may_profile(shop.table("consent_log"), identity_map, shop.midnight(shop.as_of))


def person_events(shop: Shop) -> ibis.Table:
    """Events before `shop.as_of` with a profile_id, of people who may be profiled.

    Returns:
        The columns of table `events` and profile_id; an event without an identifier is not in it, nor one that a
        program or the shop's own test made.
    """
    events = shop.table("events")
    human = ~(events.is_bot | events.is_machine_open | events.is_test)
    events = events.filter(events.timestamp < shop.midnight(shop.as_of), human)
    return identity.with_person(shop, events).semi_join(profiled(shop), "profile_id")
