"""Whether the number of repeat purchases of a whole cohort, week by week, is what a model expected of it.

The model is fitted on the first weeks only. Its error over the weeks after them is told alone, for in the cumulative
count the weeks that it was fitted on hide most of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm

from helpers.errors import WrongUse
from helpers.statistics import Estimate, check, check_level
from helpers.value.bgnbd import BGNBD
from helpers.value.fitting import Fitted, Floats
from helpers.value.history import WEEK, Histories, group
from helpers.value.pareto_nbd import ParetoNBD


class Errors(NamedTuple):
    """Expected over actual repeat purchases minus 1, so that 0.1 is a tenth too many.

    Attributes:
        holdout: Over the holdout weeks alone.
        cumulative: Over all weeks since the first purchase of all.
    """

    holdout: Estimate
    cumulative: Estimate


def expected_by_day(model: BGNBD | ParetoNBD, first_day: ArrayLike, days: ArrayLike, *, unit: float = WEEK) -> Floats:
    """Repeat purchases that the model expects of the cohort up to the end of each day, shape (days,).

    Args:
        model: Parameters as numbers.
        first_day: Day of each customer's first purchase, shape (customers,).
        days: Days at whose end is counted, numbered alike.
        unit: Days in the model's unit of time.
    """
    starts, people = np.unique(np.asarray(first_day, dtype=np.float64), return_counts=True)
    since = np.maximum(np.asarray(days, dtype=np.float64)[:, None] - starts, 0) / unit
    return model.expected_purchases(since) @ people


def actual_by_day(repeat_day: ArrayLike, count: ArrayLike, days: ArrayLike) -> Floats:
    """Repeat purchases up to the end of each day, shape (days,).

    Args:
        repeat_day: Days with repeat purchases, shape (rows,).
        count: Customers with one on that day, shape (rows,).
        days: Days at whose end is counted, numbered alike.
    """
    order = np.argsort(repeat_day, kind="stable")
    reached = np.searchsorted(np.asarray(repeat_day)[order], days, side="right")
    return np.concatenate([[0.0], np.cumsum(np.asarray(count, dtype=np.float64)[order])])[reached]


def tracking_errors(
    fitted: Fitted[BGNBD] | Fitted[ParetoNBD],
    customers: Histories,
    later: ArrayLike,
    *,
    time: float,
    level: float = 0.95,
) -> Errors:
    """How far the model's expectation of the cohort is off, over the holdout alone and over everything.

    The interval is that of a ratio: customers might have been others, by which the parameters would move as well. Both
    are told by what each customer adds, to first order (Huber, 1967, Proc. Fifth Berkeley Symp. 1, 221-233). That the
    times themselves may change is in no interval.

    Args:
        fitted: The model.
        customers: All whom it was fitted on, one row each.
        later: Days with a purchase of each in the holdout, shape (customers,).
        time: Length of the holdout, in the unit of time of `customers`.
        level: Coverage of the intervals.

    Raises:
        WrongUse: If time is not above 0, the level not between 0 and 1, or the customers have not one number each.
    """
    check("time", time, gt=0)
    check_level(level)
    later = np.asarray(later, dtype=np.float64)
    if later.shape != customers.age.shape:
        raise WrongUse(f"There are {customers.age.size} customers and {later.size} numbers of later purchases.")
    rows, place = group(customers)
    moves = (fitted.covariance @ fitted.slopes(lambda model: model.log_likelihood(rows)))[:, place]
    ages, of_age, people = np.unique(customers.age, return_inverse=True, return_counts=True)

    def error(expected: Callable[[BGNBD | ParetoNBD], Floats], actual: Floats) -> Estimate:
        shifts = fitted.slopes(expected) @ people @ moves
        return ratio_less_one(expected(fitted.model)[of_age], actual, shifts=shifts, level=level)

    return Errors(
        error(lambda model: model.expected_purchases(ages + time) - model.expected_purchases(ages), later),
        error(lambda model: model.expected_purchases(ages + time), customers.frequency + later),
    )


def ratio_less_one(expected: Floats, actual: Floats, *, shifts: Floats | float = 0.0, level: float = 0.95) -> Estimate:
    """Ratio of totals minus 1.

    Args:
        expected: Of each customer, shape (customers,).
        actual: Of each customer.
        shifts: What each customer changes the expected total by through the parameters; 0 for parameters as known.
        level: Coverage of the interval.

    Returns:
        NaN without an interval where either total is not above 0.
    """
    method = "log ratio, first-order influence of customers"
    if min(expected.sum(), actual.sum()) <= 0:
        return Estimate(math.nan, None, None, level, actual.size, method)
    ratio = float(expected.sum() / actual.sum())
    influence = (expected + shifts) / expected.sum() - actual / actual.sum()
    reach = math.exp(float(norm.isf((1 - level) / 2)) * math.sqrt(float(influence @ influence)))
    return Estimate(ratio - 1, ratio / reach - 1, ratio * reach - 1, level, actual.size, method)
