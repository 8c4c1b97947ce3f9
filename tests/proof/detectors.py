"""Our detector behind the function that the proof asks: entries of all people of a world at a budget."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.profiles.states import lifecycle, outages, thresholds
from helpers.profiles.states.movement import Clocks
from helpers.simulate.worlds.declines import BEGIN, DAYS, Declines
from tests.profiles.states.worlds import badly, daily, day, kinds
from tests.proof.entries import NEVER, entries_of

_START = (BEGIN - pd.Timestamp(0)).days


def ours(world: Declines, budget: float) -> pd.DataFrame:
    """Entries of our detector at a budget of false entries a customer-year.

    Args:
        world: Its visits are all that may be looked at.
        budget: False entries a customer-year.

    Returns:
        Columns person, day (midnight of entry, which knows the days before), left (the first midnight at which it no
        longer says so, `NEVER` if none).
    """
    visits = world.visits
    rows = visits.assign(profile_id=visits["person"].astype(str).str.zfill(6), number=visits["day"] + _START)
    answered = kinds(rows.loc[rows["channel"] == "email", ["profile_id", "number"]].assign(kind="email opened"))
    table, until = daily(rows), _START + DAYS
    rhythm = lifecycle.rhythms(table, answered, badly()).cache()
    clocks = Clocks.of(rhythm, outages.silent(outages.volumes(table, day(until))))
    silent = lifecycle.silences(rhythm, clocks).cache()
    lr = thresholds.thresholds(silent, clocks.frame, budget)
    told = lifecycle.declines(silent, lr, clocks)
    told = told.select("profile_id", "number", "after", "is_on", "declining_at").to_pyarrow().to_pandas()
    told = told.sort_values(["profile_id", "number"], ignore_index=True)
    last = told["after"].fillna(until)
    goes_on = told["declining_at"].notna() & (told["declining_at"] <= last)
    begins = goes_on & ~told["is_on"]
    # It is left at the first row after the entry that is not in it any more: the midnight after that day.
    off = pd.Series(np.where(told["is_on"], np.nan, told["number"] + 1), index=told.index)
    left = off.groupby(told["profile_id"]).transform(lambda own: own.bfill().shift(-1))
    found = told[begins].assign(left=left[begins].fillna(NEVER + _START))
    return entries_of(
        found["profile_id"].astype(int).to_numpy(),
        (found["declining_at"] - _START).astype(int).to_numpy(),
        (found["left"] - _START).astype(int).to_numpy(),
    )
