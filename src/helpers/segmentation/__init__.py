"""Groups of people: by recency, frequency and money under stated names, and by k-means.

Begin with `rfm` and `clusters`, the two ways to groups, and `rules`, groups that a file names. `worth` says how much of
what people do next each explains, `summary` describes groups in figures that may be published; `pictures` and `words`
are for notebook 03.
Begin with `rfm` and `clusters`, the two ways to groups. k-means sees people by `features`, is believed by `stability`,
gets its `names` by rule, and has its `alternatives` beside it. `summary` describes groups in figures that may be
published; `pictures` and `words` are for notebook 03.

Never here: how anybody should be treated.
Groups are learned and people placed in them at the `times` that follow from as_of; `membership` says who was in which
from when to when. `flows` count who moved between them, for `flow_pictures` and `flow_words`; `drift` is the alarm on
groups that are not what they were, in words by `drift_words`.

Never here: what the groups will do next, or how anybody should be treated.
"""

from helpers.segmentation import leads
from helpers.segmentation.clusters import Clusters, find_clusters
from helpers.segmentation.drift import Day, Drift, drift, standardised
from helpers.segmentation.drift_words import add_drift, drift_found, drift_rule
from helpers.segmentation.flow_pictures import plot_group_shares, plot_moves
from helpers.segmentation.flow_words import moves_alt, moves_found, moves_title, shares_alt
from helpers.segmentation.flows import Movement, movement
from helpers.segmentation.membership import memberships
from helpers.segmentation.pictures import plot_shares, plot_silhouettes
from helpers.segmentation.rfm import GROUPS, Group, group_by_rfm, learn_rfm
from helpers.segmentation.alternatives import Alternatives, compare
from helpers.segmentation.clusters import Clusters, find_clusters, numbered, place
from helpers.segmentation.pictures import plot_shares, plot_stability
from helpers.segmentation.rfm import GROUPS, Group, group_by_rfm
from helpers.segmentation.summary import fold_small, shown, summarise
from helpers.segmentation.times import cutoffs, reference
from helpers.segmentation.words import (
    alternatives_found,
    clusters_found,
    definitions,
    features_used,
    formats,
    found,
    headlines,
    readable,
    title,
    tried,
)

__all__ = [
    "GROUPS",
    "Alternatives",
    "Clusters",
    "Day",
    "Drift",
    "Group",
    "alternatives_found",
    "clusters_found",
    "compare",
    "definitions",
    "features_used",
    "Movement",
    "add_drift",
    "cluster_names",
    "clusters_found",
    "cutoffs",
    "definitions",
    "drift",
    "drift_found",
    "drift_rule",
    "find_clusters",
    "fold_small",
    "formats",
    "found",
    "group_by_rfm",
    "headlines",
    "leads",
    "learn_rfm",
    "numbered",
    "place",
    "memberships",
    "movement",
    "moves_alt",
    "moves_found",
    "moves_title",
    "plot_group_shares",
    "plot_moves",
    "plot_shares",
    "plot_stability",
    "readable",
    "reference",
    "shares_alt",
    "shown",
    "standardised",
    "summarise",
    "title",
    "tried",
]
