"""What an experiment needs before it begins: how many people and days, from what people of late did by themselves."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from scipy.stats import norm

from helpers.datasets.questions import Experiment, Metric
from helpers.errors import NothingToDo
from helpers.lift.adjusting import means
from helpers.lift.attributes import attributes
from helpers.lift.exposures import exposures
from helpers.lift.outcomes import outcomes
from helpers.lift.planned import level_that_decides
from helpers.lift.planning import POWER, deviation_of
from helpers.lift.readout import Reading, readout
from helpers.lift.recent import as_if_exposed, reach, require_history, require_not_begun
from helpers.lift.show import publishable
from helpers.lift.sums import Sample, quantiles, sums
from helpers.lift.verdict_words import GOAL, GUARDRAIL
from helpers.privacy import MINIMUM
from helpers.profiles import person_events
from helpers.reporting import date, people
from helpers.statistics import Joint, detectable_difference, needed_units

if TYPE_CHECKING:
    from helpers.datasets import Shop

# What is read of events beside their names and moments.
READ = ("category", "session_id", "message_id", "order_id", "revenue", "experiment_id", "variation_id")


class Aim(NamedTuple):
    """What it takes to decide by one metric.

    Attributes:
        metric: A goal or guardrail of the experiment.
        role: "goal" or "guardrail".
        level: What it is of late, without an estimate where that must not be told or cannot be made.
        needed: People (or clusters) of each arm of whom its smallest effect is found `POWER` of the time in every
            arm; None where no such effect is declared, or nothing varies.
        days: Days in which so many come; None where `needed` is, and where the whole history had fewer.
        detectable: Smallest true difference that is found so often by the planned end, in every arm; None where
            no end is planned, or nobody comes by it.
    """

    metric: Metric
    role: str
    level: Reading
    needed: dict[str, int] | None
    days: int | None
    detectable: float | None


class Beforehand(NamedTuple):
    """What is known of an experiment that has not begun.

    Attributes:
        experiment: The experiment.
        as_of: Local day on which it would begin.
        n: People (or clusters) of late whose metrics are read.
        reach: How many come in how many days, as `reach` gives it.
        coming: How many come by the planned end; None where none is planned, or it is over.
        level: Coverage of the interval that decides at the planned end.
        aims: One entry a goal and guardrail.
    """

    experiment: Experiment
    as_of: dt.date
    n: int
    reach: list[int]
    coming: int | None
    level: float
    aims: list[Aim]


def beforehand(shop: Shop, experiment: Experiment) -> Beforehand:
    """Plan an experiment that has not begun: what its metrics are without it, and what it takes to move them.

    Args:
        shop: An open data set whose `identity_map`, `daily` and `attributes` are written.
        experiment: The experiment, as dataset.toml declares it.

    Returns:
        What it takes.

    Raises:
        WrongUse: Somebody was exposed to it already.
        NothingToDo: The history is too short or folded, or fewer than 10 people came of late.
    """
    deciding = [metric for metric in experiment.metrics if experiment.role(metric) in (GOAL, GUARDRAIL)]
    own = experiment.model_copy(update={"metrics": deciding, "planned_end": None, "slices": []})
    events, known = person_events(shop, *READ), attributes(shop, [own])
    require_not_begun(events, experiment)
    came = reach(shop, own, known)
    require_history(shop, own, len(came) - 1)
    exposed = exposures(as_if_exposed(shop, events, own), [own], moment=shop.moment, attributes=known)
    rows = outcomes(events, exposed, [own])
    added = sums(rows, [own])
    n = max((joint.n for joint in added.values()), default=0)
    if n < MINIMUM:
        before = shop.as_of - timedelta(days=own.window_days)
        raise NothingToDo(
            f"{people(n).capitalize()} {own.counted} came in the {own.window_days} days before {date(before)}: that is "
            f"too few to plan {own.name!r} by. Is there a newer delivery, or a wrong window_days?"
        )
    level = level_that_decides(len(own.treatments))
    coming = _coming(experiment.planned_end, came, shop.as_of)
    levels = {
        each.metric: each
        for each in publishable(readout(added, [own], quantiles=quantiles(rows, [own], added)), [own])
        if (each.arm, each.scale) == (own.control, "level")
    }
    aims = []
    for metric in deciding:
        now = levels[metric.name]
        spread = _spread(added, own, metric, now)
        needed = _needed(own, metric, spread, level)
        days = bisect_left(came, sum(needed.values())) if needed else len(came)
        detectable = _detectable(own, spread, coming, level)
        aims.append(Aim(metric, experiment.role(metric), now, needed, days if days < len(came) else None, detectable))
    return Beforehand(experiment, shop.as_of, n, came, coming, level, aims)


def _coming(planned_end: dt.date | int | None, came: Sequence[int], as_of: dt.date) -> int | None:
    """How many come by the planned end; where the history is shorter, as many as came in all of it."""
    if planned_end is None or isinstance(planned_end, int):
        return planned_end
    days = (planned_end - as_of).days + 1
    return came[min(days, len(came) - 1)] if days > 0 else None


def _spread(sums: Mapping[Sample, Joint], experiment: Experiment, metric: Metric, now: Reading) -> float:
    """Standard deviation between people that the interval of a difference rests on; 0 where nothing is to be told."""
    estimate = now.estimate
    if estimate is None:
        return 0.0
    if metric.kind == "quantile":
        # an interval of order statistics narrows with the root of the people, as that of a mean does
        half = 0.0 if estimate.lo is None else (estimate.hi - estimate.lo) / 2
        return half / float(norm.isf((1 - estimate.level) / 2)) * math.sqrt(now.n)
    return deviation_of(means(sums, experiment, metric).adjusted[experiment.control])


def _needed(experiment: Experiment, metric: Metric, spread: float, level: float) -> dict[str, int] | None:
    """People of each arm that find the smallest effect in every arm."""
    if metric.smallest_effect is None or not spread:
        return None
    everybody = 0.0
    for arm in experiment.treatments:
        both = experiment.share_of(arm, experiment.control)
        treated = experiment.share_of(arm) / both
        pair = needed_units(metric.smallest_effect, spread, treated=treated, level=level, power=POWER)
        everybody = max(everybody, pair / both)
    # rounded first: a share such as 0.1 is no exact number
    return {arm: math.ceil(round(everybody * experiment.share_of(arm), 6)) for arm in experiment.arms}


def _detectable(experiment: Experiment, spread: float, coming: int | None, level: float) -> float | None:
    """Smallest difference that is found in every arm when so many have come."""
    if coming is None or not spread:
        return None
    sizes = {arm: math.floor(round(coming * experiment.share_of(arm), 6)) for arm in experiment.arms}
    if min(sizes.values()) < 2:
        return None
    return max(
        detectable_difference(spread, sizes[arm], sizes[experiment.control], level=level, power=POWER)
        for arm in experiment.treatments
    )
