"""Whether people, or what a model says of them, are spread as they were when the model was judged.

A drift is more than chance, by tests that together are wrong once in a hundred times at most (`LEVEL`, by Holm 1979),
and large enough to matter (`BARS`). Chance is that of days and of people, whichever explains more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.errors import NothingToDo
from helpers.statistics import DaySplits, bin_counts, bin_edges, day_splits, holm, ks_distance, stability

LEVEL = 0.01
INPUT, SCORE = "input", "score"
# Of the stability index, by custom: from 0.1 on a difference is worth a look, from 0.25 on it is large.
BARS = {INPUT: 0.1, SCORE: 0.25}
PROBABILITY = "probability"
DRAWS = 9_999


class Drift(NamedTuple):
    """How people of the days of now differ from those of then.

    Attributes:
        tests: One row a feature or score: kind (one of `BARS`), feature, psi and chance (what splits of the same days
            seldom exceed), ks (missing where nothing is known on one side), missing_then and missing_now (shares of
            people), p, adjusted (by Holm over all of its kind), bar and moved.
        days: Number of days of then and of now.
        people: People on a mean day of then and of now.
        tellable: Whether days are enough for any difference to be more than chance.
        exact: Whether all splits of the days were looked at, not some by chance.
    """

    tests: pd.DataFrame
    days: tuple[int, int]
    people: tuple[float, float]
    tellable: bool
    exact: bool

    @property
    def moved(self) -> pd.DataFrame:
        """The rows of what moved, most first."""
        return self.tests[self.tests["moved"]].sort_values(["psi", "feature"], ascending=[False, True])


def held(then: pd.DataFrame, now: pd.DataFrame, columns: Sequence[str], *, kind: str, seed: int) -> Drift:
    """Hold people of the days of now against those of then, one quantity at a time.

    Args:
        then: One row a person and day: cutoff (the day) and `columns`, floats, missing is NaN.
        now: The same of later days.
        columns: What is compared: features, or `PROBABILITY`.
        kind: One of `BARS`.
        seed: Seed of splits of the days by chance, where there are too many to look at all.

    Raises:
        NothingToDo: If nobody was there on the days of then, or of now.
    """
    if then.empty or now.empty:
        raise NothingToDo("Nobody was there on the days that are compared, so nothing can have moved.")
    day = [_numbered(each["cutoff"]) for each in (then, now)]
    counts = [np.bincount(each) for each in day]
    splits = day_splits(len(counts[0]), len(counts[1]), draws=DRAWS, seed=seed)
    weights = tuple(1 / own[each] for own, each in zip(counts, day, strict=True))
    rows = [
        {"kind": kind, "feature": name}
        | _compared([each[name].to_numpy(np.float64) for each in (then, now)], day, weights=weights, splits=splits)
        for name in columns
    ]
    tests = pd.DataFrame(rows).assign(adjusted=lambda each: holm(each["p"]), bar=BARS[kind])
    moved = (tests["adjusted"] < LEVEL) & (tests["psi"] >= tests["bar"])
    return Drift(
        tests.assign(moved=moved),
        days=tuple(len(each) for each in counts),
        people=tuple(float(each.mean()) for each in counts),
        tellable=splits.smallest_p * len(columns) < LEVEL,
        exact=splits.exact,
    )


def _numbered(cutoff: pd.Series) -> NDArray[np.int64]:
    return np.unique(cutoff.to_numpy(), return_inverse=True)[1]


def _compared(
    values: list[NDArray[np.float64]], day: list[NDArray[np.int64]], *, weights: tuple, splits: DaySplits
) -> dict:
    """One quantity on the days of then and of now, in bins that are fixed on those of then."""
    edges = bin_edges(values[0])
    counts = [bin_counts(own, edges, each, days=each.max() + 1) for own, each in zip(values, day, strict=True)]
    found = stability(np.concatenate(counts), splits)
    missing = [float((own[:, -1] / own.sum(axis=1)).mean()) for own in counts]
    return {
        "psi": found.psi,
        "chance": found.chance,
        "ks": ks_distance(*values, weights),
        "missing_then": missing[0],
        "missing_now": missing[1],
        "p": found.p,
    }
