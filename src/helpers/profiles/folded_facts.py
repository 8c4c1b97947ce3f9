"""Facts of events that are folded: made of expired events once, and read with the others ever after."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import ibis

from helpers.datasets import folded
from helpers.datasets.folded import BY_PERSON
from helpers.datasets.tables import declared
from helpers.profiles import facts, kinds
from helpers.profiles.facts import FOUND, fold, together
from helpers.profiles.people import answers_now, person_events, profiled, tracked, unasked

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.folded import Folded


def events_at_hand(shop: Shop) -> AbstractContextManager[ibis.Table]:
    """The events of people, with what facts and kinds are made of."""
    return shop.at_hand(person_events(shop, *kinds.READ).select(*kinds.READ, *FOUND))


def all_days(shop: Shop, events: ibis.Table) -> ibis.Table:
    """The rows of table `daily`: of events as `events_at_hand` gives them, and of those that are folded."""
    days = shop.computed(fold, events.select(*facts.READ, *FOUND))
    kept = folded(shop.name)
    if kept is None:
        return days
    columns = declared("daily").column_names
    return together(days.select(*columns).union(_allowed(shop, kept, "daily").select(*columns)))


def all_kinds(shop: Shop, events: ibis.Table) -> ibis.Table:
    """The rows of table `daily_kinds`: of events as `events_at_hand` gives them, and of those that are folded."""
    kept, products = folded(shop.name), shop.table("products")
    if kept is None:
        return shop.computed(lambda *rows: kinds.counted(kinds.kinds(*rows)), events, products)
    columns = declared("daily_kinds").column_names
    rows = shop.computed(kinds.kinds, events, products)
    live = kinds.counted(rows.filter(_rests_on_live(rows, kept))).select(*columns)
    return kinds.counted(live.union(_allowed(shop, kept, "daily_kinds").select(*columns)))


def parts(shop: Shop, events: ibis.Table, expired: Folded) -> dict[str, ibis.Table]:
    """What is to be kept of the events that expire now, and of those that are folded already.

    Args:
        shop: An open data set whose `identity_map` is written.
        events: As `events_at_hand` gives them.
        expired: The cutoffs to be.

    Returns:
        Of each of `BY_PERSON`, its columns and `purpose`, the consent that covers the events; missing where none does.
    """
    kept = folded(shop.name)
    new = {"daily": _days_of(shop, events, expired), "daily_kinds": _kinds_of(shop, events, expired, kept)}
    columns = {name: (*declared(name).column_names, "purpose") for name in BY_PERSON}
    rows = {name: new[name].select(*columns[name]) for name in BY_PERSON}
    if kept is None:
        return rows
    return {name: rows[name].union(_named_now(shop, kept, name).select(*columns[name])) for name in BY_PERSON}


def _days_of(shop: Shop, events: ibis.Table, expired: Folded) -> ibis.Table:
    events = events.anti_join(expired.live(events), "message_id")
    named = events.mutate(purpose=_purpose(shop, events.event))
    return shop.computed(lambda rows: fold(rows, "purpose"), named.select(*facts.READ, *FOUND, "purpose"))


def _kinds_of(shop: Shop, events: ibis.Table, expired: Folded, kept: Folded | None) -> ibis.Table:
    rows = shop.computed(kinds.kinds, events, shop.table("products"))
    rows = rows.filter(_rests_on_live(rows, kept)) if kept else rows
    rows = rows.filter(~_rests_on_live(rows, expired))
    purpose = ibis.coalesce(_purpose(shop, rows.first_event), _purpose(shop, rows.last_event))
    return kinds.counted(rows.mutate(purpose=purpose), "purpose")


def _rests_on_live(rows: ibis.Table, kept: Folded) -> ibis.expr.types.BooleanValue:
    """Whether rows of `kinds` rest on no event that is folded."""
    live = kept.is_live(rows.first_event, rows.rests_since) & kept.is_live(rows.last_event, rows.rests_since)
    # Any act could have been the first one after a case.
    return live & ((rows.kind != "back after case") | (rows.rests_since >= kept.first_whole_moment))


def _purpose(shop: Shop, event: ibis.Value) -> ibis.Value:
    cases = [(event == name, ibis.literal(purpose)) for name, purpose in sorted(tracked(shop).items())]
    return ibis.cases(*cases, else_=ibis.null("string")) if cases else ibis.null("string")


def _named_now(shop: Shop, kept: Folded, name: str) -> ibis.Table:
    """The parts that are kept, under the names that people go by now."""
    rows = kept.table(shop.engine, name)
    alias = shop.table("profile_alias").select(_then="alias", _since="profile_id")
    named = rows.left_join(alias, rows.profile_id == alias["_then"])
    return named.mutate(profile_id=ibis.coalesce(named["_since"], named.profile_id)).select(*rows.columns)


def _allowed(shop: Shop, kept: Folded, name: str) -> ibis.Table:
    """The parts that may be used as of `shop.as_of`, as `person_events` says it of events."""
    rows = _named_now(shop, kept, name).filter(lambda row: row.day < shop.as_of).semi_join(profiled(shop), "profile_id")
    now = answers_now(shop).select(_who="profile_id", _what="purpose", _now="allowed")
    known = rows.left_join(now, [rows.profile_id == now["_who"], rows.purpose == now["_what"]])
    return known.filter(known.purpose.isnull() | known["_now"].fill_null(unasked(shop))).select(*rows.columns)
