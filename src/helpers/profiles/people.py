"""Events of people: each event joined to the person behind it; generic contacts, programs and tests left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from helpers import privacy

if TYPE_CHECKING:
    from helpers.datasets import Shop


def profiled(shop: Shop) -> ibis.Table:
    """People who may be profiled as of `shop.as_of`: one column, profile_id.

    Raises:
        PrivacyRefused: If the data set states no ground for profiling.
    """
    privacy.require_basis(shop)
    identity_map = shop.table("identity_map")
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
    # All identifiers of one event belong to one person, so any of them will do.
    first = events.external_ids[0]
    kind = ibis.cases(
        (events.user_id.notnull(), "user_id"),
        (events.anonymous_id.notnull(), "anonymous_id"),
        else_=first["type"],
    )
    keyed = events.mutate(_kind=kind, _value=ibis.coalesce(events.user_id, events.anonymous_id, first["value"]))
    people = shop.table("identity_map").semi_join(profiled(shop), "profile_id")
    people = people.select(_kind=people.type, _value=people.identifier, profile_id=people.profile_id)
    return keyed.inner_join(people, ["_kind", "_value"]).drop("_kind", "_value")
