"""The simple forms that pages are made of: bars, intervals, lines, said against came, each with direct labels."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from helpers.reporting import style
from helpers.reporting.formats import HIDDEN, Format, interval, is_missing, number, short
from helpers.statistics import Estimate

_LABEL = 32
_LINE_HEIGHT = 13  # points
_MOST_OF_100 = 103.0  # so that a dot at 100 is whole


def bars(labels: Sequence[object], values: Sequence[float], *, ax: Axes, form: Format = number) -> Axes:
    """Horizontal bars from zero, in the order given, each with its value at its end.

    Args:
        labels: What each bar is; cut at 32 characters.
        values: Lengths, none negative; a missing one is hidden, and its bar with it.
        ax: Axes to draw on.
        form: How a value becomes text.

    Returns:
        The axes.
    """
    lengths = [0 if is_missing(value) else float(value) for value in values]
    drawn = ax.barh(range(len(lengths)), lengths, color=style.BLUE, height=0.66)
    ax.bar_label(drawn, labels=[_or_hidden(value, form) for value in values], padding=5)
    _rows(labels, ax=ax)
    ax.set_xlim(0, max([*lengths, 0]) * 1.18 or 1)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    return ax


def in_words(labels: Sequence[object], values: Sequence[float]) -> str:
    """What bars show, for who cannot see them: "none: 85, 1: 324"."""
    pairs = zip(labels, values, strict=True)
    return ", ".join(f"{label}: {_or_hidden(value, number)}" for label, value in pairs)


def intervals(
    labels: Sequence[object],
    estimates: Sequence[Estimate],
    *,
    ax: Axes,
    form: Format = number,
    reference: float | None = None,
) -> Axes:
    """Estimates as dots on their intervals, from the top down, each with its numbers beside it.

    Args:
        labels: What each estimate is; cut at 32 characters.
        estimates: The estimates; one without an interval is a dot alone.
        ax: Axes to draw on.
        form: How a number becomes text.
        reference: Where "no difference" is; drawn as a vertical line.

    Returns:
        The axes.
    """
    if reference is not None:
        ax.axvline(reference, color=style.MUTED, linestyle="-", linewidth=1)
    for row, estimate in enumerate(estimates):
        if estimate.lo is not None:
            ends = [estimate.lo, estimate.hi]
            ax.plot(ends, [row, row], color=style.BLUE, linestyle="-", linewidth=3, alpha=0.55)
        ax.plot(estimate.value, row, color=style.BLUE, marker="o", markersize=8)
        text = interval(estimate, form=form, words=False)
        ax.annotate(text, (estimate.value, row), (0, 10), textcoords="offset points", ha="center")
    _rows(labels, ax=ax)
    ax.set_ylim(len(estimates) - 0.5, -0.8)
    ax.margins(x=0.25)
    return ax


def lines(frame: pd.DataFrame, *, ax: Axes) -> Axes:
    """One line a column over the frame's index, from zero, each named at its end, names kept apart.

    Args:
        frame: Columns are series, the index is time or a number.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    for name in frame.columns:
        ax.plot(frame.index, frame[name])
    ax.set_ylim(bottom=min(0, frame.min().min()))
    known = {name: frame[name].dropna() for name in frame.columns}
    ends = {name: (values.index[-1], values.iloc[-1]) for name, values in known.items() if len(values)}
    lowest, highest = ax.get_ylim()
    height = ax.get_figure(root=True).get_figheight() * 72 * 0.85
    below = -math.inf
    for name, end in sorted(ends.items(), key=lambda each: each[1][1]):
        place = (end[1] - lowest) / (highest - lowest) * height
        below = max(place, below + _LINE_HEIGHT)
        label = short(name, length=_LABEL)
        ax.annotate(label, end, (6, below - place), textcoords="offset points", va="center")
    return ax


def said_and_came(said: ArrayLike, came: ArrayLike, ends: tuple[ArrayLike, ArrayLike], *, ax: Axes) -> Axes:
    """What came of people against what was said of them, with intervals, beside the line where both are the same.

    Args:
        said: Of 100, by group, shape (groups,).
        came: The same.
        ends: Both ends of the intervals of what came.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    most = min(_MOST_OF_100, 1.15 * float(np.max([*ends[1], *said, 10.0])))
    ax.plot([0, most], [0, most], color=style.MUTED, linestyle="-", linewidth=1)
    ax.annotate("as said", (most, most), (-4, -44), textcoords="offset points", ha="right", color=style.MUTED)
    ax.vlines(said, *ends, color=style.BLUE, linewidth=3, alpha=0.55)
    ax.plot(said, came, color=style.BLUE, marker="o", markersize=7, linestyle="none")
    ax.set_xlim(0, most)
    ax.set_ylim(0, most)
    return ax


def _or_hidden(value: float, form: Format) -> str:
    return HIDDEN if is_missing(value) else form(value)


def _rows(labels: Sequence[object], *, ax: Axes) -> None:
    """Name the rows of a horizontal chart, the first at the top, without a grid between them."""
    ax.set_yticks(range(len(labels)), [short(label, length=_LABEL) for label in labels])
    ax.tick_params(axis="y", labelcolor=style.INK)
    ax.set_ylim(len(labels) - 0.5, -0.5)
    ax.grid(visible=False)
