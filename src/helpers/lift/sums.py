"""The sums that every estimate is made from, and the order statistics of quantiles, added up in the engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate, combinations_with_replacement
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from helpers.datasets.questions import Experiment, Metric
from helpers.datasets.tables.ingestion import MONEY
from helpers.lift.outcomes import VALUES
from helpers.statistics import Estimate, Joint, quantile_ranks


class Sample(NamedTuple):
    """Which sample sums belong to."""

    experiment: str
    arm: str
    metric: str


def sums(outcomes: ir.Table, experiments: Sequence[Experiment]) -> dict[Sample, Joint]:
    """Add up outcomes in the engine, by experiment, arm and metric.

    The variables of a metric are its value, then what stands below the fraction line (for a ratio, and where units
    hang together in clusters), then both of the time before exposure, as far as it has them. A sample of clusters
    has their totals as values and their number as n.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        experiments: The declared experiments.

    Returns:
        Sums of each sample that anybody is in; quantiles have those of their values.
    """
    return {sample: joint for (sample, _), joint in _added(outcomes, experiments, None).items()}


def daily_sums(outcomes: ir.Table, experiments: Sequence[Experiment]) -> dict[date, dict[Sample, Joint]]:
    """The same sums as they stood when only people of the first days had been exposed.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        experiments: The declared experiments; those by cluster or session are left out, since a cluster has many days.

    Returns:
        For each UTC day on which anybody was exposed, in order: sums over everyone exposed until its end.
    """
    plain = [experiment for experiment in experiments if not experiment.clustered]
    if not plain:
        return {}
    added = _added(outcomes, plain, outcomes.first_exposed_at.date())
    days = sorted({day for _, day in added})
    grown: dict[date, dict[Sample, Joint]] = {day: {} for day in days}
    for sample in sorted({sample for sample, _ in added}):
        parts = [added.get((sample, day)) for day in days]
        for day, total in zip(days, accumulate(parts, _plus), strict=True):
            if total is not None:
                grown[day][sample] = total
    return grown


def sliced_sums(outcomes: ir.Table, experiments: Sequence[Experiment]) -> dict[str, dict[Sample, Joint]]:
    """The same sums by the value of an attribute.

    Args:
        outcomes: Rows of table `lift_outcomes`, and `slice`, the attribute's value, never missing.
        experiments: The declared experiments.

    Returns:
        Sums of each value that anybody has, in alphabetical order.
    """
    found: dict[str, dict[Sample, Joint]] = defaultdict(dict)
    added = _added(outcomes, experiments, outcomes.slice)
    for (sample, value), joint in sorted(added.items(), key=lambda each: each[0][1]):
        found[value][sample] = joint
    return dict(found)


def quantiles(
    outcomes: ir.Table, experiments: Sequence[Experiment], sums: Mapping[Sample, Joint], *, level: float = 0.95
) -> dict[Sample, Estimate]:
    """Quantiles of each arm with their intervals, by order statistics that the engine finds.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        experiments: The declared experiments.
        sums: What `sums` gave, for the number of people.
        level: Coverage of each interval, between 0 and 1.

    Returns:
        The estimate of each sample of a metric of kind quantile that anybody is in.
    """
    shares = {
        (experiment.name, metric.name): metric.share
        for experiment in experiments
        for metric in experiment.metrics
        if metric.kind == "quantile"
    }
    asked = {
        sample: quantile_ranks(joint.n, shares[sample.experiment, sample.metric], level=level)
        for sample, joint in sums.items()
        if (sample.experiment, sample.metric) in shares
    }
    if not asked:
        return {}
    own = outcomes.filter(_of(outcomes, list(shares)))
    counted = own.group_by("experiment", "variation", "metric", "value").agg(people=own.count())
    upto = counted.people.sum().over(
        group_by=["experiment", "variation", "metric"], order_by="value", rows=(None, 0)
    )  # fmt: skip
    counted = counted.mutate(upto=upto)

    def ranked(place: int) -> ir.Value:
        cases = [(_is(counted, sample), ibis.literal(ranks[place]).cast("int64")) for sample, ranks in asked.items()]
        return counted.value.min(where=counted.upto >= ibis.cases(*cases))

    found = counted.group_by("experiment", "variation", "metric").agg(
        **{name: ranked(place) for place, name in enumerate(("lo", "value", "hi"))}
    )
    estimates = {}
    for row in found.to_pyarrow().to_pylist():
        sample = Sample(row["experiment"], row["variation"], row["metric"])
        bounded = asked[sample].lo is not None
        lo, hi = (float(row["lo"]), float(row["hi"])) if bounded else (None, None)
        estimates[sample] = Estimate(float(row["value"]), lo, hi, level, sums[sample].n, "order statistics")
    return estimates


def variables(experiment: Experiment, metric: Metric) -> tuple[str, ...]:
    """Which columns of outcomes are a metric's variables, in the order of `Joint`.

    Args:
        experiment: The experiment.
        metric: One of its metrics.
    """
    below = metric.kind == "ratio" or experiment.clustered
    before = metric.pre_days is not None
    return tuple(name for name, asked in zip(VALUES, (True, below, before, below and before), strict=True) if asked)


def clusters(rows: ir.Table, key: list[str]) -> ir.Table:
    """Units added up to clusters; below the fraction line stands their number where a metric has nothing there.

    Args:
        rows: Rows of table `lift_outcomes`, and `active`, 1 where the value is not 0, else 0.
        key: What a cluster is told by.

    Returns:
        One row a cluster: the key, `active` and the sums of all variables.
    """
    return rows.group_by(key).agg(
        active=rows.active.sum(),
        value=rows.value.sum().cast(MONEY),
        denominator=rows.denominator.sum().fill_null(rows.count()).cast(MONEY),
        value_before=rows.value_before.sum().cast(MONEY),
        denominator_before=rows.denominator_before.sum().fill_null(rows.count()).cast(MONEY),
    )


def _added(
    outcomes: ir.Table, experiments: Sequence[Experiment], apart: ir.Value | None
) -> dict[tuple[Sample, Any], Joint]:
    """Sums by sample and by one more value, None where there is none."""
    rows = outcomes if apart is None else outcomes.mutate(apart=apart)
    parts = [[each for each in experiments if each.clustered == clustered] for clustered in (False, True)]
    return {place: joint for part in parts if part for place, joint in _in_one_pass(rows, part).items()}


def _in_one_pass(rows: ir.Table, experiments: Sequence[Experiment]) -> dict[tuple[Sample, Any], Joint]:
    """Sums of experiments that are all by cluster, or all not."""
    needed = {(each.name, metric.name): variables(each, metric) for each in experiments for metric in each.metrics}
    columns = [name for name in VALUES if any(name in own for own in needed.values())]
    pairs = list(combinations_with_replacement(columns, 2))
    own = rows.filter(rows.experiment.isin([each.name for each in experiments]))
    own = own.mutate(active=(own.value != 0).cast("int64"))
    key = ["experiment", "variation", "metric", *(["apart"] if "apart" in rows.columns else [])]
    if experiments[0].clustered:
        own = clusters(own, [*key, "cluster"])
    added = own.group_by(key).agg(
        n=own.count(),
        nonzero=own.active.sum(),
        # exact decimals are added; only their sums become floating point
        **{name: own[name].sum().cast("float64") for name in columns},
        **{f"{one}*{other}": (own[one] * own[other]).sum().cast("float64") for one, other in pairs},
    )
    found = {}
    for row in added.to_pyarrow().to_pylist():
        asked = needed.get((row["experiment"], row["metric"]), ())
        if asked:
            products = tuple(tuple(row["*".join(sorted((a, b), key=columns.index))] for b in asked) for a in asked)
            joint = Joint(row["n"], tuple(row[name] for name in asked), products, row["nonzero"])
            found[Sample(row["experiment"], row["variation"], row["metric"]), row.get("apart")] = joint
    return found


def _of(rows: ir.Table, names: list[tuple[str, str]]) -> ir.BooleanValue:
    """Whether a row is of one of these experiments' metrics."""
    metrics = defaultdict(list)
    for experiment, metric in names:
        metrics[experiment].append(metric)
    return ibis.or_(
        *((rows.experiment == experiment) & rows.metric.isin(own) for experiment, own in metrics.items())
    )  # fmt: skip


def _is(rows: ir.Table, sample: Sample) -> ir.BooleanValue:
    return (rows.experiment == sample.experiment) & (rows.variation == sample.arm) & (rows.metric == sample.metric)


def _plus(one: Joint | None, other: Joint | None) -> Joint | None:
    """Two samples together; None is nobody."""
    if one is None or other is None:
        return one or other
    return Joint(
        one.n + other.n,
        tuple(a + b for a, b in zip(one.totals, other.totals, strict=True)),
        tuple(
            tuple(a + b for a, b in zip(ours, theirs, strict=True))
            for ours, theirs in zip(one.products, other.products, strict=True)
        ),
        one.nonzero + other.nonzero,
    )
