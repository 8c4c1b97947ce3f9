"""What messages are about that people answer more, or less, than they answer others: topics, formats, offers.

Of the answers that a person gave on a channel, as many are expected of what is about one value as chance would put
there, were it no more than as well liked as by everybody. What is answered beyond that, over its hypergeometric
variance, is a log odds ratio (Yusuf, Peto and others, 1985). Those vary among people as a normal distribution about 0,
so that few messages are held against nobody having a preference (Efron and Morris, 1973).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from helpers.profiles.windows import KEY, Gathered, so_far

if TYPE_CHECKING:
    from helpers.profiles.past import Then

ABOUT = ("topic", "format", "offer_type")
# What counts as an answer, by channel.
_ANSWER = {"email": "email opened", "sms": "sms clicked"}
# Ends of the interval that holds 4 in 5 of a normal distribution, in standard deviations.
_REACH = 1.2815515655446004


def affinities(seen: Then, cutoffs: list[date]) -> ibis.Table:
    """How much more, or less, each person answers what is about one value than other messages.

    Args:
        seen: Whose rows are read, as people were told apart.
        cutoffs: Local days, earliest first.

    Returns:
        Columns cutoff, profile_id, about (one of `ABOUT`), value, n (messages), answered, expected, lift_observed and
        lift (log odds against their other messages, as observed and as believed), lift_lo, lift_hi, confidence; only
        of people who answered some of a channel's messages and not all, and had messages about several values.
    """
    counts = seen.own(_counts(seen.kinds, cutoffs)).cache()
    each = _held_against_chance(counts).cache()
    sums = each.group_by("cutoff", "about").aggregate(
        square=(each.beyond * each.beyond).sum() - each.chance.sum(), weight=(each.chance * each.chance).sum()
    )
    spread = sums.select("cutoff", "about", spread=ibis.greatest(sums.square / sums.weight, 0.0))
    known = each.join(spread, ["cutoff", "about"])
    variance = known.spread / (1 + known.spread * known.chance)
    lift, reach = known.beyond * variance, _REACH * variance.sqrt()
    return known.select(
        *KEY,
        "about",
        "value",
        *(known[name].cast("int64").name(name) for name in ("n", "answered")),
        expected=known.answered - known.beyond,
        lift_observed=known.beyond / known.chance,
        lift=lift,
        lift_lo=lift - reach,
        lift_hi=lift + reach,
        confidence=known.spread * known.chance / (1 + known.spread * known.chance),
    )


def _counts(kinds: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """Messages and answers by cutoff, person, channel, about and value."""
    channels = {kind: name for name, answer in _ANSWER.items() for kind in (f"{name} delivered", answer)}
    rows = kinds.filter(kinds.kind.isin([*channels]))
    parts = [
        rows.filter(rows[about] != "").select(
            "profile_id", "day", "kind", "n", about=ibis.literal(about), value=rows[about]
        )
        for about in ABOUT
    ]
    rows = ibis.union(*parts)
    rows = rows.mutate(channel=rows.kind.split(" ")[0])

    def gather(row: ibis.Table) -> dict[str, Gathered]:
        is_answer = row.kind.isin([*_ANSWER.values()])
        return {
            "n": Gathered(ibis.ifelse(is_answer, 0, row.n)),
            "answered": Gathered(ibis.ifelse(is_answer, row.n, 0)),
        }

    return so_far(rows, cutoffs, gather, "channel", "about", "value")


def _held_against_chance(counts: ibis.Table) -> ibis.Table:
    """By cutoff, person, about and value: n, answered, what of it is beyond chance, and the variance of chance."""
    # How well everybody answers what is about it. Joined, not in windows, which would sort everything.
    usual = ["cutoff", "channel", "about", "value"]
    everybody = counts.group_by(usual).aggregate(all_n=counts.n.sum(), all_answered=counts.answered.sum())
    weighed = counts.join(everybody, usual).mutate(weight=lambda row: row.n * row.all_answered / row.all_n)
    own = [*KEY, "channel", "about"]
    whole = weighed.group_by(own).aggregate(
        whole=weighed.weight.sum(), messages=weighed.n.sum(), answers=weighed.answered.sum()
    )
    whole = whole.filter(whole.messages > whole.answers, whole.answers > 0, whole.whole > 0)
    known = weighed.join(whole, own).mutate(part=lambda row: row.weight / row.whole)
    known = known.filter(known.part < 1, known.part > 0)
    chance = known.answers * (known.messages - known.answers) / (known.messages - 1) * known.part * (1 - known.part)
    return known.group_by(*KEY, "about", "value").aggregate(
        n=known.n.sum(),
        answered=known.answered.sum(),
        beyond=(known.answered - known.answers * known.part).sum(),
        chance=chance.sum(),
    )


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
