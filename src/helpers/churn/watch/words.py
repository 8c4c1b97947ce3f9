"""What the page says of the watch, in sentences."""

from __future__ import annotations

from helpers.churn.cutoffs import Cutoffs
from helpers.churn.features import FEATURE_NAMES
from helpers.churn.watch.drift import BARS, INPUT, LEVEL, SCORE, Drift
from helpers.churn.watch.retraining import INTERCEPT, RANKING, SCORES, SLOPES, Matured, Watched
from helpers.churn.words import did_not, hundredths, in_100, signed_100
from helpers.reporting.formats import interval, number
from helpers.statistics import Estimate

RULE = (
    "The rule for learning anew was written beforehand. Learn anew where what was said of customers did not come true: "
    f"off by more than {INTERCEPT} in the logarithm of the odds, as when of 100 of whom 50 were said to leave fewer "
    "than 45 or more than 55 did, or differences between customers that are less than half, or more than twice, "
    f"what was said (a slope outside {SLOPES[0]:g} to {SLOPES[1]:g}); each with its whole interval. Learn anew, too, "
    f"where scores are spread otherwise by a stability index of {BARS[SCORE]} or more, beyond chance, or where the "
    "rule beside the model orders more pairs right, with its whole interval. Otherwise keep the model."
)
MEANING = (
    "The **stability index** says how differently people are spread over ten equal parts of those of then: 0 where "
    f"they are alike, {BARS[INPUT]} where a look is worth while, {BARS[SCORE]} and more where the difference is large. "
    "What is larger or smaller than ever before, and what is missing, has a part of its own. **By chance** is what it "
    "stays below in 19 of 20 cases when the same days are shuffled, each day whole. To be called moved, a feature must "
    f"be beyond the chance of days and of people, by tests that together are wrong once in {1 / LEVEL:.0f} times at "
    "most, and at the bar. Weeks that follow each other are alike, so that shuffling makes chance smaller than it is: "
    "the bar is there for that."
)
NOT_BAD = (
    "A drift need not be bad. Customers who stay grow older with the shop, and with them all that is counted since "
    "their first order; a season moves orders, visits and amounts of all. A unit that changed or a channel that "
    "stopped tracking looks the same, and is. Only where what is said no longer comes true is it time to learn anew."
)
_WHY = {
    SCORES: "scores are spread otherwise than when the model was judged",
    RANKING: "the rule beside it orders more pairs of customers right",
}
_MOST = 3


def sentences(watched: Watched, cutoffs: Cutoffs) -> list[str]:
    """All that is said of the watch: what to do, what came true, what moved, and the rule."""
    return [
        verdict(watched),
        came_true(watched.matured, cutoffs),
        scores_said(watched.scores),
        inputs_said(watched.inputs),
        NOT_BAD,
        RULE,
    ]


def verdict(watched: Watched) -> str:
    """Whether to keep the model, by the rule, and why."""
    if watched.reasons:
        why = [_WHY.get(reason) or _untrue(watched.matured) for reason in watched.reasons]
        return f"Take probabilities with care, and learn the model anew from newer days: {_listed(why)}."
    if watched.matured is None:
        return "Keep the model, as far as can be told: too few customers left, or stayed, to see what came true."
    return "Keep the model: nothing in the rule for learning anew is met."


def _untrue(matured: Matured) -> str:
    if matured.intercept.lo is not None and (matured.intercept.lo > INTERCEPT or matured.intercept.hi < -INTERCEPT):
        return f"{'more' if matured.intercept.value > 0 else 'fewer'} customers did not come back than was said"
    return f"customers differ {'more' if matured.slope.value > 1 else 'less'} from each other than was said"


def came_true(matured: Matured | None, cutoffs: Cutoffs) -> str:
    """What was said at the newest moment whose days are over, and what came of it."""
    if matured is None:
        return (
            "Whether what was said came true cannot be told: fewer than 100 customers left, or fewer than 100 stayed."
        )
    share = matured.observed
    left = f"Of 100 customers {in_100(share, words=True)} {did_not(cutoffs)} in {cutoffs.horizon_days} days"
    return (
        f"{left} ({number(share.numerator)} of {number(share.n)}); {hundredths(matured.predicted)} were said to. In "
        f"the logarithm of the odds that is {interval(matured.intercept, form=_signed, words=False)}, where 0 is as "
        f"said; {_slope(matured.slope)}. Of 100 pairs of one of these and another customer the model "
        f"puts {in_100(matured.auc)} in the right order, {signed_100(matured.over_rule)} against the recency rule."
    )


def scores_said(scores: Drift) -> str:
    """Whether the model says of people now what it said of those of then."""
    own = scores.tests.iloc[0]
    figures = f"stability index {number(own.psi)}, by chance up to {number(own.chance)}"
    if own.moved:
        return f"Scores are spread otherwise than they were: {figures}."
    return " ".join([f"Scores are spread as they were, as far as it matters: {figures}.", *_untold(scores)])


def inputs_said(inputs: Drift) -> str:
    """Which features moved, most first."""
    moved, all_of_them = inputs.moved, len(inputs.tests)
    if moved.empty:
        return " ".join([f"None of {number(all_of_them)} features moved.", *_untold(inputs)])
    said = [f"{name_of(each.feature)} ({number(each.psi)})" for each in moved.head(_MOST).itertuples()]
    rest = f" and {number(len(moved) - _MOST)} more" if len(moved) > _MOST else ""
    return (
        f"{number(len(moved))} of {number(all_of_them)} features moved, in brackets by how much: "
        f"{', '.join(said)}{rest}."
    )


def how_compared(drift: Drift) -> str:
    """Which people were compared, and how finely chance can be told."""
    days = f"{number(drift.days[0])} days up to the day of judging and {number(drift.days[1])} since"
    which = "all ways to split these days" if drift.exact else "ways to split these days, by chance"
    return f"What moved: people on {days}, on a mean day {drift.people[0]:,.0f} and {drift.people[1]:,.0f}; {which}."


def name_of(feature: str) -> str:
    """What a feature, or the score, is called on a page."""
    return FEATURE_NAMES.get(feature, feature)


def _untold(drift: Drift) -> list[str]:
    if drift.tellable:
        return []
    days = f"{number(drift.days[0])} and {number(drift.days[1])} days"
    return [f"With {days} there are too few ways to split them for any difference to be beyond chance."]


def _slope(slope: Estimate | None) -> str:
    if slope is None:
        return "differences between customers were not said"
    return f"differences between customers came {interval(slope, form=_times, words=False)} as large as said"


def _signed(value: float) -> str:
    return number(value, digits=2, signed=True)


def _times(value: float) -> str:
    return f"{number(value, digits=2)} times"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"
