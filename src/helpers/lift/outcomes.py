"""What exposed people did within their outcome window: one row a person, experiment and metric, made by the engine."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from helpers.datasets.questions import REVENUE, Experiment, Metric
from helpers.datasets.tables.ingestion import MONEY
from helpers.lift.exposures import COMPLETE
from helpers.profiles.facts import ORDER, REFUND, order_of

UNIT = ["experiment", "profile_id", "unit", "cluster", "variation", "first_exposed_at"]
VALUES = ("value", "denominator", "value_before", "denominator_before")


def outcomes(events: ir.Table, exposed: ir.Table, experiments: Sequence[Experiment]) -> ir.Table:
    """Outcomes of everyone whose window is complete, whether or not anything happened in it.

    A window opens with the first exposure and lasts its days times 24 hours; its end is not part of it. What is asked
    of the days before ends where the window begins. Where sessions were assigned, only what happened in the session
    counts. Amounts are decimals, so that sums do not depend on the order in which the engine adds them.

    Args:
        events: Events of people: profile_id, event, timestamp (naive UTC), revenue (negative for a refund); order_id
            and message_id where orders are counted, session_id where sessions were assigned.
        exposed: What `exposures` gave.
        experiments: The declared experiments, at least one.

    Returns:
        The columns of table `lift_outcomes`: one row a person (or session), experiment and metric.
    """
    return ibis.union(*(_outcomes(events, exposed, experiment) for experiment in experiments))


def named(metrics: Sequence[Metric]) -> list[str]:
    """Names of the events that metrics are made of, in order; of revenue those of orders and refunds."""
    asked = {name for metric in metrics for name in metric.events}
    return sorted(asked - {REVENUE} | ({ORDER, REFUND} if REVENUE in asked else set()))


def _outcomes(events: ir.Table, exposed: ir.Table, experiment: Experiment) -> ir.Table:
    """Outcomes of one experiment."""
    people = exposed.filter(exposed.experiment == experiment.name, exposed.status == COMPLETE)
    told = _told(events, experiment)
    earliest = max([metric.pre_days or 0 for metric in experiment.metrics])
    same = [
        people.profile_id == told.profile_id,
        told.timestamp >= people.first_exposed_at - ibis.interval(days=earliest),
        told.timestamp < people.window_ends_at,
    ]
    if experiment.unit == "session":
        same.append((told.timestamp < people.first_exposed_at) | (told.session_id == people.unit))
    joined = people.left_join(told, same)
    values = {
        f"{name}_{place}": value
        for place, metric in enumerate(experiment.metrics)
        for name, value in _values(joined, experiment, metric).items()
    }
    wide = joined.group_by(UNIT).agg(**values)
    for place, metric in enumerate(experiment.metrics):
        if metric.cap is not None:
            wide = wide.mutate(**_capped(wide, place, metric))
    nothing = ibis.null(MONEY)
    rows = [
        ibis.struct(
            {"metric": ibis.literal(metric.name)}
            | {name: wide[f"{name}_{place}"] if f"{name}_{place}" in values else nothing for name in VALUES}
        )
        for place, metric in enumerate(experiment.metrics)
    ]
    long = wide.select(*UNIT, row=ibis.array(rows).unnest())
    return long.select(*UNIT, **{name: long.row[name] for name in ("metric", *VALUES)})


def _told(events: ir.Table, experiment: Experiment) -> ir.Table:
    """Events that an experiment asks of, with no more columns than it needs."""
    events = events.filter(events.event.isin(named(experiment.metrics)))
    columns = {name: events[name] for name in ("profile_id", "event", "timestamp", "revenue")}
    if any(_counts_orders(metric) for metric in experiment.metrics):
        columns["order"] = order_of(events)
    if experiment.unit == "session":
        columns["session_id"] = events.session_id
    return events.select(**columns)


def _counts_orders(metric: Metric) -> bool:
    return not metric.binary and bool({ORDER, REFUND} & set(metric.events))


def _values(joined: ir.Table, experiment: Experiment, metric: Metric) -> dict[str, ir.Value]:
    """One unit's values of a metric; units without events have one row of nulls."""
    start = joined.first_exposed_at
    end = start + ibis.interval(days=experiment.window_of(metric))
    begin = start + ibis.interval(days=metric.after_days or 0)
    within = (joined.timestamp >= begin) & (joined.timestamp < end)
    spans = [("", within)]
    if metric.pre_days is not None:
        early = start - ibis.interval(days=metric.pre_days)
        spans.append(("_before", (joined.timestamp >= early) & (joined.timestamp < start)))
    return {
        f"{place}{when}": _value(joined, metric, asked, span)
        for when, span in spans
        for place, asked in zip(VALUES[:2], metric.events, strict=False)
    }


def _value(joined: ir.Table, metric: Metric, asked: str, span: ir.BooleanValue) -> ir.Value:
    """What is asked of one unit's events within a span of time."""
    if asked == REVENUE:
        return joined.revenue.sum(where=span & joined.event.isin([ORDER, REFUND])).fill_null(0).cast(MONEY)
    happened = (span & (joined.event == asked)).fill_null(False)
    if metric.binary:
        return happened.max().cast("int64").cast(MONEY)
    if asked in (ORDER, REFUND):
        return joined.order.nunique(where=happened).cast(MONEY)
    return happened.sum().cast(MONEY)


def _capped(wide: ir.Table, place: int, metric: Metric) -> dict[str, ir.Value]:
    """A metric's columns, none above its cap; a quantile is that of all arms together."""
    names = [f"{name}_{place}" for name in ("value", "value_before") if f"{name}_{place}" in wide.columns]
    return {name: ibis.least(wide[name], _cap(wide[name], metric.cap)) for name in names}


def _cap(values: ir.DecimalColumn, cap: float | str) -> ir.DecimalValue:
    """A cap as declared: an amount, or a quantile of the values."""
    if isinstance(cap, str):
        return values.cast("float64").quantile(float(cap[:-1]) / 100).over(ibis.window()).cast(MONEY)
    return ibis.literal(cap).cast(MONEY)
