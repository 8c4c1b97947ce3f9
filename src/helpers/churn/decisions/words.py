"""What a page says of decisions in sentences, from the figures that it shows: reasons, groups and weights."""

from __future__ import annotations

from functools import partial
from typing import Any

from helpers.churn.cutoffs import Cutoffs
from helpers.churn.decisions.audit import Group
from helpers.churn.decisions.find import REFITS, Decisions
from helpers.churn.decisions.paying import Money, told
from helpers.churn.decisions.stability import MOST_PEOPLE
from helpers.churn.decisions.weighing import Weighed
from helpers.churn.weighing import EVEN, PER_PERSON, PLAIN
from helpers.churn.words import in_100, signed_100
from helpers.reporting.formats import days, interval, money, number, percent
from helpers.statistics import Estimate

OFF = "Said minus came, of 100"
POLICY_NAMES = {
    "threshold": "from the probability on at which a contact pays",
    "learned": "from the probability on that saved most on earlier customers",
    "half": "from a probability of 50 in 100 on",
    "recency": "as many, longest without an order",
    "everybody": "everybody",
}
SCHEME_NAMES = {
    PER_PERSON: "each customer counting once over all days learned from",
    EVEN: "each tenth by activity counting alike",
}


def of_100(probability: float) -> str:
    """A probability as a natural frequency, two digits: "6.5 of 100"."""
    return f"{number(100 * probability, digits=2)} of 100"


def amount(saving: Estimate, currency: str, *, signed: bool = False, words: bool = False) -> str:
    """An amount of money with its interval, in whole units."""
    form = partial(money, currency=currency, signed=signed)
    return interval(saving, form=lambda value: form(round(value)).removesuffix(".00"), words=words)


def ahead(cutoffs: Cutoffs) -> str:
    """The days that a score as of now is about: "in the 60 days after the next 7 days"."""
    horizon = days(cutoffs.horizon_days)
    return f"in the {horizon} after the next {days(cutoffs.gap_days)}" if cutoffs.gap_days else f"in the next {horizon}"


def reasons_found(found: Decisions, *, used: str) -> str:
    """How firm reasons are, and whose they are.

    Args:
        found: The decisions.
        used: Name of the way whose probabilities are used.
    """
    stable = found.stability
    n = number(min(MOST_PEOPLE, stable.same_first.n))
    return (
        f"Reasons are those of boosted trees, told against the average customer of the day. Grown again {REFITS} times "
        f"with other seeds, the trees give {in_100(stable.same_first, words=True)} of 100 customers the same first "
        f"reason, and {in_100(stable.shared)} of 100 reasons stay among the three strongest ({n} customers). The trees "
        f"put customers in much the same order as {used} where this is near to 1: "
        f"{interval(stable.agreement, form=_two, words=False)}. A reason says what the score rests on, not what would "
        "change the customer's mind."
    )


def groups_found(found: Decisions) -> str:
    """In which groups the scores say too much or too little, beyond what is so of everybody."""
    asked = [each for each in found.groups if each.gap_p is not None]
    off = [each for each in found.groups if each.misjudged]
    rule = (
        "Of 100 customers, those said not to come back minus those who did not are "
        f"{signed_100(found.gap, words=True)}. A group counts as misjudged where the share that did not come back is "
        "farther from what was said than for everybody, and chance alone would show even one such group in fewer than "
        "1 of 20 reports."
    )
    if not asked:
        return f"{rule} No group is large enough to tell."
    if not off:
        return f"{rule} Of {number(len(asked))} groups that are large enough to tell, none is."
    named = "; ".join(f"{_called(each)}: {_direction(each)}" for each in off)
    verb = "is" if len(off) == 1 else "are"
    return f"{rule} Of {number(len(asked))} groups that are large enough to tell, {number(len(off))} {verb}: {named}."


def ranked_found(groups: list[Group]) -> str:
    """In which groups the scores rank people worse than all others are ranked."""
    weak = [each for each in groups if each.ranked_worse]
    asked = (
        "Whether people are ranked worse than all others is not asked of tenths by activity: who is alike in what the "
        "ranking goes by is harder to tell apart."
    )
    if not weak:
        return f"In no other group are customers ranked worse than all others beyond chance. {asked}"
    named = "; ".join(f"{_called(each)} {in_100(each.auc)}" for each in weak)
    return (
        f"Customers are ranked worse than all others beyond chance here, of 100 pairs in the right order: {named}. "
        f"{asked}"
    )


def weighed_found(weighed: Weighed) -> str:
    """Whether the busiest teach the model too much, whether weights help, and whether they are used."""
    chosen = weighed.chosen
    lowest, highest = (
        weighed.shares.iloc[place] for place in (weighed.shares["people"].to_numpy().nonzero()[0][0], -1)
    )
    bias = (
        f"The most active, {percent(highest['people'])} of customers, make up {percent(highest['plain'])} of the "
        f"rows learned from; the least active, {percent(lowest['people'])}, make up {percent(lowest['plain'])}."
    )
    tried = "; ".join(
        f"with {name} that error changes by {_change(chosen.changes[scheme, 'lower'], chosen.error)} when tried "
        f"and by {_change(weighed.test[scheme, 'lower'], weighed.error)} on the later customers"
        for scheme, name in SCHEME_NAMES.items()
    )
    rule = (
        "Weights are used where they make the squared error of probabilities among the less active half smaller by "
        "more than 1 in 100, beyond chance, on earlier customers of whom the model had not learned, and nobody else's "
        "larger."
    )
    verdict = "They do not help enough here; none are used."
    if chosen.used != PLAIN:
        verdict = f"Weights are used: every way that learns does so with {SCHEME_NAMES[chosen.used]}."
    return f"{bias} {rule} Here, {tried}. {verdict}"


def of_fairness(found: Decisions) -> list[str]:
    """What is to say of groups and of weights, of the decisions as `by_group` gives them."""
    return [groups_found(found), ranked_found(found.groups), weighed_found(found.weighed)]


def of_groups(found: Decisions) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of groups, of the decisions as `by_group` gives them."""
    off = [each for each in found.groups if each.misjudged]
    title = f"{number(len(off))} groups are misjudged" if len(off) > 1 else "One group is misjudged"
    named = ", ".join(f"{each.name} {signed_100(each.gap)}" for each in found.groups)
    return {
        "title": title if off else "No group is off by more than everybody, beyond chance",
        "subtitle": "Of 100, said not to come back minus those who did not, by group, 19 in 20; "
        f"{number(found.gap.n)} customers",
        "alt": f"Of 100, said minus came, by group: {named or 'all hidden'}; everybody {signed_100(found.gap)}.",
        "source": "churn_groups",
        "caption": "The vertical line is everybody. Right of 0 more was said than came. Hidden groups are not drawn.",
    }


def policies_alt(found: Money, currency: str) -> str:
    """What each way of choosing saves, for who cannot see the picture."""
    savings = found.savings
    each = (f"{POLICY_NAMES[policy]} {amount(savings.per_1000[policy], currency)}" for policy in told(savings))
    return f"Saved for 1,000 customers: {'; '.join(each)}; nobody 0."


def _called(group: Group) -> str:
    return f"{group.kind} “{group.name}”"


def _direction(group: Group) -> str:
    return f"{'more' if group.gap.value > 0 else 'less'} was said than came, by {signed_100(group.gap)} of 100"


def _change(difference: Estimate, error: float) -> str:
    """A difference as a part of an error, with its sign."""
    return interval(difference, form=lambda value: percent(value / error, signed=True), words=False)


def _two(value: float) -> str:
    return f"{value:.2f}"
