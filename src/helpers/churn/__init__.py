"""Who will not order in the next days: features before a moment, labels after it, rules, models and metrics judged.

Begin with `panel`: who is looked at, features before, labels after. `rungs` are the rules and models, `ladder` judges
them on later people and recommends one, `scores` are everybody's by it. `trial` asks what a metric of one's own adds,
`decisions` what scores lead to. For notebook 04: `tables`, `pictures`, `words`, `results`.

Never here: a feature from after the moment it is used at, or a model without the simple rule beside it.
"""

from helpers.churn.ladder import Judged, Ladder, as_frame, climb
from helpers.churn.panel import FEATURES, Cutoffs, Panel, build_panel, label, people_at, split_time
from helpers.churn.pictures import plot_lists, plot_pairs
from helpers.churn.results import add_results
from helpers.churn.rungs import RUNGS, Scores
from helpers.churn.scores import score_people
from helpers.churn.tables import COUNTED, PARTS, cohort_table, measures_table, rung_table, tenths_table
from helpers.churn.trial import Tried, try_metric
from helpers.churn.words import (
    POPULATION_NAMES,
    RULE,
    gain_sentence,
    headlines,
    lists_alt,
    lists_title,
    pairs_alt,
    pairs_title,
    recommendation,
)

__all__ = [
    "COUNTED",
    "FEATURES",
    "PARTS",
    "POPULATION_NAMES",
    "RULE",
    "RUNGS",
    "Cutoffs",
    "Judged",
    "Ladder",
    "Panel",
    "Scores",
    "Tried",
    "add_results",
    "as_frame",
    "build_panel",
    "climb",
    "cohort_table",
    "gain_sentence",
    "headlines",
    "label",
    "lists_alt",
    "lists_title",
    "measures_table",
    "pairs_alt",
    "pairs_title",
    "people_at",
    "plot_lists",
    "plot_pairs",
    "recommendation",
    "rung_table",
    "score_people",
    "split_time",
    "tenths_table",
    "try_metric",
]
