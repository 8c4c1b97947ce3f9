"""Groups of people: by recency, frequency and money under stated names, and by k-means.

Begin with `rfm` and `clusters`, the two ways to groups, and `rules`, groups that a file names. `worth` says how much of
what people do next each explains, `summary` describes groups in figures that may be published; `pictures` and `words`
are for notebook 03.
Begin with `rfm` and `clusters`, the two ways to groups. k-means sees people by `features`, is believed by `stability`,
gets its `names` by rule, and has its `alternatives` beside it. `summary` describes groups in figures that may be
published; `pictures` and `words` are for notebook 03.

Never here: how anybody should be treated.
"""

from helpers.segmentation import leads
from helpers.segmentation.clusters import Clusters, find_clusters
from helpers.segmentation.pictures import plot_shares, plot_silhouettes
from helpers.segmentation.rfm import GROUPS, Group, group_by_rfm, learn_rfm
from helpers.segmentation.alternatives import Alternatives, compare
from helpers.segmentation.clusters import Clusters, find_clusters, numbered, place
from helpers.segmentation.pictures import plot_shares, plot_stability
from helpers.segmentation.rfm import GROUPS, Group, group_by_rfm
from helpers.segmentation.summary import fold_small, shown, summarise
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
    "Group",
    "alternatives_found",
    "clusters_found",
    "compare",
    "definitions",
    "features_used",
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
    "plot_shares",
    "plot_stability",
    "readable",
    "shown",
    "summarise",
    "title",
    "tried",
]
