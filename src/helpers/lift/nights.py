"""One experiment as it stands on a night: what may be shown of it, and what to do with each arm.

Until the planned end nobody is shown an interval that was made for one look: differences have confidence sequences,
levels their value alone, ratios and probabilities nothing. Nothing at all is shown of an experiment that must not be
read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import ibis.expr.types as ir
import pandas as pd

from helpers.datasets.questions import Experiment
from helpers.lift.adjusting import means
from helpers.lift.health import Health, daily
from helpers.lift.measured import Place, measured_of, told_later, without
from helpers.lift.planned import level_at_end, level_of_each, moment_of, sequence_between
from helpers.lift.readout import Reading, readout
from helpers.lift.show import publishable
from helpers.lift.sums import Sample, quantiles
from helpers.lift.verdict import Verdict, as_frame, decide, keep
from helpers.lift.verdict_words import Moment
from helpers.statistics import Estimate, Joint, effective_size

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Night(NamedTuple):
    """An experiment on one night.

    Attributes:
        experiment: The experiment.
        health: Its checks.
        moment: How far it is.
        readings: What may be shown of it on this night.
        verdicts: What stands of each arm.
    """

    experiment: Experiment
    health: Health
    moment: Moment
    readings: list[Reading]
    verdicts: list[Verdict]

    @property
    def final(self) -> bool:
        """Whether what is told at the planned end may be told."""
        return self.moment.over and not self.moment.blocked


def look(
    shop: Shop,
    outcomes: ir.Table,
    exposed: ir.Table,
    checks: Sequence[Health],
    sums: Mapping[Sample, Joint],
    *,
    level: float,
) -> list[Night]:
    """Read each experiment as far as it may be read, and say what to do with its arms.

    Args:
        shop: The open data set, whose last published verdicts still stand where they were final.
        outcomes: Rows of table `lift_outcomes`.
        exposed: What `exposures` gave.
        checks: Checks of its experiments.
        sums: What `sums` gave.
        level: Coverage of the intervals, of all arms of a metric together until the planned end.

    Returns:
        One entry an experiment, in their order.
    """
    earlier = said_before(shop)
    found = []
    for experiment, check in zip(shop.settings.experiments, checks, strict=True):
        moment = moment_of(
            experiment.planned_end,
            daily(exposed, experiment),
            read=sum(check.exposed.values()) - sum(check.incomplete.values()),
            today=shop.as_of,
            window_days=experiment.window_days,
            blocked=check.blocked,
        )
        read = partial(_read, outcomes, sums, experiment)
        readings = publishable(read(level), [experiment])
        told = {(each.metric, each.arm) for each in readings if each.scale == "diff" and each.estimate is not None}
        each_level = level_of_each(len(experiment.treatments), level=level)
        sequences = {
            place: sequence
            for place in told
            if (sequence := sequence_of(sums, experiment, *place, level=each_level)) is not None
        }
        at_end = {
            (each.metric, each.arm): each.estimate
            for each in (read(level_at_end(each_level)) if moment.over else ())
            if each.scale == "diff" and (each.metric, each.arm) in told
        }
        measured = partial(
            measured_of, experiment, shop.settings.currency, sequences=sequences, at_end=at_end,
            without=without(experiment, readings, moment),
        )  # fmt: skip
        said = [keep(earlier, decide(experiment, arm, measured(arm), moment)) for arm in experiment.treatments]
        found.append(Night(experiment, check, moment, _shown(readings, moment, experiment, sequences), said))
    return found


def sequence_of(
    sums: Mapping[Sample, Joint], experiment: Experiment, metric: str, arm: str, *, level: float
) -> Estimate | None:
    """The confidence sequence of one metric's difference, of what the time before exposure does not explain.

    Args:
        sums: What `sums` gave.
        experiment: The experiment.
        metric: Name of one of its metrics.
        arm: The arm.
        level: Coverage over all looks together.

    Returns:
        The difference; None of a quantile, and where an arm has too few people.
    """
    declared = next(each for each in experiment.metrics if each.name == metric)
    if declared.kind == "quantile":
        return None
    known = means(sums, experiment, declared)
    adjusted = known.adjusted
    pair = [Sample(experiment.name, each, metric) for each in (arm, experiment.control)]
    if any(place.arm not in adjusted for place in pair):
        return None
    counted = range(2 if declared.kind == "ratio" or experiment.clustered else 1)
    carried = min(
        float(effective_size(sums[place].n, sums[place].totals[at], sums[place].products[at][at]))
        for place in pair
        for at in counted
    )
    treated, control = (adjusted[place.arm] for place in pair)
    found = sequence_between(treated, control, experiment.planned_end, level=level, carried=carried)
    made = [found.method, known.how, "" if known.removed is None else "CUPED"]
    return found._replace(method=", ".join(filter(None, made)))


def said_before(shop: Shop) -> list[Verdict]:
    """Verdicts that the last published run had, of nights before this one.

    Args:
        shop: The open data set.
    """
    rows = shop.published("lift_verdicts")
    if rows is None:
        return []
    known = rows.filter(rows.day < shop.as_of).order_by("experiment", "arm", "day").to_pyarrow().to_pylist()
    return [Verdict(**{name: row[name] for name in Verdict._fields}) for row in known]


def verdicts_frame(shop: Shop, nights: Sequence[Night]) -> pd.DataFrame:
    """Rows of table `lift_verdicts`: what was said on earlier nights, and what stands on this one.

    Args:
        shop: The open data set.
        nights: What `look` gave.
    """
    standing = {(each.experiment, each.arm, each.day): each for night in nights for each in night.verdicts}
    every = {(each.experiment, each.arm, each.day): each for each in said_before(shop)} | standing
    return as_frame(list(every.values())).assign(stands=[place in standing for place in every])


def _read(outcomes: ir.Table, sums: Mapping[Sample, Joint], experiment: Experiment, level: float) -> list[Reading]:
    """All figures of an experiment at a level, as if made for one look."""
    found = quantiles(outcomes, [experiment], sums, level=level)
    return readout(sums, [experiment], level=level, quantiles=found)


def _shown(
    readings: Sequence[Reading],
    moment: Moment,
    experiment: Experiment,
    sequences: Mapping[Place, Estimate],
) -> list[Reading]:
    """Readings as far as they may be shown."""
    nothing = {"estimate": None, "p": None, "p_holm": None, "p_bh": None}
    if moment.blocked:
        return [each._replace(**nothing, removed=None, reason=f"not read: {moment.blocked}") for each in readings]
    if moment.over:
        return list(readings)

    def shown(each: Reading) -> Reading:
        if each.estimate is None:
            return each
        if each.scale == "level":
            return each._replace(estimate=each.estimate._replace(lo=None, hi=None))
        found = sequences.get((each.metric, each.arm)) if each.scale == "diff" else None
        return each._replace(**nothing | {"estimate": found, "reason": "" if found else told_later(experiment)})

    return [shown(each) for each in readings]
