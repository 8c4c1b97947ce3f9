"""What a lead score looks at, and in which direction each of it may move the score."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# An act, or a message, in the last 28 days can raise the columns of `UP`, lower those of `DOWN`, and leave `FREE`,
# which orders and refunds alone move. Not among them: tenure, visits and medians, which an added act may move either
# way.
UP = (
    "active_days_30d",
    "engagement_score",
    "engagement_ratio_30d",
    "engagement_velocity",
    "web_events_7d",
    "web_events_30d",
    "web_events_90d",
)
DOWN = ("days_since_web",)
FREE = (
    "days_since_last_order",
    "recency_btyd_days",
    "T_days",
    "orders_count",
    "orders_30d",
    "orders_90d",
    "revenue_90d",
    "mean_gap_days_observed",
    "overdue_days",
)
FEATURES = (*UP, *DOWN, *FREE)
DIRECTIONS = (*(1 for _ in UP), *(-1 for _ in DOWN), *(0 for _ in FREE))

_NEVER = 1e6  # days; longer ago than anything


def matrix(people: pd.DataFrame) -> NDArray[np.float64]:
    """`FEATURES` as numbers, shape (n, features).

    What was never done is 0 times and endlessly long ago, so that doing it moves a feature the way it may move; what an
    act cannot change stays missing where it is.
    """
    known = people[list(FEATURES)].astype("float64")
    known = known.fillna(dict.fromkeys(UP, 0.0) | dict.fromkeys(DOWN, _NEVER))
    return known.to_numpy()


def silence(people: pd.DataFrame) -> NDArray[np.float64]:
    """Days since the last order, since first seen for who never ordered: the recency rule, shape (n,)."""
    days = people["days_since_last_order"].astype("float64")
    return days.fillna(people["tenure_days"].astype("float64")).to_numpy()


def frequency(people: pd.DataFrame) -> NDArray[np.float64]:
    """Orders in the last 90 days: the frequency rule, shape (n,)."""
    return people["orders_90d"].to_numpy(dtype=float)
