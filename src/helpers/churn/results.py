"""The ladder as entries of the result record."""

from __future__ import annotations

from helpers.churn.judge import METRICS, REFERENCE
from helpers.churn.ladder import Ladder
from helpers.reporting import Record

_GAINS = ("auc", "average_precision", "brier", "precision_top_tenth")


def add_results(record: Record, ladder: Ladder) -> None:
    """Add the ladder of every population to a notebook's result record.

    Args:
        record: The record of stage churn.
        ladder: The judged rungs; without any, there are no results.
    """
    for population, judged in ladder.populations.items():
        record.add(f"churn.{population}.base_rate", judged.base_rate)
        for rung, metrics in judged.rungs.items():
            for metric in METRICS.values():
                if metric in metrics:
                    record.add(f"churn.{population}.{rung}.{metric}", metrics[metric])
        record.add(f"churn.{population}.gain.auc", judged.gains["xgboost"]["auc"])
        for rung, gains in judged.gains.items():
            for metric in _GAINS:
                record.add(f"churn.{population}.gain.{rung}.{metric}", gains[metric])
        for rung in dict.fromkeys([REFERENCE, judged.recommended]):
            if rung in judged.newcomers.auc:
                record.add(f"churn.{population}.newcomers.{rung}.auc", judged.newcomers.auc[rung])
