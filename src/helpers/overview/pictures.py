"""Pictures of the business: months, actives, who is new and who stayed away, who came back, funnels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from helpers.overview.funnels import Step
from helpers.overview.show import WINDOWS, with_revenue
from helpers.reporting import charts, number, percent, style
from helpers.statistics import Estimate

_GROWTH = (
    ("returning", "returning", style.BLUE, ""),
    ("resurrecting", "came back", style.GREEN, "///"),
    ("new", "new", style.ORANGE, ""),
)
_LABELLED = 13


def plot_sales(months: pd.DataFrame, currency: str) -> Figure:
    """Revenue and orders by month, bars from zero, one above the other; a month not covered whole is pale.

    Args:
        months: Rows of table `overview_months`, with what is hidden missing.
        currency: Of the revenue.

    Returns:
        The figure.
    """
    shown = [("revenue", f"revenue, {currency}"), ("orders", "orders")][0 if with_revenue(months) else 1 :]
    figure, panels = plt.subplots(len(shown), figsize=(6.6, 1.9 * len(shown) + 0.4), sharex=True, squeeze=False)
    for ax, (name, said) in zip(panels[:, 0], shown, strict=True):
        for whole, alpha in ((True, 1.0), (False, 0.4)):
            own = months["is_whole"] == whole
            ax.bar(np.flatnonzero(own), months.loc[own, name], color=style.BLUE, alpha=alpha, width=0.75)
        ax.set_ylabel(said)
        if not (months[name] < 0).any():
            ax.set_ylim(bottom=0)
    _month_ticks(panels[-1, 0], list(months["month"]))
    return figure


def plot_actives(days: pd.DataFrame, *, ax: Axes) -> Axes:
    """People active on each day, in the 7 days and in the 30 days up to it.

    Args:
        days: Columns Day and those of `WINDOWS`' names, what is hidden missing.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    frame = days.set_index(pd.DatetimeIndex(days["Day"]))[list(WINDOWS.values())].astype("float64")
    frame = frame.dropna(axis=1, how="all")
    charts.lines(frame, ax=ax)
    ax.set_ylabel("people")
    return ax


def plot_growth(months: pd.DataFrame, *, ax: Axes) -> Axes:
    """Who is active in each month by what they were before, above the line; who stayed away, below it.

    Args:
        months: Rows of table `overview_months`, with what is hidden missing.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    places, height = np.arange(len(months)), np.zeros(len(months))
    for name, said, colour, hatch in _GROWTH:
        values = months[name].fillna(0).to_numpy(dtype=float)
        ax.bar(
            places,
            values,
            bottom=height,
            color=colour,
            hatch=hatch,
            edgecolor=style.GRID,
            width=0.75,
            label=said,
            linewidth=0,
        )
        height += values
    gone = -months["dormant"].astype("float64").fillna(0).to_numpy()
    ax.bar(places, gone, color=style.GREY, width=0.75, label="stayed away")
    ax.axhline(0, color=style.MUTED, linewidth=1, linestyle="-")
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(abs(value))))
    ax.set_ylabel("people")
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=4)
    _month_ticks(ax, list(months["month"]))
    return ax


def plot_retention(curves: Mapping[str, Mapping[int, Estimate]], *, ax: Axes) -> Axes:
    """Share of customers active so many months later, with intervals.

    Args:
        curves: What each curve is called, to its share by age in months.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    frame = pd.DataFrame({name: {age: each.value for age, each in own.items()} for name, own in curves.items()})
    charts.lines(frame, ax=ax)
    for own, colour in zip(curves.values(), style.PALETTE, strict=False):
        ages = list(own)
        ax.fill_between(ages, [own[age].lo for age in ages], [own[age].hi for age in ages], color=colour, alpha=0.2)
    highest = max(each.hi for own in curves.values() for each in own.values())
    ax.set_ylim(0, min(1, 1.15 * highest))
    ax.set_xlabel("months after the month of the first order")
    ax.yaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
    return ax


def plot_steps(steps: list[Step], *, ax: Axes) -> Axes:
    """People who reached each step of a funnel.

    Args:
        steps: As `helpers.overview.show.publish_steps` gives them.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    return charts.bars([step.name for step in steps], [step.people for step in steps], ax=ax)


def _month_ticks(ax: Axes, months: list[date]) -> None:
    """Name some of the months below their bars, the last one among them."""
    every = -(-len(months) // _LABELLED)
    places = [place for place in range(len(months)) if (len(months) - 1 - place) % every == 0]
    years = [None, *(months[place].year for place in places)]
    names = [
        f"{months[place]:%b}" + (f"\n{months[place]:%Y}" if months[place].year != before else "")
        for place, before in zip(places, years, strict=False)
    ]
    ax.set_xticks(places, names)
    ax.grid(visible=False, axis="x")
