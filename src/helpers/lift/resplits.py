"""One arm of an experiment split again and again into two that were treated alike, from counts.

People of one arm all got the same, so whatever differs between two random halves of them is chance. Which of them are
alike (same value, same day) is counted in the engine; each such group is split by one binomial draw, which is what
splitting its people one by one comes to. So 20,000 splits need no frame of people.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.errors import WrongUse

TIMES = 20_000  # splits: a rate of 5 % is then known to half a point
PLANTED = 5_000
GROUPS = 5_000  # groups of people alike, at most about so many: finer values are rounded
MONTE_CARLO = 0.999  # level of what is found by simulation
DRAWS = 4_000_000  # held in memory at once


class Splits(NamedTuple):
    """Sums of the two halves of an arm, split after split.

    Attributes:
        treated: Of the half that stands for the treated, shape (times, sums): people, total, squares and, where there
            is a covariate, its total, its squares and the products; of `halve` what it was given.
        control: The same of the other half.
    """

    treated: NDArray[np.float64]
    control: NDArray[np.float64]

    @property
    def whole(self) -> NDArray[np.float64]:
        """Sums of the whole arm, shape (sums,)."""
        return self.treated[0] + self.control[0]


def alike(outcomes: ir.Table, *, experiment: str, arm: str, metric: str) -> pd.DataFrame:
    """Count in the engine who of an arm is alike: same day of exposure, same value.

    Where there are too many different values to split, they are rounded to steps of their range, which makes the
    metric a little coarser and the check no less valid.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        experiment: The experiment.
        arm: The arm to be split.
        metric: The metric.

    Returns:
        One row a group, in order: day (UTC), value, people.
    """
    chosen = (outcomes.experiment == experiment) & (outcomes.variation == arm) & (outcomes.metric == metric)
    chosen &= outcomes.value.notnull()
    own = outcomes.filter(chosen).select(day=outcomes.first_exposed_at.date(), value=outcomes.value.cast("float64"))
    found = (
        own.agg(values=own.value.nunique(), days=own.day.nunique(), lo=own.value.min(), hi=own.value.max())
        .to_pyarrow()
        .to_pylist()[0]
    )
    if found["values"] * found["days"] > GROUPS and found["hi"] > found["lo"]:
        step = (found["hi"] - found["lo"]) * max(found["days"], 1) / GROUPS
        own = own.mutate(value=(own.value / step).round() * step)
    return own.group_by("day", "value").agg(people=own.count()).order_by("day", "value").to_pandas()


def alike_before(outcomes: ir.Table, *, experiment: str, arm: str, metric: str) -> pd.DataFrame:
    """Count in the engine who of an arm is alike: same value, and same value in the time before.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        experiment: The experiment.
        arm: The arm to be split.
        metric: The metric, one that asks for the time before.

    Returns:
        One row a group, in order: value, before, people; both rounded where there are too many different pairs.
    """
    chosen = (outcomes.experiment == experiment) & (outcomes.variation == arm) & (outcomes.metric == metric)
    own = outcomes.filter(chosen).select(
        value=outcomes.value.cast("float64"), before=outcomes.value_before.cast("float64").fill_null(0.0)
    )
    if own.distinct().count().to_pyarrow().as_py() > GROUPS:
        steps = {
            name: ibis.greatest((own[name].max() - own[name].min()) / math.isqrt(GROUPS), 1e-9) for name in own.columns
        }
        widths = own.agg(**steps).to_pyarrow().to_pylist()[0]
        own = own.mutate(**{name: (own[name] / width).round() * width for name, width in widths.items()})
    return own.group_by("value", "before").agg(people=own.count()).order_by("value", "before").to_pandas()


def grouped(values: ArrayLike, people: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Groups with the same values added together, in the order of their values.

    Args:
        values: Shape (groups,) or (groups, columns).
        people: How many people have them, shape (groups,).

    Returns:
        Values, shape (different groups, columns), and people, shape (different groups,).

    Raises:
        WrongUse: There is no group, or a number is no number.
    """
    table, counts = np.asarray(values, dtype=float), np.asarray(people, dtype="int64")
    if not np.isfinite(table).all() or counts.min(initial=0) < 0 or not len(counts):
        raise WrongUse("An arm is split by groups of people with finite values.")
    rows, place = np.unique(table.reshape(len(counts), -1), axis=0, return_inverse=True)
    sizes = np.zeros(len(rows), dtype="int64")
    np.add.at(sizes, place.ravel(), counts)
    return rows, sizes


