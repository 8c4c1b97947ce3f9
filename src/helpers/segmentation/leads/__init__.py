"""Who may order in the next 30 days: a calibrated probability for everybody still active, judged beside simple rules.

Begin with `find`. `features` says what a score looks at and which way each of it may move it, `panel` who was active
at past midnights and who ordered afterwards, `ways` are the rules and models, learned at some cutoffs and calibrated at
the next, `judge` holds them against what became of people after that, and `scores` are everybody's of now and of 30
days before. For notebook 03: `show`, `words`, `pictures`, `results`.

Never here: a score that an added recent act other than an order or refund lowers, or one without the rules beside it.
"""

from helpers.segmentation.leads.find import Leads, cutoffs, find
from helpers.segmentation.leads.pictures import plot_lists, plot_reliability
from helpers.segmentation.leads.results import add_results
from helpers.segmentation.leads.show import levels_table, measures_table, moves_table, reliability_table
from helpers.segmentation.leads.words import (
    MEANING,
    headlines,
    listed,
    moves,
    now,
    of_lists,
    of_reliability,
    verdict,
)

__all__ = [
    "MEANING", "Leads", "add_results", "cutoffs", "find", "headlines", "levels_table", "listed", "measures_table",
    "moves", "moves_table", "now", "of_lists", "of_reliability", "plot_lists", "plot_reliability", "reliability_table",
    "verdict",
]  # fmt: skip
