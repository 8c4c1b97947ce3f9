"""What of an experiment may be shown, its chart, and its results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.datasets.questions import Experiment
from helpers.lift.health import Health
from helpers.lift.readout import Reading, as_frame
from helpers.lift.words import SHARES, excludes_zero, form, told, unit
from helpers.privacy import MINIMUM, publish
from helpers.reporting import Record, charts, keys, number
from helpers.reporting import level as in_words

if TYPE_CHECKING:
    from helpers.lift.nights import Night

HEALTH = ("Arm", "Exposed", "Expected by plan", "Window still open", "Read")
COUNTED = ("Exposed", "Window still open", "Read")  # a whole and its two parts
ONE_LOOK = (
    "Each interval is made for one look, at the end, at one figure. Who looks at many arms and metrics finds some that "
    "exclude zero by chance."
)
EVERY_NIGHT = (
    "These intervals may be looked at every night until the planned end. Who looks at many metrics finds some that "
    "exclude zero by chance."
)
WITHHELD = "not shown: it would tell of fewer than 10 people"


def health_frame(check: Health) -> pd.DataFrame:
    """People (or sessions) of an experiment by arm: exposed, expected, with an open window, and read.

    Args:
        check: Its checks; somebody is in an arm.

    Returns:
        One row an arm, columns as in `HEALTH`; where clusters were assigned, their number and that by plan instead.
    """
    rows = [
        (arm, exposed, check.ratio.expected[arm], check.incomplete[arm], exposed - check.incomplete[arm])
        for arm, exposed in check.exposed.items()
    ]
    frame = pd.DataFrame(rows, columns=HEALTH)
    if check.clusters is None:
        return frame
    frame.insert(2, "Clusters", list(check.clusters.values()))
    return frame.rename(columns={HEALTH[2]: "Clusters by plan"})


def publishable(readings: Sequence[Reading], experiments: Sequence[Experiment]) -> list[Reading]:
    """Readings without those that would tell of too few people, or from which others give such a one away.

    An arm of too few people, or of which too few converted, or did not, or have a value that is not 0, has no level;
    nor has it a difference from the control or a ratio to it, from which its level would follow. Where the control is
    such an arm, no other arm has.

    Args:
        readings: All readings.
        experiments: The declared experiments.

    Returns:
        The readings in their order, those withheld without an estimate, with the reason.
    """
    controls = {experiment.name: experiment.control for experiment in experiments}
    small = {(each.experiment, each.metric, each.arm) for each in readings if each.scale == "level" and _small(each)}

    def withheld(each: Reading) -> bool:
        own, control = each.arm, controls[each.experiment]
        compared = {own} if each.scale == "level" else {own, control}
        return any((each.experiment, each.metric, arm) in small for arm in compared)

    nothing = {"estimate": None, "reason": WITHHELD, "p": None, "p_holm": None, "p_bh": None, "removed": None}
    return [each._replace(**nothing) if withheld(each) else each for each in readings]


def _small(level: Reading) -> bool:
    part = level.estimate.numerator if level.estimate else None
    counts = [level.n] if part is None else [level.n, part, level.n - part]
    return any(0 < count < MINIMUM for count in (*counts, level.active or 0))


def numbers_frame(readings: Sequence[Reading], *, level: float) -> pd.DataFrame:
    """Readings as the numbers behind a figure: metric, arm, value, lo, hi, people, method."""
    frame = as_frame(readings, level=level).rename(columns={"n": "people"})
    return frame[["metric", "arm", "value", "lo", "hi", "people", "method"]]


def estimated_differences(experiment: Experiment, readings: Sequence[Reading]) -> list[Reading]:
    """Differences of one experiment that could be estimated.

    Args:
        experiment: The experiment.
        readings: Readings, its own among them.
    """
    return [
        each
        for each in readings
        if (each.experiment, each.scale) == (experiment.name, "diff") and each.estimate is not None
    ]


def differences(readings: Sequence[Reading], *, ax: Axes, currency: str) -> Axes:
    """Differences of one metric from the control: a dot on its interval for each arm, labelled.

    Args:
        readings: Estimated differences of one metric, at least one.
        ax: Axes to draw on.
        currency: ISO 4217 code of the amounts.

    Returns:
        The axes.
    """
    labels = [f"{each.metric}, {each.arm}" for each in readings]
    first = readings[0]
    text = form(first.kind, "diff", currency, amount=first.money)
    charts.intervals(labels, [each.estimate for each in readings], ax=ax, form=text, reference=0)
    share = first.kind in SHARES
    ax.set_xlabel("percentage points" if share else unit(first, currency))
    scale = 100 if share else 1
    ax.xaxis.set_major_formatter(lambda value, _: number(round(value * scale, 9), signed=True))
    ax.locator_params(axis="x", nbins=6)
    return ax


def differences_chart(experiment: Experiment, readings: Sequence[Reading], *, currency: str) -> Figure:
    """Differences from the control in one figure, one panel a metric, each with its own unit.

    Args:
        experiment: The experiment.
        readings: Readings, its own among them, with at least one estimated difference.
        currency: ISO 4217 code of the amounts.

    Returns:
        The figure.
    """
    known = estimated_differences(experiment, readings)
    by_metric = [[each for each in known if each.metric == metric.name] for metric in experiment.metrics]
    panels = [drawn for drawn in by_metric if drawn]
    heights = [0.8 + 0.55 * len(drawn) for drawn in panels]
    size = (6.6, sum(heights) + 0.3)
    figure, axes = plt.subplots(len(panels), 1, squeeze=False, height_ratios=heights, figsize=size)
    for ax, drawn in zip(axes[:, 0], panels, strict=True):
        differences(drawn, ax=ax, currency=currency)
    return figure


def differences_figure(night: Night, *, currency: str, level: float) -> dict[str, Any]:
    """The figure of `differences_chart` with its words and numbers, as `reporting.figure` takes it.

    Args:
        night: The experiment as it stands, with at least one estimated difference.
        currency: ISO 4217 code of the amounts.
        level: Coverage of the intervals.

    Returns:
        Arguments of `reporting.figure`.
    """
    experiment, readings = night.experiment, night.readings
    known = estimated_differences(experiment, readings)
    clear = sum(excludes_zero(each) for each in known)
    numbers = numbers_frame(known, level=level)
    return {
        "plot": differences_chart(experiment, readings, currency=currency),
        "title": f"{experiment.name}: {clear} of {len(known)} intervals exclude zero",
        "subtitle": f"Difference from {experiment.control} in {experiment.window_days} days, with intervals of which "
        f"{in_words(level)} hold the truth",
        "alt": f"Differences from {experiment.control}: "
        + "; ".join(f"{each.metric} in {each.arm} {told(each, currency)}" for each in known),
        "source": "lift_readout, from events and the experiments of dataset.toml",
        "data": publish(numbers, people="people", names=["metric", "arm"], totals="none"),
        "caption": (ONE_LOOK if night.final else EVERY_NIGHT) + " Amounts have few large values, so in arms of a few "
        "hundred people their intervals are rough.",
    }


def add_results(record: Record, nights: Sequence[Night], *, currency: str) -> None:
    """Put sample ratios and estimates into the page's record; what cannot be estimated, or not yet, is left out.

    Args:
        record: The record of the stage.
        nights: The experiments as they stand.
        currency: ISO 4217 code of the amounts.

    Raises:
        WrongUse: Two names from data look alike in a key.
    """
    for check in (night.health for night in nights):
        if check.ratio is not None:
            name = keys.safe(check.experiment)
            record.add(f"lift.{name}.health.srm_p", check.ratio.p, n=sum(check.sizes.values()))
    for each in (reading for night in nights for reading in night.readings):
        if each.estimate is not None:
            place = ".".join(keys.safe(name) for name in (each.experiment, each.arm, each.metric))
            record.add(f"lift.{place}.{each.scale}", each.estimate, unit=_unit(each, currency))


def _unit(reading: Reading, currency: str) -> str:
    """Unit of a reading on its scale."""
    if reading.scale == "ratio":
        return "ratio"
    if reading.kind not in SHARES:
        return unit(reading, currency)
    return "share" if reading.scale == "level" else "difference of shares"
