"""What a page says is assumed of a contact, before any amount: its cost, the value kept, and who may be reached."""

from __future__ import annotations

import math

from helpers.churn.cutoffs import LABELS
from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.paying import Money, Reach
from helpers.churn.decisions.words import of_100
from helpers.privacy import MINIMUM
from helpers.reporting.formats import days, interval, money, number, part, percent

NOT_KNOWN = "What a customer who is kept is worth is not known, so that nothing is said of money: give value_kept."


def assumptions(found: Decisions, currency: str) -> list[str]:
    """What is assumed, and from which probability on a contact pays; or why nothing can be said of money."""
    if found.money is not None:
        return [_assumed(found, currency), _whom(found.assumed.contact.threshold, found.money)]
    why = f"Fewer than {MINIMUM} customers who had long been silent ordered again, or their orders have no amounts."
    if found.cutoffs.label_of != LABELS[0]:
        why = "Here coming back is any act, not an order, and an act has no amount."
    return [f"{NOT_KNOWN} {why}"]


def _assumed(found: Decisions, currency: str) -> str:
    """What is assumed, and where the value comes from."""
    contact, worth = found.assumed.contact, found.assumed.worth
    value, source = money(contact.value, currency=currency), "as it was given"
    if worth is not None:
        value = interval(worth, form=lambda each: money(round(each, 2), currency=currency))
        source = (
            f"the mean revenue, in {days(found.cutoffs.horizon_days)}, of {number(worth.n)} customers who ordered "
            "again though they were among the half longest without an order on the latest day that taught; revenue, "
            "not profit"
        )
    return (
        f"Assumed, not measured: a contact costs {money(contact.cost, currency=currency)}; a customer who would not "
        f"come back and is kept is worth {value}, {source}. A contact keeps {percent(contact.kept)} of those who "
        "would not come back, and changes nothing for those who would. That last share is a guess until an experiment "
        "tells it, and every amount below moves with it."
    )


def _whom(threshold: float, found: Money) -> str:
    """From which probability on a contact pays, and among whom that was judged."""
    learned = found.savings.thresholds["learned"]
    if threshold > 1:
        return (
            "A contact costs more than it can bring back: whoever it is, leave them alone, until a contact is cheaper "
            "or an experiment shows that it keeps more."
        )
    reached = _of_reach(found.reach)
    if threshold <= 0:
        free = (
            "A contact costs nothing, so that everybody may be contacted; whether people like it is another question."
        )
        return f"{free} {reached}"
    beside = f"from {of_100(learned)} on" if math.isfinite(learned) else "nobody"
    return (
        f"A contact pays from a probability of {of_100(threshold)} on, which is its cost over what it brings when "
        f"somebody would surely not come back. On earlier customers it would have been best to contact {beside}. "
        f"{reached}"
    )


def _of_reach(reach: Reach) -> str:
    """Among whom savings are judged, by who may be written to."""
    if not reach.enough:
        who = f"fewer than {MINIMUM}" if reach.may else "nobody"
        return (
            f"Of the {number(reach.of)} customers judged, {who} may be written to: all amounts are as if all might be."
        )
    if reach.of - reach.may < MINIMUM:
        return f"All customers judged may be written to, or all but fewer than {MINIMUM}, and all are counted."
    return (
        f"What follows is of those who may be written to as of today, {part(reach.may, reach.of)} customers judged; "
        "the others would not have been contacted."
    )
