"""Estimates of an experiment from sums: an arm's level, its difference from the control, its ratio to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from helpers.datasets.questions import Experiment, Metric
from helpers.datasets.tables.lift import LIFT_READOUT
from helpers.lift.adjusting import means
from helpers.lift.estimates import Means, Quantiles, Shares
from helpers.lift.sums import Sample
from helpers.statistics import Estimate, Joint, Moments, benjamini_hochberg, check_level, holm

NOBODY = Moments(0, 0.0, 0.0)


class Reading(NamedTuple):
    """One figure of an experiment, or the reason why there is none.

    Attributes:
        experiment: Experiment of dataset.toml.
        arm: Arm that is read.
        metric: Metric of the experiment.
        kind: Kind of the metric, such as "conversion" (a share) or "revenue" (an amount per person).
        scale: "level", "diff" (arm minus control) or "ratio" (arm divided by control).
        estimate: The figure, None where none can be made.
        n: People it rests on, or would rest on; clusters, where these were assigned.
        reason: Why there is no figure; empty where there is one.
        role: "goal", "guardrail" or "secondary".
        money: Whether it is in the currency where it is no share and no ratio to the control.
        active: Of a level: people whose value is not 0, None where they were not counted.
        p: Two-sided p-value of a difference by itself, None where there is none.
        p_holm: The same against all differences of its experiment that have one (Holm).
        p_bh: The same by Benjamini and Hochberg.
        removed: Share of the variance that the time before exposure explains, None where it is not asked.
    """

    experiment: str
    arm: str
    metric: str
    kind: str
    scale: str
    estimate: Estimate | None
    n: int
    reason: str = ""
    role: str = "secondary"
    money: bool = True
    active: int | None = None
    p: float | None = None
    p_holm: float | None = None
    p_bh: float | None = None
    removed: float | None = None


def readout(
    sums: Mapping[Sample, Joint | Moments],
    experiments: Sequence[Experiment],
    *,
    level: float = 0.95,
    quantiles: Mapping[Sample, Estimate] | None = None,
) -> list[Reading]:
    """Estimate everything that the experiments declare: levels of all arms, comparisons with the control.

    Args:
        sums: Sums of the outcomes by experiment, arm and metric, as `sums` gives them; `Moments` serve for a metric
            of one variable.
        experiments: The declared experiments.
        level: Coverage of each interval, between 0 and 1; not adjusted for their number, as p-values beside them are.
        quantiles: What `quantiles` gave at this level, where an experiment asks for one.

    Returns:
        Readings by experiment, metric, scale and arm, in the order of their declaration.

    Raises:
        WrongUse: The level is out of range.
    """
    check_level(level)
    readings: list[Reading] = []
    for experiment in experiments:
        own = [
            reading
            for metric in experiment.metrics
            for reading in _readings(sums, experiment, metric, level, quantiles or {})
        ]
        readings += _among_all(own)
    return readings


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
    numbers = dict.fromkeys(("value", "lo", "hi", "p", "p_holm", "p_bh", "removed"), "float64")
    return frame.astype({**numbers, "numerator": "Int64"})


def _readings(
    sums: Mapping[Sample, Joint | Moments],
    experiment: Experiment,
    metric: Metric,
    level: float,
    quantiles: Mapping[Sample, Estimate],
) -> Iterator[Reading]:
    """Readings of one metric: levels of every arm, then differences, then ratios."""
    places = {arm: Sample(experiment.name, arm, metric.name) for arm in experiment.arms}
    samples = {arm: sums.get(place, NOBODY) for arm, place in places.items()}
    known: Shares | Means | Quantiles
    if metric.kind == "quantile":
        known = Quantiles({arm: quantiles[place] for arm, place in places.items() if place in quantiles})
    elif metric.binary and not experiment.clustered and metric.pre_days is None:
        known = Shares(samples, level)
    else:
        known = Means(samples, means(sums, experiment, metric), level)
    for scale in ("level", "diff", "ratio"):
        for arm in experiment.arms if scale == "level" else experiment.treatments:
            pair = [arm] if scale == "level" else [arm, experiment.control]
            n = sum(samples[each].n for each in pair)
            reason = known.refused(scale, pair)
            estimate = None if reason else getattr(known, scale)(*pair)
            reading = Reading(experiment.name, arm, metric.name, metric.kind, scale, estimate, n, reason)
            reading = reading._replace(role=experiment.role(metric), money=metric.money)
            if scale == "level" and isinstance(sample := samples[arm], Joint):
                reading = reading._replace(active=sample.nonzero)
            yield reading._replace(p=known.p(*pair), removed=known.removed) if estimate and scale == "diff" else reading


def _among_all(readings: Sequence[Reading]) -> list[Reading]:
    """Readings of one experiment, their p-values held against each other."""
    tested = [place for place, each in enumerate(readings) if each.p is not None]
    found = list(readings)
    if tested:
        alone = [readings[place].p for place in tested]
        for place, by_holm, by_bh in zip(tested, holm(alone), benjamini_hochberg(alone), strict=True):
            found[place] = found[place]._replace(p_holm=float(by_holm), p_bh=float(by_bh))
    return found
