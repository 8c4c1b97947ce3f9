"""Every way judged on the same later people: how well it ranks, and whether its probabilities mean what they say."""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple

import pandas as pd

from helpers.errors import NothingToDo
from helpers.reporting import formats
from helpers.segmentation.leads.panel import HORIZON_DAYS, Panel
from helpers.segmentation.leads.ways import RULES, Way
from helpers.statistics import (
    Estimate,
    Part,
    auc,
    average_precision,
    brier,
    calibration_intercept,
    calibration_slope,
    precision_at,
    proportion,
    reliability,
    resample,
)
from helpers.statistics.bootstrap import Statistic

METRICS = (
    "auc", "average_precision", "brier", "calibration_slope", "calibration_intercept", "precision_top_tenth",
)  # fmt: skip
COMPARED = ("auc", "average_precision", "brier", "precision_top_tenth")
FEWEST_OF_A_CLASS = 100
TOP = 0.1


class Judged(NamedTuple):
    """What became of the people of the test cutoff, beside what was said of them.

    Attributes:
        base_rate: Share of them that ordered.
        ways: Estimates by way and metric of `METRICS`; one without a value cannot be told and is left out.
        gains: The model's metric minus a rule's, on the same draws, by rule and metric of `COMPARED`.
        parts: Tenths of them by the model's probability, lowest first.
    """

    base_rate: Estimate
    ways: dict[str, dict[str, Estimate]]
    gains: dict[str, dict[str, Estimate]]
    parts: list[Part]

    @property
    def best_rule(self) -> str:
        """The rule with more orders on its list."""
        return max(RULES, key=lambda rule: self.ways[rule]["precision_top_tenth"].value)


def require_enough(panel: Panel) -> None:
    """Refuse to learn or to judge where too few order, or too few do not.

    Raises:
        NothingToDo: If there are fewer than 100 of either at any step.
    """
    steps = {"to learn from": panel.learning, "to calibrate on": panel.calibration, "to judge by": panel.test}
    for when, people in steps.items():
        buyers = int(people["ordered"].sum())
        if min(buyers, len(people) - buyers) < FEWEST_OF_A_CLASS:
            ordered = formats.part(buyers, len(people)) if len(people) else "nobody"
            raise NothingToDo(
                f"Of the people {when} {ordered} ordered in the {HORIZON_DAYS} days after; fewer than "
                f"{FEWEST_OF_A_CLASS} of either kind are too few for a score."
            )


def judge(ways: dict[str, Way], test: pd.DataFrame, *, draws: int, seed: int) -> Judged:
    """Judge every way on the people of the test cutoff.

    Args:
        ways: As `fit_ways` gives them.
        test: As `people_at` gives them, and ordered, which no way has seen.
        draws: Bootstrap draws of the people, shared by all ways and metrics.
        seed: Seed of the draws.
    """
    ordered = test["ordered"].to_numpy()
    statistics = {(name, metric): each for name, way in ways.items() for metric, each in _statistics(way, test).items()}
    drawn = resample(statistics, n=len(test), draws=draws, seed=seed)
    known = {name: math.isfinite(value) for name, value in drawn.observed.items()}
    return Judged(
        base_rate=proportion(len(test), int(ordered.sum())),
        ways={
            name: {metric: drawn.estimate((name, metric)) for metric in METRICS if known[name, metric]} for name in ways
        },
        gains={
            rule: {metric: drawn.difference(("model", metric), (rule, metric)) for metric in COMPARED} for rule in RULES
        },
        parts=reliability(ordered, ways["model"].probability(test)),
    )


def as_frame(judged: Judged) -> pd.DataFrame:
    """What was judged as rows of table `leads_judged`."""
    rows = [("none", "base_rate", judged.base_rate)]
    rows += [(name, metric, each) for name, metrics in judged.ways.items() for metric, each in metrics.items()]
    rows += [(rule, f"{metric}_gain", each) for rule, gains in judged.gains.items() for metric, each in gains.items()]
    frame = pd.DataFrame([{"way": way, "metric": metric, **each._asdict()} for way, metric, each in rows])
    return frame.drop(columns="numerator")


def _statistics(way: Way, test: pd.DataFrame) -> dict[str, Statistic]:
    ordered, rank, probability = test["ordered"].to_numpy(), way.rank(test), way.probability(test)
    return {
        "auc": partial(auc, ordered, rank),
        "average_precision": partial(average_precision, ordered, rank),
        "brier": partial(brier, ordered, probability),
        "calibration_slope": partial(calibration_slope, ordered, probability),
        "calibration_intercept": partial(calibration_intercept, ordered, probability),
        "precision_top_tenth": partial(precision_at, ordered, rank, share=TOP),
    }
