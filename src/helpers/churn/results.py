"""The ladder as entries of the result record."""

from __future__ import annotations

from helpers.churn.judge import REFERENCE
from helpers.churn.ladder import Ladder
from helpers.reporting import Record

_OF_EACH = ("auc", "average_precision", "brier", "calibration_slope")
_OF_LIST = ("precision_top_tenth", "recall_top_tenth")


def add_results(record: Record, ladder: Ladder) -> None:
    """Add the ladder of every population to a notebook's result record; all measures are in table `churn_ladder`.

    Args:
        record: The record of stage churn.
        ladder: The judged rungs; without any, there are no results.
    """
    for population, judged in ladder.populations.items():
        record.add(f"churn.{population}.base_rate", judged.base_rate)
        decided = (REFERENCE, judged.recommended)
        for rung, metrics in judged.rungs.items():
            for metric in (*_OF_EACH, *(_OF_LIST if rung in decided else ())):
                if metric in metrics:
                    record.add(f"churn.{population}.{rung}.{metric}", metrics[metric])
        record.add(f"churn.{population}.gain.auc", judged.gains["xgboost"]["auc"])
        if judged.recommended in judged.gains:
            for metric in ("auc", "precision_top_tenth"):
                record.add(f"churn.{population}.gain.recommended.{metric}", judged.gains[judged.recommended][metric])
        for rung in dict.fromkeys(decided):
            if rung in judged.newcomers.auc:
                record.add(f"churn.{population}.newcomers.{rung}.auc", judged.newcomers.auc[rung])
