"""What a page says of leads in sentences, from the figures that it shows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.privacy import MINIMUM, Published
from helpers.reporting.formats import date, interval, number, part, people
from helpers.segmentation.leads.find import Leads
from helpers.segmentation.leads.judge import TOP, Judged
from helpers.segmentation.leads.panel import HORIZON_DAYS
from helpers.segmentation.leads.ways import RULES
from helpers.statistics import Estimate

WAY_NAMES = {
    "model": "the score",
    "recency": "the recency rule",
    "frequency": "the frequency rule",
    "tree": "a decision tree",
    "svm": "a support vector machine",
}
MEANING = (
    f"The **score** is the probability of an order in the next {HORIZON_DAYS} days, in hundredths. Its **level** says "
    "how much is known of a person: low, medium or high, by how much of what they did was tracked. The **percentile** "
    "beside it says how many of 100 others stand behind them; it is no probability. More of what people do in the last "
    "four weeks never lowers a score, but for orders and refunds: who has just ordered may need nothing for a while."
)


def in_100(share: Estimate, *, words: bool = False) -> str:
    """A share as a natural frequency: "31 (28 to 34)" of 100."""
    return interval(share, form=_hundredths, words=words)


def signed(difference: Estimate) -> str:
    """A difference of two shares, in cases of 100, with its sign."""
    return interval(difference, form=lambda share: number(round(100 * share), signed=True), words=False)


def headlines(leads: Leads) -> list[str]:
    """What the section adds to the page's headlines: whether to list by the score, or why there is none."""
    judged = leads.judged
    if judged is None:
        return [f"No score says who orders next: {leads.reason[0].lower()}{leads.reason[1:]}"]
    rule, (decision, _) = judged.best_rule, _judgement(judged)
    score, other = (judged.ways[way]["precision_top_tenth"] for way in ("model", rule))
    return [
        f"{decision}. Of 100 on the score's list {in_100(score, words=True)} ordered in {HORIZON_DAYS} days; by "
        f"{WAY_NAMES[rule]} {in_100(other)}; taken blindly {in_100(judged.base_rate)}."
    ]


def verdict(judged: Judged) -> str:
    """Whether to list by the score or by a rule, by orders on the list of the top tenth, and why."""
    decision, why = _judgement(judged)
    return f"{decision}: {why}."


def _judgement(judged: Judged) -> tuple[str, str]:
    """What to list by, against the better rule, and why."""
    rule = judged.best_rule
    gain = judged.gains[rule]["precision_top_tenth"]
    pairs = judged.gains[rule]["auc"]
    name = WAY_NAMES[rule]
    if gain.lo is not None and gain.lo > 0:
        return "List by the score", f"it finds more who order than {name} does"
    if gain.hi is not None and gain.hi < 0:
        return f"List by {name}", "it finds more who order than the score does"
    if pairs.lo is not None and pairs.lo > 0:
        return (
            f"For a short list {name} will do",
            "beyond chance the score's first tenth holds no more who order, though over all people it puts more pairs "
            "in the right order",
        )
    return f"{name[0].upper()}{name[1:]} will do", "beyond chance the score does not find more who order"


def listed(judged: Judged) -> str:
    """Of 100 on the list, how many ordered, beside those on the lists of the rules and taken blindly."""
    lists = {name: metrics["precision_top_tenth"] for name, metrics in judged.ways.items()}
    rules = ", ".join(f"by {WAY_NAMES[rule]} {in_100(lists[rule])}" for rule in RULES)
    return (
        f"Of 100 people on the score's list (the first tenth), {in_100(lists['model'], words=True)} ordered in "
        f"{HORIZON_DAYS} days; picked {rules}; taken blindly {in_100(judged.base_rate)}: "
        f"{part(judged.base_rate.numerator, judged.base_rate.n)}."
    )


def lists_title(judged: Judged) -> str:
    """What the picture of lists shows, as a title."""
    lists = {name: _hundredths(judged.ways[name]["precision_top_tenth"].value) for name in ("model", *RULES)}
    return (
        f"Of 100 on the score's list {lists['model']} ordered, by frequency {lists['frequency']}, "
        f"by recency {lists['recency']}"
    )


