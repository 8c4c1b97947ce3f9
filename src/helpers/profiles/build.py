"""Builds people and profiles: identity, who may be written to, customer-day facts, profiles; states and moments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from helpers import identity, privacy
from helpers.datasets import folded
from helpers.errors import NothingToDo, WrongUse
from helpers.profiles import moments
from helpers.profiles.affinities import affinities
from helpers.profiles.contacts import contacts
from helpers.profiles.facts import FOUND
from helpers.profiles.folded_facts import all_days, all_kinds, events_at_hand
from helpers.profiles.panel import panel
from helpers.profiles.past import Then, as_then
from helpers.profiles.people import person_events, profiled
from helpers.profiles.states import build as states

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Built(NamedTuple):
    """How many people there are.

    Attributes:
        people: People behind all identifiers.
        profiles: Of these, with a profile.
        generic_contacts: Known by more than a device and not to be profiled: written to at most.
        contacts: Of these, who may be written to.
        visitors: Known by a device alone, and not to be profiled because nobody could ask them.
    """

    people: int
    profiles: int
    generic_contacts: int
    contacts: int
    visitors: int


def build(shop: Shop) -> Built:
    """Write the tables of identity, contacts, daily, daily_kinds, profiles and affinities as of `shop.as_of`.

    Raises:
        PrivacyRefused: If the data set states no ground for profiling.
        NothingToDo: If nobody may be profiled.
        WrongUse: If events since `shop.as_of` are folded: what was known of people then cannot be told from it.
    """
    privacy.require_basis(shop)
    _require_whole(shop)
    identity.stitch(shop)
    identity_map = identity.current(shop)
    left_out = identity_map.anti_join(profiled(shop), "profile_id")
    by_person = left_out.group_by("profile_id").aggregate(named=(left_out.type != "anonymous_id").any())
    counts = by_person.aggregate(named=by_person.named.sum(), all=by_person.count()).to_pyarrow().to_pylist()[0]
    people = identity_map.profile_id.nunique().to_pyarrow().as_py()
    shop.write("contacts", contacts(shop))
    listed = shop.table("contacts")
    generic = listed.filter(~listed.is_profiled).count().to_pyarrow().as_py()
    with events_at_hand(shop) as events:
        shop.write("daily", all_days(shop, events))
        shop.write("daily_kinds", all_kinds(shop, events))
    seen = as_then(shop, [shop.as_of])
    profiles = shop.write("profiles", panel(shop, [shop.as_of], seen=seen).drop("cutoff"))
    liked = shop.computed(lambda *parts: affinities(Then(*parts), [shop.as_of]).drop("cutoff"), *seen)
    shop.write("affinities", liked)
    if profiles == 0:
        raise NothingToDo(f"{shop.name}: none of {people:,} people may be profiled, so there is nobody to describe.")
    named = counts["named"] or 0
    return Built(
        people=people,
        profiles=profiles,
        generic_contacts=named,
        contacts=generic,
        visitors=counts["all"] - named,
    )


def _require_whole(shop: Shop) -> None:
    kept = folded(shop.name)
    if kept and shop.moment < kept.first_whole_moment:
        raise WrongUse(
            f"as_of {shop.as_of} lies before {shop.local_day(kept.first_whole_moment)}, up to which the events of "
            f"{shop.name!r} are folded. Look at that day or a later one."
        )


def build_states(shop: Shop) -> None:
    """Write the tables of states and moments as of `shop.as_of`.

    Args:
        shop: An open data set whose profiles are built.
    """
    columns = dict.fromkeys((*states.READ, *moments.READ))
    with shop.at_hand(person_events(shop, *columns).select(*columns, *FOUND)) as events:
        rhythm = states.build(shop, events)
        shop.write("moments", moments.all_moments(shop, events, rhythm))


def build_panel(shop: Shop) -> list[date]:
    """Write table `panel`: profiles as of the first days of the last twelve months.

    Args:
        shop: An open data set whose profiles are built.

    Returns:
        Those days, earliest first; `shop.as_of` alone where the history is younger than a month.
    """
    cutoffs = month_starts(shop)
    shop.write("panel", panel(shop, cutoffs))
    return cutoffs


def month_starts(shop: Shop) -> list[date]:
    """The first days of the last twelve months that began by `shop.as_of` and after the first event; today if none."""
    daily = shop.table("daily")
    first = daily.day.min().to_pyarrow().as_py() or shop.as_of
    latest = shop.as_of.year * 12 + shop.as_of.month - 1
    months = [date(month // 12, month % 12 + 1, 1) for month in range(latest - MONTHS + 1, latest + 1)]
    return [month for month in months if month > first] or [shop.as_of]


MONTHS = 12
