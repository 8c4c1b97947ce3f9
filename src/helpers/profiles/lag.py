"""How soon profiles tell what somebody did: they are of a midnight, and hold what had come in by then."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import ibis

from helpers.profiles.people import person_events

if TYPE_CHECKING:
    from helpers.datasets import Shop

DAYS = 30
_HOUR = 3_600


class Lag(NamedTuple):
    """Hours from an event to the first midnight whose profiles tell it.

    Attributes:
        n: Events of the last 30 days before the data end, of people with a profile.
        median: Of half of them at most.
        most: Of 19 in 20 at most.
    """

    n: int
    median: float | None
    most: float | None


def lag(shop: Shop) -> Lag:
    """How late profiles are, by when events came in; the night in which clocks change is taken for any other.

    Args:
        shop: An open data set whose `identity_map` is written.
    """
    events = person_events(shop, "local_time", "loaded_at")
    events = events.filter(events.timestamp >= shop.moment - timedelta(days=DAYS))
    wall = events.local_time.epoch_seconds()
    came_in = wall + ibis.greatest(events.loaded_at.epoch_seconds() - events.timestamp.epoch_seconds(), 0)
    midnight = (came_in // (24 * _HOUR) + 1) * 24 * _HOUR
    hours = ((midnight - wall) / _HOUR).cast("float64")
    found = events.select(hours=hours)
    found = found.aggregate(n=found.count(), median=found.hours.quantile(0.5), most=found.hours.quantile(0.95))
    return Lag(**found.to_pyarrow().to_pylist()[0])
