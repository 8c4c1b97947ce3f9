"""What the churn page says in sentences, from the ladder it shows."""

from __future__ import annotations

from helpers.churn.cutoffs import Cutoffs
from helpers.churn.judge import REFERENCE, Judged
from helpers.churn.ladder import Ladder
from helpers.reporting.formats import days, interval, number, part, people
from helpers.statistics import Estimate

RUNG_NAMES = {
    "base_rate": "everybody alike",
    "recency": "the recency rule",
    "frequency": "the frequency rule",
    "tree": "a decision tree",
    "logistic": "logistic regression",
    "bgnbd": "expected orders, BG/NBD",
    "pareto_nbd": "expected orders, Pareto/NBD",
    "xgboost": "boosted trees",
}
POPULATION_NAMES = {"all": "all customers with an order", "active": "customers still active"}
RULE = (
    "The rule for recommending was written beforehand: take the simplest way that no other beats, among customers "
    "still active. To beat means to order more pairs right on the same customers, with an interval of the difference "
    "wholly above zero, wide enough for so many ways tried. Simplest first: everybody alike; the recency rule, by days "
    "since the last order; the frequency rule, by repeat orders for the time there was; a decision tree; logistic "
    "regression; the orders that either of two models of how people buy expects; boosted trees."
)
PLAIN_RULE = (
    "Left is the plain rule, without probabilities: customers by how long ago their last order is, held against the "
    "gap between orders that is usual for them, or for the others where they have ordered on one day alone."
)
UNJUDGED = "Nothing could be judged, so there is nothing to show here."
_NEAR = 0.01
_DID_NOT = {"no_order": "did not order", "no_event": "did nothing"}


def did_not(cutoffs: Cutoffs) -> str:
    """What who is looked for did not do."""
    return _DID_NOT[cutoffs.label_of]


def in_100(estimate: Estimate, *, words: bool = False) -> str:
    """A share as a natural frequency: "73 (71 to 74)" of 100; an interval without length tells nothing."""
    if estimate.lo == estimate.hi:
        estimate = estimate._replace(lo=None, hi=None)
    return interval(estimate, form=hundredths, words=words)


def of_base_rates(ladder: Ladder) -> str:
    """What the label says, and how many it fitted on the day that judges; or why nothing is judged."""
    if ladder.reason:
        return ladder.reason
    cutoffs, verb = ladder.cutoffs, did_not(ladder.cutoffs)
    what = {"no_order": "no order", "no_event": "no act of their own at all"}[cutoffs.label_of]
    start = f"{days(cutoffs.gap_days)} after the moment" if cutoffs.gap_days else "the moment"
    told = [
        f"of {POPULATION_NAMES[name]} {base_rate(judged)}"
        for name, judged in sorted(ladder.populations.items(), key=lambda each: each[0] != ladder.headline)
    ]
    left_out = [f"No figure for {POPULATION_NAMES[name]}: {why}" for name, why in ladder.left_out.items()]
    return " ".join(
        [
            f"“{verb[0].upper()}{verb[1:]}” means: {what} in the {days(cutoffs.horizon_days)} from {start} on. "
            f"On the day that judges, {verb}: {'; '.join(told)}.",
            *left_out,
        ]
    )


def headlines(ladder: Ladder) -> list[str]:
    """The page's headlines, at most four, the first with the decision."""
    if ladder.reason:
        return [f"Go by the plain rule: no way of ranking can be judged. {ladder.reason}"]
    judged = ladder.populations[ladder.headline]
    best, verb = judged.recommended, did_not(ladder.cutoffs)
    rule = "" if best == REFERENCE else f", the recency rule {in_100(judged.rungs[REFERENCE]['auc'])}"
    sentences = [
        _decision(judged),
        f"Of 100 pairs of a customer who {verb} in {days(ladder.cutoffs.horizon_days)} and one who did, "
        f"{RUNG_NAMES[best]} puts {in_100(judged.rungs[best]['auc'], words=True)} in the right order{rule}; tossing a "
        "coin, 50.",
        listed(ladder),
    ]
    if ladder.headline == "active":
        everybody = ladder.populations["all"]
        sentences.append(
            f"Among all customers, also those long gone, {base_rate(everybody)} {verb}, and {RUNG_NAMES[best]} puts "
            f"{in_100(everybody.rungs[best]['auc'])} of 100 pairs in the right order; that is the easier question, not "
            "the one that a campaign asks."
        )
    return sentences + [f"No figure for {POPULATION_NAMES[name]}: {why}" for name, why in ladder.left_out.items()]


