"""Support cases: open ones, silence after a bad one, and orders in spite of one."""

from __future__ import annotations

import ibis

from helpers.profiles.facts import ORDER
from helpers.profiles.moments.rhythm import usual
from helpers.profiles.moments.spells import DAY, HOUR, ends, next_at, pulse, said, second
from helpers.profiles.silence import BAD_OUTCOMES, SHORTEST, at_risk, churned

OPEN, REOPEN, RESOLVE = "Support Ticket Opened", "Support Ticket Reopened", "Support Ticket Resolved"
# Two days are what customers of a help desk bear, and what S11 calls solved fast; what takes longer is slow.
FAST = 48 * HOUR
ORDER_WITHIN, LOYAL = 60 * DAY, 60 * DAY


def case_steps(events: ibis.Table) -> ibis.Table:
    """The steps by which support cases opened and closed.

    Returns:
        Columns profile_id, ticket_id, message_id, timestamp, day (local), is_open (from this step on), was_good
        (resolved within 48 hours, and not badly), next_step_at.
    """
    steps = events.filter(events.event.isin([OPEN, REOPEN, RESOLVE]), events.ticket_id.notnull())
    steps = steps.select("profile_id", "ticket_id", "message_id", "timestamp", "event", "support_outcome",
                         day=steps.local_time.date(), is_open=steps.event != RESOLVE)  # fmt: skip
    case = ["profile_id", "ticket_id"]
    before = steps.is_open.lag().over(ibis.window(group_by=case, order_by=[steps.timestamp, steps.message_id]))
    # What opens an open case again, or resolves one that is not open, changes nothing.
    steps = steps.mutate(was_open=before.fill_null(False))
    steps = steps.filter(steps.is_open != steps.was_open)
    order = {"group_by": case, "order_by": [steps.timestamp, steps.message_id]}
    steps = steps.mutate(place=ibis.row_number().over(ibis.window(**order)))
    begins = (steps.event == OPEN) | (steps.place == 0)
    order = {"group_by": case, "order_by": [steps.timestamp, steps.message_id]}
    steps = steps.mutate(
        opened_at=ibis.ifelse(begins, steps.timestamp, None).max().over(ibis.cumulative_window(**order)),
        next_step_at=steps.timestamp.lead().over(ibis.window(**order)),
        is_bad=steps.support_outcome.lower().isin(BAD_OUTCOMES).fill_null(False),
    )
    fast = steps.timestamp <= steps.opened_at + ibis.interval(seconds=FAST)
    steps = steps.mutate(was_good=~steps.is_open & fast & ~steps.is_bad)
    return steps.drop("event", "support_outcome", "was_open", "place", "opened_at", "is_bad")


def support_open(steps: ibis.Table) -> ibis.Table:
    """Pulses of support_open, of steps as `case_steps` gives them."""
    steps = steps.filter(steps.is_open)
    end = ends(None, resolved=steps.next_step_at)
    return pulse(steps, "support_open", about=steps.ticket_id, at=steps.timestamp, end=end,
                 evidence=said("case open"))  # fmt: skip


