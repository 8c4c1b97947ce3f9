"""What an experiment can find with the people it has, and how many more it needs for what matters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

import ibis.expr.types as ir

from helpers.datasets.questions import Experiment
from helpers.lift.adjusting import means
from helpers.lift.planned import level_that_decides
from helpers.lift.sums import Sample
from helpers.statistics import Joint, Moments, detectable_difference, needed_units, power_of_difference

POWER = 0.8  # how often a real difference is to be found


class Plan(NamedTuple):
    """What can be found of one metric in one arm.

    Attributes:
        arm: Arm that is compared with the control.
        metric: Metric of the experiment.
        detectable: Smallest true difference that is found `POWER` of the time.
        power: How often the smallest difference that matters is found now, None where none is declared.
        needed: People (or clusters) of both arms that find it `POWER` of the time, None where none is declared.
        days: Days until so many are read, at the pace so far; 0 where they are, None where none is declared.
    """

    arm: str
    metric: str
    detectable: float
    power: float | None
    needed: int | None
    days: int | None


def plans(
    sums: Mapping[Sample, Joint | Moments], experiment: Experiment, *, pace: float, level: float = 0.95
) -> list[Plan]:
    """What remains to be found, from what varied so far.

    Args:
        sums: What `sums` gave.
        experiment: The experiment.
        pace: People (or clusters) that come into it a day, all arms together, above 0.
        level: Coverage of all arms' intervals together; plans are by those that decide at the planned end.

    Returns:
        One entry a metric and other arm; quantiles, metrics that do not vary and arms of nobody are left out.
    """
    found, level = [], level_that_decides(len(experiment.treatments), level=level)
    for metric in experiment.metrics:
        adjusted = means(sums, experiment, metric).adjusted if metric.kind != "quantile" else {}
        control = adjusted.get(experiment.control)
        spread = deviation_of(control) if control is not None else 0.0
        for arm in experiment.treatments:
            if spread and arm in adjusted:
                n_treated, n_control = adjusted[arm].n, control.n
                n, effect = n_treated + n_control, metric.smallest_effect
                detectable = detectable_difference(spread, n_treated, n_control, level=level, power=POWER)
                plan = Plan(arm, metric.name, detectable, None, None, None)
                if effect is not None:
                    power = power_of_difference(effect, spread, n_treated, n_control, level=level)
                    needed = needed_units(effect, spread, treated=n_treated / n, level=level, power=POWER)
                    # the arm and its control get so large a part of all who come
                    both = pace * experiment.share_of(arm, experiment.control)
                    plan = plan._replace(power=power, needed=needed, days=max(0, math.ceil((needed - n) / both)))
                found.append(plan)
    return found


def paces(exposed: ir.Table, experiments: Sequence[Experiment]) -> dict[str, float]:
    """People, or clusters, that came into each experiment a day, from the first exposure to the last.

    Args:
        exposed: What `exposures` gave.
        experiments: The declared experiments.

    Returns:
        The pace of each experiment that anybody is in.
    """
    counted = exposed.group_by("experiment").agg(
        apart=exposed.cluster.nunique(), first=exposed.first_exposed_at.min(), last=exposed.first_exposed_at.max()
    )
    rows = {row["experiment"]: row for row in counted.to_pyarrow().to_pylist()}
    day = timedelta(days=1)
    return {
        each.name: row["apart"] / max(1.0, (row["last"] - row["first"]) / day)
        for each in experiments
        if (row := rows.get(each.name)) is not None
    }


def deviation_of(sample: Moments) -> float:
    """Standard deviation between units of a sample; rounding leaves none of equal values."""
    spread = sample.squares - sample.total**2 / sample.n
    return math.sqrt(spread / (sample.n - 1)) if spread > 1e-12 * sample.squares else 0.0
