"""Who will not order in the next days: features before a moment, labels after it, rules, models and metrics judged.

Begin with `panel`: who is looked at, at which `cutoffs`, with which `features` before and labels after. `guards` look
for the future in features. `rungs` lists the rules and models, each taught by a `lesson`: `rules`, `linear`, `trees`,
`purchases`. `ladder` holds them against later people, population by population: `judge` takes every measure and
recommends one, `calibrate` mends probabilities, `newcomers` are people whom none had seen; `weighing` chooses whether
the less active, by their tenth of `activity`, count for more in what is learned. `saved` writes what was learned and
reads it, `scores` are everybody's by it; `rule` is what is left where nothing can be learned. `decisions` say what
scores lead to, `watch` asks whether all is still what it was, `trial` what a metric of one's own adds. For notebook 04:
`tables`, `pictures`, `captions`, `words`, `mending_words`, `results`.

Never here: a feature from after the moment it is used at, or a model without the simple rule beside it.
"""

from helpers.churn.captions import of_lists, of_pairs, of_reliability
from helpers.churn.cutoffs import Cutoffs
from helpers.churn.features import FEATURES
from helpers.churn.guards import guard, refuse_future
from helpers.churn.judge import Judged
from helpers.churn.ladder import Ladder, as_frame, climb, members
from helpers.churn.mending_words import of_mending
from helpers.churn.panel import Panel, build_panel
from helpers.churn.pictures import plot_lists, plot_pairs, plot_reliability
from helpers.churn.results import add_results
from helpers.churn.saved import read
from helpers.churn.scores import score_everybody, score_now
from helpers.churn.tables import cohort_table, measures_table, reliability_table, rung_table, tenths_table
from helpers.churn.trial import Tried, try_metric
from helpers.churn.words import (
    POPULATION_NAMES,
    RUNG_NAMES,
    UNJUDGED,
    gains,
    headlines,
    listed,
    of_base_rates,
    of_newcomers,
    recommendation,
)

__all__ = [
    "FEATURES", "POPULATION_NAMES", "RUNG_NAMES", "UNJUDGED", "Cutoffs", "Judged", "Ladder", "Panel", "Tried",
    "add_results", "as_frame", "build_panel", "climb", "cohort_table", "gains", "guard", "headlines", "listed",
    "measures_table", "members", "of_base_rates", "of_lists", "of_mending", "of_newcomers", "of_pairs",
    "of_reliability", "plot_lists", "plot_pairs", "plot_reliability", "read", "recommendation", "refuse_future",
    "reliability_table", "rung_table", "score_everybody", "score_now", "tenths_table", "try_metric",
]  # fmt: skip
