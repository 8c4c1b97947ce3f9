"""What a page says of money after the assumptions: what contacting saves, and whom to leave alone."""

from __future__ import annotations

from typing import Any

from helpers.churn.decisions.assumed_words import NOT_KNOWN
from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.paying import Money, told
from helpers.churn.decisions.show import savings_table
from helpers.churn.decisions.words import ahead, amount, of_100, policies_alt
from helpers.privacy import MINIMUM
from helpers.reporting.formats import money, number, part, people, percent
from helpers.statistics import Estimate


def saved(found: Money, currency: str) -> str:
    """What contacting by the threshold saves, against nobody, everybody and the recency rule."""
    savings, may = found.savings, told(found.savings)
    gains = savings.gains
    if savings.thresholds["threshold"] > 1:
        lost = amount(gains["everybody"], currency, words=True)
        return f"On the later customers, contacting everybody would have lost {lost} for 1,000 customers."
    if "threshold" not in may:
        return f"On the later customers the threshold lists {_but_few(found)}: what that saves would tell of them."
    others = {
        "everybody": "contacting everybody",
        "recency": "contacting as many by the recency rule",
        "half": "contacting from 50 of 100 on",
    }
    rivals = [f"{_against(gains[policy], currency)} {name}" for policy, name in others.items() if policy in may]
    listed = " and ".join(filter(None, [", ".join(rivals[:-1]), rivals[-1]]))
    verb = "saves" if found.reach.enough else "would save"
    return (
        f"On the later customers, contacting by that threshold {verb} "
        f"{amount(savings.per_1000['threshold'], currency, words=True)} for 1,000 customers against contacting nobody. "
        f"It {verb} {listed}."
    )


def alone(found: Decisions) -> str:
    """For how many a contact pays today and how many to leave alone, and how many of each would come back anyway."""
    today, when = found.money.today, ahead(found.cutoffs)
    everybody = today.contacted + today.alone
    if not everybody:
        return "Nobody is to be looked at today."
    if not today.contacted:
        return (
            f"Today all {people(everybody)} would be left alone; {when} "
            f"{_about(today.alone_would_return, everybody)} of them are expected to come back anyway."
        )
    return (
        f"Today a contact would pay for {part(today.contacted, everybody)}, and {part(today.alone, everybody)} are "
        f"left alone. Of the first, {_count(today.reachable, today.contacted)} may be written to. {_capital(when)} "
        f"{_about(today.contacted_would_return, today.contacted)} of the first are expected to come back anyway, for "
        f"whom a contact is wasted, and {_about(today.alone_would_return, today.alone)} of the others, who need none."
    )


def headline(found: Decisions, currency: str) -> str:
    """What the section adds to the page's headlines; no amount where nobody may be written to."""
    if found.money is None:
        return NOT_KNOWN
    threshold, savings, today = found.assumed.contact.threshold, found.money.savings, found.money.today
    if threshold > 1:
        return "As assumed, a contact costs more than it brings back: contact nobody."
    if not found.money.reach.enough or (today.contacted and not today.reachable):
        who = "nobody" if not found.money.reach.may or not today.reachable else f"fewer than {MINIMUM} customers"
        return f"Whom to contact is no question yet: {who} may be written to, so that nothing can be saved."
    if threshold <= 0:
        return "As assumed, a contact costs nothing: everybody who may be written to may be contacted."
    if "threshold" not in told(savings):
        return f"As assumed, a contact pays from a probability of {of_100(threshold)} on: {_but_few(found.money)}."
    gain, contact = savings.gains["everybody"], found.assumed.contact
    better = gain.lo is not None and gain.lo > 0
    return (
        f"If, as is assumed, a contact costs {money(contact.cost, currency=currency)} and keeps "
        f"{percent(contact.kept)} of those who would not come back, contact who may be written to and has a "
        f"probability of {of_100(threshold)} or more: for 1,000 customers who may be, that saves "
        f"{amount(savings.per_1000['threshold'], currency, words=True)}, "
        f"{'more than' if better else 'and beyond chance not more than'} contacting everybody would."
    )


def of_curve(found: Money, currency: str, *, among: str) -> dict[str, Any]:
    """Title, subtitle, alt text, table and more of the picture of what thresholds save."""
    saving = found.savings.per_1000["threshold"]
    title = f"Contacting where it pays saves {amount(saving, currency)} for 1,000 customers"
    if "threshold" not in told(found.savings):
        title = "What contacting from each probability on saves"
    if found.savings.thresholds["threshold"] > 1:
        title = "A contact costs more than it brings back"
    elif not found.reach.enough:
        title = f"If all might be written to, contacting where it pays would save {amount(saving, currency)}"
    some = f"{among} who may be written to" if saving.n < found.reach.of else among
    return {
        "title": title,
        "subtitle": f"Saved for 1,000 customers against contacting nobody, in {currency}, by the probability from "
        f"which on people are contacted; {number(saving.n)} {some}",
        "alt": policies_alt(found, currency),
        "source": "churn_savings",
        "data": savings_table(found, currency),
        "caption": "Neither threshold was chosen on these customers; the highest point of the curve is known only "
        "afterwards.",
    }


def _but_few(found: Money) -> str:
    nearly = found.savings.listed["threshold"] > found.savings.listed["everybody"] / 2
    return f"everybody but fewer than {MINIMUM}" if nearly else f"fewer than {MINIMUM} customers"


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


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
