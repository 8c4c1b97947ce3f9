"""What a rung is taught with, and what it says of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Scores(NamedTuple):
    """What a rung says about people, shape (n,) each.

    Attributes:
        rank: Higher means less likely to order.
        probability: Probability of no order in the horizon.
    """

    rank: Floats
    probability: Floats


class Lesson(NamedTuple):
    """What a rung learns from.

    Attributes:
        training: People of the population: profile_id, cutoff, `FEATURES`, active and churned.
        buying: Models of how all customers bought, by name, or why there is none.
        gap_days: Days after a cutoff that no label looks at.
        horizon_days: Days that labels look at after those.
        seed: Of all chance in the learning.
        weights: Of the rows, shape (n,), one on average, for what is fitted to them; None where all count alike.
    """

    training: pd.DataFrame
    buying: Mapping[str, object]
    gap_days: int
    horizon_days: int
    seed: int
    weights: Floats | None = None


class Rung(Protocol):
    """A rule or model that has been learned: a frozen dataclass of plain parameters, so that it can be written down."""

    def scores(self, people: pd.DataFrame) -> Scores:
        """What the rung says of people, described by `FEATURES`; of one it does not depend on the others."""


def matrix(people: pd.DataFrame, features: tuple[str, ...]) -> Floats:
    """Features of people as floats, shape (n, features), NaN where one is missing."""
    return people[list(features)].to_numpy(dtype=np.float64)


def same(probability: Floats) -> Scores:
    """Scores of a rung that ranks by its probability."""
    return Scores(probability, probability)
