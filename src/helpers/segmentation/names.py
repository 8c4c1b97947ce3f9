"""Names of groups by rule: where their medians lie furthest from everybody's."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from helpers.segmentation.features import FEATURES

# A second feature is named where it stands out at least half as much as the first.
_HALF_AS_FAR = 0.5
_NORMAL_QUARTILES = 1.349  # distance of a normal distribution's quartiles in standard deviations


def name_groups(points: NDArray[np.float64], labels: NDArray[np.int64], columns: tuple[str, ...]) -> tuple[str, ...]:
    """Name each group by the one or two features in which its median lies furthest from everybody's.

    How far is told in robust standard deviations of everybody (the distance of their quartiles over 1.349). Of
    groups that would be called alike, all are told of by further features until they differ; those that differ in no
    direction, only in degree, are told apart as the first, second, ... by how far out they lie. A name depends on who
    is in a group, not on the group's number, but where two groups lie equally far out in all.

    Args:
        points: Everybody, as `Scaling.points` gives them, shape (people, features).
        labels: Group of each, 0 to k-1, each with somebody in it.
        columns: The features' names, keys of `FEATURES`.

    Returns:
        The name of each group, in the order of the labels.
    """
    away = _away(points, labels)
    told = [_first_told(each) for each in np.abs(away)]
    names = [_name(own, columns, count) for own, count in zip(away, told, strict=True)]
    for _ in columns:
        again = {name for name, times in Counter(names).items() if times > 1}
        told = [count + (name in again) for name, count in zip(names, told, strict=True)]
        names = [_name(own, columns, count) for own, count in zip(away, told, strict=True)]
    return tuple(_in_degree(names, away))


def _away(points: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Median of each group less that of everybody, in robust standard deviations, shape (groups, features)."""
    low, middle, high = np.quantile(points, [0.25, 0.5, 0.75], axis=0)
    spread = (high - low) / _NORMAL_QUARTILES
    spread = np.where(spread > 0, spread, points.std(axis=0))  # where more than half are alike
    medians = np.array([np.median(points[labels == label], axis=0) for label in range(labels.max() + 1)])
    spread = np.where(spread > 0, spread, 1.0)  # where all are
    return np.round((medians - middle) / spread, 6)  # what differs by rounding alone is a tie


def _first_told(away: NDArray[np.float64]) -> int:
    furthest = np.sort(away)[::-1]
    return 2 if len(furthest) > 1 and furthest[1] >= _HALF_AS_FAR * furthest[0] else 1


def _name(away: NDArray[np.float64], columns: tuple[str, ...], count: int) -> str:
    furthest = [place for place in np.argsort(-np.abs(away), kind="stable")[:count] if away[place] != 0]
    told = [FEATURES[columns[place]].more if away[place] > 0 else FEATURES[columns[place]].less for place in furthest]
    return ", ".join(told) or "like most"


def _in_degree(names: list[str], away: NDArray[np.float64]) -> list[str]:
    """Names, those that are still alike with their rank by distance from everybody, the furthest first.

    Of equal largest distances the next decide, then the order of the groups: no two may share a name.
    """
    far = -np.sort(-np.abs(away), axis=1)
    ranked = sorted(range(len(names)), key=lambda place: (*(-far[place]), place))
    told = list(names)
    for name, times in Counter(names).items():
        if times > 1:
            for rank, place in enumerate((place for place in ranked if names[place] == name), start=1):
                told[place] = f"{name} ({rank} of {times})"
    return told
