"""The tables that the churn page shows, as they are before small groups are hidden on publication."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from helpers.churn.ladder import Ladder, members
from helpers.churn.panel import Panel
from helpers.churn.words import RUNG_NAMES, hundredths, in_100
from helpers.privacy import MINIMUM
from helpers.reporting.formats import date, interval

LEAST = MINIMUM

_COHORTS = [
    "As of",
    "Used to",
    "Customers",
    "of them did not order",
    "Active customers",
    "of these did not order",
]
COUNTED = tuple(_COHORTS[2:])
# Which of these counts are parts of which, for `helpers.privacy.publish`.
PARTS = tuple((COUNTED[whole], COUNTED[part]) for whole, part in ((0, 1), (0, 2), (1, 3), (2, 3)))
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
            counts = [len(everybody), _gone(everybody), len(active), _gone(active)]
            rows.append([date(cutoff), purpose, *counts])
    return pd.DataFrame(rows, columns=_COHORTS).astype(dict.fromkeys(COUNTED, "Int64"))


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
    return int(people["churned"].sum()) if "churned" in people else None
