"""Pictures of groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.reporting import style
from helpers.reporting.formats import percent


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


def plot_silhouettes(by_k: dict[int, float], *, ax: Axes) -> Axes:
    """Mean silhouette for each number of groups that was tried, the best one marked.

    Args:
        by_k: Mean silhouette by number of groups.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    numbers, values = list(by_k), list(by_k.values())
    best = int(np.argmax(values))
    ax.plot(numbers, values, marker="o")
    ax.plot(numbers[best], values[best], marker="o", markersize=13, fillstyle="none", color=style.ORANGE)
    ax.annotate("taken", (numbers[best], values[best]), (0, 11), textcoords="offset points", ha="center")
    ax.set_xticks(numbers)
    ax.set_ylim(min(0, *values), max(values) * 1.25)
    ax.set_xlabel("number of groups")
    ax.set_ylabel("mean silhouette")
    return ax
