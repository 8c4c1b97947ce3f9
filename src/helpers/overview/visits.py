"""How long people stay: visits that are over, from the first event to the last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import ibis

from helpers.profiles import person_events
from helpers.profiles.follow_ups import seconds_between

if TYPE_CHECKING:
    from helpers.datasets import Shop

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


def whole_visits(shop: Shop) -> ibis.Table:
    """Visits of people with a profile that are over by `shop.as_of`.

    A visit is over when 30 minutes of silence have followed; one that may go on has no length yet. It lasts from the
    person's first event in it to their last, 0 seconds with one event alone, and one over midnight is one visit of the
    day on which it began.

    Returns:
        Columns profile_id, session_id, day (local, on which it began), ended_at (UTC), seconds.
    """
    events = person_events(shop, "session_id", "local_time")
    events = events.filter(events.session_id.notnull())
    visits = events.group_by("profile_id", "session_id").aggregate(
        began_at=events.timestamp.min(), ended_at=events.timestamp.max(), local=events.local_time.min()
    )
    over = visits.filter(visits.ended_at <= shop.moment - SILENCE)
    return over.select(
        "profile_id",
        "session_id",
        "ended_at",
        day=over.local.date(),
        seconds=seconds_between(over.began_at, over.ended_at),
    )


def lately(shop: Shop, visits: ibis.Table) -> Lengths:
    """How long the visits were that ended in the last 30 days.

    Args:
        shop: The data set.
        visits: As `whole_visits` gives them.
    """
    since = shop.midnight(shop.as_of - timedelta(days=LATELY_DAYS))
    recent = visits.filter(visits.ended_at >= since)
    found = recent.aggregate(
        people=recent.profile_id.nunique(),
        visits=recent.count(),
        quarter_s=recent.seconds.quantile(0.25),
        median_s=recent.seconds.quantile(0.5),
        three_quarters_s=recent.seconds.quantile(0.75),
    )
    return Lengths(**found.to_pyarrow().to_pylist()[0])
