"""Samples of an experiment as plain means: ratios and clusters made linear, known differences between people out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from helpers.datasets.questions import Experiment, Metric
from helpers.lift.sums import Sample
from helpers.statistics import Joint, Moments, cuped, linearised, linearised_with_covariate


class Adjustment(NamedTuple):
    """One metric of one experiment, by arm; arms of which no mean can be made are not in it.

    Attributes:
        plain: Sums as `helpers.statistics` takes them for means; of a ratio the linearised ones.
        adjusted: The same less what the time before exposure explains; equal to `plain` where that is not asked.
        removed: Share of the variance that this took away, None where it is not asked.
        how: How they were made means, in the field's words, for the name of the method; empty for a mean.
    """

    plain: dict[str, Moments]
    adjusted: dict[str, Moments]
    removed: float | None
    how: str


def means(sums: Mapping[Sample, Joint | Moments], experiment: Experiment, metric: Metric) -> Adjustment:
    """Sums of a metric as those of means.

    Args:
        sums: What `sums` gave; `Moments` serve for a metric of one variable.
        experiment: The experiment.
        metric: One of its metrics.

    Returns:
        Its arms' sums, and how they were made.
    """
    own = {arm: sums.get(Sample(experiment.name, arm, metric.name)) for arm in experiment.arms}
    samples = {arm: _joint(each) for arm, each in own.items() if each is not None and each.n >= 2}
    ratio, how = metric.kind == "ratio" or experiment.clustered, []
    if ratio:
        samples = {arm: each for arm, each in samples.items() if each.totals[1] > 0}
        how.append("by cluster" if experiment.clustered else "delta method")
    if metric.cap is not None:
        how.append(f"winsorised at {metric.cap if isinstance(metric.cap, str) else f'{metric.cap:g}'}")
    plain = {arm: linearised(each) if ratio else each.moments for arm, each in samples.items()}
    if metric.pre_days is None or not samples or (ratio and not sum(each.totals[3] for each in samples.values())):
        return Adjustment(plain, plain, None, ", ".join(how))
    adjusted = cuped(linearised_with_covariate(samples) if ratio else samples)
    return Adjustment(plain, adjusted.samples, adjusted.removed, ", ".join(how))


def _joint(sample: Joint | Moments) -> Joint:
    """A sample of one variable as sums of variables."""
    return sample if isinstance(sample, Joint) else Joint(sample.n, (sample.total,), ((sample.squares,),))
