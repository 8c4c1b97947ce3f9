"""What score is a decline, so that people who never change are told of one so rarely: set on the data set's own people.

Each person's gaps are put into a random order, which takes away every change over time and leaves how often and how
unevenly they come; the detector then runs over them as over the real ones, and what it finds is false.
"""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from helpers.profiles.states import detector

BUDGET = 0.1  # false entries per customer and year
# Rhythms are told apart by their usual gap in days: a threshold that suits daily visitors does not suit yearly ones.
BANDS = (0.0, 4.0, 10.0, 20.0, 40.0)
GRID = np.arange(1.0, 12.01, 0.25)
UNKNOWN = 5.0  # before a population has enough years to look at
_FEWEST_YEARS = 100.0
_MOST_PEOPLE, _FEWEST_GAPS, _SHUFFLES = 1_000, 5, 2
_YEAR = 365.25


def band(usual_gap: ibis.Value) -> ibis.Value:
    """The place in `BANDS` of a usual gap in days."""
    return ibis.cases(*((usual_gap >= each, place) for place, each in reversed([*enumerate(BANDS)])), else_=0).cast(
        "int64"
    )


def thresholds(rows: ibis.Table, budget: float = BUDGET, *, seed: int = 1) -> pd.DataFrame:
    """The threshold of each band as of each quarter, from the gaps that were over before it.

    Args:
        rows: Columns profile_id, number, quarter, gone, prior_events and prior_time, as `lifecycle` has them.
        budget: False entries per customer and year.
        seed: Of the sample and of the orders.

    Returns:
        Columns quarter, band, threshold, false_per_year, years (that were looked at; 0 where the threshold is that of
        a population of which nothing is known).
    """
    known = rows.select("quarter", "prior_events", "prior_time").distinct().order_by("quarter").to_pyarrow().to_pandas()
    gaps = _gaps(rows)
    parts = [
        _shuffled(gaps, quarter, np.random.default_rng([seed, quarter.quarter]))
        for quarter in known.itertuples(index=False)
    ]
    made = pd.concat([part for part in parts if part is not None] or [_NOBODY], ignore_index=True)
    scored = detector.scored(ibis.memtable(pa.Table.from_pandas(made, preserve_index=False)))
    scored = scored.mutate(peak=detector.peak(scored), band=band(scored.b / scored.a))
    paths = scored.select("quarter", "profile_id", "turn", "era", "band", "gone", "score", "peak").filter(
        scored.gone.notnull()
    )
    frame = paths.to_pyarrow().to_pandas().sort_values(["quarter", "profile_id", "turn"])
    return pd.DataFrame(
        [
            (int(quarter), place, *_smallest(own, place, budget))
            for quarter, own in _by_quarter(frame, known["quarter"])
            for place in range(len(BANDS))
        ],
        columns=["quarter", "band", "threshold", "false_per_year", "years"],
    )


def shown(rows: ibis.Table, learned: pd.DataFrame) -> pd.DataFrame:
    """The rows of table `state_rules`: what `thresholds` gave, with what was learned of the usual gap."""
    prior = rows.select("quarter", "prior_events", "prior_time").distinct().to_pyarrow().to_pandas()
    told = learned.merge(prior, on="quarter").sort_values(["quarter", "band"], ignore_index=True)
    quarter = pd.to_datetime(told["quarter"], unit="D").dt.date
    told = told.assign(quarter=quarter, band=told["band"].map(BANDS.__getitem__))
    return told[["quarter", "band", "prior_events", "prior_time", "threshold", "false_per_year", "years"]]


_NOBODY = pd.DataFrame(
    {
        "quarter": pd.Series(dtype="int64"), "profile_id": pd.Series(dtype="str"), "turn": pd.Series(dtype="int64"),
        "number": pd.Series(dtype="float64"), "first": pd.Series(dtype="float64"), "gone": pd.Series(dtype="float64"),
        "prior_events": pd.Series(dtype="float64"), "prior_time": pd.Series(dtype="float64"),
    }
)  # fmt: skip


