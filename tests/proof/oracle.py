"""A CUSUM that knows what nobody knows: everybody's rate, how all of them move, and how people fall."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.simulate.worlds.declines import BANDS, DAYS, HISTORY, Declines, draw_declines
from tests.proof.entries import delays, entries_of, watched
from tests.proof.rules import active_days

# The rate after the change that it looks for; a gradual fall has no such rate, so several are tried.
FALLS = {"abrupt": (0.0,), "gradual": (0.0, 0.1, 0.25, 0.5), "halved": (0.5,)}
_HEIGHTS = np.linspace(2, 20, 25)
Evidence = Callable[[int], np.ndarray]
Heights = Mapping[int, float]


def cusum(evidence: Evidence, heights: np.ndarray | Callable[[], np.ndarray], begins: np.ndarray) -> np.ndarray:
    """Page's sum of the evidence of each day, never below zero, and from zero again where it reaches its height.

    Args:
        evidence: The log likelihood ratio of a day for each person, shape (people,).
        heights: Heights to reach, shape (heights, people), or what gives them after each day.
        begins: The day of each person's first visit, which is no evidence.

    Returns:
        Rows of height, person, and the midnight at which the sum was as high, shape (3, alarms).
    """
    total: np.ndarray = np.zeros((1, len(begins)))
    alarms = [np.zeros((3, 0), dtype="int64")]
    for day in range(DAYS):
        grown = total + np.where(begins < day, evidence(day), 0)
        reach = heights() if callable(heights) else heights
        total = np.maximum(np.broadcast_to(grown, reach.shape), 0)
        height, person = np.nonzero(total >= reach)
        total[height, person] = 0
        alarms.append(np.stack([height, person, np.full(len(person), day + 1)]))
    return np.concatenate(alarms, axis=1)


def heights_for(alarms: np.ndarray, people: pd.DataFrame, heights: np.ndarray, budget: float) -> dict[int, float]:
    """By band, the height at which people who never change are entered as often a year as the budget says."""
    _, person, midnight = alarms
    counted = alarms[:, midnight > people["begins"].to_numpy()[person] + HISTORY]
    bands, years = people["band"].to_numpy(), watched(people)
    found = {}
    for band in BANDS:
        counts = np.bincount(counted[0, bands[counted[1]] == band], minlength=len(heights))
        rates = np.maximum(counts, 0.5) / years[bands == band].sum()
        found[band] = float(np.interp(-np.log(budget), -np.log(rates), heights))
    return found


def alarmed(evidence: Evidence, people: pd.DataFrame, heights: Heights) -> pd.DataFrame:
    """Entries of people whose sum reaches the height of their band; each is a moment."""
    own = people["band"].map(heights).to_numpy()[None, :]
    _, person, day = cusum(evidence, own, people["begins"].to_numpy())
    return entries_of(person, day, day)


def knowing(world: Declines, falls_to: float) -> Evidence:
    """Evidence that the rate is `falls_to` of what it was, from each person's true rate and everybody's movement."""
    active, stays_away = active_days(world), np.log1p(-world.people["rate"].to_numpy())

    def evidence(day: int) -> np.ndarray:
        silent = stays_away * world.movement[day]
        comes = np.log(np.expm1(falls_to * silent) / np.expm1(silent)) if falls_to else -np.inf
        return np.where(active[day], comes, (falls_to - 1) * silent)

    return evidence


class Oracle(NamedTuple):
    """What was found on others before anybody is judged.

    Attributes:
        looks_for: By kind and band, the rate after the change that it looks for.
        heights: By that rate and budget, the height of each band.
    """

    looks_for: dict[str, dict[int, float]]
    heights: dict[tuple[float, float], dict[int, float]]

    def entries(self, world: Declines, kind: str, budget: float) -> pd.DataFrame:
        """Entries of the CUSUM that looks for falls of this kind."""
        found = []
        for falls_to in set(self.looks_for[kind].values()):
            heights = {
                band: self.heights[falls_to, budget][band] if self.looks_for[kind][band] == falls_to else np.inf
                for band in BANDS
            }
            found.append(alarmed(knowing(world, falls_to), world.people, heights))
        return pd.concat(found, ignore_index=True)


def tuned(*, clustered: bool, budgets: Sequence[float], people: int, seed: int) -> Oracle:
    """The oracle of one form of the world.

    Its heights are those at which others who never change are entered as often as the budget says, band by band. Of
    the rates that it may look for, each band has the one that finds others of the kind soonest at the middle budget.

    Args:
        clustered: Whether visits come in bursts.
        budgets: False entries a year.
        people: How many others of each sort.
        seed: Of the others; must not be that of those who are judged.

    References:
        Page, E. S. (1954). Continuous inspection schemes. Biometrika 41.
        Moustakides, G. V. (1986). Optimal stopping times for detecting changes in distributions. Annals of Statistics
        14: with both laws known, days independent and a sudden change, none has a smaller worst mean delay.
    """
    flat = draw_declines(people, clustered=clustered, seed=seed, kinds={"flat": 1.0})
    falling = draw_declines(people, clustered=clustered, seed=seed + 1, kinds={"gradual": 1.0})
    every = np.repeat(_HEIGHTS[:, None], people, axis=1)
    heights, mean_delays = {}, {}
    for falls_to in sorted({each for falls in FALLS.values() for each in falls}):
        alarms = cusum(knowing(flat, falls_to), every, flat.people["begins"].to_numpy())
        for budget in budgets:
            heights[falls_to, budget] = heights_for(alarms, flat.people, _HEIGHTS, budget)
        middle = heights[falls_to, sorted(budgets)[len(budgets) // 2]]
        found = delays(alarmed(knowing(falling, falls_to), falling.people, middle), falling)
        mean_delays[falls_to] = found.groupby("band")["delay"].mean()
    looks_for = {
        kind: {band: min(falls, key=lambda each: mean_delays[each][band]) for band in BANDS}
        for kind, falls in FALLS.items()
    }
    return Oracle(looks_for, heights)
