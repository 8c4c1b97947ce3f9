"""How the effect looked as people came in: by the day on which the last of them was exposed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.dates import AutoDateLocator, num2date
from matplotlib.figure import Figure

from helpers.datasets.questions import Experiment
from helpers.lift.nights import sequence_of
from helpers.lift.planned import level_of_each
from helpers.lift.readout import readout
from helpers.lift.show import publishable
from helpers.lift.sums import Sample
from helpers.lift.words import SHARES, form
from helpers.privacy import publish
from helpers.reporting import level as in_words
from helpers.reporting import literal, style
from helpers.statistics import Joint

COLUMNS = ["day", "arm", "value", "lo", "hi"]


def by_day(sums: Mapping[date, Mapping[Sample, Joint]], experiment: Experiment, *, level: float = 0.95) -> pd.DataFrame:
    """Differences of an experiment's first goal, over everyone exposed until each day, with confidence sequences.

    Args:
        sums: What `daily_sums` gave.
        experiment: The experiment.
        level: Coverage over all days, and all arms, together, between 0 and 1.

    Returns:
        day, arm, value, lo and hi, by arm and day; days until which too few people had come are left out.
    """
    goal = experiment.goal
    own = experiment.model_copy(update={"metrics": [goal]})
    each_level = level_of_each(len(experiment.treatments), level=level)
    rows = []
    for day, grown in sums.items():
        for each in publishable(readout(grown, [own], level=level), [own]):
            if each.scale == "diff" and each.estimate is not None:
                found = sequence_of(grown, own, goal.name, each.arm, level=each_level)
                if found is not None and found.lo is not None:
                    rows.append((day, each.arm, found.value, found.lo, found.hi))
    return pd.DataFrame(rows, columns=COLUMNS).sort_values(["arm", "day"], ignore_index=True)


def days_figure(experiment: Experiment, days: pd.DataFrame, *, currency: str, level: float) -> dict[str, Any]:
    """The figure of `by_day`, as `reporting.figure` takes it.

    Args:
        experiment: The experiment.
        days: What `by_day` gave, at least one row.
        currency: ISO 4217 code of the amounts.
        level: Coverage over all days and arms together.

    Returns:
        Arguments of `reporting.figure`.
    """
    goal = experiment.goal
    text = form(goal.kind, "diff", currency, amount=goal.money)
    last = days.groupby("arm", sort=False).tail(1)
    ends = "; ".join(f"{row.arm} {text(row.value)}" for row in last.itertuples())
    return {
        "plot": _drawn(experiment, days, share=goal.kind in SHARES),
        "title": f"{experiment.name}: {goal.name} against {experiment.control}: {ends}",
        "subtitle": f"Difference from {experiment.control} over everyone exposed until a day, with an interval that "
        f"holds on all days ({in_words(level)}), {'percentage points' if goal.kind in SHARES else 'per person'}",
        "alt": f"Differences of {goal.name} from {experiment.control} by the day of the last exposure, from "
        f"{days['day'].min()} to {days['day'].max()}; at the end {ends}.",
        "source": "lift_outcomes, from events and the experiments of dataset.toml",
        "data": publish(days, people=None, why="differences; days of few people are left out"),
        "caption": f"Days are those of UTC. The band of {literal(goal.name)} may be looked at every night: whoever "
        "stops on the first day on which it leaves out zero is misled no more often than it says. At the planned end "
        "the verdict rests on an interval for one look, which is narrower.",
    }


def _drawn(experiment: Experiment, days: pd.DataFrame, *, share: bool) -> Figure:
    """One line an arm, with its interval as a band."""
    figure, ax = plt.subplots(figsize=(6.6, 3.0))
    scale = 100 if share else 1
    for arm in experiment.treatments:
        own = days[days["arm"] == arm]
        (line,) = ax.plot(own["day"], own["value"] * scale, label=arm)
        ax.fill_between(
            own["day"], own["lo"] * scale, own["hi"] * scale, color=line.get_color(), alpha=0.15, linewidth=0
        )
    ax.axhline(0, color=style.INK, linewidth=1)
    ax.legend(loc="upper right")
    ax.xaxis.set_major_locator(AutoDateLocator(maxticks=6))
    ax.xaxis.set_major_formatter(lambda value, _: f"{num2date(value):%-d %b}")
    return figure
