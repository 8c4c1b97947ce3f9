"""Who was exposed to what: one row a person and experiment, with a status: can it be read?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import ibis
import ibis.expr.types as ir

from helpers.datasets.questions import Experiment
from helpers.datasets.settings import Settings
from helpers.errors import NothingToDo
from helpers.lift.attributes import before_exposure

EXPOSURE = "Experiment Viewed"
COMPLETE, INCOMPLETE, LATE = "complete", "incomplete", "late"
TWO_ARMS, UNKNOWN_ARM = "two_arms", "unknown_arm"


def declared(settings: Settings) -> list[Experiment]:
    """The experiments of a data set.

    Raises:
        NothingToDo: It declares none.
    """
    if not settings.experiments:
        raise NothingToDo("This data set declares no experiment ([[experiment]] in its dataset.toml).")
    return settings.experiments


def exposures(
    events: ir.Table, experiments: Sequence[Experiment], *, moment: datetime, attributes: ir.Table | None = None
) -> ir.Table:
    """Fold exposure events to one row a person and experiment; where visits were assigned, one a visit.

    People stay in the arm they were exposed to, whatever they did then (intention to treat). Who saw two
    arms belongs to neither, and who saw only an arm that is not declared is in none: both are set apart. Where
    clusters were assigned, all people of one that meets two arms are set apart; who has no value of its attribute
    stands alone.

    Args:
        events: Events of people: profile_id, event, timestamp (naive UTC), experiment_id, variation_id, and
            session_id where sessions were assigned; an exposure without one is then left out.
        experiments: The declared experiments, at least one.
        moment: As `shop.moment` is, in UTC: later events do not exist, and windows must end by it.
        attributes: What `attributes` gave, where an experiment is by cluster.

    Returns:
        experiment, profile_id, unit (what was assigned: the person, or a session), cluster (within which units hang
        together: the person, or a value of the attribute), variation, first_exposed_at and window_ends_at (naive UTC),
        and status: "complete", "incomplete" (the outcome window reaches beyond t), "late" (first exposed after the
        planned end; of those exposed at one moment all or none), "two_arms" or "unknown_arm". Where the status is
        "two_arms", variation is one of them.
    """
    names = [experiment.name for experiment in experiments]
    until = ibis.literal(moment, type="timestamp(6)")
    seen = events.filter(events.event == EXPOSURE, events.experiment_id.isin(names), events.timestamp < until)
    by_session = [experiment.name for experiment in experiments if experiment.unit == "session"]
    unit = seen.profile_id
    if by_session:
        unit = ibis.ifelse(seen.experiment_id.isin(by_session), seen.session_id, unit)
    seen = seen.mutate(unit=unit, variation=seen.variation_id.fill_null("")).filter(lambda each: each.unit.notnull())
    people = seen.group_by("profile_id", "unit", experiment=seen.experiment_id).agg(
        variation=seen.variation.min(),
        other_variation=seen.variation.max(),
        first_exposed_at=seen.timestamp.min(),
    )
    people = _clustered(people, [each for each in experiments if each.cluster], attributes)

    def by_experiment(value: Callable[[Experiment], ir.Value]) -> ir.Value:
        return ibis.cases(*((people.experiment == experiment.name, value(experiment)) for experiment in experiments))

    ends = by_experiment(lambda experiment: people.first_exposed_at + ibis.interval(days=experiment.window_days))
    declared = by_experiment(lambda experiment: people.variation.isin(experiment.arms))
    one_arm = (people.variation == people.other_variation) & declared
    late = by_experiment(lambda experiment: _late(people, one_arm, experiment.planned_end))
    status = ibis.cases(
        (people.variation != people.other_variation, TWO_ARMS),
        (~declared, UNKNOWN_ARM),
        (late, LATE),
        (ends > until, INCOMPLETE),
        else_=COMPLETE,
    )
    return people.select(
        "experiment", "profile_id", "unit", "cluster", "variation", "first_exposed_at", window_ends_at=ends,
        status=status,
    )  # fmt: skip


def _late(people: ir.Table, one_arm: ir.BooleanValue, planned_end: date | int | None) -> ir.BooleanValue:
    """Whether people came after the planned end: after its day (UTC), or after so many others in one declared arm."""
    if planned_end is None:
        return ibis.literal(False)
    if isinstance(planned_end, int):
        before = ibis.rank().over(group_by=[people.experiment, one_arm], order_by=people.first_exposed_at)
        return before >= planned_end
    return people.first_exposed_at >= ibis.literal(
        datetime.combine(planned_end, time()) + timedelta(days=1), type="timestamp(6)"
    )


def _clustered(people: ir.Table, experiments: Sequence[Experiment], attributes: ir.Table | None) -> ir.Table:
    """People with their cluster, and with the arms that all of it met."""
    alone = people.mutate(cluster=people.profile_id)
    if not experiments:
        return alone
    parts = [alone.filter(~alone.experiment.isin([experiment.name for experiment in experiments]))]
    for experiment in experiments:
        own = people.filter(people.experiment == experiment.name)
        own = before_exposure(own, attributes, experiment.cluster, name="known")
        own = own.mutate(cluster=own.known.fill_null(own.profile_id)).drop("known")
        parts.append(
            own.mutate(
                variation=own.variation.min().over(group_by="cluster"),
                other_variation=own.other_variation.max().over(group_by="cluster"),
            )
        )
    return ibis.union(*(part.select(alone.columns) for part in parts))
