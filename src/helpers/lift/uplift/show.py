"""The table and picture that a page shows of whom to target."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from helpers.lift.uplift.judge import Judged
from helpers.lift.uplift.words import CUSTOMERS, LEARNER_NAMES, Told, way_name
from helpers.privacy import Published, publish
from helpers.reporting import percent, style
from helpers.statistics import Estimate


def ways_table(judged: Judged, told: Told) -> Published:
    """Each way of listing: what it adds to a blind list, and what its own list changes against all and nobody."""
    rows = [
        {
            "Way of listing": way_name(name),
            "Adds to a blind list": told.said(judged.areas[name]),
            "Against the best rule": _against(judged, told, name),
            "Its own list, which gains": f"{percent(judged.shares[name])} listed: {told.said(judged.policies[name])}",
            "Against everybody": told.said(judged.over_everybody[name], signed=True),
        }
        for name in judged.areas
    ]
    return publish(pd.DataFrame(rows), people=None, why="measures of methods")


def plot_curves(judged: Judged, told: Told, *, ax: Axes) -> Axes:
    """What a list of each length gains, by the best rule and the best learner, beside one drawn blindly.

    Args:
        judged: The judged ways.
        told: How the metric is spoken of.
        ax: Axes to draw on.

    Returns:
        The axes.
    """
    names = [name for name in (judged.best_rule, judged.best_learner) if name is not None]
    for name, colour in zip(names, (style.BLUE, style.ORANGE), strict=False):
        curve = judged.curves[name]
        ax.plot(100 * curve.share[0], CUSTOMERS * curve.gain[0], color=colour, label=way_name(name))
    ax.plot([0, 100], [0, CUSTOMERS * judged.overall.value], color=style.MUTED, label="a blind list")
    ax.set_xlabel("of 100 customers, on the list")
    ax.set_ylabel(" ".join(filter(None, [told.metric, f"gained for every {CUSTOMERS:,} customers", told.currency])))
    ax.legend()
    return ax


def whom_figure(judged: Judged, told: Told, experiment: str) -> dict[str, Any]:
    """The picture with its words and numbers, as `reporting.figure` takes it.

    Args:
        judged: The judged ways.
        told: How the metric is spoken of.
        experiment: Name of the experiment.

    Returns:
        Arguments of `reporting.figure`.
    """
    best = way_name(judged.best_rule or judged.best_learner)
    return {
        "plot": plot_curves(judged, told, ax=plt.figure(figsize=(6.6, 4.2)).subplots()),
        "title": f"{experiment}, {told.arm}: what {told.metric} gains by who is on the list",
        "subtitle": f"For every {CUSTOMERS:,} customers, by how many of 100 are listed",
        "alt": f"Gain of {told.metric} by length of list: {best} adds "
        f"{told.said(judged.areas[judged.best_rule or judged.best_learner])} to a blind list on average.",
        "source": "lift_outcomes, attributes and daily, as known before exposure",
        "caption": "A rule is judged on everybody, a model only on people from whom it had not learned: their lines "
        "need not end at one point.",
        "data": publish(curves_frame(judged), people=None, why="gains of lists, by share of customers"),
    }


def curves_frame(judged: Judged) -> pd.DataFrame:
    """The points behind the picture: list, share of customers on it, gain per customer of the whole."""
    parts = [
        pd.DataFrame({"list": name, "share": curve.share[0], "gain": curve.gain[0]})
        for name, curve in judged.curves.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _against(judged: Judged, told: Told, name: str) -> str | None:
    rule = judged.best_rule
    found: Estimate | None = judged.beyond_rule.get((name, rule)) if name in LEARNER_NAMES and rule else None
    return told.said(found, signed=True) if found else None
