"""Learners of who is moved by an arm: T, S and X, each asked only about people it has not seen."""

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

FOLDS = 5
SPLITS = 3  # of one split alone, chance would decide a good part of who comes first
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
    """What a learner says of people it has not seen.

    Attributes:
        effect: What the arm would change in each person's outcome, in its unit: mean over splits, shape (n,).
        rank: Place among those whom the same models were asked about, from 0 to 1: mean over splits, shape (n,);
            higher is more moved.
    """

    effect: Floats
    rank: Floats


def learn(trial: Trial, *, seed: int) -> dict[str, Learned]:
    """Let every learner say of everybody what the arm would change, by models that were fitted without them.

    People are ranked among those of their own fold: a fold whose people happened to be moved more has models from
    people who were moved less, so that levels of different folds would mislead about each other.

    Args:
        trial: As `make_trial` gives it.
        seed: Seed of folds and trees.

    Returns:
        By name, in the order of `LEARNERS`.
    """
    features = trial.matrix()
    found = {name: Learned(np.zeros(len(features)), np.zeros(len(features))) for name in LEARNERS}
    with threadpool_limits(limits=1):
        for fold in (folds(trial, seed=[seed, split]) for split in range(SPLITS)):
            for each in range(FOLDS):
                inside, outside = np.flatnonzero(fold == each), np.flatnonzero(fold != each)
                for name, learner in LEARNERS.items():
                    effect = learner(features[outside], trial.treated[outside], trial.outcome[outside], seed)
                    said = effect(features[inside])
                    found[name].effect[inside] += said / SPLITS
                    found[name].rank[inside] += (rankdata(said) - 0.5) / len(inside) / SPLITS
    return found


def folds(trial: Trial, *, seed: int | Sequence[int]) -> NDArray[np.int64]:
    """Fold of each person, shape (n,): drawn within each arm, so that all folds have the same share of both."""
    rng = np.random.default_rng(seed)
    fold = np.empty(len(trial.treated), dtype=np.int64)
    for arm in (False, True):
        own = np.flatnonzero(trial.treated == arm)
        fold[own] = rng.permutation(np.arange(len(own)) % FOLDS)
    return fold


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