def silent_risk(steps: ibis.Table, days: ibis.Table, rhythm: ibis.Table) -> ibis.Table:
    """Pulses of support_silent_risk: silence after a case that is open, was resolved after 48 hours or ended badly.

    It is counted from the last step of the case, and anew from what they do while it is open. Whoever is disappointed
    complains or leaves without a word (Hirschman 1970, Exit, Voice, and Loyalty); a complaint that came to nothing has
    used up the first.

    Args:
        steps: As `case_steps` gives them.
        days: As `active_days` gives them.
        rhythm: As `moments` takes it.
    """
    bad = steps.filter(steps.is_open | ~steps.was_good, _stays(steps, steps.next_step_at))
    rows = bad.mutate(is_order=False).drop("was_good")
    rows = rows.union(_acts(days.semi_join(bad, "profile_id")).select(*rows.columns))
    rows = rows.mutate(next_act_at=next_at(rows, rows.ticket_id.isnull(), "profile_id"),
                       next_order_at=next_at(rows, rows.is_order, "profile_id"))  # fmt: skip
    starts = rows.filter(rows.ticket_id.notnull(), _stays(rows, rows.next_act_at))
    starts = usual(starts.union(_acts_meanwhile(rows).select(*starts.columns)), rhythm)
    lengths = {"silence": at_risk(starts.g), "gone": churned(starts.g)}
    starts = starts.mutate(**{name: (days * DAY).round().cast("int64") for name, days in lengths.items()})
    starts = starts.mutate(
        at=starts.timestamp + starts.silence.as_interval("s"), gone_at=starts.timestamp + starts.gone.as_interval("s")
    )
    unchanged = (ibis.least(starts.next_act_at, starts.next_step_at) >= starts["at"]).fill_null(True)
    starts = starts.filter(starts["at"].notnull(), unchanged)
    ordered = starts.next_order_at == starts.next_act_at
    order_at = ibis.ifelse(ordered, starts.next_act_at, None)
    end = ends(starts.gone_at, order=order_at, activity=starts.next_act_at)
    evidence = said(ibis.ifelse(starts.is_open, "case left open, ", "case ended late or badly, "),
                    starts.silence // DAY, " days of silence")  # fmt: skip
    return pulse(starts, "support_silent_risk", about=starts.ticket_id, at=starts["at"], end=end, evidence=evidence)


def _stays(rows: ibis.Table, until: ibis.Value) -> ibis.expr.types.BooleanValue:
    """Whether a silence that begins with a row could become long enough."""
    return (until >= rows.timestamp + ibis.interval(days=int(SHORTEST))).fill_null(True)


def _acts(days: ibis.Table) -> ibis.Table:
    """The first and the last act of each day that is not about support: a silence of a week lies between no others."""
    days = days.filter(days.first_other_at.notnull())
    first = days.mutate(timestamp=days.first_other_at, is_order=(days.first_order_at == days.first_other_at))
    last = days.filter(days.last_other_at > days.first_other_at).mutate(timestamp=days.last_other_at, is_order=False)
    acts = ibis.union(*(each.select("profile_id", "day", "timestamp", "is_order") for each in (first, last)))
    # Before any step of the same moment.
    return acts.mutate(
        message_id=ibis.literal(""), ticket_id=ibis.null("string"), is_open=ibis.null("boolean"),
        next_step_at=ibis.null(acts.timestamp.type()), is_order=acts.is_order.fill_null(False),
    )  # fmt: skip


def _acts_meanwhile(rows: ibis.Table) -> ibis.Table:
    """Acts after a case was opened, under its ticket_id; those after its next step are found out by that."""
    acts = rows.filter(rows.ticket_id.isnull(), _stays(rows, rows.next_act_at))
    acts = acts.drop("ticket_id", "is_open", "next_step_at")
    cases = rows.filter(rows.is_open).select("profile_id", "ticket_id", "is_open", "next_step_at", since="timestamp")
    pairs = acts.join(cases, "profile_id")
    return pairs.filter(pairs.timestamp >= pairs.since)


def loyal(steps: ibis.Table, events: ibis.Table) -> ibis.Table:
    """Pulses of loyal_despite_friction: the first order after a case that was resolved within 48 hours, and well.

    Args:
        steps: As `case_steps` gives them.
        events: As `moments` takes them.
    """
    columns = ("profile_id", "ticket_id", "message_id", "timestamp", "next_step_at")
    solved = steps.filter(steps.was_good).select(*columns)
    orders = events.filter(events.event == ORDER).semi_join(solved, "profile_id")
    none = {"ticket_id": ibis.null("string"), "next_step_at": ibis.null(solved.next_step_at.type())}
    rows = solved.union(orders.mutate(**none).select(*columns))
    rows = rows.mutate(order_at=next_at(rows, rows.ticket_id.isnull(), "profile_id"))
    rows = rows.filter(rows.ticket_id.notnull(), rows.order_at < rows.timestamp + ibis.interval(seconds=ORDER_WITHIN))
    end = ends(rows.order_at + ibis.interval(seconds=LOYAL), reopened=rows.next_step_at)
    days = (second(rows.order_at) - second(rows.timestamp)) // DAY
    evidence = said("case resolved within 48 hours, ordered ", days, " days later")
    return pulse(rows, "loyal_despite_friction", about=rows.ticket_id, at=rows.order_at, end=end, evidence=evidence)
