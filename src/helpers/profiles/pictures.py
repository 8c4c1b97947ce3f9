"""Pictures of when people buy."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from helpers.reporting import charts, money, percent, style


def plot_rhythm(rhythm: pd.DataFrame, *, ax: Axes) -> Axes:
    """Orders by weekday and hour as a heat map, or by weekday as bars where hours are not known.

    Args:
        rhythm: As `helpers.profiles.rhythm` gives it.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    shares = rhythm / rhythm.to_numpy().sum()
    if rhythm.shape[1] == 1:
        return charts.bars(list(rhythm.index), shares.iloc[:, 0].tolist(), ax=ax, form=percent)
    hours = range(int(rhythm.columns.min()), int(rhythm.columns.max()) + 1)
    drawn = ax.imshow(shares.reindex(columns=hours, fill_value=0), aspect="auto", cmap=style.SEQUENTIAL, vmin=0)
    ax.set_yticks(range(7), list(rhythm.index))
    ax.set_xticks(range(0, len(hours), 2), [f"{hour}:00" for hour in hours[::2]], rotation=45)
    ax.grid(visible=False)
    bar = ax.get_figure(root=True).colorbar(drawn, ax=ax, format=lambda share, _: percent(share))
    bar.set_label("share of orders")
    bar.outline.set_visible(False)
    return ax


def plot_sureness(found: pd.DataFrame, currency: str, *, ax: Axes) -> Axes:
    """What is believed of a person in the middle, by how many orders they have, with the range.

    Args:
        found: Rows of one amount of money of `helpers.profiles.sureness`.
        currency: Of the amount.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    labels = [f"{each} orders" for each in found["observations"]]
    charts.intervals(labels, list(found["typical"]), ax=ax, form=lambda value: money(value, currency=currency))
    ax.set_xlabel(f"{currency} an order")
    return ax
