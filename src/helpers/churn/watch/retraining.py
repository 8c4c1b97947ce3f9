"""Whether what was said came true where that is known by now, and whether it is time to learn anew.

The rule was written before any data: learn anew where what happened is off what was said (`INTERCEPT`, `SLOPES`), where
scores are spread otherwise than they were (`drift.BARS`), or where the rule beside the model puts more pairs of people
in the right order. Inputs that drift are told, and are no reason by themselves: a model may bear them well.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from helpers.churn.ladder import FEWEST_OF_A_CLASS
from helpers.churn.watch.drift import INPUT, PROBABILITY, SCORE, Drift, held
from helpers.statistics import Estimate, auc, calibration_intercept, calibration_slope, proportion, resample

INTERCEPT = 0.2  # logits: where 50 of 100 were said, fewer than 45 or more than 55 came
SLOPES = (0.5, 2.0)  # what was said is twice as far apart as what came, or half as far
CALIBRATION, SCORES, RANKING = "calibration", "scores", "ranking"


class Matured(NamedTuple):
    """What was said at the newest cutoff whose horizon is over, and what came of it.

    Attributes:
        observed: Share of people who did not order.
        predicted: Mean of what was said of them.
        intercept: Calibration in the large, in logits; above 0 more left than was said.
        slope: Slope of calibration; missing where there is none, such as where one probability was said of all.
        auc: Share of pairs that the model puts in the right order.
        over_rule: The same minus that of the rule, on the same draws.
    """

    observed: Estimate
    predicted: float
    intercept: Estimate
    slope: Estimate | None
    auc: Estimate
    over_rule: Estimate


class Watched(NamedTuple):
    """What the watch found.

    Attributes:
        inputs: Features of now against those of then.
        scores: What the model says of people of now against what it says of those of then.
        matured: Missing where too few left or too few stayed.
        reasons: Why it is time to learn anew, of `CALIBRATION`, `SCORES` and `RANKING`; none: keep the model.
    """

    inputs: Drift
    scores: Drift
    matured: Matured | None
    reasons: tuple[str, ...]

    @property
    def tests(self) -> pd.DataFrame:
        """What was compared, inputs and scores: the rows of table `drift`."""
        return pd.concat([self.inputs.tests, self.scores.tests], ignore_index=True).drop(columns="bar")


def watch(
    then: pd.DataFrame, now: pd.DataFrame, test: pd.DataFrame, *, features: Sequence[str], draws: int, seed: int
) -> Watched:
    """Hold people, scores and what came of them against what they were when the model was judged.

    Args:
        then: One row a person and day of then: cutoff, `features` and probability (what the model says of them).
        now: The same of the days of now.
        test: One row a person of the newest cutoff whose horizon is over: churned, probability, and rule (what the rule
            beside the model ranks by; higher means less likely to order).
        features: Names of the features.
        draws: Bootstrap draws of the people of `test`.
        seed: Seed of the draws, and of splits of the days by chance.

    Raises:
        NothingToDo: If nobody was there on the days of then, or of now.
    """
    inputs = held(then, now, features, kind=INPUT, seed=seed)
    scores = held(then, now, [PROBABILITY], kind=SCORE, seed=seed)
    matured = judge(test, draws=draws, seed=seed)
    return Watched(inputs, scores, matured, reasons(scores, matured))


def judge(test: pd.DataFrame, *, draws: int, seed: int) -> Matured | None:
    """What came of what was said; None where fewer than 100 left or fewer than 100 stayed.

    Args:
        test: churned, probability and rule, as in `watch`.
        draws: Bootstrap draws of the people.
        seed: Seed of the draws.
    """
    gone = int(test["churned"].sum())
    if min(gone, len(test) - gone) < FEWEST_OF_A_CLASS:
        return None
    churned, probability, rule = (test[name].to_numpy() for name in ("churned", PROBABILITY, "rule"))
    statistics = {
        "intercept": partial(calibration_intercept, churned, probability),
        "slope": partial(calibration_slope, churned, probability),
        "auc": partial(auc, churned, probability),
        "rule": partial(auc, churned, rule),
    }
    drawn = resample(statistics, n=len(test), draws=draws, seed=seed)
    slope = drawn.estimate("slope")
    return Matured(
        observed=proportion(len(test), gone),
        predicted=float(probability.mean()),
        intercept=drawn.estimate("intercept"),
        slope=slope if slope.value == slope.value else None,
        auc=drawn.estimate("auc"),
        over_rule=drawn.difference("auc", "rule"),
    )


def reasons(scores: Drift, matured: Matured | None) -> tuple[str, ...]:
    """Why the rule says to learn anew; nothing where it says to keep the model.

    Args:
        scores: Scores of now against those of then.
        matured: What came of what was said.
    """
    found = {
        CALIBRATION: matured is not None
        and (_outside(matured.intercept, -INTERCEPT, INTERCEPT) or _outside(matured.slope, *SLOPES)),
        SCORES: not scores.moved.empty,
        RANKING: matured is not None and matured.over_rule.hi is not None and matured.over_rule.hi < 0,
    }
    return tuple(name for name, is_so in found.items() if is_so)


def _outside(estimate: Estimate | None, lowest: float, highest: float) -> bool:
    """Whether a whole interval lies below or above a range."""
    if estimate is None or estimate.lo is None:
        return False
    return estimate.hi < lowest or estimate.lo > highest
