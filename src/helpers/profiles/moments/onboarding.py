"""Who began and did not go on."""

from __future__ import annotations

import ibis

from helpers.profiles.facts import ORDER
from helpers.profiles.moments.spells import DAY, ends, next_at, pulse, said

STEP, FORM = "Onboarding Step Completed", "Form Submitted"
# Registrations: by Segment's names, or a form whose properties name one.
REGISTRATIONS = ("Signed Up", "Account Created")
# A week holds every day of somebody's week; after a month they are no beginner any more.
AFTER, LASTS = 7 * DAY, 30 * DAY


def stalled_onboarding(events: ibis.Table, days: ibis.Table) -> ibis.Table:
    """Pulses of stalled_onboarding: 7 days after a registration or a step of the introduction that nothing followed.

    A registration is followed by an act on a later local day, a step by the next one. An order is what both lead to:
    it ends the wait, and who ordered before is no beginner. After a step of which a data set says that it is the last
    (its properties `step` and `steps` are equal) nothing is waited for.

    Args:
        events: As `moments` takes them.
        days: As `active_days` gives them.
    """
    begun = _begun(events)
    orders = events.filter(events.event == ORDER).semi_join(begun, "profile_id")
    days = days.semi_join(begun, "profile_id").mutate(message_id=ibis.literal(""), timestamp=days.first_at)
    rows = begun.union(_only(orders, "order")).union(_only(days, "day"))
    person = ibis.cumulative_window(group_by="profile_id", order_by=[rows.timestamp, rows.message_id])
    rows = rows.mutate(
        orders=(rows.kind == "order").cast("int64").sum().over(person),
        step_at=next_at(rows, rows.kind == "step", "profile_id"),
        day_at=next_at(rows, rows.kind == "day", "profile_id"),
        order_at=next_at(rows, rows.kind == "order", "profile_id"),
        over=rows.timestamp + ibis.interval(seconds=AFTER),
    )
    rows = rows.filter(rows.kind.isin(["step", "registration"]), ~rows.is_last, rows.orders == 0)
    went_on = ibis.ifelse(rows.kind == "step", rows.step_at, rows.day_at)
    rows = rows.mutate(went_on_at=went_on)
    rows = rows.filter((ibis.least(rows.went_on_at, rows.order_at) >= rows.over).fill_null(True))
    end = ends(rows.over + ibis.interval(seconds=LASTS), order=rows.order_at, activity=rows.went_on_at)
    evidence = said(rows.about, ", and nothing more in 7 days")
    return pulse(rows, "stalled_onboarding", about=rows.about, at=rows.over, end=end, evidence=evidence)


def _begun(events: ibis.Table) -> ibis.Table:
    """Registrations and steps of the introduction but for the last: profile_id, message_id, timestamp, kind, about."""
    form = (events.event == FORM) & events.properties.lower().re_search("regist|sign.?up").fill_null(False)
    begun = events.filter((events.event == STEP) | form | events.event.isin(REGISTRATIONS))
    step, steps = (
        begun.properties.re_extract(rf'"{name}": ?"?([^",}}]+)', 1).fill_null("") for name in ("step", "steps")
    )
    is_step = begun.event == STEP
    begun = begun.mutate(
        kind=ibis.ifelse(is_step, "step", "registration"),
        about=ibis.ifelse(is_step, (ibis.literal("step ") + step).strip(), "registration"),
        is_last=is_step & (step != "") & (step == steps),
    )
    return begun.select("profile_id", "message_id", "timestamp", "kind", "about", "is_last")


def _only(rows: ibis.Table, kind: str) -> ibis.Table:
    return rows.select("profile_id", "message_id", "timestamp", kind=ibis.literal(kind), about=ibis.null("string"),
                       is_last=ibis.null("boolean"))  # fmt: skip
