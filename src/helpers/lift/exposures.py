"""Who was exposed to what: one row a person and experiment, with a status: can it be read?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from helpers.datasets.questions import Experiment
from helpers.datasets.settings import Settings
from helpers.errors import NothingToDo

EXPOSURE = "Experiment Viewed"
COMPLETE, INCOMPLETE, TWO_ARMS, UNKNOWN_ARM = "complete", "incomplete", "two_arms", "unknown_arm"


def declared(settings: Settings) -> list[Experiment]:
    """The experiments of a data set.

    Raises:
        NothingToDo: It declares none.
    """
    if not settings.experiments:
        raise NothingToDo("This data set declares no experiment ([[experiment]] in its dataset.toml).")
    return settings.experiments


def exposures(events: ir.Table, experiments: Sequence[Experiment], *, moment: datetime) -> ir.Table:
    """Fold exposure events to one row a person and experiment.

    People stay in the arm they were exposed to, whatever they did then (intention to treat). Who saw two
    arms belongs to neither, and who saw only an arm that is not declared is in none: both are set apart.

    Args:
        events: Events of people: profile_id, event, timestamp (naive UTC), experiment_id, variation_id.
        experiments: The declared experiments, at least one.
        moment: As `shop.moment` is, in UTC: later events do not exist, and windows must end by it.

    Returns:
        experiment, profile_id, variation, first_exposed_at and window_ends_at (naive UTC), and status:
        "complete", "incomplete" (the outcome window reaches beyond t), "two_arms" or "unknown_arm". Where the
        status is "two_arms", variation is one of them.
    """
    names = [experiment.name for experiment in experiments]
    until = ibis.literal(moment, type="timestamp(6)")
    seen = events.filter(events.event == EXPOSURE, events.experiment_id.isin(names), events.timestamp < until)
    variation = seen.variation_id.fill_null("")
    people = seen.group_by(experiment=seen.experiment_id, profile_id=seen.profile_id).agg(
        variation=variation.min(),
        other_variation=variation.max(),
        first_exposed_at=seen.timestamp.min(),
    )

    def by_experiment(value: Callable[[Experiment], ir.Value]) -> ir.Value:
        return ibis.cases(*((people.experiment == experiment.name, value(experiment)) for experiment in experiments))

    ends = by_experiment(lambda experiment: people.first_exposed_at + ibis.interval(days=experiment.window_days))
    declared = by_experiment(lambda experiment: people.variation.isin(experiment.arms))
    status = ibis.cases(
        (people.variation != people.other_variation, TWO_ARMS),
        (~declared, UNKNOWN_ARM),
        (ends > until, INCOMPLETE),
        else_=COMPLETE,
    )
    return people.select(
        "experiment", "profile_id", "variation", "first_exposed_at", window_ends_at=ends, status=status
    )
