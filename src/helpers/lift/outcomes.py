"""What exposed people did within their outcome window, and the sums that every estimate is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from helpers.datasets.questions import Experiment, Metric
from helpers.datasets.tables.ingestion import MONEY
from helpers.lift.exposures import COMPLETE
from helpers.profiles.facts import ORDER, REFUND
from helpers.statistics import Moments

PERSON = ["experiment", "profile_id", "variation", "first_exposed_at"]


def outcomes(events: ir.Table, exposed: ir.Table, experiments: Sequence[Experiment]) -> ir.Table:
    """Outcomes of everyone whose window is complete, whether or not anything happened in it.

    A window opens with the first exposure and lasts window_days times 24 hours; its end is not part of it.
    Amounts are decimals, so that sums do not depend on the order in which the engine adds them.

    Args:
        events: Events of people: profile_id, event, timestamp (naive UTC), revenue (negative for a refund).
        exposed: What `exposures` gave.
        experiments: The declared experiments, at least one.

    Returns:
        The columns of table `lift_outcomes`: one row a person, experiment and metric.
    """
    return ibis.union(*(_outcomes(events, exposed, experiment) for experiment in experiments))


def _outcomes(events: ir.Table, exposed: ir.Table, experiment: Experiment) -> ir.Table:
    """Outcomes of one experiment."""
    people = exposed.filter(exposed.experiment == experiment.name, exposed.status == COMPLETE)
    named = {metric.event for metric in experiment.metrics if metric.kind == "conversion"} | {ORDER, REFUND}
    told = events.filter(events.event.isin(sorted(named))).select("profile_id", "event", "timestamp", "revenue")
    joined = people.left_join(
        told,
        [
            people.profile_id == told.profile_id,
            told.timestamp >= people.first_exposed_at,
            told.timestamp < people.window_ends_at,
        ],
    )
    values = {metric.name: _value(joined, metric) for metric in experiment.metrics}
    wide = joined.group_by(PERSON).agg(**values)
    return wide.pivot_longer(~ibis.selectors.cols(*PERSON), names_to="metric", values_to="value")


def _value(joined: ir.Table, metric: Metric) -> ir.Value:
    """One person's value of a metric; people without events have one row of nulls."""
    if metric.kind == "conversion":
        return (joined.event == metric.event).fill_null(False).max().cast("int64").cast(MONEY)
    return joined.revenue.sum(where=joined.event.isin([ORDER, REFUND])).fill_null(0).cast(MONEY)


class Sample(NamedTuple):
    """Which sample sums belong to."""

    experiment: str
    arm: str
    metric: str


def sums(outcomes: ir.Table) -> dict[Sample, Moments]:
    """Add up outcomes in the engine: people, total and total of squares by experiment, arm and metric.

    Args:
        outcomes: Rows of table `lift_outcomes`.

    Returns:
        Sums of each sample that anybody is in.
    """
    added = outcomes.group_by("experiment", "variation", "metric").agg(
        n=outcomes.count(), total=outcomes.value.sum(), squares=(outcomes.value * outcomes.value).sum()
    )
    rows: Iterable[dict] = added.to_pyarrow().to_pylist()
    return {
        Sample(row["experiment"], row["variation"], row["metric"]): Moments(
            row["n"], float(row["total"]), float(row["squares"])
        )
        for row in rows
    }
