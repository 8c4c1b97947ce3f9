"""Everybody's score as of now, by the rung that was recommended."""

from __future__ import annotations

import pandas as pd
from scipy.stats import rankdata

from helpers.churn.ladder import Ladder, members
from helpers.churn.panel import Cutoffs


def score_people(ladder: Ladder, current: pd.DataFrame, *, cutoffs: Cutoffs) -> pd.DataFrame:
    """Score people by the recommended rung as it was judged, each as fitted for their own population.

    Args:
        ladder: The judged rungs.
        current: profile_id, `FEATURES` and active, one row a person.
        cutoffs: Says when and how far ahead.

    Returns:
        Rows of table `churn_scores`.
    """
    probability = pd.Series(0.0, index=current.index)
    for population, judged in ladder.populations.items():  # "all" comes first, "active" replaces its part
        people = members(current, population)
        if len(people):
            probability[people.index] = judged.models[ladder.recommended](people).probability
    return pd.DataFrame(
        {
            "profile_id": current["profile_id"],
            "as_of": cutoffs.as_of,
            "horizon_days": cutoffs.horizon_days,
            "probability": probability,
            "percentile": 100 * (rankdata(probability) - 0.5) / len(current),
        }
    )
