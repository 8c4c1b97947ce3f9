"""Estimates of an experiment from sums: an arm's level, its difference from the control, its ratio to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from helpers.datasets.questions import Experiment, Metric
from helpers.datasets.tables.lift import LIFT_READOUT
from helpers.lift.outcomes import Sample
from helpers.statistics import (
    Estimate,
    Moments,
    Successes,
    check_level,
    difference_of_means,
    difference_of_proportions,
    mean,
    proportion,
    ratio_of_means,
    ratio_of_proportions,
)

NOBODY = Moments(0, 0.0, 0.0)
FEWEST = {"conversion": 1, "revenue": 2}  # people that an interval of such a metric needs
COMPARE = {
    ("conversion", "diff"): difference_of_proportions,
    ("conversion", "ratio"): ratio_of_proportions,
    ("revenue", "diff"): difference_of_means,
    ("revenue", "ratio"): ratio_of_means,
}


class Reading(NamedTuple):
    """One figure of an experiment, or the reason why there is none.

    Attributes:
        experiment: Experiment of dataset.toml.
        arm: Arm that is read.
        metric: Metric of the experiment.
        kind: Kind of the metric: "conversion" (a share) or "revenue" (an amount per person).
        scale: "level", "diff" (arm minus control) or "ratio" (arm divided by control).
        estimate: The figure, None where none can be made.
        n: People it rests on, or would rest on.
        reason: Why there is no figure; empty where there is one.
    """

    experiment: str
    arm: str
    metric: str
    kind: str
    scale: str
    estimate: Estimate | None
    n: int
    reason: str = ""


def readout(sums: Mapping[Sample, Moments], experiments: Sequence[Experiment], *, level: float = 0.95) -> list[Reading]:
    """Estimate everything that the experiments declare: levels of all arms, comparisons with the control.

    Args:
        sums: Sums of the outcomes by experiment, arm and metric, as `outcomes.sums` gives them.
        experiments: The declared experiments.
        level: Coverage of each interval, between 0 and 1; not adjusted for their number.

    Returns:
        Readings by experiment, metric, scale and arm, in the order of their declaration.

    Raises:
        WrongUse: The level is out of range.
    """
    check_level(level)
    return [
        reading
        for experiment in experiments
        for metric in experiment.metrics
        for reading in _readings(sums, experiment, metric, level)
    ]


def as_frame(readings: Iterable[Reading], *, level: float) -> pd.DataFrame:
    """Readings as rows of table `lift_readout`.

    Args:
        readings: What `readout` gave.
        level: The level it was asked for, which rows without an estimate carry too.

    Returns:
        One row a reading; figures are missing where there is no estimate, and `method` says why.
    """
    rows = [
        {
            **reading._asdict(),
            "level": level,
            "method": reading.reason,
            **(reading.estimate._asdict() if reading.estimate else {}),
        }
        for reading in readings
    ]
    frame = pd.DataFrame(rows, columns=LIFT_READOUT.column_names)
    return frame.astype({"value": "float64", "lo": "float64", "hi": "float64", "numerator": "Int64"})


def _readings(
    sums: Mapping[Sample, Moments], experiment: Experiment, metric: Metric, level: float
) -> Iterator[Reading]:
    """Readings of one metric: levels of every arm, then differences, then ratios."""
    samples = {arm: sums.get(Sample(experiment.name, arm, metric.name), NOBODY) for arm in experiment.arms}
    control = samples[experiment.control]
    for arm, sample in samples.items():
        yield _reading(experiment, arm, metric, "level", [sample], level=level)
    for scale in ("diff", "ratio"):
        for arm, sample in samples.items():
            if arm != experiment.control:
                yield _reading(experiment, arm, metric, scale, [sample, control], level=level)


def _reading(
    experiment: Experiment, arm: str, metric: Metric, scale: str, samples: list[Moments], *, level: float
) -> Reading:
    """One reading from the arm's sums, followed by the control's for a comparison."""
    place = (experiment.name, arm, metric.name, metric.kind, scale)
    n = sum(sample.n for sample in samples)
    fewest = min(sample.n for sample in samples)
    if fewest < FEWEST[metric.kind]:
        reason = "no estimate: too few people in an arm"
        return Reading(*place, None, n, reason)
    if scale == "ratio" and min(sample.total for sample in samples) <= 0:
        return Reading(*place, None, n, "no estimate: an arm's total is not above zero")
    return Reading(*place, _estimate(metric.kind, scale, samples, level), n)


def _estimate(kind: str, scale: str, samples: list[Moments], level: float) -> Estimate:
    """The estimate that a kind of metric has on a scale."""
    if kind == "conversion":
        samples = [Successes(sample.n, round(sample.total)) for sample in samples]
    if scale != "level":
        return COMPARE[kind, scale](*samples, level=level)
    return proportion(*samples[0], level=level) if kind == "conversion" else mean(*samples[0], level=level)
