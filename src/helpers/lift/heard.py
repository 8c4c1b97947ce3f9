"""Until when outcomes are known: whether the events of the goal fell silent before windows were over."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import ibis.expr.types as ir

from helpers.datasets.questions import Experiment
from helpers.lift.exposures import COMPLETE
from helpers.lift.outcomes import named

FEWEST_DAYS = 10


def heard_until(events: ir.Table, experiment: Experiment) -> dt.date | None:
    """Until when the events of the goal tell of everybody's outcome: as long as they were silent before, at most.

    Args:
        events: Events of people: event, timestamp (naive UTC).
        experiment: The experiment.

    Returns:
        The last day (UTC) with such an event, and as many more as the longest silence between two of them had; None
        where they came on fewer than `FEWEST_DAYS` days, which tell no silence from another.
    """
    asked = events.filter(events.event.isin(named([experiment.goal])))
    rows = asked.select(day=asked.timestamp.date()).distinct().order_by("day").to_pyarrow()
    days = rows["day"].to_pylist()
    if len(days) < FEWEST_DAYS:
        return None
    return days[-1] + max(later - day for day, later in pairwise(days))


def heard_of(exposed: ir.Table, experiment: Experiment, until: dt.date) -> dict[str, int]:
    """Count in the engine whose outcome can be known: windows that ended by a day.

    Args:
        exposed: What `exposures` gave.
        experiment: The experiment.
        until: As `heard_until` gives it.

    Returns:
        People by arm; an arm of nobody is not there.
    """
    own = exposed.filter(exposed.experiment == experiment.name, exposed.status == COMPLETE)
    own = own.filter(own.window_ends_at.date() <= until)
    rows = own.group_by("variation").agg(people=own.count()).to_pyarrow().to_pylist()
    return {row["variation"]: row["people"] for row in rows}
