"""Events of people: each event joined to the person behind it; generic contacts, programs and tests left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from helpers import identity, privacy
from helpers.datasets import live, tracking_plan

if TYPE_CHECKING:
    from helpers.datasets import Shop


def profiled(shop: Shop) -> ibis.Table:
    """People who may be profiled as of `shop.as_of`: one column, profile_id.

    Where a source of consent says nothing of somebody the answer is no; with a stated basis it is yes, until they
    object.

    Raises:
        PrivacyRefused: If the data set states no ground for profiling.
    """
    privacy.require_basis(shop)
    answers = answers_now(shop)
    own = answers.filter(answers.purpose == "profiling")
    if unasked(shop):
        return identity.current(shop).select("profile_id").distinct().anti_join(own.filter(~own.allowed), "profile_id")
    return own.filter(own.allowed).select("profile_id")


def person_events(shop: Shop, *columns: str) -> ibis.Table:
    """Events before `shop.as_of` with a profile_id, of people who may be profiled and were and are tracked knowingly.

    Args:
        shop: An open data set whose `identity_map` is written.
        columns: Columns of `events` to read; all where none is named.

    Returns:
        These columns, profile_id, and weight, which the tracking plan gives the event; an event without an identifier
        is not in it, nor one that a program or the shop's own test made, nor one that needed a consent (by the tracking
        plan) which its person did not give then or does not give any more.
    """
    events = live(shop.name, shop.table("events"))
    human = ~(events.is_bot | events.is_machine_open | events.is_test)
    events = events.filter(events.timestamp < shop.moment, human)
    if columns:
        events = events.select(*dict.fromkeys((*columns, "event", "timestamp", *identity.CARRIED)))
    own = identity.with_person(events, identity.current(shop)).semi_join(profiled(shop), "profile_id")
    spans = permissions(shop)
    now = privacy.allowed_at(spans, shop.moment)
    used = privacy.without_untracked(own, spans, tracked(shop), now, unasked=unasked(shop))
    weights = [(used.event == name, planned.weight) for name, planned in tracking_plan(shop.name).events.items()]
    return used.mutate(weight=ibis.cases(*(each for each in weights if each[1] != 1), else_=1))


def tracked(shop: Shop) -> dict[str, str]:
    """Name of an event to the consent that covers it; the others need none."""
    planned = tracking_plan(shop.name).events.items()
    return {name: event.purpose for name, event in planned if event.purpose in TRACKED}


TRACKED = ("email_tracking", "sms_tracking", "web_tracking", "support_use")


def permissions(shop: Shop, people: ibis.Table | None = None) -> ibis.Table:
    """What each person allows, as `helpers.privacy.permissions` gives it; of people as told apart now or as given."""
    return privacy.permissions(shop.table("consent_log"), identity.current(shop) if people is None else people)


def answers_now(shop: Shop) -> ibis.Table:
    """The last answers before `shop.moment`, as `helpers.privacy.allowed_at` gives them."""
    return privacy.allowed_at(permissions(shop), shop.moment)


def unasked(shop: Shop) -> bool:
    """Whether somebody who has not answered allows what is asked."""
    return shop.settings.consent.source is None
