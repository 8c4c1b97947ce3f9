"""The picture of how people moved between states."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from helpers.profiles.states.show import LABELS
from helpers.reporting import flows as drawing
from helpers.reporting import style
from helpers.reporting.flows import Look

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
_STAYED, _UP, _DOWN, _FIRST = "as active", "more active", "less active", "first seen"
_LOOKS = {
    _STAYED: Look(style.GREY, 0.25),
    _UP: Look(style.BLUE, 0.6),
    _DOWN: Look(style.ORANGE, 0.6),
    _FIRST: Look(style.GREEN, 0.6),
}


def plot_flows(flows: pd.DataFrame, *, ax: Axes) -> Axes:
    """People by state then, at the left, and now, at the right, with bands for those who moved from one to the other.

    Args:
        flows: The frame of `Month.flows`; what is hidden in it is not drawn.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    return drawing.plot_flows(flows, kind=_kind, looks=_LOOKS, ax=ax)


def _kind(was: str, state: str) -> str:
    if was == LABELS["unseen"]:
        return _FIRST
    if _AWAY[was] == _AWAY[state]:
        return _STAYED
    return _UP if _AWAY[state] < _AWAY[was] else _DOWN
