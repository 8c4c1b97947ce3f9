"""Pictures of groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.reporting import style
from helpers.reporting.formats import percent
from helpers.segmentation.stability import EACH_AT_LEAST, MEAN_AT_LEAST, Trial


def plot_shares(summary: pd.DataFrame, *, ax: Axes) -> Axes:
    """Share of people beside share of revenue, a pair of bars a group.

    Args:
        summary: As `summarise` gives it.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    places = np.arange(len(summary))
    pairs = (
        ("people_share", -0.2, style.GREY, "share of people"),
        ("revenue_share", 0.2, style.BLUE, "of revenue"),
    )
    for column, offset, colour, name in pairs:
        drawn = ax.barh(places + offset, summary[column].clip(lower=0), height=0.38, color=colour, label=name)
        ax.bar_label(drawn, labels=[percent(share) for share in summary[column]], padding=4, fontsize=9)
    ax.set_yticks(places, list(summary.index))
    ax.invert_yaxis()
    ax.set_xlim(0, summary[["people_share", "revenue_share"]].max().max() * 1.2)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    ax.grid(visible=False)
    ax.legend(loc="lower right")
    return ax


def plot_stability(trials: Sequence[Trial], *, ax: Axes) -> Axes:
    """How far people drawn again are grouped alike, by number of groups, beside clouds that have none.

    Args:
        trials: As `Clusters.trials` holds them, at least one.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    numbers = np.array([each.k for each in trials])
    means, least = np.array([each.mean.value for each in trials]), np.array([each.least for each in trials])
    ax.vlines(numbers - 0.08, least, means, color=style.BLUE, linewidth=2)
    ax.plot(numbers - 0.08, means, marker="o", linestyle="", markersize=8, color=style.BLUE, label="people drawn again")
    clouds = [(each.k + 0.08, each.cloud.value, each.cloud_most) for each in trials if each.cloud]
    if clouds:
        places, middle, most = zip(*clouds, strict=True)
        ax.vlines(places, middle, most, color=style.GREY, linewidth=2)
        ax.plot(places, middle, marker="s", linestyle="", markersize=7, color=style.GREY, label="clouds without groups")
    fewer = [(each.k + 0.2, each.fewer_most) for each in trials if each.fewer_most is not None]
    if fewer:
        label = "one group fewer, at most"
        ax.plot(*zip(*fewer, strict=True), marker="^", linestyle="", markersize=7, color=style.GREY, label=label)
    for limit, what in ((MEAN_AT_LEAST, "mean at least"), (EACH_AT_LEAST, "each at least")):
        ax.axhline(limit, color=style.MUTED, linewidth=1, linestyle="--")
        ax.annotate(f"{what} {limit}", (1, limit), (-2, 2), xycoords=("axes fraction", "data"), fontsize=8, ha="right",
                    textcoords="offset points")  # fmt: skip
    ax.set_xticks(numbers)
    ax.set_xlim(numbers[0] - 0.6, numbers[-1] + 0.6)
    ax.set_ylim(min(0.7, *least, *(middle for _, middle, _ in clouds)) - 0.03, 1.02)
    ax.set_xlabel("number of groups")
    ax.set_ylabel("grouped alike (1: all)")
    ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, fontsize=8, handletextpad=0.2, columnspacing=1)
    return ax
