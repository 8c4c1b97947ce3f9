"""What a page says of money: the assumptions first, then whom to contact, what that saves, and whom to leave alone."""

from __future__ import annotations

import math
from typing import Any

from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.words import amount, policies_alt
from helpers.reporting.formats import money, number, part, people, percent
from helpers.statistics import Estimate


def assumptions(found: Decisions, currency: str, *, horizon_days: int) -> str:
    """What is assumed, and where the value comes from."""
    contact = found.contact
    value = money(contact.value, currency=currency)
    source = "as it was given"
    if found.orderers is not None:
        source = (
            f"the median revenue of {number(found.orderers)} customers who ordered in the {horizon_days} days before; "
            "revenue, not profit"
        )
    return (
        f"Assumed, not measured: a contact costs {money(contact.cost, currency=currency)}; a customer who would not "
        f"order and is kept is worth {value} ({source}); a contact keeps {percent(contact.kept)} of those who would "
        "not order, and changes nothing for those who would. That last share is a guess until an experiment tells "
        "it, and every amount below moves with it."
    )


def whom(found: Decisions) -> str:
    """From which probability on a contact pays."""
    threshold, learned = found.contact.threshold, found.savings.thresholds["learned"]
    if threshold > 1:
        return (
            "A contact costs more than it can bring back: whoever it is, leave them alone, until a contact is cheaper "
            "or an experiment shows that it keeps more."
        )
    if threshold <= 0:
        return (
            "A contact costs nothing, so that everybody may be contacted; whether people like it is another question."
        )
    beside = f"from {_of_100(learned)} on" if math.isfinite(learned) else "nobody"
    return (
        f"A contact pays from a probability of {_of_100(threshold)} on, which is its cost over what it brings when "
        f"somebody would surely not order. On earlier customers it would have been best to contact {beside}."
    )


def saved(found: Decisions, currency: str) -> str:
    """What contacting by the threshold saves, against nobody, everybody and the recency rule."""
    savings = found.savings
    worth, gains = savings.per_1000["threshold"], savings.gains
    if found.contact.threshold > 1:
        lost = amount(gains["everybody"], currency, words=True)
        return f"On the later customers, contacting everybody would have lost {lost} for 1,000 customers."
    return (
        f"On the later customers, contacting by that threshold saves {amount(worth, currency, words=True)} for 1,000 "
        f"customers against contacting nobody. It saves {_against(gains['everybody'], currency)} contacting everybody, "
        f"{_against(gains['recency'], currency)} contacting as many by the recency rule, and "
        f"{_against(gains['half'], currency)} contacting from 50 of 100 on."
    )


def alone(found: Decisions, *, horizon_days: int) -> str:
    """How many to contact today and how many to leave alone, and how many of each would order anyway."""
    today = found.today
    everybody = today.contacted + today.alone
    if not everybody:
        return "Nobody is to be looked at today."
    if not today.contacted:
        return (
            f"Today all {people(everybody)} would be left alone; in the {horizon_days} days to come "
            f"{_about(today.alone_would_order, everybody)} of them are expected to order anyway."
        )
    return (
        f"Today {part(today.contacted, everybody)} would be contacted and {part(today.alone, everybody)} left alone. "
        f"Of the first, {_count(today.reachable, today.contacted)} may be written to. In the {horizon_days} days to "
        f"come {_about(today.contacted_would_order, today.contacted)} of the first are expected to order anyway, for "
        f"whom a contact is wasted, and {_about(today.alone_would_order, today.alone)} of the others, who need none."
    )


def headline(found: Decisions, currency: str) -> str:
    """What the section adds to the page's headlines."""
    threshold = found.contact.threshold
    if threshold > 1:
        return "As assumed, a contact costs more than it brings back: contact nobody."
    if threshold <= 0:
        return "As assumed, a contact costs nothing: everybody may be contacted."
    gain = found.savings.gains["everybody"]
    better = gain.lo is not None and gain.lo > 0
    return (
        f"As assumed, contact who has a probability of {_of_100(threshold)} or more: for 1,000 customers that saves "
        f"{amount(found.savings.per_1000['threshold'], currency, words=True)}, "
        f"{'more than' if better else 'and beyond chance not more than'} contacting everybody would."
    )


def of_curve(found: Decisions, currency: str, *, among: str) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of what thresholds save."""
    saving = found.savings.per_1000["threshold"]
    title = f"Contacting where it pays saves {amount(saving, currency)} for 1,000 customers"
    if found.contact.threshold > 1:
        title = "A contact costs more than it brings back"
    return {
        "title": title,
        "subtitle": f"Saved for 1,000 customers against contacting nobody, in {currency}, by the probability from "
        f"which on people are contacted; {number(saving.n)} {among}",
        "alt": policies_alt(found, currency),
        "source": "churn_savings",
        "caption": "Both thresholds were fixed before these customers were looked at; the highest point of the curve "
        "is known only afterwards.",
    }


def _against(gain: Estimate, currency: str) -> str:
    if gain.lo is None or gain.lo <= 0 <= gain.hi:
        return f"no more and no less, beyond chance ({amount(gain, currency, signed=True)}), than"
    if gain.lo > 0:
        return f"{amount(gain, currency)} more than"
    less = gain._replace(value=-gain.value, lo=-gain.hi, hi=-gain.lo)
    return f"{amount(less, currency)} less than"


def _about(expected: float, of: int) -> str:
    count = min(round(expected), of)
    return f"about {part(count, of)}" if count else "nobody"


def _count(count: int, of: int) -> str:
    return part(count, of) if count else "nobody"


def _of_100(probability: float) -> str:
    return f"{number(100 * probability, digits=2)} of 100"
