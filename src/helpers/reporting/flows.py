"""How people moved from groups to groups: counts with their sums, small ones hidden, and their picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from helpers.reporting import style
from helpers.reporting.formats import number

ALL = "All"
_WIDTH, _CURVE = 0.06, np.linspace(0, 1, 40)


class Look(NamedTuple):
    """How bands of one kind are drawn.

    Attributes:
        colour: One of `style`.
        alpha: How dense it is.
    """

    colour: str
    alpha: float


def with_sums(found: pd.DataFrame) -> pd.DataFrame:
    """Flows without empty groups, and with the sums of rows and of columns as the first column and row, `ALL`.

    Args:
        found: People, one row a group before and one column a group after.
    """
    some = found.loc[found.sum(axis=1) > 0, found.sum() > 0]
    some.insert(0, ALL, some.sum(axis=1))
    return pd.concat([some.sum().to_frame(ALL).T, some])


def sums_of(flows: pd.DataFrame) -> list[list[tuple[str, str]]]:
    """The sums of columns that readers of flows know, as `privacy.publish` takes them; those of rows are its `parts`.

    Args:
        flows: One row a group before and one column a group after, the sums of columns as row `ALL`.
    """
    groups = [row for row in flows.index if row != ALL]
    return [[(ALL, column), *((row, column) for row in groups)] for column in flows.columns]


def plot_flows(flows: pd.DataFrame, *, kind: Callable[[str, str], str], looks: Mapping[str, Look], ax: Axes) -> Axes:
    """People by group before, at the left, and after, at the right, with bands for those who went from one to another.

    Args:
        flows: The groups before as the first column, the sums of columns as the first row, `ALL`, and those of rows
            as column `ALL`, where they are told; what is hidden is not drawn.
        kind: Of a group before and one after, the kind of the band between them.
        looks: How each kind looks, in the order of the legend.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    table = flows.set_index(flows.columns[0]).astype("float64")
    moved = table.drop(index=ALL).drop(columns=ALL, errors="ignore").fillna(0)
    gap = 0.02 * moved.to_numpy().sum()
    before = table[ALL].drop(ALL) if ALL in table else None
    left = _places(before, moved.sum(axis=1), gap, ax, side="left")
    right = _places(table.loc[ALL].drop(ALL, errors="ignore"), moved.sum(), gap, ax, side="right")
    for was, own in moved.iterrows():
        for group, people in own.items():
            if people:
                _band(ax, left[was], right[group], people, looks[kind(str(was), str(group))])
                left[was] -= people
                right[group] -= people
    ax.legend(
        handles=[Patch(facecolor=look.colour, alpha=look.alpha, label=name) for name, look in looks.items()],
        loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4,
    )  # fmt: skip
    ax.set_xlim(-0.55, 1.55)
    ax.set_axis_off()
    return ax


def _places(said: pd.Series | None, shown: pd.Series, gap: float, ax: Axes, *, side: str) -> dict[str, float]:
    """Draw the groups of one side, from the top down, as high as their people, else as those shown; the top of each.

    Where nothing is said of a side, a group of which nothing is shown has no place.
    """
    tops, top = {}, 0.0
    x, away, align = (-_WIDTH, -8, "right") if side == "left" else (1.0, 8, "left")
    heights = shown[shown > 0] if said is None else said.fillna(shown)
    for group, height in heights.items():
        tops[group] = top
        ax.bar(x, -height, width=_WIDTH, bottom=top, align="edge", color=style.MUTED)
        count = "" if said is None else "hidden" if np.isnan(said[group]) else number(said[group])
        middle = (x + (0 if side == "left" else _WIDTH), top - height / 2)
        ax.annotate(f"{group} {count}".rstrip(), middle, (away, 0), textcoords="offset points", ha=align, va="center")
        top -= max(height, gap * 1.5) + gap
    return tops


def _band(ax: Axes, left: float, right: float, people: float, look: Look) -> None:
    bend = 3 * _CURVE**2 - 2 * _CURVE**3
    top = left + (right - left) * bend
    ax.fill_between(_CURVE, top - people, top, color=look.colour, alpha=look.alpha, linewidth=0)
