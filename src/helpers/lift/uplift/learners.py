"""Learners of who is moved by an arm: T, S and X, each asked only about people who were drawn after those it saw.

Folds that take turns would not do. There each one's noise is in the scores of all others, and the sum over folds is a
degenerate U-statistic where nobody differs: intervals that take scores as given are then too narrow. Parts that come
one after another leave a sum of martingale differences, whose intervals hold (van der Laan and Lendle, 2014, online
targeted learning; Luedtke and van der Laan, 2016, Annals of Statistics 44).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata
from threadpoolctl import threadpool_limits
from xgboost import XGBRegressor

from helpers.lift.uplift.trial import Trial

Floats = NDArray[np.float64]
Effect = Callable[[Floats], Floats]

PARTS = 5
_TREES = {
    "n_estimators": 50,
    "max_depth": 3,
    "learning_rate": 0.1,
    "min_child_weight": 100,  # people: with squared error each of them weighs one
    "subsample": 0.8,
    "tree_method": "hist",
    "n_jobs": 1,  # one thread adds in one order, so that equal input gives equal scores
}


class Learned(NamedTuple):
    """What a learner says of people it has not seen; NaN for the first part, of whom nobody could say anything yet.

    Attributes:
        effect: What the arm would change in each person's outcome, in its unit, shape (n,).
        rank: Place of each in their part, from 0 to 1, shape (n,); higher is more moved.
    """

    effect: Floats
    rank: Floats


def learn(trial: Trial, *, seed: Sequence[int]) -> dict[str, Learned]:
    """Let every learner say what the arm would change for people of each part, from the parts before it.

    People are ranked within their part, as levels of different models would mislead about each other.

    Args:
        trial: As `make_trial` gives it.
        seed: Seeds of trees and, with it, of parts.

    Returns:
        By name, in the order of `LEARNERS`.
    """
    features, part = trial.matrix(), parts(trial, seed=seed)
    found = {name: Learned(*np.full((2, len(part)), np.nan)) for name in LEARNERS}
    with threadpool_limits(limits=1):
        for each in range(1, PARTS):
            inside, before = part == each, part < each
            for name, learner in LEARNERS.items():
                effect = learner(features[before], trial.treated[before], trial.outcome[before], seed[0])
                said = effect(features[inside])
                found[name].effect[inside] = said
                found[name].rank[inside] = (rankdata(said) - 0.5) / len(said)
    return found


def parts(trial: Trial, *, seed: Sequence[int]) -> NDArray[np.int64]:
    """Part of each person, shape (n,): drawn within each arm, so that all parts have the same share of both."""
    rng = np.random.default_rng(seed)
    part = np.empty(len(trial.treated), dtype=np.int64)
    for arm in (False, True):
        own = np.flatnonzero(trial.treated == arm)
        part[own] = rng.permutation(np.arange(len(own)) % PARTS)
    return part


def t_learner(features: Floats, treated: NDArray[np.bool_], outcome: Floats, seed: int) -> Effect:
    """Two models, one an arm; what they say of the same person is subtracted (Künzel et al., 2019, PNAS 116)."""
    met, unmet = (_fitted(features[own], outcome[own], seed) for own in (treated, ~treated))
    return lambda people: met(people) - unmet(people)


def s_learner(features: Floats, treated: NDArray[np.bool_], outcome: Floats, seed: int) -> Effect:
    """A single model in which the arm is one feature among others (Künzel et al., 2019, PNAS 116)."""
    model = _fitted(np.column_stack([features, treated]), outcome, seed)

    def effect(people: Floats) -> Floats:
        met, unmet = (model(np.column_stack([people, np.full(len(people), arm)])) for arm in (1.0, 0.0))
        return met - unmet

    return effect


def x_learner(features: Floats, treated: NDArray[np.bool_], outcome: Floats, seed: int) -> Effect:
    """Models of what each did beyond what the other arm's model expects of them (Künzel et al., 2019, PNAS 116).

    The two are weighted by the other arm's share: what is said of an arm's own people rests on the other's model.
    """
    met, unmet = (_fitted(features[own], outcome[own], seed) for own in (treated, ~treated))
    gained = _fitted(features[treated], outcome[treated] - unmet(features[treated]), seed)
    missed = _fitted(features[~treated], met(features[~treated]) - outcome[~treated], seed)
    share = treated.mean()
    return lambda people: share * missed(people) + (1 - share) * gained(people)


LEARNERS: dict[str, Callable[[Floats, NDArray[np.bool_], Floats, int], Effect]] = {
    "t_learner": t_learner,
    "s_learner": s_learner,
    "x_learner": x_learner,
}


def _fitted(features: Floats, outcome: Floats, seed: int) -> Effect:
    model = XGBRegressor(**_TREES, random_state=seed).fit(features, outcome)
    return lambda people: model.predict(people).astype(np.float64)
