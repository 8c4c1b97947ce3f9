"""Pictures of decisions: what thresholds save, and how far off scores are by group."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.paying import Money
from helpers.churn.decisions.show import headed
from helpers.privacy import MINIMUM
from helpers.reporting import charts, style
from helpers.reporting.formats import number

_ROOM = 30  # of 100; what a name needs to the left of its line


def plot_curve(found: Money, *, ax: Axes) -> Axes:
    """What contacting from each probability on saves for 1,000 customers, with the thresholds that might be used.

    Args:
        found: What contacting pays.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    curve = coarse(found.curve)
    ax.axhline(0, color=style.MUTED, linestyle="-", linewidth=1)
    ax.step(100 * curve["threshold"], curve["saving"], where="post", color=style.BLUE, linestyle="-")
    lowest, highest = ax.get_ylim()
    ax.set_ylim(lowest, highest + 0.45 * (highest - lowest))
    names = {"threshold": "where it pays", "learned": "best before", "half": "50 of 100"}
    looks = {"threshold": "-", "learned": "--", "half": ":"}
    drawn = sorted((100 * at, policy) for policy, at in found.savings.thresholds.items() if at <= 1)
    for place, (at, policy) in enumerate(drawn):
        ax.axvline(at, color=style.INK, linestyle=looks[policy], linewidth=1.2)
        side, shift = ("right", -5) if place == 0 and at > _ROOM else ("left", 5)  # names beside, not across, lines
        ax.annotate(
            names[policy],
            (at, 1 - 0.09 * place),
            (shift, -2),
            xycoords=ax.get_xaxis_transform(),
            textcoords="offset points",
            va="top",
            ha=side,
        )
    ax.set_xlim(0, 100)
    ax.set_xlabel("contacted from this probability on, of 100")
    ax.set_ylabel("saved for 1,000 customers")
    return ax


def coarse(curve: pd.DataFrame) -> pd.DataFrame:
    """Points of a cost curve so far apart that no step of it tells of fewer than 10 people."""
    kept, listed = [], 0
    for place, people in enumerate(curve["listed"]):
        if people - listed >= MINIMUM:
            kept.append(place)
            listed = people
    return curve.iloc[kept]


def plot_groups(found: Decisions, *, ax: Axes) -> Axes:
    """Of 100, how many more were said not to come back than did not, group by group, beside the line of everybody.

    Args:
        found: The decisions, as `by_group` gives them.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    rows = [(f"{headed(each.kind)}: {each.name}", each.gap) for each in found.groups]
    estimates = [gap._replace(value=100 * gap.value, lo=100 * gap.lo, hi=100 * gap.hi) for _, gap in rows]
    if not rows:
        ax.annotate("all groups are hidden", (0.5, 0.5), xycoords="axes fraction", ha="center")
        return ax
    charts.intervals([name for name, _ in rows], estimates, ax=ax, form=_whole, reference=100 * found.gap.value)
    ax.set_xlabel("said minus came, of 100")
    return ax


def _whole(value: float) -> str:
    return number(round(value), signed=True)
