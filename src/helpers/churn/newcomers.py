"""People whom no rung had seen before the test: does what was learned of others hold of them?"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import pandas as pd

from helpers.churn.lesson import Scores
from helpers.privacy import MINIMUM
from helpers.statistics import Estimate, auc, resample

FEWEST = 100


class Newcomers(NamedTuple):
    """Test people who are in no training row.

    Attributes:
        people: How many there are.
        churned: How many of them did not order.
        auc: By rung; empty where they are too few.
    """

    people: int
    churned: int
    auc: dict[str, Estimate]


def judge_newcomers(test: pd.DataFrame, scores: dict[str, Scores], *, draws: int, seed: int) -> Newcomers:
    """Judge some rungs on newcomers alone; none where there are fewer than 100, or fewer than 10 of either outcome.

    Args:
        test: churned and newcomer, one row a person.
        scores: Of the same people, by rung.
        draws: Bootstrap draws of the newcomers.
        seed: Of the draws.
    """
    new = test["newcomer"].to_numpy(dtype=bool)
    gone = test["churned"].to_numpy()[new]
    people, churned = len(gone), int(gone.sum())
    if people < FEWEST or min(churned, people - churned) < MINIMUM:
        return Newcomers(people, churned, {})
    ranks = {rung: partial(auc, gone, each.rank[new]) for rung, each in scores.items()}
    drawn = resample(ranks, n=people, draws=draws, seed=seed)
    return Newcomers(people, churned, {rung: drawn.estimate(rung) for rung in ranks})
