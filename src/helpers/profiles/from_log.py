"""Days of some people made anew of a log that ends at a cutoff: the other way to the days that `past` tells of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from helpers import identity, privacy
from helpers.profiles.facts import FOUND, READ, fold
from helpers.profiles.past import only_profiled
from helpers.profiles.people import permissions, person_events, tracked, unasked

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop


def from_log(shop: Shop, cutoff: date, people: ibis.Table) -> ibis.Table:
    """Days of some people, of the events, answers and identifiers before a cutoff and of nothing else.

    What was written as of `shop.as_of` is asked for one thing alone: what may still be used now.

    Args:
        shop: An open data set whose `identity_map` is written.
        cutoff: A local day, not before the one up to which events are folded.
        people: Column profile_id: whom to tell of, by the names that they had then.

    Returns:
        Rows of table `daily`; of each category that was told of anybody, those of one person more.
    """
    moment = shop.midnight(cutoff)
    then = identity.as_of(shop, {cutoff: moment}).drop("cutoff").cache()
    spans = permissions(shop, then)
    answers = privacy.allowed_at(spans, moment)
    events = person_events(shop, *READ)
    events = identity.with_person(events.filter(events.timestamp < moment).drop("profile_id"), then)
    events = only_profiled(events.filter(events.profile_id.notnull()), answers, unasked=unasked(shop))
    used = privacy.without_untracked(events, spans, tracked(shop), answers, unasked=unasked(shop))
    # What was told of nobody is missing, of all others 0: that is learned of everybody, so one of each tells it here.
    told = used.group_by("category").aggregate(profile_id=used.profile_id.min())
    names = people.select("profile_id").union(told.select("profile_id")).distinct().cache()
    own = used.semi_join(names, "profile_id").select(*READ, *FOUND).cache()
    return shop.computed(fold, own).cache()
