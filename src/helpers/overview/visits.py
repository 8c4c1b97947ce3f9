"""How long people stay: visits that are over, from the first event to the last."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import ibis

from helpers.profiles.follow_ups import seconds_between

# Silence after which a visit is over, as `sessions` has it.
SILENCE = timedelta(minutes=30)
LATELY_DAYS = 30


class Lengths(NamedTuple):
    """How long visits were.

    Attributes:
        people: Whose visits.
        visits: How many.
        quarter_s: A quarter were shorter, in seconds; None where there are none.
        median_s: Half were.
        three_quarters_s: Three quarters were.
    """

    people: int
    visits: int
    quarter_s: float | None
    median_s: float | None
    three_quarters_s: float | None


def whole_visits(events: ibis.Table, moment: datetime) -> ibis.Table:
    """Visits that are over at a moment.

    A visit is over when 30 minutes of silence have followed; one that may go on has no length yet. It lasts from the
    person's first event in it to their last, 0 seconds with one event alone, and one over midnight is one visit of the
    day on which it began.

    Args:
        events: Columns profile_id, session_id, timestamp and local_time, before the moment.
        moment: In UTC.

    Returns:
        Columns profile_id, session_id, day (local, on which it began), ended_at (UTC), seconds.
    """
    events = events.filter(events.session_id.notnull())
    visits = events.group_by("profile_id", "session_id").aggregate(
        began_at=events.timestamp.min(), ended_at=events.timestamp.max(), local=events.local_time.min()
    )
    over = visits.filter(visits.ended_at <= moment - SILENCE)
    return over.select(
        "profile_id",
        "session_id",
        "ended_at",
        day=over.local.date(),
        seconds=seconds_between(over.began_at, over.ended_at),
    )


def lengths(visits: ibis.Table, since: datetime) -> Lengths:
    """How long the visits were that ended at a moment or later.

    Args:
        visits: As `whole_visits` gives them.
        since: In UTC.
    """
    recent = visits.filter(visits.ended_at >= since)
    found = recent.aggregate(
        people=recent.profile_id.nunique(),
        visits=recent.count(),
        quarter_s=recent.seconds.quantile(0.25),
        median_s=recent.seconds.quantile(0.5),
        three_quarters_s=recent.seconds.quantile(0.75),
    )
    return Lengths(**found.to_pyarrow().to_pylist()[0])