def split(values: ArrayLike, people: ArrayLike, *, rng: np.random.Generator, times: int = TIMES) -> Splits:
    """Split an arm into halves at random, each person to the treated with an even chance, as experiments assign.

    Args:
        values: Values of groups of people alike, shape (groups,); or with a covariate (groups, 2).
        people: How many people are in each, shape (groups,).
        rng: Source of randomness.
        times: How often.

    Returns:
        Sums of every split; the order of the groups does not matter.

    Raises:
        WrongUse: As `grouped` does.
    """
    rows, sizes = grouped(values, people)
    return halve(sizes, _features(rows), rng=rng, times=times)


def halve(
    sizes: NDArray[np.int64], features: NDArray[np.float64], *, rng: np.random.Generator, times: int = TIMES
) -> Splits:
    """Split groups into halves at random, each of their members with an even chance, and add up what they have.

    Args:
        sizes: Members of each group, shape (groups,).
        features: What is added up, by group, shape (groups, sums).
        rng: Source of randomness.
        times: How often.

    Returns:
        Sums of every split.
    """
    chunk = max(1, DRAWS // len(sizes))
    parts = [
        rng.binomial(sizes, 0.5, size=(min(chunk, times - start), len(sizes))) @ features
        for start in range(0, times, chunk)
    ]
    treated = np.concatenate(parts)
    return Splits(treated, sizes @ features - treated)


def plant_conversions(splits: Splits, gains: ArrayLike, *, rng: np.random.Generator) -> Splits:
    """Let the treated convert more, or less, often by a factor.

    Args:
        splits: Of ones and zeros, of an arm in which not everybody converted.
        gains: Relative change of the share, such as 0.1, -1 or more, shape (times,).
        rng: Draws who converts besides, or no longer.

    Returns:
        Splits whose true ratio is 1 + gains, and true difference gains times the arm's share.
    """
    gains, treated = np.asarray(gains, dtype=float), splits.treated.copy()
    n, won = treated[:, 0].astype("int64"), np.rint(treated[:, 1]).astype("int64")
    odds = splits.whole[1] / (splits.whole[0] - splits.whole[1])
    won = won + rng.binomial(n - won, np.clip(gains, 0, None) * odds) - rng.binomial(won, np.clip(-gains, 0, None))
    treated[:, 1] = treated[:, 2] = won
    return splits._replace(treated=treated)


def plant_amounts(splits: Splits, gains: ArrayLike) -> Splits:
    """Let each of the treated spend more, or less, by a factor.

    Args:
        splits: Of amounts, with a covariate or without.
        gains: Relative change of each amount, shape (times,).

    Returns:
        Splits whose true ratio is 1 + gains, and true difference gains times the arm's mean.
    """
    factor = 1 + np.asarray(gains, dtype=float)
    treated = splits.treated.copy()
    treated[:, 1] *= factor
    treated[:, 2] *= factor**2
    treated[:, 5:] *= factor[:, None]  # products with a covariate, which no treatment changes
    return splits._replace(treated=treated)


def _features(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """What is added up of each group, a column a sum."""
    y = rows[:, 0]
    columns = [np.ones(len(rows)), y, y * y]
    if rows.shape[1] > 1:
        x = rows[:, 1]
        columns += [x, x * x, x * y]
    return np.column_stack(columns)
