"""The detector that is put to the test, behind one function: a stand-in, until the workbench has its own.

It is told nothing but visits. Everybody's movement is a clock: it runs as fast as those come who came of late. Each
person's rate is learned on that clock from the days so far; the evidence of a day is what could be foreseen of it, and
a CUSUM adds it up. Its heights, by the mean gap learned so far, are those at which the same people with their own gaps
shuffled, so that nothing changes, are entered as often as the budget says.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from helpers.simulate.worlds.declines import DAYS, HISTORY, Declines
from tests.proof.entries import YEAR, entries_of
from tests.proof.oracle import cusum
from tests.proof.rules import active_days

_LOOKS_FOR = 0.1  # the share of the rate after a change
_OF_LATE = 30  # days
_BLOCK = 12  # gaps that are shuffled together
_EDGES = (4.6, 10, 20.5)  # mean gaps in days between which one height holds
_HEIGHTS = np.linspace(2, 20, 25)


def ours(world: Declines, budget: float) -> pd.DataFrame:
    """Entries of our detector at a budget of false entries a customer-year.

    Args:
        world: Its visits are all that may be looked at.
        budget: False entries a customer-year.

    Returns:
        Columns person, day (midnight of entry, which knows the days before), left (the first midnight at which it no
        longer says so, `NEVER` if none; the same as day where an alarm is a moment).
    """
    active = active_days(world)
    begins, clock = active.argmax(axis=0), clock_of(active)
    heights = _heights(active, begins, clock, budget)
    evidence, gap = _learning(active, begins, clock)
    _, person, day = cusum(evidence, lambda: heights[None, np.searchsorted(_EDGES, gap())], begins)
    return entries_of(person, day, day)


def clock_of(active: np.ndarray) -> np.ndarray:
    """How fast each day goes, 1 on average: the share of those active within the last 30 days who are active on it."""
    total = np.concatenate([np.zeros((1, active.shape[1]), dtype="int16"), active.cumsum(axis=0, dtype="int16")])
    late = total[_OF_LATE:-1] > total[: -_OF_LATE - 1]
    share = (active[_OF_LATE:] & late).sum(axis=1) / late.sum(axis=1)
    return np.concatenate([np.ones(_OF_LATE), share / share.mean()])


def _learning(
    active: np.ndarray, begins: np.ndarray, clock: np.ndarray
) -> tuple[Callable[[int], np.ndarray], Callable[[], np.ndarray]]:
    """The evidence of each day in turn, from a gamma-Poisson rate learned before it; the mean gap learned so far."""
    visits = np.ones(len(begins))
    exposure = np.full(len(begins), (DAYS - begins).sum() / active.sum())

    def evidence(day: int) -> np.ndarray:
        nonlocal visits, exposure
        moved = clock[day] * (begins < day)
        silent, fallen = (visits * np.log(exposure / (exposure + share * moved)) for share in (1, _LOOKS_FOR))
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.where(active[day], np.log(np.expm1(fallen) / np.expm1(silent)), fallen - silent)
        visits, exposure = visits + (active[day] & (begins < day)), exposure + moved
        return found

    return evidence, lambda: exposure / visits


def _heights(active: np.ndarray, begins: np.ndarray, clock: np.ndarray, budget: float) -> np.ndarray:
    """The height for each mean gap at which shuffled people are entered as often a year as the budget says."""
    shuffled, last = _shuffled(active, clock, np.random.default_rng(5))
    evidence, gap = _learning(shuffled, begins, clock)
    years, kind = np.zeros(len(_EDGES) + 1), np.zeros((DAYS, len(begins)), dtype="int8")

    def watch(day: int) -> np.ndarray:
        kind[day] = np.searchsorted(_EDGES, gap())
        seen = (day >= begins + HISTORY) & (day < last)
        years[:] += np.bincount(kind[day][seen], minlength=len(years)) / YEAR
        return evidence(day)

    height, person, midnight = cusum(watch, np.repeat(_HEIGHTS[:, None], len(begins), axis=1), begins)
    counted = (midnight > begins[person] + HISTORY) & (midnight <= last[person])
    found = []
    for each in range(len(years)):
        own = counted & (kind[midnight - 1, person] == each)
        rates = np.maximum(np.bincount(height[own], minlength=len(_HEIGHTS)), 0.5) / max(years[each], 1e-9)
        found.append(np.interp(-np.log(budget), -np.log(rates), _HEIGHTS))
    return np.array(found)


def _shuffled(active: np.ndarray, clock: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The same people with the blocks of their own gaps, on the clock, in another order; and their last active day."""
    person, day = np.nonzero(active.T)
    reached = np.cumsum(clock)
    same = person[1:] == person[:-1]
    whose, gaps = person[1:][same], np.diff(reached[day])[same]
    first = np.flatnonzero(np.append(True, ~same))
    starts = np.searchsorted(whose, np.arange(active.shape[1]))
    place = np.arange(len(whose)) - starts[whose]
    block = (place + rng.integers(0, _BLOCK, active.shape[1])[whose]) // _BLOCK
    order = np.lexsort((place, rng.random((active.shape[1], DAYS // _BLOCK + 2))[whose, block], whose))
    total = np.append(0, gaps[order].cumsum())
    at = reached[day[first]][whose] + total[1:] - total[starts][whose]
    shuffled = np.zeros_like(active)
    shuffled[day[first], np.arange(active.shape[1])] = True
    shuffled[np.minimum(np.searchsorted(reached, at - 1e-6), DAYS - 1), whose] = True
    return shuffled, np.maximum.reduceat(day, first)
