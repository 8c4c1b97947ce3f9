"""What models of purchases see of a customer: how many repeats, when the last was, and for how long we have looked."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.errors import NothingToDo, WrongUse

Floats = NDArray[np.float64]

WEEK = 7


class Histories(NamedTuple):
    """Customers, a row each, or a row for all whose history is the same. Shape (rows,) each.

    Attributes:
        frequency: Days with a purchase after the day of the first (x).
        recency: Time from the first to the last purchase, 0 where there is one (t_x).
        age: Time from the first purchase to the last day looked at (T).
        people: Customers in the row.
    """

    frequency: Floats
    recency: Floats
    age: Floats
    people: Floats


class Grouped(NamedTuple):
    """Histories that occur, and where each customer's stands.

    Attributes:
        rows: One row for each history that occurs.
        place: Row of each customer, shape (customers,).
    """

    rows: Histories
    place: NDArray[np.int64]


def histories(frequency: ArrayLike, recency_days: ArrayLike, age_days: ArrayLike, *, unit: float = WEEK) -> Histories:
    """Histories of customers, one row each, in a unit of time.

    Published tables count age to the last day that was looked at. Of `profiles`, as of the midnight after that day,
    age is therefore T_days - 1.

    Args:
        frequency: Days with a purchase after the day of the first, shape (customers,).
        recency_days: Days from the first to the last purchase.
        age_days: Days from the first purchase to the last day looked at.
        unit: Days in the unit of time; estimates are the same in any, their names differ.

    Raises:
        WrongUse: If shapes differ, a number is missing or below 0, the last purchase is after the last day, or a
            recency is above 0 without a repeat, or 0 with one.
    """
    columns = [np.asarray(each, dtype=np.float64) for each in (frequency, recency_days, age_days)]
    repeats, last, age = columns
    if repeats.ndim != 1 or {each.shape for each in columns} != {repeats.shape}:
        raise WrongUse(f"Histories need three columns of one length, not {[each.shape for each in columns]}.")
    if not all((each >= 0).all() and np.isfinite(each).all() for each in columns):
        raise WrongUse("Frequency, recency and age must be numbers of at least 0.")
    if (last > age).any() or ((repeats > 0) != (last > 0)).any():
        raise WrongUse("Recency must be at most age, and above 0 for those with a repeat purchase alone.")
    return Histories(repeats, last / unit, age / unit, np.ones(repeats.shape))


def group(customers: Histories) -> Grouped:
    """One row for each history that occurs: a likelihood is taken once for all who share it."""
    columns = np.stack([customers.frequency, customers.recency, customers.age])
    distinct, place = np.unique(columns, axis=1, return_inverse=True)
    place = place.ravel()
    return Grouped(Histories(*distinct, np.bincount(place, customers.people, len(distinct[0]))), place)


def typical_gap(customers: Histories) -> float:
    """Time looked at for each repeat purchase, over all customers: where a search for rates begins.

    Raises:
        NothingToDo: If nobody ordered again.
    """
    repeats = float(customers.people @ customers.frequency)
    if not repeats:
        raise NothingToDo("Nobody ordered on a second day, so nothing tells how often customers come back.")
    return float(customers.people @ customers.age) / repeats
