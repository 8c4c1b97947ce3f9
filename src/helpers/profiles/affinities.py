"""What messages are about that people answer more, or less, than they answer others: topics, formats, offers.

Expected is what a person would answer who has no preference: their own rate, by channel, times how much better or worse
everybody answers what is about this. What they answer beyond it varies among people as a gamma (DuMouchel, 1999), so
that few messages are held against everybody's; the lift is the logarithm of what is believed of it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from helpers.profiles.estimates import estimated, gap
from helpers.profiles.windows import KEY, Gathered, so_far

if TYPE_CHECKING:
    from helpers.profiles.past import Then

ABOUT = ("topic", "format", "offer_type")
# What counts as an answer, by channel, and the share of messages so answered that is believed of a person.
_ANSWER = {"email": ("email opened", "email_open_rate"), "sms": ("sms clicked", "sms_click_rate")}
RATES = tuple(rate for _, rate in _ANSWER.values())


def affinities(seen: Then, rates: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """The lift of each person by what messages were about.

    Args:
        seen: Whose rows are read, as people were told apart.
        rates: Columns cutoff, profile_id, email_open_rate and sms_click_rate.
        cutoffs: Local days, earliest first.

    Returns:
        Columns cutoff, profile_id, about (one of `ABOUT`), value, n (messages), answered, expected, lift (logarithm of
        answered over expected, as believed), lift_lo, lift_hi, confidence; of messages that say what they are about.
    """
    return ibis.union(*(_of(about, seen, rates, cutoffs) for about in ABOUT))


def _of(about: str, seen: Then, rates: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    channels = {kind: name for name, (answer, _) in _ANSWER.items() for kind in (f"{name} delivered", answer)}
    rows = seen.kinds.filter(seen.kinds.kind.isin([*channels]), seen.kinds[about] != "")
    rows = rows.mutate(channel=rows.kind.split(" ")[0], value=rows[about])
    answers = [answer for answer, _ in _ANSWER.values()]

    def gather(row: ibis.Table) -> dict[str, Gathered]:
        is_answer = row.kind.isin(answers)
        return {
            "n": Gathered(ibis.ifelse(is_answer, 0, row.n)),
            "answered": Gathered(ibis.ifelse(is_answer, row.n, 0)),
        }

    own = seen.own(so_far(rows, cutoffs, gather, "channel", "value")).cache()
    everybody = ibis.window(group_by=["cutoff", "channel"])
    usual = own.group_by("cutoff", "channel", "value").aggregate(n=own.n.sum(), answered=own.answered.sum())
    whole = usual.answered.sum().over(everybody) / usual.n.sum().over(everybody)
    usual = usual.select("cutoff", "channel", "value", ease=usual.answered / usual.n.nullif(0) / whole.nullif(0))
    joined = own.join(usual, ["cutoff", "channel", "value"]).join(rates, [*KEY])
    rate = ibis.cases(*((joined.channel == name, joined[column]) for name, (_, column) in _ANSWER.items()))
    joined = joined.mutate(expected=joined.n * rate * joined.ease)
    sums = joined.group_by(*KEY, "value").aggregate(
        n=joined.n.sum(), answered=joined.answered.sum(), expected=joined.expected.sum().fill_null(0.0)
    )
    # A time of expected answers between two answers: its inverse is how many times as often they answer.
    state = estimated(sums.cache(), {"time": gap("answered", "expected", "expected")})
    return state.select(
        *KEY,
        about=ibis.literal(about),
        value=state["value"],
        n=state.n.cast("int64"),
        answered=state.answered.cast("int64"),
        expected=state.expected,
        lift=-state.time.ln(),
        lift_lo=-state.time_hi.ln(),
        lift_hi=-state.time_lo.ln(),
        confidence=state.time_confidence,
    ).filter(lambda row: row.lift.notnull())


def preferred(found: ibis.Table) -> ibis.Table:
    """What each person prefers, so far as that can be told from chance in 4 of 5 cases.

    Args:
        found: As `affinities` gives it.

    Returns:
        Columns cutoff, profile_id, top_topic, top_format, top_offer_type: the value of the largest lift whose interval
        lies above 0, the first by name of equals; missing where none does.
    """
    beyond = found.filter(found.lift_lo > 0)
    order = [beyond.lift.round(12).desc(), beyond["value"]]
    placed = beyond.mutate(place=ibis.row_number().over(ibis.window(group_by=[*KEY, "about"], order_by=order)))
    first = placed.filter(placed.place == 0)
    return first.group_by(*KEY).aggregate(
        **{f"top_{about}": first["value"].max(where=first.about == about) for about in ABOUT}
    )
