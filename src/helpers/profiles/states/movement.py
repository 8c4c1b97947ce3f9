"""Two clocks: days on which a channel told anything, and what the whole population did against what it was used to do.

On the second clock a Sunday, a holiday or a slow August is shorter than a day for everybody, so that a person is held
against the others of the same days (a time change for a doubly stochastic Poisson process; Papangelou 1972).
"""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

_JOINED = "+"  # between the channels that a rhythm rests on
# People, as many as are added to what came and to what was expected: a small shop's day says little.
_ADDED = 10.0
_OF_LATE = 30  # days
_QUARTERS = 4


def pace(rows: ibis.Table, numbers: pd.Index) -> pd.Series:
    """How many people acted on each day, divided by how many could be expected of those who had within 30 days.

    What is usual of these is the share of all days so far, so that nothing later is looked at.

    Args:
        rows: Columns number, after and acted, as `active_days` gives them.
        numbers: The days to tell of.

    Returns:
        Around 1; index as given.
    """
    rows = rows.filter(rows.acted)
    last = rows.number + _OF_LATE
    begins = rows.select(number=rows.number + 1, known=ibis.literal(1), came=ibis.literal(0))
    ends = rows.select(
        number=ibis.least(rows.after.fill_null(last), last) + 1, known=ibis.literal(-1), came=ibis.literal(0)
    )
    came = rows.filter(rows.after <= last).select(number="after", known=ibis.literal(0), came=ibis.literal(1))
    moves = ibis.union(begins, ends, came)
    found = moves.group_by("number").aggregate(known=moves.known.sum(), came=moves.came.sum())
    by_day = found.to_pyarrow().to_pandas().set_index("number").sort_index()
    known = by_day["known"].cumsum().reindex(numbers, method="ffill").fillna(0).astype(float)
    came = by_day["came"].reindex(numbers, fill_value=0).astype(float)
    usual = (came.cumsum() / known.cumsum().clip(lower=1)).clip(lower=1e-6)
    return ((came + _ADDED) / (known * usual + _ADDED)).round(6)


def clocks(pace_by_day: pd.Series, silent: pd.DataFrame, rests: list[str]) -> pd.DataFrame:
    """What both clocks show at the end of each day, for each way in which a rhythm may rest on channels.

    Args:
        pace_by_day: As `pace` gives it.
        silent: As `outages.silent` gives it, on the same days.
        rests: Channels, several joined by "+".

    Returns:
        Columns rests, number, live (days so far on which no channel of them was silent) and moved (their pace, added
        up).
    """
    parts = []
    for each in rests:
        channels = [name for name in each.split(_JOINED) if name in silent]
        up = ~silent[channels].any(axis=1).to_numpy()
        parts.append(
            pd.DataFrame(
                {
                    "rests": each,
                    "number": silent.index,
                    "live": np.cumsum(up),
                    "moved": np.cumsum(np.where(up, pace_by_day, 0.0)).round(6),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


class Clocks:
    """The clocks as tables to join."""

    def __init__(self, shown: pd.DataFrame) -> None:
        """Keep the clocks as `clocks` gives them."""
        self.frame = shown
        self.shown = ibis.memtable(pa.Table.from_pandas(shown, preserve_index=False))
        # A day is found again by a whole number: of live days, or of quarters of a day of movement.
        quarters = np.floor(shown["moved"] * _QUARTERS).astype("int64")
        self._live = _first_day(shown, shown["live"])
        self._moved = _first_day(shown, quarters, gapless=True)

    @classmethod
    def of(cls, rows: ibis.Table, silent: pd.DataFrame) -> Clocks:
        """The clocks of a population.

        Args:
            rows: As `lifecycle.rhythms` gives them.
            silent: As `outages.silent` gives it.
        """
        rests = sorted(rows.select("rests").distinct().to_pyarrow()["rests"].to_pylist())
        return cls(clocks(pace(rows, silent.index), silent, rests))

    def at(self, rows: ibis.Table, day: str, **names: str) -> ibis.Table:
        """Add what clocks show at the end of a day; missing where the day is.

        Args:
            rows: Column rests, and the one that `day` names: the number of a day.
            day: That column.
            names: New column to clock.
        """
        own = self.shown.select(_rests="rests", _number="number", **names)
        return rows.left_join(own, [("rests", "_rests"), (day, "_number")]).drop("_rests", "_number")

    def midnight_when(self, rows: ibis.Table, **targets: ibis.Value) -> ibis.Table:
        """Add the number of the day at whose first midnight the clock of live days shows so much."""
        return self._after(rows, self._live, targets)

    def midnight_moved(self, rows: ibis.Table, **targets: ibis.Value) -> ibis.Table:
        """The same for the population's clock, to the next quarter of a day."""
        wanted = {name: (each * _QUARTERS).ceil().cast("int64") for name, each in targets.items()}
        return self._after(rows, self._moved, wanted)

    @staticmethod
    def _after(rows: ibis.Table, first: ibis.Table, targets: dict[str, ibis.Value]) -> ibis.Table:
        for name, target in targets.items():
            found = first.select(_rests="rests", _shows="shows", **{name: first.number + 1})
            rows = rows.mutate(_target=target)
            rows = rows.left_join(found, [("rests", "_rests"), ("_target", "_shows")])
            rows = rows.drop("_rests", "_shows", "_target")
        return rows


def _first_day(shown: pd.DataFrame, shows: pd.Series, *, gapless: bool = False) -> ibis.Table:
    """The first day on which a clock shows at least a whole number, for each that it reaches."""
    found = shown.assign(shows=shows).groupby(["rests", "shows"], as_index=False)["number"].min()
    if gapless:
        # A day may move the clock by several quarters; each of them is reached on it.
        found["from"] = found.groupby("rests")["shows"].shift(fill_value=-1) + 1
        steps = (found["shows"] - found["from"] + 1).clip(lower=1)
        found = found.loc[found.index.repeat(steps)]
        found["shows"] -= found.groupby(["rests", "number"]).cumcount()
    table = found[["rests", "shows", "number"]].reset_index(drop=True)
    return ibis.memtable(pa.Table.from_pandas(table, preserve_index=False))
