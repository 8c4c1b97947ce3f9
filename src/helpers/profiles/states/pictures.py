"""The picture of how people moved between states."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from helpers.profiles.states.show import ALL, LABELS
from helpers.reporting import number, style

# The higher, the further away.
_AWAY = {
    LABELS[state]: rank
    for rank, group in enumerate(
        [
            ("new", "returned", "active_engaged"),
            ("quiet",),
            ("declining",),
            ("at_risk",),
            ("dormant",),
            ("churned",),
            ("generic",),
        ]
    )
    for state in group
}
_WIDTH, _CURVE = 0.06, np.linspace(0, 1, 40)
_STAYED, _UP, _DOWN, _FIRST = "as active", "more active", "less active", "first seen"
_COLOURS = {_STAYED: style.GREY, _UP: style.BLUE, _DOWN: style.ORANGE, _FIRST: style.GREEN}
_ALPHA = {_STAYED: 0.25, _UP: 0.6, _DOWN: 0.6, _FIRST: 0.6}


def plot_flows(flows: pd.DataFrame, *, ax: Axes) -> Axes:
    """People by state then, at the left, and now, at the right, with bands for those who moved from one to the other.

    Args:
        flows: The frame of `Month.flows`; what is hidden in it is not drawn.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    table = flows.set_index(flows.columns[0]).astype("float64")
    moved = table.drop(index=ALL, columns=ALL).fillna(0)
    gap = 0.02 * moved.to_numpy().sum()
    left = _places(table[ALL].drop(ALL), moved.sum(axis=1), gap, ax, side="left")
    right = _places(table.loc[ALL].drop(ALL), moved.sum(), gap, ax, side="right")
    for was, own in moved.iterrows():
        for state, people in own.items():
            if people:
                _band(ax, left[was], right[state], people, _kind(str(was), str(state)))
                left[was] -= people
                right[state] -= people
    ax.legend(
        handles=[Patch(facecolor=colour, alpha=_ALPHA[kind], label=kind) for kind, colour in _COLOURS.items()],
        loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4,
    )  # fmt: skip
    ax.set_xlim(-0.55, 1.55)
    ax.set_axis_off()
    return ax


def _kind(was: str, state: str) -> str:
    if was == LABELS["unseen"]:
        return _FIRST
    if _AWAY[was] == _AWAY[state]:
        return _STAYED
    return _UP if _AWAY[state] < _AWAY[was] else _DOWN


def _places(said: pd.Series, shown: pd.Series, gap: float, ax: Axes, *, side: str) -> dict[str, float]:
    """Draw the states of one side, from the top down, as high as their people, else as those shown; the top of each."""
    tops, top = {}, 0.0
    x, away, align = (-_WIDTH, -8, "right") if side == "left" else (1.0, 8, "left")
    for state, height in said.fillna(shown).items():
        tops[state] = top
        ax.bar(x, -height, width=_WIDTH, bottom=top, align="edge", color=style.MUTED)
        count = "hidden" if np.isnan(said[state]) else number(said[state])
        middle = (x + (0 if side == "left" else _WIDTH), top - height / 2)
        ax.annotate(f"{state} {count}", middle, (away, 0), textcoords="offset points", ha=align, va="center")
        top -= max(height, gap * 1.5) + gap
    return tops


def _band(ax: Axes, left: float, right: float, people: float, kind: str) -> None:
    bend = 3 * _CURVE**2 - 2 * _CURVE**3
    top = left + (right - left) * bend
    ax.fill_between(_CURVE, top - people, top, color=_COLOURS[kind], alpha=_ALPHA[kind], linewidth=0)
