"""The tables that the churn page shows; a figure that would show fewer than 10 people is left out."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from helpers.churn.ladder import Ladder, members
from helpers.churn.panel import Panel
from helpers.churn.words import RUNG_NAMES, hundredths, in_100
from helpers.reporting.formats import date, interval

LEAST = 10

_COHORTS = [
    "As of",
    "Used to",
    "Customers",
    "of them did not order",
    "Active customers",
    "of these did not order",
]
_RUNGS = [
    "Customers",
    "Way of ranking",
    "Of 100 pairs, right",
    "Of 100 listed, no order",
    "Of 100 blindly, no order",
]


def cohort_table(panel: Panel) -> pd.DataFrame:
    """Who was looked at, when and what for: one row a moment, counts of people."""
    rows = []
    for purpose, people in {"learn": panel.training, "judge": panel.test, "score": panel.current}.items():
        for cutoff, everybody in people.groupby("cutoff", sort=True):
            active = members(everybody, "active")
            counts = [len(everybody), _gone(everybody), _shown(len(active), len(everybody)), _gone(active)]
            rows.append([date(cutoff), purpose, *counts])
    frame = pd.DataFrame(rows, columns=_COHORTS)
    return frame.astype(dict.fromkeys(_COHORTS[2:], "float64"))


def rung_table(ladder: Ladder) -> pd.DataFrame:
    """What each rung is worth in each population, in natural frequencies with intervals."""
    rows = [
        (
            population,
            RUNG_NAMES[rung],
            in_100(metrics["auc"]),
            in_100(metrics["precision_top_tenth"]),
            hundredths(judged.base_rate.value),
        )
        for population, judged in _headline_first(ladder)
        for rung, metrics in judged.rungs.items()
    ]
    return pd.DataFrame(rows, columns=_RUNGS)


def measures_table(ladder: Ladder) -> pd.DataFrame:
    """The ladder in the field's own measures, for behind a fold."""
    form = partial(interval, words=False)
    rows = [
        {
            "Customers": population,
            "Way of ranking": RUNG_NAMES[rung],
            "AUC": form(metrics["auc"]),
            "AUC minus recency": form(judged.gains[rung]) if rung in judged.gains else None,
            "Average precision": form(metrics["average_precision"]),
            "Brier score": form(metrics["brier"]),
        }
        for population, judged in _headline_first(ladder)
        for rung, metrics in judged.rungs.items()
    ]
    return pd.DataFrame(rows)


def tenths_table(scores: pd.DataFrame, current: pd.DataFrame, population: str) -> pd.DataFrame:
    """A population of today in tenths by probability, least likely to order first.

    Args:
        scores: As `score_people` gives them.
        current: The people they were given for, in the same order.
        population: Whom to show.

    Returns:
        One row a tenth (fewer, larger parts where a tenth would be below 10 people): customers and how many
        of 100 are expected not to order. Empty for fewer than 10 people.
    """
    probability = scores.loc[members(current, population).index, "probability"].sort_values(ascending=False)
    parts = np.array_split(probability.to_numpy(), min(10, max(1, len(probability) // LEAST)))
    shown = [part for part in parts if len(part) >= LEAST]
    return pd.DataFrame(
        {
            "Part": [f"{place} of {len(shown)}" for place in range(1, len(shown) + 1)],
            "Customers": [len(part) for part in shown],
            "Of 100, expected not to order": [100 * part.mean() for part in shown],
        }
    )


def _headline_first(ladder: Ladder) -> list[tuple[str, object]]:
    return sorted(ladder.populations.items(), key=lambda each: each[0] != ladder.headline)


def _gone(people: pd.DataFrame) -> int | None:
    return _shown(int(people["churned"].sum()), len(people)) if "churned" in people else None


def _shown(part: int, whole: int) -> int | None:
    """A count that names neither fewer than 10 people nor all but fewer than 10."""
    return part if LEAST <= part <= whole - LEAST else None
