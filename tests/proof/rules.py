"""The rules that a detector is held against: silence of so many days, and two windows of 30 days."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import betainc

from helpers.simulate.worlds.declines import DAYS, Declines
from tests.proof.entries import entries_of

_WINDOW = 30


def active_days(world: Declines) -> np.ndarray:
    """Whether each was active on each day, shape (DAYS, people)."""
    active = np.zeros((DAYS, len(world.people)), dtype=bool)
    active[world.visits["day"], world.visits["person"]] = True
    return active


def silence(world: Declines, days: int) -> pd.DataFrame:
    """Says so from more than `days` days after the last active day until the next one."""
    person, day = world.visits["person"].to_numpy(), world.visits["day"].to_numpy()
    following = np.append(np.where(person[1:] == person[:-1], day[1:], DAYS), DAYS)
    entry, left = day + days + 1, following + 1
    says = (entry < left) & (entry <= DAYS)
    return entries_of(person[says], entry[says], left[says])


def fixed(world: Declines, *, share: float = 0.6, sure: float = 0.9) -> pd.DataFrame:
    """Says so while the last 30 days have at most `share` of the active days of the 30 before, as surely as `sure`.

    Both are counts of Poisson processes with Jeffreys' prior: the first rate's part of the sum of both is then a beta.
    """
    counts = np.arange(_WINDOW + 1)
    says = betainc(counts[:, None] + 0.5, counts[None, :] + 0.5, share / (1 + share)) >= sure
    total = np.zeros((DAYS + 1, len(world.people)), dtype="int64")
    total[1:] = active_days(world).cumsum(axis=0)
    on = np.zeros((DAYS + 2, len(world.people)), dtype=bool)
    month = total[_WINDOW:] - total[:-_WINDOW]
    on[2 * _WINDOW : -1] = says[month[_WINDOW:], month[:-_WINDOW]]
    on &= np.arange(DAYS + 2)[:, None] >= world.people["begins"].to_numpy() + 2 * _WINDOW
    turns = np.diff(on.T.astype("int8"), axis=1)
    person, day = np.nonzero(turns == 1)
    _, left = np.nonzero(turns == -1)
    return entries_of(person, day + 1, left + 1)
