"""Pictures of the ladder and of what its probabilities are worth."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from helpers.churn.judge import Judged
from helpers.churn.tables import CAME, HIGHEST, LOWEST, SAID
from helpers.churn.words import RUNG_NAMES, hundredths
from helpers.reporting import charts
from helpers.statistics import Estimate


def plot_pairs(judged: Judged, *, ax: Axes) -> Axes:
    """Of 100 pairs, how many each rung orders right, with intervals, beside a coin's 50.

    Args:
        judged: One population's ladder.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    _rungs(judged, "auc", reference=50, ax=ax)
    ax.set_xlabel("of 100 pairs, ordered right")
    return ax


def plot_lists(judged: Judged, *, ax: Axes) -> Axes:
    """Of 100 whom each rung would list, how many did not come back, beside the share of everybody.

    Args:
        judged: One population's ladder.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    _rungs(judged, "precision_top_tenth", reference=100 * judged.base_rate.value, ax=ax)
    ax.set_xlabel("of 100 listed, did not come back")
    return ax


def plot_reliability(shown: pd.DataFrame, *, ax: Axes) -> Axes:
    """Of 100, how many did not come back against how many were said not to, tenth by tenth, beside the line of both.

    Args:
        shown: The frame of `reliability_table`; what is hidden in it is not drawn.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    known = shown.dropna(subset=[CAME]).astype(dict.fromkeys((SAID, CAME, LOWEST, HIGHEST), "float64"))
    charts.said_and_came(known[SAID], known[CAME], (known[LOWEST], known[HIGHEST]), ax=ax)
    ax.set_xlabel("said not to come back, of 100")
    ax.set_ylabel("did not, of 100")
    return ax


def _rungs(judged: Judged, metric: str, *, reference: float, ax: Axes) -> Axes:
    names = [RUNG_NAMES[rung] for rung in judged.rungs]
    estimates = [_times_100(metrics[metric]) for metrics in judged.rungs.values()]
    charts.intervals(names, estimates, ax=ax, form=lambda share: hundredths(share / 100), reference=reference)
    ax.set_xticks([tick for tick in ax.get_xticks() if 0 <= tick <= 100])
    return ax


def _times_100(estimate: Estimate) -> Estimate:
    known = estimate.lo != estimate.hi  # an interval without length tells nothing
    lo, hi = (100 * end if known else None for end in (estimate.lo, estimate.hi))
    return estimate._replace(value=100 * estimate.value, lo=lo, hi=hi)
