"""What a page says of how models and rules did on the days held out."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from helpers.reporting.formats import MISSING, Format, date, interval, level, money
from helpers.statistics import Estimate
from helpers.value.holdout import LAST_PERIOD, MEAN_RATE, MODEL
from helpers.value.trial import PURCHASES, REVENUE, Trial, best_rule, recommended

MODEL_NAMES = {"bgnbd": "BG/NBD", "pareto_nbd": "Pareto/NBD"}
RULE_NAMES = {MEAN_RATE: "the rule “as often as so far”", LAST_PERIOD: "the rule “as much as in the time before”"}
MEANINGS = {
    ("BG/NBD", "r"): "how alike people are in how often they order; the larger, the more alike",
    ("BG/NBD", "alpha"): "weeks; r over alpha is the mean number of purchases a week of who is still there",
    ("BG/NBD", "a"): "a over a + b is the mean chance to leave after a purchase",
    ("BG/NBD", "b"): "see a; the larger both are, the more alike people are in it",
    ("Pareto/NBD", "r"): "how alike people are in how often they order; the larger, the more alike",
    ("Pareto/NBD", "alpha"): "weeks; r over alpha is the mean number of purchases a week of who is still there",
    ("Pareto/NBD", "s"): "how alike people are in how soon they leave; the larger, the more alike",
    ("Pareto/NBD", "beta"): "weeks; s over beta is the mean rate of leaving a week",
    ("Gamma-Gamma", "p"): "how alike one person’s purchases are; the larger, the more alike",
    ("Gamma-Gamma", "q"): "how alike people are in what they spend; the larger, the more alike",
    ("Gamma-Gamma", "gamma"): "p times gamma over q − 1 is the mean spend of a day with a purchase",
}
RULE = (
    "The rule, written before anything was looked at: foretell by the better of the two simple rules, unless the model "
    "misses by less than it does, beyond what chance gives (19 in 20). Of the two models it is BG/NBD unless "
    "Pareto/NBD misses by less beyond chance."
)
LAW = (
    "Both models hold that people buy at a steady rate of their own until they leave for good, which nobody sees. By "
    "**BG/NBD** they may leave after each purchase, by **Pareto/NBD** at any moment."
)


def way_name(trial: Trial, way: str) -> str:
    """What a way of foretelling is called on the page."""
    if way in RULE_NAMES:
        return RULE_NAMES[way]
    return MODEL_NAMES[trial.model if way == MODEL else way]


def of_weeks(trial: Trial) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of weeks."""
    return {
        "title": f"In the {trial.days} days held out {off(trial.errors.holdout, MODEL_NAMES[trial.model])}",
        "subtitle": f"Purchases after the first in each week, of those who first bought before {date(trial.cutoff)}; "
        "right of the line nothing was known to the models",
        "alt": f"Lines of purchases by week, as they came and as models expected. {tracked(trial)}",
        "source": "daily",
        "caption": "People who first bought after the line are not among them, so that what comes of these customers "
        "falls as some of them leave. The models’ lines know of each only when they first bought; forecasts by what "
        "each bought since add up to another total. Weeks with fewer than 10 people are not drawn.",
    }


def tracked(trial: Trial) -> str:
    """How far expected purchases of all are off, over the holdout alone and over everything."""
    holdout, cumulative = trial.errors
    name = MODEL_NAMES[trial.model]
    if not np.isfinite(holdout.value):
        return f"Nobody bought in the {trial.days} days held out, so that no error can be told."
    return (
        f"Over the {trial.days} days held out alone {off(holdout, name)} ({_ends(holdout)}, {level(holdout.level)}). "
        f"Over everything since the first purchase it is {percent(cumulative.value)} ({_ends(cumulative)}), which "
        "says less: the model has seen most of it."
    )


