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
from helpers.profiles.states.shuffles import LEARNED, unchanged

BUDGET = 0.1  # false entries per customer and year
AIM = 0.65  # of the budget: whom a threshold is for are known for longer than whom it was set on
# Rhythms are told apart by their usual gap in days: a threshold that suits daily visitors does not suit yearly ones.
BANDS = (0.0, 4.0, 10.0, 20.0, 40.0)
_LOWEST, _HIGHEST, _STEP = 2.0, 30.0, 0.25
UNKNOWN, _FEWEST_YEARS = 8.0, 50.0  # a threshold of its own needs so many customer years
_YEAR = 365.25


def band(usual_gap: ibis.Value) -> ibis.Value:
    """The place in `BANDS` of a usual gap in days."""
    places = [(usual_gap >= each, place) for place, each in reversed([*enumerate(BANDS)])]
    return ibis.cases(*places, else_=0).cast("int64")


def thresholds(rows: ibis.Table, shown: pd.DataFrame, budget: float = BUDGET, *, seed: int = 1) -> pd.DataFrame:
    """The threshold of each band as of each quarter, from the gaps that were over before it.

    Args:
        rows: As `lifecycle.silences` gives them.
        shown: What the clocks of the same rows show, as `movement.clocks` gives it.
        budget: False entries per customer and year.
        seed: Of the orders.

    Returns:
        Columns quarter, band, threshold, false_per_year (of people known for as long as there are any, or for twice as
        long, whichever is more) and years (that were looked at; 0 where the threshold is that of a population of which
        too little is known).
    """
    known = rows.select("quarter", *LEARNED).distinct().order_by("quarter").to_pyarrow().to_pandas()
    made = unchanged(rows, known, shown, seed=seed)
    scored = detector.scored(ibis.memtable(pa.Table.from_pandas(made, preserve_index=False)))
    scored = scored.mutate(peak=detector.peak(scored), band=band(scored.b / scored.a))
    paths = scored.select("quarter", "profile_id", "turn", "era", "band", "gone", "life", "score", "peak").filter(
        scored.gone.notnull()
    )
    frame = paths.to_pyarrow().to_pandas().sort_values(["quarter", "profile_id", "turn"])
    return pd.DataFrame(
        [
            (int(quarter), place, *told)
            for quarter, own in _by_quarter(frame, known["quarter"])
            for place, told in enumerate(_smallest(own, budget))
        ],
        columns=["quarter", "band", "threshold", "false_per_year", "years"],
    )


def listed(rows: ibis.Table, learned: pd.DataFrame) -> pd.DataFrame:
    """The rows of table `state_rules`: what `thresholds` gave, with what was learned of the usual gap."""
    prior = rows.select("quarter", "prior_events", "prior_time").distinct().to_pyarrow().to_pandas()
    told = learned.merge(prior, on="quarter").sort_values(["quarter", "band"], ignore_index=True)
    quarter = pd.to_datetime(told["quarter"], unit="D").dt.date
    told = told.assign(quarter=quarter, band=told["band"].map(BANDS.__getitem__))
    return told[["quarter", "band", "prior_events", "prior_time", "threshold", "false_per_year", "years"]]


def _by_quarter(frame: pd.DataFrame, quarters: pd.Series) -> list[tuple[int, pd.DataFrame]]:
    parts = dict(iter(frame.groupby("quarter")))
    return [(quarter, parts.get(quarter, frame.iloc[:0])) for quarter in quarters]


def _smallest(paths: pd.DataFrame, budget: float) -> list[tuple[float, float, float]]:
    """The smallest thresholds that keep to the budget in each band and life: threshold, false entries a year, years.

    People change their band, and a lower threshold there can make a decline of the score that they bring with them: so
    thresholds rise together until every band keeps to the budget.
    """
    size = len(BANDS)
    band, life = paths["band"].to_numpy(), paths["life"].to_numpy()
    kind, inside = band + size * np.maximum(life, 0), life >= 0
    years = np.bincount(kind[inside], paths["gone"].to_numpy()[inside], 2 * size) / _YEAR
    known = years.reshape(2, size).sum(axis=0) >= _FEWEST_YEARS
    levels = np.where(known, _LOWEST, UNKNOWN)
    own = tuple(paths[name].to_numpy() for name in ("peak", "score")), _begins(paths)
    while True:
        found = inside & _entries(*own, levels[band])
        rates = np.bincount(kind[found], minlength=2 * size) / np.maximum(years, 1.0)
        worst = rates.reshape(2, size).max(axis=0)
        over = known & (worst > AIM * budget) & (levels < _HIGHEST)
        if not over.any():
            break
        levels = levels + _STEP * over
    total = years.reshape(2, size).sum(axis=0)
    return [(float(levels[b]), float(worst[b]) * known[b], float(total[b]) * known[b]) for b in range(size)]


def _begins(paths: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether a row is the first of its person, or the first after they came back."""
    same = paths["profile_id"].eq(paths["profile_id"].shift()) & paths["era"].eq(paths["era"].shift())
    return ~same.to_numpy()


def _entries(
    scores: tuple[NDArray[np.float64], NDArray[np.float64]],
    begins: NDArray[np.bool_],
    threshold: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Whether a decline is entered in the gap of a row that no earlier one has left on, as `detector.is_on` has it."""
    peak, score = scores
    place = np.arange(len(peak))
    over = peak >= threshold
    entered = np.maximum.accumulate(np.where(over, place, -1))
    entered = np.concatenate([[-1], entered[:-1]])
    left = np.maximum.accumulate(np.where(begins | (score < detector.EXIT * threshold), place, -1))
    return over & (entered < left)
