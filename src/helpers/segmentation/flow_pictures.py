"""Pictures of how people moved between groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.reporting import flows as drawing
from helpers.reporting import style
from helpers.reporting.flows import Look
from helpers.segmentation.flow_words import share_form
from helpers.segmentation.flows import UNSEEN

_STAYED, _MOVED, _FIRST = "same group", "another group", "no profile then"
_LOOKS = {_STAYED: Look(style.GREY, 0.25), _MOVED: Look(style.BLUE, 0.6), _FIRST: Look(style.GREEN, 0.6)}
_HIGH = 0.8  # of the place of a group, for the largest share of any


def plot_moves(flows: pd.DataFrame, *, ax: Axes) -> Axes:
    """People by group then, at the left, and now, at the right, with bands for those who went from one to the other.

    Args:
        flows: The frame of `Movement.flows`; what is hidden in it is not drawn.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    return drawing.plot_flows(flows, kind=_kind, looks=_LOOKS, ax=ax)


def _kind(was: str, now: str) -> str:
    if was == UNSEEN:
        return _FIRST
    return _STAYED if was == now else _MOVED


def plot_group_shares(shares: pd.DataFrame, *, ax: Axes) -> Axes:
    """Share of people in each group on each of the days: one row of bars a group, all on one scale from zero.

    Args:
        shares: The frame of `Movement.shares`.
        ax: Axes to draw on.

    Returns:
        The axes; the shares of the first and of the last day stand beside the bars.
    """
    known = shares.set_index(shares.columns[0]).T
    form = share_form(shares)
    days, largest = np.arange(known.shape[1]), known.to_numpy().max()
    for place, own in enumerate(known.to_numpy()):
        ax.bar(days, own / largest * _HIGH, bottom=-place, width=0.8, color=style.BLUE)
        for at, align, away in ((0, "right", -16), (-1, "left", 16)):
            ax.annotate(form(own[at]), (days[at], -place), (away, 4), textcoords="offset points", ha=align, fontsize=9)
    ax.set_yticks(-np.arange(len(known)) + _HIGH / 4, [str(name) for name in known.index])
    ax.set_xticks(days[[0, -1]], known.columns[[0, -1]].tolist())
    ax.set_xlim(-0.12 * len(days) - 1, 1.12 * len(days))
    ax.grid(visible=False)
    return ax
