"""Pictures of how soon customers come back, and of what was foretold beside what came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.reporting import charts, style
from helpers.value.show import ACTUAL, BEFORE, CAME, FORETOLD, HIGHEST, LOWEST, SHARE, WEEK_OF
from helpers.value.survival import Curve
from helpers.value.trial_words import MODEL_NAMES

_STEP_DAYS, _LONGEST_DAYS = 7, 365


def plot_curves(curves: Mapping[str, Curve], *, ax: Axes) -> Axes:
    """Of 100 customers, how many have bought again, by days since the first purchase.

    Args:
        curves: By cohort; drawn week by week, for a year at most.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    days = range(0, _LONGEST_DAYS + 1, _STEP_DAYS)
    shares = {name: {day: curve.by_day(day) for day in days} for name, curve in curves.items()}
    known = {name: {day: each for day, each in own.items() if each is not None} for name, own in shares.items()}
    values = {name: {day: 100 * each.value for day, each in own.items()} for name, own in known.items() if own}
    charts.lines(pd.DataFrame(values, index=[*days]).dropna(how="all"), ax=ax)
    for name, colour in zip(values, style.PALETTE, strict=False):
        sure = {day: each for day, each in known[name].items() if each.lo is not None}
        ends = np.array([[100 * each.lo, 100 * each.hi] for each in sure.values()]).reshape(-1, 2)
        ax.fill_between([*sure], ends[:, 0], ends[:, 1], color=colour, alpha=0.2)
    ax.set_xlabel("days since the first purchase")
    ax.set_ylabel("of 100, bought again")
    return ax


def plot_weeks(shown: pd.DataFrame, cutoff: date, *, ax: Axes) -> Axes:
    """Purchases week by week as they came and as models expected them.

    Args:
        shown: The frame of `weeks_table`; what is hidden in it is not drawn.
        cutoff: The midnight after which nothing was known.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    columns = [ACTUAL, *(name for name in MODEL_NAMES.values() if name in shown)]
    frame = shown.set_index(pd.DatetimeIndex(shown[WEEK_OF]))[columns].astype("float64")
    charts.lines(frame.dropna(how="all"), ax=ax)
    ax.axvline(pd.Timestamp(cutoff), color=style.MUTED, linestyle="-", linewidth=1)
    ax.set_ylabel("purchases in a week")
    return ax


def plot_frequency(shown: pd.DataFrame, *, ax: Axes) -> Axes:
    """Purchases per customer, foretold and as they came, by purchases before.

    Args:
        shown: The frame of `frequency_table`; what is hidden in it is not drawn.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    frame = shown.astype(dict.fromkeys((FORETOLD, CAME, LOWEST, HIGHEST), "float64"))
    places = np.arange(len(frame))
    ax.vlines(places, frame[LOWEST], frame[HIGHEST], color=style.BLUE, linewidth=3, alpha=0.55)
    ax.plot(places, frame[CAME], color=style.BLUE, marker="o", markersize=7, linestyle="none", label="came")
    ax.plot(
        places, frame[FORETOLD], color=style.ORANGE, marker="_", markersize=16, markeredgewidth=3, linestyle="none",
        label="foretold",
    )  # fmt: skip
    ax.set_xticks(places, frame[BEFORE])
    ax.set_ylim(bottom=0)
    ax.set_xlabel("purchases after the first, until then")
    ax.set_ylabel("purchases per customer")
    ax.legend(loc="upper left")
    return ax


def plot_next(shown: pd.DataFrame, *, ax: Axes) -> Axes:
    """Share of expected revenue by part of the customers, most first.

    Args:
        shown: The frame of `next_table`.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    return charts.bars(shown[shown.columns[0]], shown[SHARE], ax=ax, form="{:.0f}".format)
