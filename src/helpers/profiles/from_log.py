"""Days of some people made anew of a log that ends at a cutoff: the other way to what `past` tells of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from helpers import identity, privacy
from helpers.profiles.facts import FOUND, fold
from helpers.profiles.kinds import READ, counted, kinds
from helpers.profiles.past import Then, only_profiled
from helpers.profiles.people import permissions, person_events, tracked, unasked

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop


def from_log(shop: Shop, cutoff: date, people: ibis.Table) -> Then:
    """What `panel` reads of some people, of the events, answers and identifiers before a cutoff and of nothing else.

    The tables that were written as of `shop.as_of` are asked for one thing alone: what may still be used now.

    Args:
        shop: An open data set whose `identity_map` is written.
        cutoff: A local day, not before the day up to which events are folded.
        people: Column profile_id: whom to tell of, by the names that they had then.

    Returns:
        For `panel`, at this cutoff alone; of each category that was told of anybody, one person more.
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
    with shop.at_hand(used.semi_join(names, "profile_id").select(*READ, *FOUND)) as own:
        days = shop.computed(fold, own).cache()
        by_kind = shop.computed(lambda *rows: counted(kinds(*rows)), own, shop.table("products")).cache()
    return Then(days, by_kind, then.semi_join(names, "profile_id"), answers.mutate(cutoff=cutoff), None)
