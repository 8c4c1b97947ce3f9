"""Days on which a channel told of far fewer people than on the same weekdays before: silence then says nothing."""

from __future__ import annotations

from datetime import date

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from helpers.datasets.tables.ingestion import CHANNELS
from helpers.profiles.windows import day_number, number_of

_WEEKS, _FEWEST_WEEKS = 8, 4
# Below four fifths of the lower quartile of the weeks before, by more than two standard deviations of a count.
_SHARE, _DEVIATIONS = 0.8, 2.0


def volumes(days: ibis.Table, until: date) -> pd.DataFrame:
    """People seen on each channel on each local day from the first to the last before `until`.

    Args:
        days: Table `daily`.
        until: The local day before which the data end.

    Returns:
        One column a channel that was ever seen, one row a day, by its number since 1970; 0 where nobody was.
    """
    seen = {name: (days[f"on_{name}"] > 0).cast("int64").sum() for name in CHANNELS}
    found = days.group_by(number=day_number(days.day)).aggregate(**seen).to_pyarrow().to_pandas()
    every = range(int(found["number"].min()), number_of(until))
    found = found.set_index("number").reindex(every, fill_value=0)
    return found.loc[:, found.sum() > 0]


def silent(seen: pd.DataFrame) -> pd.DataFrame:
    """Whether a channel was down: its day, or the week up to it, lies far below those of the last eight weeks.

    Each day is judged by earlier ones alone, and a lasting fall is the new measure after some weeks.

    Args:
        seen: As `volumes` gives it.

    Returns:
        Truth values of the same shape.
    """
    by_day = seen.apply(lambda column: _low(column.to_numpy(float), 1), raw=False)
    by_week = seen.apply(lambda column: _low(column.to_numpy(float), 7), raw=False)
    return by_day | by_week


def listed(seen: pd.DataFrame, down: pd.DataFrame) -> ibis.Table:
    """The rows of table `outages`, of what `volumes` and `silent` gave."""
    found = down.reset_index().melt("number", list(down.columns), "channel", "down")
    found["people"] = seen.reset_index().melt("number", list(seen.columns))["value"]
    found = found[found["down"].astype(bool)].sort_values(["channel", "number"])
    return ibis.memtable(
        pa.table(
            {
                "channel": pa.array(found["channel"], pa.string()),
                "day": pa.array(found["number"].astype("int32"), pa.int32()).cast(pa.date32()),
                "people": pa.array(found["people"].astype("int64")),
            }
        )
    )


def _low(counts: NDArray[np.float64], length: int) -> NDArray[np.bool_]:
    """Whether the sum of the last `length` days is far below the sums a whole number of weeks before."""
    sums = np.convolve(counts, np.ones(length))[: len(counts)]
    sums[: length - 1] = np.nan
    before = np.full((_WEEKS, len(sums)), np.nan)
    for week in range(1, _WEEKS + 1):
        before[week - 1, 7 * week :] = sums[: max(len(sums) - 7 * week, 0)]
    enough = np.sum(~np.isnan(before), axis=0) >= _FEWEST_WEEKS
    usual = np.full(len(sums), np.nan)
    usual[enough] = np.nanquantile(before[:, enough], 0.25, axis=0)
    return sums < np.minimum(_SHARE * usual, usual - _DEVIATIONS * np.sqrt(usual))
