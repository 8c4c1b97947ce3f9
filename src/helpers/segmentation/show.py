"""What the segmentation page shows of groups: tables with small groups hidden, and who moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.privacy import Published, publish_for
from helpers.segmentation import drift as drifting
from helpers.segmentation.build import Built
from helpers.segmentation.drift import Drift
from helpers.segmentation.features import FEATURES
from helpers.segmentation.flows import Movement, movement
from helpers.segmentation.rules import OTHERS, PEOPLE, UNKNOWN, counted
from helpers.segmentation.summary import shown, summarise
from helpers.segmentation.words import readable, who

if TYPE_CHECKING:
    from helpers.datasets import Shop


def cards(shop: Shop, built: Built, way: str) -> tuple[pd.DataFrame, Published]:
    """What each group is like now: size, share of revenue, medians.

    Args:
        shop: The data set, for what its report before gave away.
        built: Its groups.
        way: rfm or clusters.

    Returns:
        As `summarise` gives it without what is hidden, and the same as published, with whom each group takes.
    """
    labels = built.now.segments["rfm_group"] if way == "rfm" else built.now.clusters
    summary = summarise(built.now.people, labels)
    page = readable(summary)
    page.insert(1, "Who", page["Group"].map(who).fillna(""))
    published = publish_for(shop, f"segmentation.{way}_groups", page, people="People")
    return shown(summary, published), published


def rules_table(shop: Shop, built: Built) -> Published:
    """How many people each rule fits now, with its text."""
    page = counted(built.now.rules, built.rules)
    people = [name for name in (PEOPLE, OTHERS, UNKNOWN) if name in page]
    return publish_for(shop, "segmentation.rules", page, people=people, totals="across")


def moved(shop: Shop, built: Built) -> Movement | None:
    """Who moved between the natural groups, or those by recency, frequency and money where there are none."""
    way = _way(built)
    return movement(shop, built.placed[way], built.cutoffs, scheme=way)


def drifted(built: Built) -> Drift | None:
    """Whether people are what they were when the same groups were learned; None where that is today."""
    if len(built.cutoffs) == 1:
        return None
    scaling = built.clusters.scaling
    days = []
    for day in (built.then, built.now):
        groups = day.clusters if _way(built) == "clusters" else day.segments["rfm_group"]
        days.append(drifting.Day(groups.to_numpy(dtype=str), scaling.points(day.people)))
    return drifting.drift(*days, [FEATURES[each].words for each in scaling.columns])


def _way(built: Built) -> str:
    return "clusters" if built.clusters.k > 1 else "rfm"