def recommendation(ladder: Ladder) -> str:
    """What the rule recommends, for each population; where nothing was judged, what is left."""
    if ladder.reason:
        return PLAIN_RULE
    names = {name: RUNG_NAMES[judged.recommended] for name, judged in ladder.populations.items()}
    if ladder.headline == "all":
        return f"{RULE} Recommended, among {POPULATION_NAMES['all']}: {names['all']}."
    same = "the same" if names["all"] == names["active"] else names["all"]
    return (
        f"{RULE} Recommended, among {POPULATION_NAMES['active']}: {names['active']}. By the same rule it would be "
        f"{same} among {POPULATION_NAMES['all']}."
    )


def listed(ladder: Ladder) -> str:
    """What a list of the top tenth holds, beside that of the recency rule and one taken blindly."""
    judged = ladder.populations[ladder.headline]
    best, verb = judged.recommended, did_not(ladder.cutoffs)
    by_rule = in_100(judged.rungs[REFERENCE]["precision_top_tenth"])
    against = "" if best == REFERENCE else f", against {by_rule} by the recency rule"
    return (
        f"Of 100 customers that {RUNG_NAMES[best]} would list (its top tenth, {people(judged.listed)} people), "
        f"{in_100(judged.rungs[best]['precision_top_tenth'])} {verb}{against}; of 100 taken blindly, "
        f"{in_100(judged.base_rate)}, as {base_rate(judged)} {verb}. The list holds "
        f"{in_100(judged.rungs[best]['recall_top_tenth'])} of each 100 who {verb}."
    )


def gains(judged: Judged, population: str) -> str:
    """How far the recommended way, and the most elaborate one, are from the recency rule, on the same people."""
    told = [
        f"{RUNG_NAMES[rung]} against the recency rule {signed(judged.gains[rung]['auc'])} of 100 pairs, "
        f"{_verdict(judged.gains[rung]['auc'], rung)}"
        for rung in dict.fromkeys([judged.recommended, "xgboost"])
        if rung in judged.gains
    ]
    left_out = [f"{RUNG_NAMES[rung]} is left out: {why}" for rung, why in judged.missing.items()]
    return f"Among {POPULATION_NAMES[population]}: {'; '.join(told)}. {' '.join(left_out)}".rstrip()


def of_newcomers(ladder: Ladder) -> str:
    """Whether what was learned holds of people whom no lesson had seen."""
    judged = ladder.populations[ladder.headline]
    new, best = judged.newcomers, judged.recommended
    if not new.auc:
        return (
            f"Of those who judge, {people(new.people)} were not yet customers on the days that taught: too few of "
            "either kind to say whether what was learned holds of newcomers."
        )
    rule = "" if best == REFERENCE else f", the recency rule {in_100(new.auc[REFERENCE])}"
    return (
        f"Of those who judge, {people(new.people)} were not yet customers on the days that taught. Among these "
        f"newcomers {RUNG_NAMES[best]} puts {in_100(new.auc[best])} of 100 pairs in the right order{rule}."
    )


def base_rate(judged: Judged) -> str:
    """The part that did not come back, with its counts."""
    return part(judged.base_rate.numerator, judged.base_rate.n)


def signed(share: Estimate) -> str:
    """A difference of shares in hundredths, with its sign."""
    return interval(share, form=lambda each: number(100 * each, digits=2, signed=True), words=False)


def signed_100(difference: Estimate, *, words: bool = False) -> str:
    """A difference of two shares in whole cases of 100, with its sign."""
    return interval(difference, form=lambda each: number(round(100 * each), signed=True), words=words)


def hundredths(share: float) -> str:
    """A share as a whole number of 100; near to none or all with a decimal, as these would be another matter."""
    near = 0 < share < _NEAR or 1 - _NEAR < share < 1
    return f"{100 * share:.1f}" if near else f"{100 * share:.0f}"


def _decision(judged: Judged) -> str:
    best = judged.recommended
    if best == "base_rate":
        return "Rank customers by nothing that was tried: no way ordered more pairs right than a coin, beyond chance."
    if best == REFERENCE:
        return (
            "Keep the recency rule: list customers by days since their last order; on the same later "
            "customers no other way ordered more pairs right beyond chance."
        )
    return (
        f"Rank customers by {RUNG_NAMES[best]}, not by days since their last order alone: it is the simplest way that "
        "nothing tried beats, and that rule is beaten."
    )


def _verdict(gain: Estimate, rung: str) -> str:
    if gain.lo is None or gain.lo <= 0 <= gain.hi:
        return "which chance may do"
    return f"so {RUNG_NAMES[rung if gain.lo > 0 else REFERENCE]} ordered more pairs right"
