"""What leads hand on to the result record."""

from __future__ import annotations

import pandas as pd

from helpers.privacy import Published
from helpers.reporting import Record
from helpers.segmentation.leads.find import Leads
from helpers.segmentation.leads.show import MOVES, PEOPLE
from helpers.segmentation.leads.ways import RULES

_COMPARED = ("auc", "precision_top_tenth")
_BASELINES = ("auc", "average_precision", "brier")


def add_results(record: Record, leads: Leads, moves: Published) -> None:
    """Add what the scores are worth, and how many rise, fall and decline; what a page withholds is no result either.

    Args:
        record: The record of stage segmentation.
        leads: The scores.
        moves: As `moves_table` gives it.
    """
    total = len(leads.people)
    shown = moves.frame.set_index(moves.frame.columns[0])
    if leads.judged is not None:
        record.add("leads.base_rate", leads.judged.base_rate)
        for way, metrics in leads.judged.ways.items():
            for metric in metrics if way in {"model", *RULES} else _BASELINES:
                record.add(f"leads.{way}.{metric}", metrics[metric])
        for rule, gains in leads.judged.gains.items():
            for metric in _COMPARED:
                record.add(f"leads.gain.{rule}.{metric}", gains[metric])
        for direction in ("rising", "falling"):
            people = shown[PEOPLE].get(MOVES[direction], 0)
            if not pd.isna(people):
                record.add(f"leads.{direction}", int(people), n=total)
    if moves.sums_may_be_told:
        record.add("leads.declining", int(leads.people["declining"].sum()), n=total)
