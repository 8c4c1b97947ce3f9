"""Groups of people that hold still: by recency, frequency and money, by rules in a file, and by k-means; and leads.

Begin with `build`, which learns groups on the day that `times` names, places people on every day since, and writes who
is and was in which. `rfm` scores and names, `rules` are groups that a file names. k-means of `clusters` sees people by
`features`, is believed by `stability`, gets its `names` by rule, and has its `alternatives` beside it. `worth` says how
much of what people do next each way explains. `membership` makes stretches of days of who was where, `flows` count who
moved, `drift` sounds an alarm. `leads` are scores of who may order next. `summary` describes groups in figures that
may be published. For notebook 03: `results`, `show`, `pictures`, `words`, `worth_words`,
`flow_pictures`, `flow_words`, `drift_words`.

Never here: how anybody should be treated.
"""

from helpers.segmentation import leads
from helpers.segmentation.alternatives import compare
from helpers.segmentation.build import Built, build
from helpers.segmentation.drift_words import alarm, drift_found, drift_rule
from helpers.segmentation.flow_pictures import plot_group_shares, plot_moves
from helpers.segmentation.flow_words import moves_found, of_moves, of_shares
from helpers.segmentation.pictures import plot_shares, plot_stability
from helpers.segmentation.results import add_results
from helpers.segmentation.rules import untold
from helpers.segmentation.show import cards, drifted, moved, rules_table
from helpers.segmentation.words import (
    alternatives_found,
    clusters_found,
    definitions,
    features_used,
    formats,
    found,
    headlines,
    of_trials,
    title,
)
from helpers.segmentation.worth import judged
from helpers.segmentation.worth_words import of_worth, worth_table

__all__ = [
    "Built", "add_results", "alarm", "alternatives_found", "build", "cards", "clusters_found", "compare", "definitions",
    "drift_found", "drift_rule", "drifted", "features_used", "formats", "found", "headlines", "judged", "leads",
    "moved", "moves_found", "of_moves", "of_shares", "of_trials", "of_worth", "plot_group_shares", "plot_moves",
    "plot_shares", "plot_stability", "rules_table", "title", "untold", "worth_table",
]  # fmt: skip
