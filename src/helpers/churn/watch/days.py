"""Which days are watched: as many up to the test cutoff, which models are judged at, as up to as_of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from helpers.churn.panel import Cutoffs

# Of 2 * 8 days there are 6,435 splits and their mirrors: enough for one to be beyond chance among many features.
MOST_DAYS, WEEK = 8, 7


class Days(NamedTuple):
    """Local midnights that people are looked at, oldest first.

    Attributes:
        then: Up to the test cutoff.
        now: After it, up to as_of.
    """

    then: tuple[date, ...]
    now: tuple[date, ...]


def watched_days(cutoffs: Cutoffs) -> Days:
    """Eight weekly midnights of then and of now; closer together, then fewer, where the horizon is shorter than that.

    Args:
        cutoffs: Of the panel that the models were learned and judged on.
    """
    step = min(WEEK, max(1, cutoffs.horizon_days // MOST_DAYS))
    back = [timedelta(days=step * number) for number in range(min(MOST_DAYS, cutoffs.horizon_days))][::-1]
    return Days(*(tuple(last - each for each in back) for last in (cutoffs.test, cutoffs.as_of)))
