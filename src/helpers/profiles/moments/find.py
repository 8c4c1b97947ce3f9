"""All moments of all people, as of a moment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import ibis

from helpers.profiles.facts import FOUND
from helpers.profiles.moments.after_orders import post_purchase
from helpers.profiles.moments.carts import cart_abandoned, checkout_abandoned
from helpers.profiles.moments.looks import browsing, hesitating, price_waiting, returning
from helpers.profiles.moments.onboarding import stalled_onboarding
from helpers.profiles.moments.pace import accelerating, active_days
from helpers.profiles.moments.spells import as_moments, spells
from helpers.profiles.moments.support import case_steps, loyal, silent_risk, support_open
from helpers.profiles.moments.visits import needs_assistance

if TYPE_CHECKING:
    from helpers.datasets import Shop

# What `moments` reads of events, beside profile_id and weight.
READ = (
    "message_id", "event", "timestamp", "local_time", "category", "session_id", "page_path", "page_category",
    "product_id", "product_category", "order_id", "revenue", "ticket_id", "support_outcome", "search_term",
    "properties",
)  # fmt: skip


def moments(events: ibis.Table, rhythm: ibis.Table, *, as_of: datetime) -> ibis.Table:
    """The moments that people are in or were in.

    What an event tells counts from its moment on: as of an earlier moment the same rows come out as of the events
    before it, but that those which still hold then have no end yet.

    Args:
        events: Columns `READ`, profile_id and weight, as `person_events` gives them.
        rhythm: Columns profile_id, day (local) and g: the mean gap in days between active days, as known at the end of
            that day.
        as_of: In UTC; the events lie before it.

    Returns:
        Rows of table `moments`.
    """
    # A third of a log may be messages that arrived: nobody does anything by that.
    events = events.filter(events.event.notin(["Email Delivered", "SMS Delivered"]))
    looks, cases, days = returning(events), case_steps(events), active_days(events)
    again = [
        browsing(events), hesitating(looks), price_waiting(looks, events), silent_risk(cases, days, rhythm),
        needs_assistance(events), accelerating(days, rhythm), stalled_onboarding(events, days),
    ]  # fmt: skip
    once = [
        cart_abandoned(events), checkout_abandoned(events), post_purchase(events, rhythm), support_open(cases),
        loyal(cases, events),
    ]  # fmt: skip
    return as_moments(ibis.union(spells(ibis.union(*again), as_of), *once), as_of)


def all_moments(shop: Shop, events: ibis.Table, rhythm: ibis.Table) -> ibis.Table:
    """The rows of table `moments` as of `shop.as_of`.

    Args:
        shop: An open data set.
        events: Columns `READ`, profile_id and weight, as `person_events` gives them.
        rhythm: As for `moments`.
    """
    return shop.computed(lambda *rows: moments(*rows, as_of=shop.moment), events.select(*READ, *FOUND), rhythm)
