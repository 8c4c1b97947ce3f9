"""Whom an experiment would meet that has not begun: people of late, as if exposed, and how many come in how long."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from helpers.datasets import folded
from helpers.datasets.questions import Experiment
from helpers.errors import NothingToDo, WrongUse
from helpers.lift.attributes import before_exposure
from helpers.lift.exposures import EXPOSURE
from helpers.lift.outcomes import named
from helpers.reporting import date, people

if TYPE_CHECKING:
    from helpers.datasets import Shop


def as_if_exposed(shop: Shop, events: ir.Table, experiment: Experiment) -> ir.Table:
    """Exposures of people of late to the control, as if the experiment had begun one outcome window ago.

    Those would have been in it who did something within as many days before that, by local days; all are exposed at
    its first moment. Where sessions are assigned, it is their visits of these days, each at its own first moment.

    Args:
        shop: An open data set whose `daily` is written.
        events: Events of people: profile_id, category, timestamp (naive UTC), session_id.
        experiment: The experiment.

    Returns:
        Events `Experiment Viewed`, as `exposures` reads them: every outcome window ends by `shop.moment`.
    """
    span = timedelta(days=experiment.window_days)
    begin = shop.moment - span
    if experiment.unit == "session":
        web = events.filter(events.category == "web", events.session_id.notnull())
        visits = web.group_by("profile_id", "session_id").agg(timestamp=web.timestamp.min())
        met = visits.filter(visits.timestamp >= begin - span, visits.timestamp < begin)
    else:
        active, until = _active(shop, experiment), shop.as_of - span
        # where clocks went forward within the window, it begins before that day does
        here = active.filter(active.day >= until - span, active.day < until, active.first_at < begin)
        met = here.select("profile_id").distinct()
        met = met.mutate(session_id=ibis.null("string"), timestamp=ibis.literal(begin, type="timestamp(6)"))
    return met.select(
        "profile_id",
        "session_id",
        "timestamp",
        event=ibis.literal(EXPOSURE),
        experiment_id=ibis.literal(experiment.name),
        variation_id=ibis.literal(experiment.control),
    )


def reach(shop: Shop, experiment: Experiment, attributes: ir.Table | None) -> list[int]:
    """How many different people, or clusters, came within the last days, by how many days these are.

    An experiment that takes in everybody who comes has met so many after as many days, if as many come as of late:
    who comes again is in it already, so that fewer are new from day to day.

    Args:
        shop: An open data set whose `daily` is written.
        experiment: The experiment.
        attributes: What `attributes` gave, where it is by cluster.

    Returns:
        One entry a number of local days, from 0 to all of the history before `shop.as_of`; 0 alone where there is none.
    """
    active = _active(shop, experiment)
    last = active.group_by("profile_id").agg(day=active.day.max(), first=active.day.min())
    if experiment.cluster is not None:
        last = last.mutate(first_exposed_at=ibis.literal(shop.moment, type="timestamp(6)"))
        known = before_exposure(last, attributes, experiment.cluster, name="known")
        known = known.mutate(cluster=known.known.fill_null(known.profile_id))
        last = known.group_by("cluster").agg(day=known.day.max(), first=known.first.min())
    rows = last.group_by("day").agg(units=last.count(), first=last.first.min()).to_pyarrow().to_pylist()
    ago = {(shop.as_of - row["day"]).days: row["units"] for row in rows}
    history = max(((shop.as_of - row["first"]).days for row in rows), default=0)
    return list(accumulate(ago.get(days, 0) for days in range(history + 1)))


def require_not_begun(events: ir.Table, experiment: Experiment) -> None:
    """Refuse to plan what has begun.

    Raises:
        WrongUse: Somebody was exposed to it.
    """
    met = events.filter(events.event == EXPOSURE, events.experiment_id == experiment.name)
    begun = met.profile_id.nunique().to_pyarrow().as_py()
    if begun:
        raise WrongUse(
            f"{experiment.name!r} has begun: {people(begun)} people were exposed to it. What it can still find is on "
            "the page of notebook 05_lift; for a new experiment declare another name."
        )


def require_history(shop: Shop, experiment: Experiment, days: int) -> None:
    """Refuse a history in which people of late, and what they did, cannot be seen.

    Args:
        shop: The open data set.
        experiment: The experiment.
        days: Days of the history before `shop.as_of`.

    Raises:
        NothingToDo: It is shorter than two outcome windows, or events that a metric asks of are folded.
    """
    asked = 2 * experiment.window_days
    if days < asked:
        raise NothingToDo(
            f"To plan {experiment.name!r} takes {asked} days of history before {date(shop.as_of)}, two of its outcome "
            f"windows, and there are {days}. Load more, or declare a shorter window_days."
        )
    kept = folded(shop.name)
    if kept is None:
        return
    # visits are those of the window before the last one
    windows = experiment.window_days * (2 if experiment.unit == "session" else 1)
    back = windows + max(metric.pre_days or 0 for metric in experiment.metrics)
    for name in named(experiment.metrics):
        since = kept.cutoffs.get(name, kept.cutoffs.get(""))
        if since is not None and since > shop.moment - timedelta(days=back):
            raise NothingToDo(
                f"To plan {experiment.name!r} takes events of {back} days before {date(shop.as_of)}, and {name!r} is "
                f"folded before {date(shop.local_day(since))}: what was done within a window cannot be told any more."
            )


def _active(shop: Shop, experiment: Experiment) -> ir.Table:
    """Local days before `shop.as_of` on which somebody did something, or had a visit where these are assigned."""
    daily = shop.table("daily")
    counted = daily.sessions if experiment.unit == "session" else daily.acts
    return daily.filter(daily.day < shop.as_of, counted > 0).select("profile_id", "day", "first_at")
