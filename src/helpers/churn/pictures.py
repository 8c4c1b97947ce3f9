"""Pictures of the ladder and of the scores."""

from __future__ import annotations

from matplotlib.axes import Axes

from helpers.churn.ladder import Judged
from helpers.churn.words import RUNG_NAMES
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
    """Of 100 whom each rung would list, how many did not order, beside the share of everybody.

    Args:
        judged: One population's ladder.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    _rungs(judged, "precision_top_tenth", reference=100 * judged.base_rate.value, ax=ax)
    ax.set_xlabel("of 100 listed, did not order")
    return ax


def _rungs(judged: Judged, metric: str, *, reference: float, ax: Axes) -> Axes:
    names = [RUNG_NAMES[rung] for rung in judged.rungs]
    estimates = [_times_100(metrics[metric]) for metrics in judged.rungs.values()]
    return charts.intervals(names, estimates, ax=ax, form="{:.0f}".format, reference=reference)


def _times_100(estimate: Estimate) -> Estimate:
    lo, hi = (None if end is None else 100 * end for end in (estimate.lo, estimate.hi))
    return estimate._replace(value=100 * estimate.value, lo=lo, hi=hi)
