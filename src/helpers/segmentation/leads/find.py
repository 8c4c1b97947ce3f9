"""Who may order in the next 30 days, from a data set's tables to scores with what they are worth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from threadpoolctl import threadpool_limits

from helpers.errors import NothingToDo
from helpers.segmentation.leads.judge import Judged, as_frame, judge, require_enough
from helpers.segmentation.leads.panel import Cutoffs, build_panel, cutoffs_of, people_now
from helpers.segmentation.leads.scores import score_people, without_scores
from helpers.segmentation.leads.ways import fit_ways

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop


class Leads(NamedTuple):
    """People still active, with their scores.

    Attributes:
        as_of: The day at whose first moment they are scored.
        people: Rows of table `leads`; scores are missing where there is no model.
        beyond: Points by which a score must have changed in 30 days to rise or fall; None without scores.
        judged: What the scores are worth, on the people of 30 days before; None where there is no model.
        cutoffs: The moments at which was learned and judged; None where there is no model.
        reason: Why there is no model, in a sentence; empty where there is one.
    """

    as_of: date
    people: pd.DataFrame
    beyond: int | None
    judged: Judged | None
    cutoffs: Cutoffs | None
    reason: str


def cutoffs(shop: Shop) -> list[date]:
    """The past days at whose first moment `find` looks at people; none where history is too short.

    Args:
        shop: An open data set whose profiles are written.
    """
    try:
        return cutoffs_of(shop).past
    except NothingToDo:
        return []


def find(shop: Shop, rows: ibis.Table | None = None, *, draws: int, seed: int) -> Leads:
    """Score everybody still active, write tables `leads` and `leads_judged`, and say what the scores are worth.

    Args:
        shop: An open data set whose profiles and states are written.
        rows: As `profiles.panel` gives them, for `cutoffs(shop)`, other days among them or not; asked for anew where
            they are not given.
        draws: Bootstrap draws behind the intervals.
        seed: Seed of the draws and of the model.

    Returns:
        The scores; without any, and with the reason, where history is too short or too few order.
    """
    current = people_now(shop)
    try:
        found = _scored(shop, current, rows, draws=draws, seed=seed)
    except NothingToDo as why:
        found = Leads(shop.as_of, *without_scores(current), None, None, str(why))
    shop.write("leads", found.people)
    if found.judged is not None:
        shop.write("leads_judged", as_frame(found.judged))
    return found


def _scored(shop: Shop, current: pd.DataFrame, rows: ibis.Table | None, *, draws: int, seed: int) -> Leads:
    panel = build_panel(shop, rows)
    require_enough(panel)
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        ways = fit_ways(panel.learning, panel.calibration, seed=seed)
        judged = judge(ways, panel.test, draws=draws, seed=seed)
        scored = score_people(current, ways["model"], panel)
    return Leads(shop.as_of, *scored, judged, panel.cutoffs, "")
