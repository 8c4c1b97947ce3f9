"""A world of customers, a model of who leaves, and a watch on both: nothing moves, or one thing does in a known way.

Customers differ by what they are like for good and by the day; each day a few are replaced. They are seen on as many
days of then as of now. The model says what the law of the world says, so that what it says comes true, until something
moves.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

DAYS = 8  # of then, and as many of now
FEATURES = ("silence", "orders", "visits", "amount", "gap", "age")
MONEY = 3  # the feature of which the unit may change; always above 0
# In logits a standard deviation: the longer the silence, the fewer orders and visits, the likelier they leave.
LAW = np.array([0.8, -0.6, -0.4, 0.0, 0.3, 0.0])
OTHER_LAW = np.array([0.8, 0.6, 0.4, 0.0, -0.3, 0.0])
_BASE = 0.4
_LASTING = 0.7  # of the variance of each feature
_REPLACED = 0.02  # of the people, a day
_SHAPE = 4.0  # of the gamma distribution of what people are like: a skewness of 1
_TOGETHER = 4  # days that are alike where what moves a day lasts


class World(NamedTuple):
    """People on the days of then and of now, what the model says, and what came of those of then.

    Attributes:
        features: Shape (2 * DAYS, people, features).
        known: Whether each feature of a person is known, the same shape.
        scores: Logits that the model says, shape (2 * DAYS, people); missing of a person who is not there yet.
        matured: Customers of the last day of then: shape (many, features).
        left: Whether each did, shape (many,).
    """

    features: NDArray[np.float64]
    known: NDArray[np.bool_]
    scores: NDArray[np.float64]
    matured: NDArray[np.float64]
    left: NDArray[np.bool_]


def draw_world(
    people: int, *, matured: int, rng: np.random.Generator, daily: float = 0.0, lasting: float = 0.0
) -> World:
    """Draw a world in which nothing moves.

    Args:
        people: On each day.
        matured: Customers of whom it is known whether they left.
        rng: Source of chance.
        daily: Standard deviation of what moves all people of a day together, anew each day, in each feature.
        lasting: The same of what moves all people of four days in a row.
    """
    days = 2 * DAYS
    lasting_traits = _like((people, len(FEATURES)), rng)
    features = np.empty((days, people, len(FEATURES)))
    for day in range(days):
        gone = rng.random(people) < _REPLACED
        lasting_traits[gone] = _like((int(gone.sum()), len(FEATURES)), rng)
        features[day] = _seen(lasting_traits, rng)
    moves = daily * rng.normal(size=(days, 1, len(FEATURES)))
    moves += lasting * np.repeat(rng.normal(size=(days // _TOGETHER, 1, len(FEATURES))), _TOGETHER, axis=0)
    features += moves
    judged = _seen(_like((matured, len(FEATURES)), rng), rng)
    left = rng.random(matured) < expit(_BASE + judged @ LAW)
    return World(features, np.ones(features.shape, dtype=bool), _BASE + features @ LAW, judged, left)


def with_moved_mean(world: World, by: float, *, rng: np.random.Generator) -> World:
    """One feature that the model does not read moved by so many standard deviations: the last two are such."""
    features = world.features.copy()
    features[DAYS:, :, rng.choice(np.flatnonzero(LAW == 0))] += rng.choice([-1, 1]) * by
    return world._replace(features=features)


def with_silent_channel(world: World, share: float, *, rng: np.random.Generator) -> World:
    """Of so many people one feature is not known any more, as a channel stopped tracking."""
    known = world.known.copy()
    silent = rng.random(known.shape[1]) < share
    known[DAYS:, silent, rng.integers(len(FEATURES))] = False
    return world._replace(known=known)


def with_other_unit(world: World) -> World:
    """Amounts come in cents now, not in euros; the model, which does not read them, says what it said."""
    features = world.features.copy()
    features[:, :, MONEY] = np.exp(3 + 0.5 * features[:, :, MONEY])
    features[DAYS:, :, MONEY] *= 100
    return world._replace(features=features)


def with_inflated_scores(world: World, by: float) -> World:
    """Scores of now are too high by so many logits, of the same people."""
    scores = world.scores.copy()
    scores[DAYS:] += by
    return world._replace(scores=scores)


def with_law(world: World, law: NDArray[np.float64], *, by: float = 0.0, rng: np.random.Generator) -> World:
    """Customers left by this law, and oftener by so many logits, while the model says what it said."""
    return world._replace(left=rng.random(len(world.left)) < expit(_BASE + by + world.matured @ law))


def with_growth(world: World, first: int) -> World:
    """So many people on the first day, all on the last: who is not there yet has no score, and no row in `frames`."""
    days, people = world.scores.shape
    here = np.arange(people) < np.linspace(first, people, days).astype(int)[:, None]
    return world._replace(scores=np.where(here, world.scores, np.nan))


def frames(world: World) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """What a watch reads: people of then, people of now, and customers of whom it is known whether they left.

    The first two have cutoff (number of the day), `FEATURES` and probability, one row a person and day; the last
    probability, rule (the length of the silence) and churned, one row a customer.
    """
    days, people = world.scores.shape
    values = np.where(world.known, world.features, np.nan).reshape(days * people, -1)
    seen = pd.DataFrame(values, columns=[*FEATURES]).assign(probability=expit(world.scores.ravel()))
    seen.insert(0, "cutoff", np.repeat(np.arange(days), people))
    seen = seen[seen["probability"].notna()]
    said = pd.DataFrame({"probability": expit(_BASE + world.matured @ LAW), "rule": world.matured[:, 0]})
    known = said.assign(churned=world.left.astype("int64"))
    return seen[seen["cutoff"] < DAYS], seen[seen["cutoff"] >= DAYS], known


def _seen(lasting: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return np.sqrt(_LASTING) * lasting + np.sqrt(1 - _LASTING) * _like(lasting.shape, rng)


def _like(shape: tuple[int, int], rng: np.random.Generator) -> NDArray[np.float64]:
    """Skewed values of mean 0 and variance 1."""
    return (rng.gamma(_SHAPE, size=shape) - _SHAPE) / np.sqrt(_SHAPE)
