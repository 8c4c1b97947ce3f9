"""Pictures of what a lead score is worth."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from helpers.reporting import charts
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
    charts.said_and_came(known[SAID], known[CAME], (known[LOWEST], known[HIGHEST]), ax=ax)
    ax.set_xlabel("said, of 100")
    ax.set_ylabel("ordered, of 100")
    return ax


def _times_100(estimate: Estimate) -> Estimate:
    lo, hi = (None if end is None else 100 * end for end in (estimate.lo, estimate.hi))
    return estimate._replace(value=100 * estimate.value, lo=lo, hi=hi)
