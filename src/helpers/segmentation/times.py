"""When groups are learned and when people are placed in them: days that follow from as_of and the history alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from helpers.datasets import Shop

# So long must people have been known before groups are learned, and so long are these then followed.
LEAST_DAYS = 28
WEEK = timedelta(days=7)


def reference(shop: Shop) -> date:
    """The day at whose first moment groups are learned.

    It stays the same for a quarter, so that what moves from one run to the next is people and not the groups.

    Args:
        shop: An open data set whose `daily` is written.

    Returns:
        The last first day of a quarter that is `LEAST_DAYS` or more before as_of; as_of itself where nobody was seen
        `LEAST_DAYS` or more before that day.
    """
    first = shop.table("daily").day.min().to_pyarrow().as_py()
    quarter = pd.Timestamp(shop.as_of - timedelta(days=LEAST_DAYS)).to_period("Q").start_time.date()
    known = first is not None and first + timedelta(days=LEAST_DAYS) <= quarter
    return quarter if known else shop.as_of


def cutoffs(shop: Shop) -> list[date]:
    """The days at whose first moment people are placed: the reference day, and every week back from as_of down to it.

    Args:
        shop: An open data set whose `daily` is written.

    Returns:
        Local days, earliest first; as_of is the last, and the only one where groups are learned at it.
    """
    begins, weeks = reference(shop), [shop.as_of]
    while weeks[-1] - WEEK >= begins:
        weeks.append(weeks[-1] - WEEK)
    return sorted({begins, *weeks})
