"""How soon customers buy on a second day, by when they first bought: Kaplan and Meier's estimate.

Who has not come back by the last day looked at is followed until then and no further (Kaplan and Meier, 1958, JASA 53;
intervals by Greenwood's variance on the log-log scale, Kalbfleisch and Prentice, 2002).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import norm
from statsmodels.duration.survfunc import SurvfuncRight

from helpers.privacy import MINIMUM
from helpers.statistics import Estimate, check_level
from helpers.value.customers import after_first
from helpers.value.history import Floats

if TYPE_CHECKING:
    from helpers.datasets import Shop

MOST_COHORTS = 5
EVERYBODY = "everybody"
TOLD_DAYS = (30, 90, 365)  # within how many days of the first purchase

_METHOD = "Kaplan-Meier, Greenwood variance, log-log"


class Curve(NamedTuple):
    """Of some customers, how many have bought again by each day after their first.

    Attributes:
        customers: How many they are.
        again: Of these, seen to buy on a second day.
        days: Days after the first purchase at which somebody did, ascending.
        staying: Share that has not yet, after each of these days.
        error: Standard error of that share.
        last: The last day on which at least 10 are still followed; what comes later is not told.
    """

    customers: int
    again: int
    days: Floats
    staying: Floats
    error: Floats
    last: float

    def by_day(self, day: float, *, level: float = 0.95) -> Estimate | None:
        """Share that buys on a second day within so many days of the first; None beyond `last`.

        Raises:
            WrongUse: If the level is not between 0 and 1.
        """
        check_level(level)
        if day > self.last:
            return None
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        if place < 0:
            return Estimate(0.0, None, None, level, self.customers, _METHOD)
        staying, error = float(self.staying[place]), float(self.error[place])
        if not 0 < staying < 1:
            return Estimate(1 - staying, None, None, level, self.customers, _METHOD)
        log = np.log(staying)
        reach = float(np.exp(norm.isf((1 - level) / 2) * error / (staying * -log)))
        ends = (float(1 - np.exp(log / reach)), float(1 - np.exp(log * reach)))
        return Estimate(1 - staying, *ends, level, self.customers, _METHOD)


def kaplan_meier(time: ArrayLike, came_back: ArrayLike) -> Curve:
    """The curve of some customers.

    Args:
        time: Days from the first purchase to the second, or to the last day looked at, shape (customers,).
        came_back: Whether the second was seen, shape (customers,).
    """
    time, came_back = np.asarray(time, dtype=np.float64), np.asarray(came_back, dtype=bool)
    longest = np.sort(time)[::-1]
    last = float(longest[MINIMUM - 1]) if time.size >= MINIMUM else -1.0
    if not came_back.any():
        nothing = np.empty(0)
        return Curve(time.size, 0, nothing, nothing, nothing, last)
    found = SurvfuncRight(time, came_back.astype(int))
    return Curve(time.size, int(came_back.sum()), *_columns(found), last)


def second_purchases(shop: Shop) -> dict[str, Curve]:
    """Curves by cohort of first purchase, `EVERYBODY` first.

    Cohorts are quarters where there are at most five, else years, the earliest ones together.

    Args:
        shop: An open data set whose profiles are written.
    """
    days = after_first(shop)
    people = days.group_by("profile_id").aggregate(
        first=days.first_day.min(), second=days.day.min(where=days.is_later & (days.is_purchase == 1))
    )
    found = shop.frame(people)
    first, second = (pd.to_datetime(found[name]) for name in ("first", "second"))
    end = pd.Timestamp(shop.as_of) - pd.Timedelta(days=1)
    time = (second.fillna(end) - first).dt.days.to_numpy(dtype=float)
    back, cohort = second.notna().to_numpy(), cohorts(first)
    curves = {EVERYBODY: kaplan_meier(time, back)}
    return curves | {name: kaplan_meier(time[cohort == name], back[cohort == name]) for name in sorted(set(cohort))}


def cohorts(first: pd.Series) -> np.ndarray:
    """The cohort of each day of a first purchase, in words that sort by time, shape (customers,)."""
    quarters = first.dt.year.astype(str) + " quarter " + first.dt.quarter.astype(str)
    if quarters.nunique() <= MOST_COHORTS:
        return quarters.to_numpy(dtype=object)
    year = first.dt.year
    earliest = year.max() - MOST_COHORTS + 1
    together = (year <= earliest) & (year.min() < earliest)
    return year.astype(str).mask(together, f"{earliest} and before").to_numpy(dtype=object)


def _columns(found: SurvfuncRight) -> tuple[Floats, Floats, Floats]:
    return found.surv_times, found.surv_prob, np.nan_to_num(found.surv_prob_se)