def of_frequency(trial: Trial, shown: pd.DataFrame) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture by frequency.

    Args:
        trial: What was judged.
        shown: The frame of `frequency_table`; what is hidden in it is not told.
    """
    before, _, foretold, came, lowest, highest = shown.columns
    known = shown.dropna(subset=[came])
    sure = known.dropna(subset=[lowest])
    held = int(((sure[lowest] <= sure[foretold]) & (sure[foretold] <= sure[highest])).sum())
    each = ", ".join(f"{row[before]}: {row[foretold]:.2f} and {row[came]:.2f}" for row in known.to_dict("records"))
    return {
        "title": f"{held} of {len(sure)} intervals hold what was foretold",
        "subtitle": f"Purchases in the {trial.days} days from {date(trial.cutoff)} per customer, foretold by "
        f"{MODEL_NAMES[trial.model]} and as they came, by purchases after the first until then; intervals "
        f"{level(0.95)}",
        "alt": f"Foretold and came, by purchases before: {each or 'all hidden'}.",
        "source": "daily",
    }


def compared(trial: Trial, *, currency: str) -> str:
    """By what to foretell each outcome, by the rule written beforehand."""
    forms = {PURCHASES: "{:.2f} purchases".format, REVENUE: partial(money, currency=currency)}
    return " ".join(_judgement(trial, outcome, forms[outcome]) for outcome in trial.ways)


def spending(trial: Trial) -> str:
    """Whether spend has to do with frequency, and how it is foretold therefore."""
    found = trial.spending
    related = ""
    if found.correlation is not None:
        related = (
            "The correlation of how often customers buy again and what they spend on such a day is "
            f"{interval(found.correlation)}. "
        )
    if found.fitted is not None:
        return (
            f"{related}It is below 0.2 either way, so that the **Gamma-Gamma** model may be used: it draws what is "
            "known of somebody with few purchases towards what everybody spends."
        )
    if not np.isfinite(found.mean):
        return f"{related}Nobody’s spend is known, so purchases alone are foretold."
    return (
        f"{related}{found.reason} So spend is foretold by each customer’s own mean so far, or that of all, and has no "
        "range."
    )


def tenths(trial: Trial, currency: str) -> str:
    """What the table of tenths is about, and its unit."""
    return f"Revenue in {currency}" if REVENUE in trial.ways else "Purchases"


def coverage(trial: Trial) -> str:
    """How many ranges held what came, beside how many should have."""
    said = [_covered(trial, outcome) for outcome in (PURCHASES, REVENUE) if trial.covered(outcome) is not None]
    totals = {outcome: trial.total(outcome) for outcome in trial.ways}
    missed = [outcome for outcome, total in totals.items() if total is not None and total.missed]
    if missed:
        said.append(f"That is of customers one by one: {' and '.join(missed)} of all together lay outside the range.")
    return " ".join(said)


def off(error: Estimate, name: str) -> str:
    """What a model expected, beside what came, in words."""
    if not np.isfinite(error.value):
        return "nobody bought"
    size = f"{abs(100 * error.value):.1f}%"
    return f"{name} expected {size} {'more' if error.value >= 0 else 'fewer'} purchases than came"


def percent(share: float) -> str:
    """A ratio less 1 with its sign: "−18.0%"."""
    return f"{100 * share:+.1f}%".replace("-", "−")


def hundredths(share: float) -> str:
    """A share as a whole number of 100."""
    return f"{100 * share:.0f}"


def _judgement(trial: Trial, outcome: str, form: Format) -> str:
    ways = trial.ways[outcome]
    rule = best_rule(ways)
    name, by_rule = MODEL_NAMES[trial.model], RULE_NAMES[rule]
    mine, other = (form(ways[way].rmse.value) for way in (MODEL, rule))
    gain = ways[rule].over_model
    if recommended(ways) == MODEL:
        return f"Foretell {outcome} by {name}: of a customer it typically misses by {mine}, {by_rule} by {other}."
    if gain.hi is not None and gain.hi < 0:
        return f"Foretell {outcome} by {by_rule}: of a customer it typically misses by {other}, {name} by {mine}."
    return (
        f"For {outcome} {by_rule} will do: of a customer it typically misses by {other}, {name} by {mine}, no less "
        "beyond chance."
    )


def _covered(trial: Trial, outcome: str) -> str:
    share, claimed = trial.covered(outcome), trial.foretold.level
    verdict = "so that they are too narrow" if share.hi < claimed else "and did"
    return (
        f"Of 100 customers’ ranges of {outcome} {interval(share, form=hundredths)} held what came; "
        f"{100 * claimed:.0f} or more should have, {verdict}."
    )


def _ends(error: Estimate) -> str:
    return MISSING if error.lo is None else f"{percent(error.lo)} to {percent(error.hi)}"
