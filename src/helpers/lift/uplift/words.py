"""What a page says of whom to target: when a rule suffices, and when nobody should be singled out."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from helpers.datasets.questions import Experiment
from helpers.lift.uplift.judge import BY_CHANCE, Judged
from helpers.reporting import interval, literal, money, number, percent
from helpers.reporting.formats import Format
from helpers.statistics import Estimate

CUSTOMERS = 1_000
LEARNER_NAMES = {"t_learner": "the model of each arm", "s_learner": "the joint model", "x_learner": "the crossed model"}


class Told(NamedTuple):
    """How a metric is spoken of.

    Attributes:
        arm: What people are given.
        metric: Its name.
        currency: ISO 4217 code where it is an amount, empty where it counts people or acts.
    """

    arm: str
    metric: str
    currency: str = ""

    def form(self, value: float, *, signed: bool = False) -> str:
        """A figure per customer as one for every 1,000 customers."""
        if self.currency:
            return money(CUSTOMERS * value, currency=self.currency, signed=signed)
        return number(round(CUSTOMERS * value, 2), digits=2, signed=signed)

    def said(self, estimate: Estimate, *, words: bool = False, signed: bool = False) -> str:
        """An estimate per customer, with its interval, as one for every 1,000 customers."""
        form: Format = partial(self.form, signed=signed)
        return interval(estimate, form=form, words=words)


def told_of(experiment: Experiment, arm: str, currency: str) -> Told:
    """How the goal of an experiment is spoken of, for one arm."""
    return Told(arm, experiment.goal.name, currency if experiment.goal.money else "")


def way_name(name: str) -> str:
    """What a page calls a way: a learner by what it is made of, a rule by its own name in quotes."""
    return LEARNER_NAMES.get(name) or f"“{name}”"


def _way(name: str) -> str:
    """The same within a sentence of Markdown."""
    return literal(way_name(name))


def decision(judged: Judged) -> str:
    """What the figures say: "rule", "model", "open" (model or rule), "all or nobody" or "nobody".

    A way counts where chance alone, over all ways that were tried, would make its list as good in at most 25 of 1,000
    experiments, and a model counts as better than a rule by the same measure.
    """
    rule, learner = judged.best_rule, judged.best_learner
    if min(judged.chance.values()) > BY_CHANCE:
        return "all or nobody" if _above(judged.overall) else "nobody"
    if rule is None:
        return "model"
    if max(judged.chance[learner], judged.chance_beyond[learner, rule]) <= BY_CHANCE:
        return "model"
    return "rule" if judged.chance[rule] <= BY_CHANCE else "open"


def verdict(judged: Judged, told: Told) -> str:
    """Whom to target, in a few sentences with their figures."""
    found = decision(judged)
    if found in {"nobody", "all or nobody"}:
        return _nobody(judged, told, found)
    listing = judged.best_rule if found == "rule" else judged.best_learner
    return f"{_best(judged, told, found)} {_reach(judged, told, listing)}"


def _best(judged: Judged, told: Told, found: str) -> str:
    rule, learner = judged.best_rule, judged.best_learner
    arm, metric = literal(told.arm), literal(told.metric)
    model = f"{_way(learner)} adds {told.said(judged.areas[learner], words=found != 'rule')}"
    if found == "model" and rule is None:
        return (
            f"For {arm}, list by a model: {model} to {metric} for every {CUSTOMERS:,} customers. No rule was named to "
            "hold it against; a single fact may do as well."
        )
    by_rule = f"the rule {_way(rule)} adds {told.said(judged.areas[rule], words=found == 'rule')}"
    pair = judged.beyond_rule[learner, rule]
    difference = f"on the same people the model adds {told.said(pair, signed=True)} against the rule"
    if found == "rule":
        return (
            f"For {arm}, a rule suffices: {by_rule} to {metric} for every {CUSTOMERS:,} customers, and {model}; "
            f"{difference}, no more than chance."
        )
    if found == "model":
        return (
            f"For {arm}, a model is worth its trouble: {model} to {metric} for every {CUSTOMERS:,} customers, and "
            f"{by_rule}; {difference}, more than chance."
        )
    return (
        f"For {arm}, some list is better than a blind one, but whose cannot be told: {model} to {metric} for every "
        f"{CUSTOMERS:,} customers, and {by_rule}; {difference}, which may be chance."
    )


def _reach(judged: Judged, told: Told, listing: str) -> str:
    """What the list alone gains or loses against treating everybody."""
    over, share = judged.over_everybody[listing], percent(judged.shares[listing])
    metric = literal(told.metric)
    if over.lo is None:
        return f"It lists {share} of customers, so that there is nobody to leave out."
    whole = (
        f"Given to everybody it changes {metric} by {told.said(judged.overall, signed=True)}, given to the {share} on "
        f"this list alone by {told.said(judged.policies[listing], signed=True)}"
    )
    if over.hi < 0:
        return f"{whole}: where giving it costs nothing, give it to everybody, and keep the list for when it does."
    if over.lo > 0:
        return f"{whole}: leave the others out, as they lose {metric} by it."
    return f"{whole}: as far as can be told, the others neither gain nor lose."


def _nobody(judged: Judged, told: Told, found: str) -> str:
    """That no list is better than a blind one, and what treating everybody would change."""
    best = min(judged.chance, key=judged.chance.get)
    arm, metric, ways = literal(told.arm), literal(told.metric), len(judged.areas)
    luck = number(round(100 * judged.chance[best]))
    first = (
        f"For {arm}, nobody should be singled out: no list is better than a blind one beyond chance. The best of "
        f"{ways}, {_way(best)}, adds {told.said(judged.areas[best], words=True)} to {metric} for every "
        f"{CUSTOMERS:,} customers, and of {ways} worthless ones the best would look so good in up to {luck} of 100 "
        "experiments."
    )
    overall = told.said(judged.overall, signed=True)
    if found == "all or nobody":
        return f"{first} Give it to everybody or to nobody: given to everybody it changes {metric} by {overall}."
    return f"{first} Nor does it help, as far as is known, to give it to everybody: that changes {metric} by {overall}."


def _above(estimate: Estimate) -> bool:
    return estimate.lo is not None and estimate.lo > 0
