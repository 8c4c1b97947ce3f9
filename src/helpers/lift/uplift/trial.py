"""Two arms of an experiment side by side: what was known of people before, whom the arm met, what came of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.errors import NothingToDo, WrongUse

FEWEST_IN_AN_ARM = 500  # below it a curve over lists of every length is made of a handful of people an arm


class Trial(NamedTuple):
    """People of an arm and of its control, in an order that neither identifiers nor rows decide.

    Attributes:
        features: What was known before exposure, shape (n, features), all float64; missing is NaN.
        treated: Whether the arm met them, shape (n,).
        outcome: The metric within the window, shape (n,): 1 or 0, or an amount.
    """

    features: pd.DataFrame
    treated: NDArray[np.bool_]
    outcome: NDArray[np.float64]

    @property
    def propensity(self) -> float:
        """Share of people in the arm: the chance of each to be in it, as arms were drawn."""
        return float(self.treated.mean())

    def matrix(self) -> NDArray[np.float64]:
        """The features as an array, shape (n, features)."""
        return self.features.to_numpy(dtype=np.float64)


def make_trial(features: pd.DataFrame, treated: ArrayLike, outcome: ArrayLike) -> Trial:
    """People of two arms, sorted by what is known of them.

    Rows that are equal in everything can change places without a figure noticing, so that parts and draws depend on no
    identifier and no order in which a table was read.

    Args:
        features: Numbers known before exposure, one row a person.
        treated: Whether the arm met them rather than the control, shape (n,).
        outcome: The metric of each, shape (n,).

    Raises:
        NothingToDo: If an arm has fewer than 500 people, or nothing is known of them.
        WrongUse: If an outcome is missing, or lengths differ.
    """
    own = pd.DataFrame(features).astype("float64").reset_index(drop=True)
    named = sorted(own.columns)
    treated, outcome = np.asarray(treated, dtype=bool), np.asarray(outcome, dtype=np.float64)
    if not len(own) == len(treated) == len(outcome):
        raise WrongUse(f"There are {len(own)} rows of features, {len(treated)} arms and {len(outcome)} outcomes.")
    if not np.isfinite(outcome).all():
        raise WrongUse("An outcome is missing; who did nothing has 0.")
    smaller = min(int(treated.sum()), int((~treated).sum()))
    if smaller < FEWEST_IN_AN_ARM:
        raise NothingToDo(
            f"Whom to target is asked of at least {FEWEST_IN_AN_ARM} people an arm; the smaller one has {smaller}."
        )
    if not named:
        raise NothingToDo("Nothing was known of these people before they were exposed, so none can be singled out.")
    columns = [own[name].fillna(-np.inf).to_numpy() for name in named]
    order = np.lexsort([outcome, treated, *reversed(columns)])
    return Trial(own[named].iloc[order].reset_index(drop=True), treated[order], outcome[order])
