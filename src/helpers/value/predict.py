"""What customers will buy and bring within a time, with intervals that also say how unsure the parameters are.

An interval is made of futures: parameters are drawn as the data leave them uncertain, then each customer's rates given
their history, then orders, then spend (Gelman et al., 2013, Bayesian Data Analysis, chapter 4: the normal approximation
of what is believed of parameters). It holds as long as people go on by the same law: that a season or a campaign moves
all of them together is in no interval, which totals feel most.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.errors import WrongUse
from helpers.statistics import Estimate, check, check_level, proportion
from helpers.value.bgnbd import BGNBD
from helpers.value.fitting import Fitted, Floats
from helpers.value.gamma_gamma import GammaGamma
from helpers.value.history import Histories
from helpers.value.pareto_nbd import ParetoNBD
from helpers.value.spend import Spending, told

LEVEL = 0.8
PARAMETERS, FUTURES = 200, 5  # draws of parameters, and futures of everybody under each

_CELLS_PER_BLOCK = 2_000_000
_Model = TypeVar("_Model", BGNBD, ParetoNBD, GammaGamma)


class Range(NamedTuple):
    """Of each customer the expected number and the ends between which it should lie, shape (customers,) each.

    The ends are taken from futures, so that those of a count are whole numbers; they cover at least what they claim.
    """

    expected: Floats
    lo: Floats
    hi: Floats


class Forecast(NamedTuple):
    """What is foretold of customers.

    Attributes:
        purchases: Days with a purchase.
        value: Spend; its ends are NaN where no model of spend is used, all of it where no spend is known.
        total_purchases: Of all customers together.
        total_value: The same; without ends where no model of spend is used.
        level: Coverage that the ends claim.
    """

    purchases: Range
    value: Range
    total_purchases: Estimate
    total_value: Estimate
    level: float


def forecast(
    fitted: Fitted[BGNBD] | Fitted[ParetoNBD],
    spending: Spending,
    customers: Histories,
    spend: ArrayLike,
    *,
    time: float,
    seed: int,
    level: float = LEVEL,
) -> Forecast:
    """Purchases and spend of customers within a time from the last day looked at; nothing is discounted.

    Args:
        fitted: How people order.
        spending: How they spend.
        customers: One row each, in the unit of time of `fitted`.
        spend: Mean spend of their days with a repeat purchase, NaN where there is none, shape (customers,).
        time: How far is looked, in the same unit: 365 / 7 in weeks is a year.
        seed: Seed of the futures; equal customers in equal order give equal ones.
        level: Coverage aimed at, equal tails.

    Raises:
        WrongUse: If time is not above 0, the level not between 0 and 1, there are no customers, a row stands for
            several, or they have not one spend each.
    """
    check("time", time, gt=0)
    check_level(level)
    check("customers", customers.age.size, ge=1)
    if np.shape(spend) != customers.age.shape or (customers.people != 1).any():
        raise WrongUse("Each row of a forecast is one customer with one mean spend.")
    days, spend = told(customers.frequency, spend)
    rng = np.random.default_rng(seed)
    models = fitted.draws(PARAMETERS, rng)
    spends = None if spending.fitted is None else spending.fitted.draws(PARAMETERS, rng)
    size = _CELLS_PER_BLOCK // (PARAMETERS * FUTURES)
    orders_drawn, value_drawn = [], []
    for start in range(0, days.size, size):
        block = slice(start, start + size)
        orders = _orders(models, Histories(*(column[block] for column in customers)), time, rng)
        orders_drawn.append(_summary(orders, level))
        value_drawn.append(_summary(_value(spends, orders, days[block], spend[block], rng), level))
    purchases = fitted.model.expected_next(customers, time)
    value = purchases * spending.expected(days, spend)
    purchases_range, total_purchases = _joined(purchases, orders_drawn, level)
    value_range, total_value = _joined(value, value_drawn, level)
    return Forecast(purchases_range, value_range, total_purchases, total_value, level)


def coverage(foretold: Range, actual: ArrayLike, *, level: float = 0.95) -> Estimate:
    """Share of customers of whom what came lies within the ends, with Wilson's interval.

    Args:
        foretold: Of each customer.
        actual: What came, shape (customers,).
        level: Coverage of the interval of the share.

    Raises:
        WrongUse: If there are no customers, or not one actual number each.
    """
    actual = np.asarray(actual, dtype=np.float64)
    if actual.shape != foretold.lo.shape:
        raise WrongUse(f"There are {foretold.lo.size} customers and {actual.size} numbers of what came of them.")
    within = (foretold.lo <= actual) & (actual <= foretold.hi)
    return proportion(actual.size, int(within.sum()), level=level)


class _Summary(NamedTuple):
    """Of futures of some customers: lower and upper ends, shape (customers,), and totals, shape (draws,)."""

    lo: Floats
    hi: Floats
    total: Floats


def _orders(models: BGNBD | ParetoNBD, rows: Histories, time: float, rng: np.random.Generator) -> Floats:
    """Purchases drawn, shape (draws, customers); of those who have left, none."""
    alive = np.repeat(models.p_alive(rows), FUTURES, axis=0)
    orders = np.zeros(alive.shape)
    staying = np.nonzero(rng.random(alive.shape) < alive)
    orders[staying] = _at(models.given(rows), alive.shape, staying).draw(time, rng)
    return orders


def _value(spends: GammaGamma | None, orders: Floats, days: Floats, spend: Floats, rng: np.random.Generator) -> Floats:
    """Spend on the purchases drawn, shape (draws, customers); NaN where no model says how spends vary."""
    if spends is None:
        return np.full(orders.shape, np.nan)
    value = np.zeros(orders.shape)
    bought = np.nonzero(orders)
    value[bought] = _at(spends.given(days, spend), orders.shape, bought).draw(orders[bought], rng)
    return value


def _at(model: _Model, shape: tuple[int, ...], where: tuple[NDArray[np.int64], ...]) -> _Model:
    """The parameters in some futures of some customers; futures under one draw of parameters stand together."""
    future, customer = where
    under = (shape[0] // FUTURES, shape[1])
    return type(model)(*(np.broadcast_to(each, under)[future // FUTURES, customer] for each in model))


def _summary(drawn: Floats, level: float) -> _Summary:
    tails = [max(0, int(np.ceil(tail * len(drawn))) - 1) for tail in ((1 - level) / 2, (1 + level) / 2)]
    lo, hi = np.partition(drawn, tails, axis=0)[tails]
    return _Summary(lo, hi, drawn.sum(axis=1))


def _joined(expected: Floats, parts: list[_Summary], level: float) -> tuple[Range, Estimate]:
    """Blocks of customers put together, and the total of all."""
    lo, hi = (np.concatenate(ends) for ends in ([each.lo for each in parts], [each.hi for each in parts]))
    total = np.sum([each.total for each in parts], axis=0)
    method = f"expected value; range of {total.size:,} drawn futures, {PARAMETERS} draws of parameters"
    known = bool(np.isfinite(total).all())
    ends = [float(each) for each in np.quantile(total, [(1 - level) / 2, (1 + level) / 2])] if known else [None, None]
    return Range(expected, lo, hi), Estimate(float(expected.sum()), *ends, level, expected.size, method)
