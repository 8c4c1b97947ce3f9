"""Everybody's score as of now, what it was 30 days before, and whether that is more than scores usually change."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from helpers.segmentation.leads.panel import HORIZON_DAYS, Panel
from helpers.segmentation.leads.ways import Way
from helpers.statistics import shrinkage

# At least nine in ten people change by less in 30 days; fewer points than five nobody would act upon.
_USUAL, _LEAST = 0.9, 5


class Scored(NamedTuple):
    """Scores of the active, and the change beyond which one counts as a move.

    Attributes:
        people: Rows of table `leads`.
        beyond: Points by which a score must have changed in 30 days to rise or fall; None without scores.
    """

    people: pd.DataFrame
    beyond: int | None


def score_people(current: pd.DataFrame, model: Way, panel: Panel) -> Scored:
    """Score people now and, by the same model, 30 days before, when the test cutoff was.

    A score rises or falls that changes by more points than those of at least nine in ten people did in the 30 days up
    to the test cutoff, and by at least five: whether more than usual move can so be seen.

    Args:
        current: As `people_now` gives them.
        model: The calibrated model.
        panel: The people it was learned from and judged on.
    """
    earlier, before = points(panel.calibration, model), points(panel.test, model)
    beyond = usual_change(earlier, before)
    now = points(current, model)
    was = current["profile_id"].map(before).astype("Int64")
    change = pd.Series(now.to_numpy(), index=current.index) - was
    direction = pd.Series("steady", index=current.index, dtype="str").where(was.notna())
    direction = direction.mask((change >= beyond).fillna(False), "rising")
    direction = direction.mask((change <= -beyond).fillna(False), "falling")
    probability = model.probability(current)
    return Scored(
        _rows(current).assign(
            probability=probability,
            score=pd.array(now.to_numpy(), dtype="Int64"),
            percentile=100 * (rankdata(probability) - 0.5) / max(1, len(current)),
            score_before=was,
            direction=direction,
        ),
        beyond,
    )


def without_scores(current: pd.DataFrame) -> Scored:
    """The active without scores, where there is no model: who declines is told all the same."""
    missing = pd.array([pd.NA] * len(current), dtype="Int64")
    nothing = np.full(len(current), np.nan)
    none = pd.Series(pd.NA, index=current.index, dtype="str")
    rows = _rows(current).assign(
        probability=nothing, score=missing, percentile=nothing, score_before=missing, direction=none
    )
    return Scored(rows, None)


def points(people: pd.DataFrame, model: Way) -> pd.Series:
    """Scores from 0 to 100 by profile_id: the probability of an order in hundredths, rounded."""
    score = np.rint(100 * model.probability(people)).astype("int64")
    return pd.Series(score, index=people["profile_id"].to_numpy())


def usual_change(earlier: pd.Series, later: pd.Series) -> int:
    """Points that the scores of at least nine in ten people change by less than, no fewer than five.

    Args:
        earlier: As `points` gives them.
        later: The same, 30 days later.
    """
    change = (later - earlier).dropna().abs()
    usual = int(np.quantile(change, _USUAL, method="inverted_cdf")) + 1 if len(change) else _LEAST
    return max(_LEAST, usual)


def _rows(current: pd.DataFrame) -> pd.DataFrame:
    counts = current["interactions"]
    levels = {n: shrinkage.level(n) for n in counts.unique()}
    return pd.DataFrame(
        {
            "profile_id": current["profile_id"].astype("str"),
            "as_of": pd.to_datetime(current["cutoff"]),
            "horizon_days": HORIZON_DAYS,
            "level": counts.map(levels).astype("str"),
            "declining": current["state"] == "declining",
        }
    )
