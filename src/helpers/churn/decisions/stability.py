"""Whether reasons can be relied upon: do they stay when the trees are grown again, and are they the score's reasons?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from xgboost import Booster, DMatrix

from helpers.churn.decisions.reasons import contribute, first_reasons, top_reasons
from helpers.churn.features import FEATURES
from helpers.churn.lesson import matrix
from helpers.statistics import Estimate, mean, resample, spearman

MOST_PEOPLE = 500


class Stability(NamedTuple):
    """How firm reasons are.

    Attributes:
        same_first: Share of refits that name the same first reason, mean over people.
        shared: Share of up to three reasons that a refit names too, mean over people.
        agreement: Rank correlation (Spearman) of the trees' log odds with the probabilities that are used.
    """

    same_first: Estimate
    shared: Estimate
    agreement: Estimate


def steady(
    in_use: Booster, again: Sequence[Booster], people: pd.DataFrame, probability: ArrayLike, *, draws: int, seed: int
) -> Stability:
    """Compare the reasons of at most 500 people with those that trees grown with other seeds would give.

    Args:
        in_use: The trees whose reasons are told.
        again: The same trees, grown with other seeds on the same people.
        people: `FEATURES`, one row a person, in an order that rests on what people are like.
        probability: Probability of not coming back by the way that is used, shape (n,).
        draws: Bootstrap draws behind the interval of the agreement.
        seed: Of the choice of people and of the draws.
    """
    some = people.iloc[chosen(len(people), seed)]
    same, shared = repeated(in_use, again, some)
    # Not the sum of what families add, which takes a hundred times as long for everybody.
    margin = in_use.predict(DMatrix(matrix(people, tuple(FEATURES)), nthread=1), output_margin=True)
    used = np.asarray(probability, dtype=float)
    ranks = {"agreement": lambda weights: spearman(margin, used, weights)}
    return Stability(
        _mean(same), _mean(shared), resample(ranks, n=len(people), draws=draws, seed=seed).estimate("agreement")
    )


def chosen(n: int, seed: int) -> NDArray[np.intp]:
    """Places of at most 500 of n people, in their order."""
    rng = np.random.default_rng(seed)
    return np.sort(rng.choice(n, size=min(n, MOST_PEOPLE), replace=False))


def repeated(
    in_use: Booster, again: Sequence[Booster], people: pd.DataFrame
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Of each person, the share of refits with the same first reason, and how much of the reasons they share.

    Args:
        in_use: The trees whose reasons are told.
        again: The same trees, grown with other seeds.
        people: `FEATURES`, one row a person.

    Returns:
        Two arrays of shape (n,), each from 0 to 1; two empty sets of reasons are the same.
    """
    told, others = contribute(in_use, people), [contribute(model, people) for model in again]
    first, top = first_reasons(told), top_reasons(told)
    same = np.mean([first_reasons(each) == first for each in others], axis=0)
    overlaps = [[_overlap(*both) for both in zip(top, top_reasons(each), strict=True)] for each in others]
    return same, np.mean(overlaps, axis=0)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one), len(other)) if one or other else 1.0


def _mean(values: NDArray[np.float64]) -> Estimate:
    return mean(len(values), float(values.sum()), float((values**2).sum()))
