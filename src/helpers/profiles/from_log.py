"""Days of some people made anew of a log that ends at a cutoff: the other way to the days that `past` tells of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from helpers import identity, privacy
from helpers.datasets.tables.ingestion import CATEGORIES
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
        Rows of table `daily`; of a category that was told of others alone, one event of one of them more.
    """
    moment = shop.midnight(cutoff)
    then = identity.as_of(shop, {cutoff: moment}).drop("cutoff").cache()
    spans = permissions(shop, then)
    answers = privacy.allowed_at(spans, moment)
    events = person_events(shop, *READ)
    events = identity.with_person(events.filter(events.timestamp < moment).drop("profile_id"), then)
    events = only_profiled(events.filter(events.profile_id.notnull()), answers, unasked=unasked(shop))
    used = privacy.without_untracked(events, spans, tracked(shop), answers, unasked=unasked(shop))
    own = used.semi_join(people, "profile_id").select(*READ, *FOUND).cache()
    # What was told of nobody is missing, of all others 0: that is learned of everybody, so one event of each tells it.
    told = {*own.category.as_table().distinct().to_pyarrow()["category"].to_pylist()}
    others = used.filter(used.category.isin(sorted({*CATEGORIES} - told))).select(*READ, *FOUND)
    one_each = others.group_by("category").aggregate(message_id=others.message_id.min())
    return shop.computed(fold, own.union(others.semi_join(one_each, "message_id"))).cache()
