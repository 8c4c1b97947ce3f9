"""Why a score is what it is: what each family of features adds to one person's log odds of not coming back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from xgboost import Booster, DMatrix

from helpers.churn.decisions.families import FAMILIES
from helpers.churn.decisions.sentences import sentence
from helpers.churn.features import FEATURES

MOST = 3
NONE = "none"


class Contributions(NamedTuple):
    """What the boosted trees' log odds are made of, person by person.

    Attributes:
        families: One column a family, one row a person, in log odds; above 0 it speaks for not coming back more than
            it does of the average of these people.
        base: Log odds where every family says what it says of that average, shape (n,).
    """

    families: pd.DataFrame
    base: NDArray[np.float64]

    @property
    def margin(self) -> NDArray[np.float64]:
        """The model's log odds of not coming back, shape (n,): the base and what all families add."""
        return self.base + self.families.to_numpy().sum(axis=1)


def contribute(model: Booster, people: pd.DataFrame) -> Contributions:
    """Divide each person's log odds among the families of features.

    XGBoost's own Shapley values on its trees, which add up to the log odds exactly (Lundberg et al., 2020, Nature
    Machine Intelligence 2, 56-67); those of the columns of one family are added, and told against the mean of these
    people: what is so of everybody, such as a shop that grew older, is nobody's reason.

    Args:
        model: Trained on `FEATURES` for the log odds of not coming back.
        people: `FEATURES`, one row a person.
    """
    parts = model.predict(DMatrix(people[FEATURES].to_numpy(dtype=float)), pred_contribs=True)
    parts = parts.astype(np.float64).reshape(len(people), len(FEATURES) + 1)  # of nobody it gives no columns
    own = pd.DataFrame(parts[:, :-1], columns=FEATURES, index=people.index)
    families = pd.DataFrame({family: own[list(columns)].sum(axis=1) for family, columns in FAMILIES.items()})
    usual = families.mean()
    return Contributions(families - usual, parts[:, -1] + usual.sum())


def first_reasons(contributions: Contributions) -> NDArray[np.str_]:
    """The family that speaks most for not coming back, shape (n,); "none" where none does."""
    return np.where((_ranked(contributions)[1] > 0)[:, 0], _names(contributions)[:, 0], NONE)


def top_reasons(contributions: Contributions) -> list[frozenset[str]]:
    """Of each person the families that speak for not coming back, the strongest three at most."""
    names, (_, sizes) = _names(contributions), _ranked(contributions)
    return [frozenset(own[:MOST][up[:MOST]]) for own, up in zip(names, sizes > 0, strict=True)]


def reasons(model: Booster, people: pd.DataFrame, *, currency: str) -> pd.DataFrame:
    """The reasons of everybody in words: up to three for not coming back, and the strongest against it.

    Args:
        model: As for `contribute`.
        people: profile_id, cutoff and `FEATURES`, one row a person.
        currency: ISO 4217 code of the data set's amounts.

    Returns:
        Rows of table `churn_reasons`.
    """
    contributions = contribute(model, people)
    names, sizes = _names(contributions), _ranked(contributions)[1]
    rows = []
    for place, person in enumerate(people.to_dict("records")):
        chosen = [(rank + 1, "up", rank) for rank in range(MOST) if sizes[place, rank] > 0]
        if sizes[place, -1] < 0:
            chosen.append((1, "down", sizes.shape[1] - 1))
        rows += [
            {
                "profile_id": person["profile_id"],
                "as_of": person["cutoff"],
                "direction": direction,
                "rank": rank,
                "family": names[place, column],
                "contribution": sizes[place, column],
                "sentence": sentence(names[place, column], person, currency=currency),
            }
            for rank, direction, column in chosen
        ]
    columns = ["profile_id", "as_of", "direction", "rank", "family", "contribution", "sentence"]
    return pd.DataFrame(rows, columns=columns)


def _ranked(contributions: Contributions) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Places of the families and their contributions, the strongest for not coming back first, shape (n, families)."""
    sizes = contributions.families.to_numpy()
    order = np.argsort(-sizes, axis=1, kind="stable")
    return order, np.take_along_axis(sizes, order, axis=1)


def _names(contributions: Contributions) -> NDArray[np.str_]:
    return np.asarray(contributions.families.columns, dtype=str)[_ranked(contributions)[0]]