def _gaps(rows: ibis.Table) -> pd.DataFrame:
    """Gaps of people of whom some quarter may choose: columns profile_id, ended, gone, since, in order of time.

    Whom a quarter chooses must not depend on what comes after it: they are the first by name of those with enough gaps.
    """
    person = ibis.window(group_by="profile_id", order_by="after")
    gaps = rows.filter(rows.gone.notnull())
    gaps = gaps.select(
        "profile_id", "quarter", ended="after", gone=gaps.gone.round(4), nth=ibis.row_number().over(person)
    )
    enough = gaps.filter(gaps.nth == _FEWEST_GAPS).select("profile_id", "quarter", since="ended")
    listed = enough.mutate(place=ibis.row_number().over(ibis.window(group_by="quarter", order_by="profile_id")))
    chosen = listed.filter(listed.place < _MOST_PEOPLE).select("profile_id", "since")
    own = gaps.select("profile_id", "ended", "gone").join(chosen, "profile_id")
    return own.to_pyarrow().to_pandas().sort_values(["profile_id", "ended"], ignore_index=True)


def _shuffled(gaps: pd.DataFrame, quarter: tuple, rng: np.random.Generator) -> pd.DataFrame | None:
    """Rows as `detector.scored` reads them, of the gaps before a quarter in random orders."""
    own = gaps[(gaps["ended"] < quarter.quarter) & (gaps["since"] < quarter.quarter)]
    own = own[own["profile_id"].isin(own["profile_id"].unique()[:_MOST_PEOPLE])]
    if own.empty:
        return None
    parts = []
    for turn in range(_SHUFFLES):
        mixed = own.iloc[np.lexsort((rng.random(len(own)), own["profile_id"]))]
        parts.append(mixed.assign(profile_id=mixed["profile_id"] + f"/{turn}"))
    mixed = pd.concat(parts, ignore_index=True)
    person = mixed.groupby("profile_id")["gone"]
    return pd.DataFrame(
        {
            "quarter": quarter.quarter,
            "profile_id": f"{quarter.quarter}/" + mixed["profile_id"],
            "turn": person.cumcount(),
            "number": person.cumsum() - mixed["gone"],
            "first": 0.0,
            "gone": mixed["gone"],
            "prior_events": quarter.prior_events,
            "prior_time": quarter.prior_time,
        }
    )


def _by_quarter(frame: pd.DataFrame, quarters: pd.Series) -> list[tuple[int, pd.DataFrame]]:
    parts = dict(iter(frame.groupby("quarter")))
    return [(quarter, parts.get(quarter, frame.iloc[:0])) for quarter in quarters]


def _smallest(paths: pd.DataFrame, place: int, budget: float) -> tuple[float, float, float]:
    """The smallest threshold that keeps to the budget in a band: threshold, false entries a year, years."""
    inside = paths["band"].to_numpy() == place
    years = float(paths["gone"].to_numpy()[inside].sum() / _YEAR)
    if years < _FEWEST_YEARS:
        return UNKNOWN, 0.0, 0.0
    for threshold in GRID:
        rate = float(_entries(paths, threshold)[inside].sum() / years)
        if rate <= budget:
            break
    return float(threshold), rate, years


def _entries(paths: pd.DataFrame, threshold: float) -> NDArray[np.bool_]:
    """Whether a decline is entered in the gap of a row that no earlier one has left on, as `detector.is_on` has it."""
    place = np.arange(len(paths))
    same = paths["profile_id"].eq(paths["profile_id"].shift()) & paths["era"].eq(paths["era"].shift())
    new = ~same.to_numpy()
    over = paths["peak"].to_numpy() >= threshold
    entered = np.maximum.accumulate(np.where(over, place, -1))
    entered = np.concatenate([[-1], entered[:-1]])
    left = np.maximum.accumulate(np.where(new | (paths["score"].to_numpy() < detector.EXIT * threshold), place, -1))
    return over & ~(entered >= left)
