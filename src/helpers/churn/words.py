"""What the churn page says in sentences, from the ladder it shows."""

from __future__ import annotations

from helpers.churn.ladder import REFERENCE, Judged, Ladder
from helpers.reporting.formats import interval, number, part
from helpers.statistics import Estimate

RUNG_NAMES = {"recency": "the recency rule", "logistic": "logistic regression", "xgboost": "boosted trees"}
POPULATION_NAMES = {
    "all": "all customers with an order",
    "active": "customers with an order in the last 90 days",
}
RULE = (
    "The rule for recommending was written beforehand: take the simplest way that no other beats, among "
    "customers with an order in the last 90 days. To beat means to order more pairs right on the same "
    "customers, with an interval of the difference wholly above zero. Simplest first: the recency rule, "
    "logistic regression, boosted trees."
)


def in_100(estimate: Estimate, *, words: bool = False) -> str:
    """A share as a natural frequency: "73 (71 to 74)" of 100."""
    return interval(estimate, form=hundredths, words=words)


def headlines(ladder: Ladder, *, horizon_days: int) -> list[str]:
    """The page's headlines, at most six, the first with the decision."""
    judged = ladder.populations[ladder.headline]
    best = judged.recommended
    rule = judged.rungs[REFERENCE]
    sentences = [
        _decision(judged),
        f"Of 100 pairs of a customer who did not order in {horizon_days} days and one who did, "
        f"{RUNG_NAMES[best]} puts {in_100(judged.rungs[best]['auc'], words=True)} in the right order"
        + ("" if best == REFERENCE else f", the recency rule {in_100(rule['auc'])}")
        + "; tossing a coin, 50.",
        _listed(judged),
    ]
    if ladder.headline == "active":
        everybody = ladder.populations["all"]
        sentences.append(
            f"Among all customers, also those long gone, {_base_rate(everybody)} did not order, "
            f"and {RUNG_NAMES[best]} puts {in_100(everybody.rungs[best]['auc'])} of 100 pairs in the right "
            "order; that is the easier question, not the one that a campaign asks."
        )
    sentences += [f"No figure for {POPULATION_NAMES[name]}: {why}" for name, why in ladder.left_out.items()]
    return sentences


def recommendation(ladder: Ladder) -> str:
    """What the rule recommends, for each population."""
    names = {name: RUNG_NAMES[judged.recommended] for name, judged in ladder.populations.items()}
    if ladder.headline == "all":
        return f"Recommended, among {POPULATION_NAMES['all']}: {names['all']}."
    same = "the same" if names["all"] == names["active"] else names["all"]
    return (
        f"Recommended, among {POPULATION_NAMES['active']}: {names['active']}. By the same rule it would be {same} "
        f"among {POPULATION_NAMES['all']}."
    )


def pairs_title(judged: Judged) -> str:
    """What the picture of pairs shows, as a title."""
    return _both(judged, "auc", "puts {} of 100 pairs in the right order")


def pairs_alt(judged: Judged) -> str:
    """What the picture of pairs shows, for who cannot see it."""
    return f"Of 100 pairs in the right order, with intervals: {_each(judged, 'auc')}; a coin 50."


def lists_title(judged: Judged) -> str:
    """What the picture of lists shows, as a title."""
    return _both(judged, "precision_top_tenth", "lists {} of 100 who did not order")


def lists_alt(judged: Judged) -> str:
    """What the picture of lists shows, for who cannot see it."""
    listed = _each(judged, "precision_top_tenth")
    return f"Of 100 listed who did not order, with intervals: {listed}; taken blindly {in_100(judged.base_rate)}."


def gain_sentence(judged: Judged, population: str) -> str:
    """How far the boosted trees are from the recency rule, on the same people."""
    gain = judged.gains["xgboost"]
    size = interval(gain, form=_signed_hundredths, words=False)
    if gain.lo is None or gain.lo <= 0 <= gain.hi:
        verdict = "the data do not tell them apart"
    else:
        verdict = f"{RUNG_NAMES['xgboost' if gain.lo > 0 else REFERENCE]} ordered more pairs right"
    among = POPULATION_NAMES[population]
    return f"Among {among}, boosted trees against the recency rule: {size} of 100 pairs; {verdict}."


def _decision(judged: Judged) -> str:
    if judged.recommended == REFERENCE:
        return (
            "Keep the recency rule: list customers by days since their last order; on the same later "
            "customers no model ordered more pairs right beyond chance."
        )
    return (
        f"Rank customers by {RUNG_NAMES[judged.recommended]}, not by days since their last order alone: it "
        "is the simplest way that nothing tried beats, and that rule is beaten."
    )


def _listed(judged: Judged) -> str:
    best = judged.recommended
    listed = in_100(judged.rungs[best]["precision_top_tenth"])
    by_rule = in_100(judged.rungs[REFERENCE]["precision_top_tenth"])
    against = "" if best == REFERENCE else f", against {by_rule} by the recency rule"
    return (
        f"Of 100 customers that {RUNG_NAMES[best]} would list (its top tenth), {listed} did not "
        f"order{against}; of 100 taken blindly, {in_100(judged.base_rate)}: "
        f"{_base_rate(judged)} did not."
    )


def _base_rate(judged: Judged) -> str:
    share = judged.base_rate
    return part(share.numerator, share.n)


def _both(judged: Judged, metric: str, verb: str) -> str:
    """The recommended rung beside the recency rule, in a sentence."""
    best = judged.recommended
    figures = {rung: hundredths(metrics[metric].value) for rung, metrics in judged.rungs.items()}
    name = RUNG_NAMES[best]
    sentence = f"{name[0].upper()}{name[1:]} {verb.format(figures[best])}"
    return sentence if best == REFERENCE else f"{sentence}, {RUNG_NAMES[REFERENCE]} {figures[REFERENCE]}"


def _each(judged: Judged, metric: str) -> str:
    return ", ".join(f"{RUNG_NAMES[rung]} {in_100(metrics[metric])}" for rung, metrics in judged.rungs.items())


def _signed_hundredths(share: float) -> str:
    return number(100 * share, digits=2, signed=True)


def hundredths(share: float) -> str:
    """A share as a whole number of 100."""
    return f"{100 * share:.0f}"
