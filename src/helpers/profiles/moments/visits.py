"""Visits in which somebody seems lost."""

from __future__ import annotations

import ibis

from helpers.profiles.facts import ORDER
from helpers.profiles.moments.signs import asks_for_help
from helpers.profiles.moments.spells import DAY, ends, next_at, pulse, said

ERROR = "Error Shown"
# One help page is looked up, and anybody meets an error: the third page and the second error tell that neither helped.
HELP_VIEWS, ERRORS = 3, 2
# Help that comes a day later is help with something else.
LASTS = DAY


def needs_assistance(events: ibis.Table) -> ibis.Table:
    """Pulses of needs_assistance: the third help page or second error of a visit, and each one after it.

    Which pages are help pages is told by their path or category (`signs`).
    """
    signs = events.filter((events.event == ERROR) | asks_for_help(events), events.session_id.notnull())
    signs = signs.select("profile_id", "message_id", "timestamp", "event", "session_id")
    visit = ["profile_id", "session_id"]
    so_far = ibis.cumulative_window(group_by=visit, order_by=[signs.timestamp, signs.message_id])
    errors = (signs.event == ERROR).cast("int64").sum().over(so_far)
    signs = signs.mutate(errors=errors, pages=signs.count().over(so_far) - errors)
    enough = ibis.ifelse(signs.event == ERROR, signs.errors >= ERRORS, signs.pages >= HELP_VIEWS)
    rows = signs.mutate(enough=enough)
    orders = events.filter(events.event == ORDER).semi_join(rows.filter(rows.enough), "profile_id")
    columns = ("profile_id", "message_id", "timestamp", "session_id", "errors", "pages", "enough")
    nothing = ibis.null("int64")
    rows = rows.select(*columns).union(orders.mutate(errors=nothing, pages=nothing, enough=False).select(*columns))
    is_order = rows.errors.isnull()
    rows = rows.mutate(ordered_at=next_at(rows, is_order, "profile_id")).filter(rows.enough)
    end = ends(rows.timestamp + ibis.interval(seconds=LASTS), order=rows.ordered_at)
    evidence = said(rows.pages, " help pages and ", rows.errors, " errors in one visit")
    return pulse(rows, "needs_assistance", about=rows.session_id, at=rows.timestamp, end=end, evidence=evidence)
