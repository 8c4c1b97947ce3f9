"""A world of people in groups, told by features alone, who are looked at again: as they were, or moved in a known way.

Groups differ in size, people within one by what they are like for good and by what changes from day to day, both
skewed, as counts and amounts are. Between two looks some people go, as many come, and some change their group, so that
the population stays what it is unless a shift is asked for.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FEATURES = 5
SIZES = (0.45, 0.3, 0.17, 0.08)
APART = 4.5  # least distance of two centres, in standard deviations within a group
_SPREAD = 2.0  # of the centres, in the same unit
_LASTING = 0.7  # of the variance within a group
_SHAPE = 4.0  # of the gamma distribution of what people are like: a skewness of 1


class World(NamedTuple):
    """People at one look.

    Attributes:
        centres: Shape (groups, features).
        groups: Number of the group of each person, shape (n,).
        lasting: What each person is like for good, shape (n, features), variance 1.
        passing: What is of the day.
    """

    centres: NDArray[np.float64]
    groups: NDArray[np.int64]
    lasting: NDArray[np.float64]
    passing: NDArray[np.float64]

    @property
    def features(self) -> NDArray[np.float64]:
        """What is seen of people, shape (n, features)."""
        own = np.sqrt(_LASTING) * self.lasting + np.sqrt(1 - _LASTING) * self.passing
        return self.centres[self.groups] + own


def draw_world(people: int, *, rng: np.random.Generator) -> World:
    """Draw people at a first look, groups as large as `SIZES` say and `APART` from each other."""
    centres = np.empty((0, FEATURES))
    while len(centres) < len(SIZES):
        centres = _with_another(centres, rng)
    groups = rng.choice(len(SIZES), people, p=SIZES)
    return World(centres, groups, _like(people, rng), _like(people, rng))


def looked_at_again(world: World, *, replaced: float, changed: float, rng: np.random.Generator) -> World:
    """The same population later.

    Args:
        world: The look before.
        replaced: Share of people in whose place others have come.
        changed: Share of people who draw their group again.
        rng: Source of chance.
    """
    n = len(world.groups)
    others, again = rng.random(n) < replaced, rng.random(n) < changed
    groups = np.where(others | again, rng.choice(len(SIZES), n, p=SIZES), world.groups)
    lasting = np.where(others[:, None], _like(n, rng), world.lasting)
    return World(world.centres, groups, lasting, _like(n, rng))


def with_moved_shares(world: World, share: float, *, rng: np.random.Generator) -> World:
    """So many of all people, out of the largest group, are in another one."""
    to = rng.integers(1, len(SIZES))
    moving = rng.permutation(np.flatnonzero(world.groups == 0))[: round(share * len(world.groups))]
    groups = world.groups.copy()
    groups[moving] = to
    return world._replace(groups=groups)


def with_moved_centre(world: World, by: float, *, rng: np.random.Generator) -> World:
    """One group has moved in one feature, by so many standard deviations of all people."""
    group, feature = rng.integers(len(world.centres)), rng.integers(FEATURES)
    centres = world.centres.copy()
    centres[group, feature] += rng.choice([-1, 1]) * by * world.features[:, feature].std()
    return world._replace(centres=centres)


def with_new_group(world: World, share: float, *, rng: np.random.Generator) -> World:
    """So many of all people are in a group that was not there before, `APART` from all others."""
    joins = rng.permutation(len(world.groups))[: round(share * len(world.groups))]
    groups = world.groups.copy()
    groups[joins] = len(world.centres)
    return world._replace(centres=_with_another(world.centres, rng), groups=groups)


def _with_another(centres: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    while True:
        another = _SPREAD * rng.normal(size=FEATURES)
        if (np.linalg.norm(centres - another, axis=1) >= APART).all():
            return np.vstack([centres, another])


def _like(people: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Skewed values of mean 0 and variance 1."""
    return (rng.gamma(_SHAPE, size=(people, FEATURES)) - _SHAPE) / np.sqrt(_SHAPE)
