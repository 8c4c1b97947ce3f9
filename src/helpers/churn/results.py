"""The ladder as entries of the result record."""

from __future__ import annotations

from helpers.churn.ladder import Ladder
from helpers.reporting import Record

_RECORDED = ("auc", "average_precision", "brier")


def add_results(record: Record, ladder: Ladder) -> None:
    """Add the ladder of every population to a notebook's result record.

    Args:
        record: The record of stage churn.
        ladder: The judged rungs.
    """
    for population, judged in ladder.populations.items():
        record.add(f"churn.{population}.base_rate", judged.base_rate)
        for rung, metrics in judged.rungs.items():
            for metric in _RECORDED:
                record.add(f"churn.{population}.{rung}.{metric}", metrics[metric])
        record.add(f"churn.{population}.gain.auc", judged.gains["xgboost"])
