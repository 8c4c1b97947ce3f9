"""Pictures of what a lead score is worth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.reporting import charts, style
from helpers.segmentation.leads.judge import Judged
from helpers.segmentation.leads.show import CAME, HIGHEST, LOWEST, SAID
from helpers.segmentation.leads.words import WAY_NAMES
from helpers.statistics import Estimate


def plot_lists(judged: Judged, *, ax: Axes) -> Axes:
    """Of 100 whom each way would list, how many ordered, beside the share of everybody.

    Args:
        judged: The judged ways.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    estimates = [_times_100(metrics["precision_top_tenth"]) for metrics in judged.ways.values()]
    names = [WAY_NAMES[name] for name in judged.ways]
    charts.intervals(names, estimates, ax=ax, form="{:.0f}".format, reference=100 * judged.base_rate.value)
    ax.set_xlabel("of 100 listed, ordered")
    return ax


def plot_reliability(shown: pd.DataFrame, *, ax: Axes) -> Axes:
    """Of 100, how many ordered against how many were said to, tenth by tenth, beside the line where both agree.

    Args:
        shown: The frame of `reliability_table`; what is hidden in it is not drawn.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    known = shown.dropna(subset=[CAME]).astype(dict.fromkeys((SAID, CAME, LOWEST, HIGHEST), "float64"))
    most = 1.15 * float(np.max([*known[HIGHEST], *known[SAID], 10.0]))
    ax.plot([0, most], [0, most], color=style.MUTED, linestyle="-", linewidth=1)
    ax.annotate("as said", (most, most), (-16, -6), textcoords="offset points", ha="right", color=style.MUTED)
    ax.vlines(known[SAID], known[LOWEST], known[HIGHEST], color=style.BLUE, linewidth=3, alpha=0.55)
    ax.plot(known[SAID], known[CAME], color=style.BLUE, marker="o", markersize=7, linestyle="none")
    ax.set_xlim(0, most)
    ax.set_ylim(0, most)
    ax.set_xlabel("said, of 100")
    ax.set_ylabel("ordered, of 100")
    return ax


def _times_100(estimate: Estimate) -> Estimate:
    lo, hi = (None if end is None else 100 * end for end in (estimate.lo, estimate.hi))
    return estimate._replace(value=100 * estimate.value, lo=lo, hi=hi)
