"""The tables that a page shows of leads; small groups in them are hidden."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from helpers.privacy import Published, publish, publish_for
from helpers.reporting.formats import interval
from helpers.segmentation.leads.find import Leads
from helpers.segmentation.leads.judge import Judged
from helpers.segmentation.leads.ways import RULES
from helpers.segmentation.leads.words import WAY_NAMES, in_100, signed

if TYPE_CHECKING:
    from helpers.datasets import Shop

PEOPLE, ORDERED, DECLINING = "People", "Ordered", "Of these, declining"
SAID, CAME, LOWEST, HIGHEST = "Said, of 100", "Ordered, of 100", "At least", "At most"
MOVES = {"rising": "Rising", "steady": "Steady", "falling": "Falling"}
BEFORE = "Not active 30 days before"
NOW = "Active now"
_MEASURES = {
    "auc": "AUC",
    "average_precision": "Average precision",
    "brier": "Brier score",
    "calibration_slope": "Calibration slope",
    "calibration_intercept": "Calibration intercept",
}


def measures_table(judged: Judged) -> Published:
    """Of 100 that each way would list, how many ordered; beside that every way in the field's own measures.

    It is for behind a fold: words of the trade stand in it.
    """
    form = partial(interval, words=False)
    rows = [
        {
            "Way of listing": WAY_NAMES[name],
            "Of 100 listed, ordered": in_100(metrics["precision_top_tenth"]),
            "The score's list has more": signed(judged.gains[name]["precision_top_tenth"]) if name in RULES else None,
        }
        | {said: form(metrics[metric]) if metric in metrics else None for metric, said in _MEASURES.items()}
        for name, metrics in judged.ways.items()
    ]
    return publish(pd.DataFrame(rows), people=None, why="measures of methods")


def reliability_table(shop: Shop, judged: Judged) -> Published:
    """Tenths by what the score said of them, and how many of each ordered."""
    rows = [
        {
            "Part": f"{place} of {len(judged.parts)}",
            PEOPLE: part.share.n,
            ORDERED: part.share.numerator,
            SAID: 100 * part.predicted,
            CAME: 100 * part.share.value,
            LOWEST: 100 * part.share.lo,
            HIGHEST: 100 * part.share.hi,
        }
        for place, part in enumerate(judged.parts, 1)
    ]
    frame = pd.DataFrame(rows)
    return publish_for(
        shop, "segmentation.leads.reliability", frame, people=[PEOPLE, ORDERED], parts=[[PEOPLE, ORDERED]]
    )


def moves_table(shop: Shop, leads: Leads) -> Published:
    """The people still active by how their score moved in 30 days, and how many of each are declining.

    Without scores it is a row of them all.
    """
    people = leads.people
    named = people["direction"].map(MOVES).fillna(BEFORE if leads.judged else NOW)
    rows = people.groupby(named)["declining"].agg([("people", "size"), ("declining", "sum")])
    order = [name for name in (*MOVES.values(), BEFORE, NOW) if name in rows.index]
    rows = rows.reindex(order).rename_axis("Score in 30 days")
    frame = rows.set_axis([PEOPLE, DECLINING], axis=1).reset_index()
    return publish_for(shop, "segmentation.leads.moves", frame, people=[PEOPLE, DECLINING], parts=[[PEOPLE, DECLINING]])


def levels_table(shop: Shop, leads: Leads) -> Published:
    """The people still active by how much is known of them, and their median score."""
    groups = leads.people.groupby("level")
    frame = pd.DataFrame({PEOPLE: groups.size(), "Median score": groups["score"].median()})
    order = [name for name in ("high", "medium", "low") if name in frame.index]
    frame = frame.reindex(order).rename_axis("Level").reset_index()
    return publish_for(shop, "segmentation.leads.levels", frame, people=PEOPLE)