def lists_alt(judged: Judged) -> str:
    """What the picture of lists shows, for who cannot see it."""
    each = ", ".join(f"{WAY_NAMES[name]} {in_100(ways['precision_top_tenth'])}" for name, ways in judged.ways.items())
    return f"Of 100 listed who ordered, with intervals: {each}; taken blindly {in_100(judged.base_rate)}."


def of_lists(leads: Leads) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of lists."""
    return {
        "title": lists_title(leads.judged),
        "subtitle": f"Of 100 listed who ordered, 19 in 20; {how_judged(leads)}",
        "alt": lists_alt(leads.judged),
        "source": "leads_judged",
        "caption": "The line is what a list drawn blindly would hold.",
    }


def of_reliability(leads: Leads, shown: pd.DataFrame) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of tenths.

    Args:
        leads: The scores.
        shown: The frame of `reliability_table`.
    """
    return {
        "title": agreement(leads.judged).removesuffix("."),
        "subtitle": f"Of 100 who ordered, by what their score said, 19 in 20; {how_judged(leads)}",
        "alt": reliability_alt(shown),
        "source": "leads_judged",
    }


def agreement(judged: Judged) -> str:
    """Whether the probabilities mean what they say, from slope and intercept."""
    model = judged.ways["model"]
    came, slope = model["calibration_intercept"], model.get("calibration_slope")
    if slope is None or slope.lo is None or came.lo is None:
        return "Whether the scores mean what they say cannot be told of these people."
    faults = []
    if came.lo > 0 or came.hi < 0:
        faults.append(f"{'more' if came.lo > 0 else 'fewer'} ordered than the scores said")
    if slope.lo > 1 or slope.hi < 1:
        apart = "near to each other" if slope.lo > 1 else "far apart: high ones too high, low ones too low"
        faults.append(f"scores are too {apart}")
    if faults:
        return f"The scores do not quite mean what they say: {'; '.join(faults)}."
    return "As far as these people can tell, the scores mean what they say."


def reliability_alt(shown: pd.DataFrame) -> str:
    """What the picture of tenths shows, for who cannot see it.

    Args:
        shown: The frame of `reliability_table`.
    """
    _, _, _, said, came, *_ = shown.columns
    known = shown.dropna(subset=[came])
    pairs = ", ".join(f"{each[said]:.0f}: {each[came]:.0f}" for each in known.to_dict("records"))
    return f"Of 100, said and ordered, tenth by tenth: {pairs or 'all hidden'}."


def moves(leads: Leads, shown: Published) -> str:
    """By what rule scores rise or fall, and how many people are declining, where that may be told.

    Args:
        leads: The scores.
        shown: As `moves_table` gives it.
    """
    count, total = int(leads.people["declining"].sum()), len(leads.people)
    declining = "some"
    if shown.sums_may_be_told:
        declining = part(count, total) if count else f"nobody of {people(total)}"
    flagged = (
        f"Of the people still active {declining} {'are' if count else 'is'} declining, which is to come more rarely "
        "than they were used to."
    )
    if leads.beyond is None:
        return flagged
    return (
        f"Only a change by {leads.beyond} points or more counts as rising or falling: in the {HORIZON_DAYS} days up "
        f"to {date(leads.cutoffs.test)}, the scores of at least nine in ten people changed by less. {flagged}"
    )


def how_judged(leads: Leads) -> str:
    """On whom the score, where there is one, was learned and judged, for a subtitle."""
    return (
        f"{number(leads.judged.base_rate.n)} people still active on {date(leads.cutoffs.test)}, and "
        f"what they did in the {HORIZON_DAYS} days from then; learned on earlier days"
    )


def now(leads: Leads) -> str:
    """How long today's list is and what its scores are, beside what became of the last; of a small one no scores."""
    if leads.judged is None:
        return leads.reason
    first = leads.people.nlargest(max(1, round(TOP * len(leads.people))), "probability")
    said = f" Their scores are {_hundredths(first['probability'].mean())} on average."
    came = in_100(leads.judged.ways["model"]["precision_top_tenth"], words=True)
    return (
        f"Today's list, the first tenth of {people(len(leads.people))} people still active, holds "
        f"{people(len(first))} people.{said if len(first) >= MINIMUM else ''} Of 100 on the score's list of "
        f"{date(leads.cutoffs.test)}, {came} ordered in the {HORIZON_DAYS} days from then."
    )


def _hundredths(share: float) -> str:
    return f"{100 * share:.0f}"
