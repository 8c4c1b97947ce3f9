"""Groups of people: by recency, frequency and money under stated names, and by k-means.

Begin with `rfm` and `clusters`, the two ways to groups. `summary` describes them in figures that may be published;
`pictures` and `words` are for notebook 03.

Never here: what the groups will do next, or how anybody should be treated.
"""

from helpers.segmentation.clusters import Clusters, find_clusters
from helpers.segmentation.pictures import plot_shares, plot_silhouettes
from helpers.segmentation.rfm import GROUPS, Group, group_by_rfm
from helpers.segmentation.summary import fold_small, shown, summarise
from helpers.segmentation.words import (
    cluster_names,
    clusters_found,
    definitions,
    formats,
    found,
    headlines,
    readable,
    title,
    tried,
)

__all__ = [
    "GROUPS",
    "Clusters",
    "Group",
    "cluster_names",
    "clusters_found",
    "definitions",
    "find_clusters",
    "fold_small",
    "formats",
    "found",
    "group_by_rfm",
    "headlines",
    "plot_shares",
    "plot_silhouettes",
    "readable",
    "shown",
    "summarise",
    "title",
    "tried",
]
