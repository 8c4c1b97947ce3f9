"""How active people are among others: the tenths that weights and groups go by."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import rankdata

TENTHS = 10
ACTIVE_BY = ("events_90d", "events_30d", "orders_count")


def activity_tenths(people: pd.DataFrame) -> NDArray[np.int64]:
    """Tenth of each person by activity, 1 = least active: events of 90 days, then of 30, then orders ever.

    People who are alike in all three share a tenth, so that there may be fewer than ten.

    Args:
        people: The columns of `ACTIVE_BY`, one row a person.
    """
    ordered = people[list(ACTIVE_BY)].to_numpy(dtype=float)
    _, place = np.unique(ordered, axis=0, return_inverse=True)
    return 1 + np.floor(TENTHS * (rankdata(place.ravel()) - 0.5) / len(people)).astype(np.int64)


def person_tenths(training: pd.DataFrame) -> NDArray[np.int64]:
    """Of each row the tenth of its person among all people, by what they did on average over their rows, shape (n,).

    Args:
        training: profile_id and the columns of `ACTIVE_BY`, one row a person and cutoff.
    """
    people = training.groupby("profile_id")[list(ACTIVE_BY)].mean()
    return pd.Series(activity_tenths(people), index=people.index)[training["profile_id"]].to_numpy()
