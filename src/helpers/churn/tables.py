"""The tables that the churn page shows, as they are before small groups are hidden on publication."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from helpers.churn.judge import Judged
from helpers.churn.ladder import Ladder, members
from helpers.churn.mending_words import WAY_NAMES
from helpers.churn.panel import Panel
from helpers.churn.words import POPULATION_NAMES, RUNG_NAMES, in_100, signed
from helpers.privacy import MINIMUM
from helpers.reporting.formats import date, interval, number

LEAST = MINIMUM

_COHORTS = [
    "As of",
    "Used to",
    "Customers",
    "of them not back",
    "Active customers",
    "of these not back",
]
COUNTED = tuple(_COHORTS[2:])
# Which of these counts are parts of which, for `helpers.privacy.publish`.
PARTS = tuple((COUNTED[whole], COUNTED[part]) for whole, part in ((0, 1), (0, 2), (1, 3), (2, 3)))
RELIABILITY = ("Customers", "Did not come back")
SAID, CAME, LOWEST, HIGHEST = "Said, of 100", "Came, of 100", "At least", "At most"
_RUNGS = [
    "Customers",
    "Way of ranking",
    "Of 100 pairs, right",
    "Against the recency rule",
    "Of 100 listed, not back",
    "Of 100 not back, listed",
    "Of 100 answers, right",
    "The same, if half were not back",
]
_MEASURES = {
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
_GAINS = {metric: _MEASURES[metric] for metric in ("auc", "average_precision", "brier")}


def cohort_table(panel: Panel) -> pd.DataFrame:
    """Who was looked at, when and what for: one row a moment, counts of people."""
    rows = []
    for purpose, people in {"learn": panel.training, "judge": panel.test, "score": panel.current}.items():
        for cutoff, everybody in people.groupby("cutoff", sort=True):
            active = members(everybody, "active")
            counts = [len(everybody), _gone(everybody), len(active), _gone(active)]
            rows.append([date(cutoff), purpose, *counts])
    return pd.DataFrame(rows, columns=_COHORTS).astype(dict.fromkeys(COUNTED, "Int64"))


def rung_table(ladder: Ladder) -> pd.DataFrame:
    """The ladder in one table: what each rung is worth in each population, in natural frequencies with intervals."""
    rows = [
        (
            POPULATION_NAMES[population],
            RUNG_NAMES[rung],
            in_100(metrics["auc"]),
            signed(judged.gains[rung]["auc"]) if rung in judged.gains else None,
            in_100(metrics["precision_top_tenth"]),
            in_100(metrics["recall_top_tenth"]),
            in_100(metrics["accuracy"]),
            in_100(metrics["balanced_accuracy"]),
        )
        for population, judged in _headline_first(ladder)
        for rung, metrics in judged.rungs.items()
    ]
    return pd.DataFrame(rows, columns=_RUNGS)


def measures_table(ladder: Ladder) -> pd.DataFrame:
    """The ladder in the field's own measures, for behind a fold; seconds are those that this run took."""
    form = partial(interval, words=False)
    rows = [
        {"Customers": POPULATION_NAMES[population], "Way of ranking": RUNG_NAMES[rung]}
        | {name: form(metrics[metric]) if metric in metrics else None for metric, name in _MEASURES.items()}
        | {
            f"{name}, against recency": form(judged.gains[rung][metric]) if rung in judged.gains else None
            for metric, name in _GAINS.items()
        }
        | {"Seconds to learn and to score": " + ".join(number(each, digits=1) for each in judged.seconds[rung])}
        for population, judged in _headline_first(ladder)
        for rung, metrics in judged.rungs.items()
    ]
    return pd.DataFrame(rows)


def mending_table(ladder: Ladder) -> pd.DataFrame:
    """How far each way of mending leaves the probabilities of held-out people from what happened; for behind a fold."""
    form = partial(interval, words=False)
    rows = [
        {
            "Customers": POPULATION_NAMES[population],
            "Way of ranking": RUNG_NAMES[rung],
            "Probabilities": WAY_NAMES[way],
            "Chosen": "yes" if way == choice.way else "",
            "Brier score": form(choice.brier[way]),
            "Change of it": form(choice.gains[way]) if way in choice.gains else None,
            "Log loss": form(choice.log_loss[way]),
        }
        for population, judged in _headline_first(ladder)
        for rung, choice in judged.choices.items()
        for way in choice.brier
    ]
    return pd.DataFrame(rows)


def reliability_table(judged: Judged) -> pd.DataFrame:
    """Tenths of the test people by what the recommended rung said of them, and what came of each."""
    rows = [
        (
            f"{place} of {len(judged.parts)}",
            part.share.n,
            part.share.numerator,
            *(100 * each for each in (part.predicted, part.share.value, part.share.lo, part.share.hi)),
        )
        for place, part in enumerate(judged.parts, 1)
    ]
    return pd.DataFrame(rows, columns=["Part", *RELIABILITY, SAID, CAME, LOWEST, HIGHEST])


def tenths_table(scores: pd.DataFrame, current: pd.DataFrame, population: str) -> pd.DataFrame:
    """A population of today in tenths, least likely to come back first.

    Args:
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
    parts = np.array_split(listed.index, min(10, max(1, len(listed) // LEAST)))
    shown = [part for part in parts if len(part) >= LEAST]
    frame = pd.DataFrame(
        {
            "Part": [f"{place} of {len(shown)}" for place in range(1, len(shown) + 1)],
            "Customers": [len(part) for part in shown],
            "Days since the last order, median": [people.loc[part, "days_since_last_order"].median() for part in shown],
            "Of 100, expected not to come back": [100 * listed.loc[part, "probability"].mean() for part in shown],
        }
    )
    return frame.dropna(axis="columns", how="all")


def _headline_first(ladder: Ladder) -> list[tuple[str, Judged]]:
    return sorted(ladder.populations.items(), key=lambda each: each[0] != ladder.headline)


def _gone(people: pd.DataFrame) -> int | None:
    return int(people["churned"].sum()) if "churned" in people else None
