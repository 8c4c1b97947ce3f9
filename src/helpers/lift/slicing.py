"""Effects apart by what was known of people before: a search for questions, not an answer to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import ibis.expr.types as ir
import numpy as np

from helpers.datasets.questions import Experiment
from helpers.lift.attributes import before_exposure
from helpers.lift.readout import Reading, readout
from helpers.lift.show import publishable
from helpers.lift.sums import Sample, sliced_sums
from helpers.statistics import Joint, holm

UNKNOWN = "not known"


class Slice(NamedTuple):
    """The difference that one arm makes among people of one value of an attribute.

    Attributes:
        attribute: Attribute of the people, as it was before their exposure.
        value: Its value.
        reading: The difference; its p-values by Holm are among all slices of the experiment.
    """

    attribute: str
    value: str
    reading: Reading


def sliced(
    outcomes: ir.Table, attributes: ir.Table | None, experiment: Experiment, *, level: float = 0.95
) -> list[Slice]:
    """Differences of an experiment's goals by its declared attributes.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        attributes: What `attributes` gave; None where no experiment asks for any.
        experiment: The experiment.
        level: Coverage of each interval, between 0 and 1.

    Returns:
        By attribute, value, metric and arm. An attribute of which one value would tell of fewer than 10 people, in any
        arm, is left out of that metric as a whole: its other values would give it away.
    """
    goals = [metric for metric in experiment.metrics if experiment.role(metric) == "goal" and metric.kind != "quantile"]
    own = experiment.model_copy(update={"metrics": goals})
    rows = outcomes.filter(outcomes.experiment == experiment.name, outcomes.metric.isin([each.name for each in goals]))
    found: list[Slice] = []
    for name in experiment.slices:
        known = before_exposure(rows, attributes, name, name="slice")
        # who has no value is a slice too, or it could be told from the whole
        by_value = sliced_sums(known.mutate(slice=known.slice.fill_null(UNKNOWN)), [own])
        found += _differences(name, by_value, own, level)
    tested = [place for place, each in enumerate(found) if each.reading.p is not None]
    adjusted = holm([found[place].reading.p for place in tested]) if tested else np.empty(0)
    for place, p in zip(tested, adjusted, strict=True):
        each = found[place]
        found[place] = each._replace(reading=each.reading._replace(p_holm=float(p), p_bh=None))
    return found


def _differences(
    name: str, by_value: Mapping[str, Mapping[Sample, Joint]], experiment: Experiment, level: float
) -> list[Slice]:
    """Differences by one attribute, of the metrics that no value withholds."""
    readings = {
        value: publishable(readout(sums, [experiment], level=level), [experiment]) for value, sums in by_value.items()
    }
    small = {each.metric for own in readings.values() for each in own if each.scale == "level" and not each.estimate}
    return [
        Slice(name, value, each)
        for value, own in readings.items()
        for each in own
        if each.scale == "diff" and each.estimate is not None and each.metric not in small
    ]
