"""Customer-day facts of events that are folded: made of expired events once, and read with the others ever after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from helpers import privacy
from helpers.datasets import folded
from helpers.datasets.tables import declared
from helpers.profiles.facts import FOUND, READ, fold, together
from helpers.profiles.people import permissions, person_events, profiled, tracked, unasked

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.folded import Folded


def all_days(shop: Shop) -> ibis.Table:
    """The rows of table `daily`: of the events there are, and of those that are folded."""
    events = person_events(shop, *READ).select(*READ, *FOUND)
    days = shop.computed(fold, events)
    kept = folded(shop.name)
    if kept is None:
        return days
    columns = declared("daily").column_names
    return together(days.select(*columns).union(_allowed(shop, kept).select(*columns)))


def parts(shop: Shop, expired: Folded) -> ibis.Table:
    """What is to be kept of the events that expire now, and of those that are folded already.

    Args:
        shop: An open data set whose `identity_map` is written.
        expired: The cutoffs to be.

    Returns:
        Columns of table `daily`, and `purpose`, the consent that covers the events; missing where they need none.
    """
    events = person_events(shop, *READ)
    events = events.anti_join(expired.live(events), "message_id")
    cases = [(events.event == event, ibis.literal(purpose)) for event, purpose in sorted(tracked(shop).items())]
    named = events.mutate(purpose=ibis.cases(*cases, else_=ibis.null("string")) if cases else ibis.null("string"))
    columns = (*declared("daily").column_names, "purpose")
    new = shop.computed(lambda rows: fold(rows, "purpose"), named.select(*READ, *FOUND, "purpose")).select(*columns)
    kept = folded(shop.name)
    return new.union(_named_now(shop, kept).select(*columns)) if kept else new


def _named_now(shop: Shop, kept: Folded) -> ibis.Table:
    """The parts that are kept, under the names that people go by now."""
    rows = kept.table(shop.engine, "daily")
    alias = shop.table("profile_alias").select(_then="alias", _since="profile_id")
    named = rows.left_join(alias, rows.profile_id == alias["_then"])
    return named.mutate(profile_id=ibis.coalesce(named["_since"], named.profile_id)).select(*rows.columns)


def _allowed(shop: Shop, kept: Folded) -> ibis.Table:
    """The parts that may be used as of `shop.as_of`, as `person_events` says it of events."""
    rows = _named_now(shop, kept).filter(lambda row: row.day < shop.as_of).semi_join(profiled(shop), "profile_id")
    now = privacy.allowed_at(permissions(shop), shop.midnight(shop.as_of))
    now = now.select(_who="profile_id", _what="purpose", _now="allowed")
    known = rows.left_join(now, [rows.profile_id == now["_who"], rows.purpose == now["_what"]])
    return known.filter(known.purpose.isnull() | known["_now"].fill_null(unasked(shop))).select(*rows.columns)
