"""The tables that the churn page shows; small groups in them are hidden."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.churn.judge import Judged
from helpers.churn.ladder import Ladder, members
from helpers.churn.mending_words import WAY_NAMES
from helpers.churn.panel import Panel
from helpers.churn.words import POPULATION_NAMES, RUNG_NAMES, in_100, signed
from helpers.privacy import MINIMUM, Published, publish, publish_for
from helpers.reporting.formats import date, interval

if TYPE_CHECKING:
    from helpers.datasets import Shop

_COHORTS = [
    "As of",
    "Used to",
    "Customers",
    "of them not back",
    "Still active",
    "of these not back",
]
_COUNTED = tuple(_COHORTS[2:])
# Which of these counts are parts of which, for `helpers.privacy.publish`.
_PARTS = tuple((_COUNTED[whole], _COUNTED[part]) for whole, part in ((0, 1), (0, 2), (1, 3), (2, 3)))
_OF_PART = ["Customers", "Did not come back"]
SAID, CAME, LOWEST, HIGHEST = "Said, of 100", "Came, of 100", "At least", "At most"
MEASURE_NAMES = {
    "auc": "AUC",
    "average_precision": "Average precision",
    "precision_top_tenth": "Precision, top tenth",
    "recall_top_tenth": "Recall, top tenth",
    "brier": "Brier score",
    "log_loss": "Log loss",
    "calibration_slope": "Calibration slope",
    "calibration_intercept": "Calibration intercept",
    "accuracy": "Accuracy",
    "balanced_accuracy": "Balanced accuracy",
}
_GAINS = {metric: MEASURE_NAMES[metric] for metric in ("auc", "average_precision", "brier")}


def cohort_table(panel: Panel) -> Published:
    """Who was looked at, when and what for: one row a moment, counts of people."""
    rows = []
    for purpose, people in {"learn": panel.training, "judge": panel.test, "score": panel.current}.items():
        for cutoff, everybody in people.groupby("cutoff", sort=True):
            active = members(everybody, "active")
            counts = [len(everybody), _gone(everybody), len(active), _gone(active)]
            rows.append([date(cutoff), purpose, *counts])
    frame = pd.DataFrame(rows, columns=_COHORTS).astype(dict.fromkeys(_COUNTED, "Int64"))
    return publish(frame, people=_COUNTED, names=_COHORTS[:2], parts=_PARTS, totals="none")


def rung_table(ladder: Ladder) -> Published:
    """What each rung is worth among those who decide, in natural frequencies with intervals; beside it among all."""
    judged, everybody = ladder.populations[ladder.headline], ladder.populations["all"]
    rows = [
        {
            "Way of ranking": RUNG_NAMES[rung],
            "Of 100 pairs, right": in_100(metrics["auc"]),
            "Against the recency rule": signed(judged.gains[rung]["auc"]) if rung in judged.gains else None,
            "Of 100 listed, not back": in_100(metrics["precision_top_tenth"]),
        }
        | ({} if judged is everybody else {"Of 100 pairs of all customers": in_100(everybody.rungs[rung]["auc"])})
        for rung, metrics in judged.rungs.items()
    ]
    return publish(pd.DataFrame(rows), people=None, why="measures of methods")


def measures_table(ladder: Ladder) -> Published:
    """The ladder in the field's own measures, for behind a fold; seconds are those that this run took."""
    form = partial(interval, words=False)
    rows = [
        {"Customers": POPULATION_NAMES[population], "Way of ranking": RUNG_NAMES[rung]}
        | {name: form(metrics[metric]) if metric in metrics else None for metric, name in MEASURE_NAMES.items()}
        | {
            f"{name}, against recency": form(judged.gains[rung][metric]) if rung in judged.gains else None
            for metric, name in _GAINS.items()
        }
        | {"Probabilities": WAY_NAMES[judged.choices[rung].way]}
        | {
            f"Brier score of held-out people, {name}": form(each) if each else None
            for way, name in WAY_NAMES.items()
            for each in [judged.choices[rung].brier.get(way)]
        }
        | {"Seconds to learn + to score": " + ".join(f"{each:.2f}" for each in judged.seconds[rung])}
        for population, judged in _headline_first(ladder)
        for rung, metrics in judged.rungs.items()
    ]
    return publish(pd.DataFrame(rows), people=None, why="measures of methods")


def reliability_table(shop: Shop, ladder: Ladder) -> Published:
    """Tenths of the test people by what the recommended rung said of them, and what came of each."""
    parts = ladder.populations[ladder.headline].parts
    rows = [
        (
            f"{place} of {len(parts)}",
            part.share.n,
            part.share.numerator,
            *(100 * each for each in (part.predicted, part.share.value, part.share.lo, part.share.hi)),
        )
        for place, part in enumerate(parts, 1)
    ]
    frame = pd.DataFrame(rows, columns=["Part", *_OF_PART, SAID, CAME, LOWEST, HIGHEST])
    return publish_for(shop, "churn.reliability", frame, people=_OF_PART, parts=[_OF_PART])


def tenths_table(shop: Shop, scores: pd.DataFrame, current: pd.DataFrame, population: str) -> Published:
    """A population of today in tenths, least likely to come back first.

    Args:
        shop: The data set.
        scores: As `score_people` or `rank_people` gives them.
        current: The people they were given for, in the same order.
        population: Whom to show.

    Returns:
        One row a tenth (fewer, larger parts where a tenth would be below 10 people): customers, median days since the
        last order and, where there are probabilities, how many of 100 are expected not to come back. Empty for fewer
        than 10 people.
    """
    people = members(current, population)
    listed = scores.loc[people.index].sort_values("percentile", ascending=False, kind="stable")
    parts = np.array_split(listed.index, min(10, max(1, len(listed) // MINIMUM)))
    shown = [part for part in parts if len(part) >= MINIMUM]
    frame = pd.DataFrame(
        {
            "Part": [f"{place} of {len(shown)}" for place in range(1, len(shown) + 1)],
            "Customers": [len(part) for part in shown],
            "Days since the last order, median": [people.loc[part, "days_since_last_order"].median() for part in shown],
            "Of 100, expected not to come back": [100 * listed.loc[part, "probability"].mean() for part in shown],
        }
    )
    if listed["probability"].isna().all():
        frame = frame.iloc[:, :-1]
    return publish_for(shop, "churn.tenths", frame, people="Customers")


def _headline_first(ladder: Ladder) -> list[tuple[str, Judged]]:
    return sorted(ladder.populations.items(), key=lambda each: each[0] != ladder.headline)


def _gone(people: pd.DataFrame) -> int | None:
    return int(people["churned"].sum()) if "churned" in people else None
