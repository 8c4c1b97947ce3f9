"""An alarm on groups that are not what they were when they were learned: their shares, their means, who fits none.

Each question is a test and a bar: it fires where the difference is more than chance, by tests that together are wrong
once in a hundred times at most (`LEVEL`, by Holm 1979), and large enough to matter (`BARS`).

Most people are seen on both days. Their differences vary less than those of two samples of other people, for which the
tests take them: so they are wrong more seldom than they say, and the proof shows by how much.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import betabinom, chi2_contingency, t

from helpers.statistics import (
    Estimate,
    Moments,
    Successes,
    difference_of_means,
    difference_of_proportions,
    holm,
    proportion,
)

LEVEL = 0.01
SHARES, CENTRE, FIT = "shares", "centre", "fit"
# In shares of people, in standard deviations on the reference day, in shares of people.
BARS = {SHARES: 0.05, CENTRE: 0.25, FIT: 0.02}
FEWEST = 30  # people of a group on either day, for its mean to be judged
FAR = 0.99  # of people were as near to their centre on the reference day as who fits a group
_FEWEST_COUNTED = 10  # people of a group on both days together, to be counted by itself
_SAID = 0.95
_ROUNDING = 1e-9


class Day(NamedTuple):
    """People on one day.

    Attributes:
        groups: Name of the group of each, shape (n,).
        features: Scaled by the reference day, shape (n, d); missing where something is not known of somebody, and of no
            columns where nobody differed from others on that day.
    """

    groups: NDArray
    features: NDArray[np.float64]


class Drift(NamedTuple):
    """How people of one day differ from those of the reference day; each estimate's n are people of that one day.

    Attributes:
        tests: One row a test: kind (one of `BARS`), group and feature (empty where it is about none), statistic, p,
            adjusted (by Holm over all rows), effect, bar and fired.
        share_moved: Total variation distance of the groups' shares: how many of all people are in other groups than the
            shares of the reference day say.
        largest_shift: Largest shift of a group's mean of one feature, in standard deviations; None where no group is
            large enough.
        unplaced: Share of people farther from their group's centre than nearly all (`FAR`) on the reference day.
    """

    tests: pd.DataFrame
    share_moved: Estimate
    largest_shift: Estimate | None
    unplaced: Estimate

    @property
    def fired(self) -> bool:
        """Whether there is an alarm."""
        return bool(self.tests["fired"].any())


def drift(then: Day, now: Day, features: Sequence[str]) -> Drift:
    """Hold people of one day against those of the reference day.

    Args:
        then: People on the reference day, at least one.
        now: People on the other day, placed in the same groups, at least one.
        features: Names of the features.
    """
    names = np.unique(np.concatenate([then.groups, now.groups]))
    days = [_Sums.of(each, names) for each in (then, now)]
    shares, share_moved = _shares(*days)
    centres, largest = _centres(*days, names=names, features=features)
    fit, unplaced = _unplaced(then, now, days[0], names)
    tests = pd.DataFrame([shares, *centres, fit])
    adjusted, bars = holm(tests["p"]), tests["kind"].map(BARS)
    fired = (adjusted < LEVEL) & (tests["effect"] >= bars)
    return Drift(tests.assign(adjusted=adjusted, bar=bars, fired=fired), share_moved, largest, unplaced)


class _Sums(NamedTuple):
    """Of one day, by group: people; and by group and feature: of whom it is known, its sum and its sum of squares."""

    people: NDArray[np.int64]
    known: NDArray[np.int64]
    total: NDArray[np.float64]
    squares: NDArray[np.float64]

    @classmethod
    def of(cls, day: Day, names: NDArray) -> _Sums:
        place = np.searchsorted(names, day.groups)
        known = np.isfinite(day.features)
        values = np.where(known, day.features, 0.0)
        sums = np.zeros((3, len(names), day.features.shape[1]))
        for own, each in zip(sums, (known, values, values**2), strict=True):
            np.add.at(own, place, each)
        return cls(np.bincount(place, minlength=len(names)), sums[0].astype("int64"), *sums[1:])

    @property
    def means(self) -> NDArray[np.float64]:
        """Missing where a feature is known of nobody."""
        return self.total / np.where(self.known > 0, self.known, np.nan)

    @property
    def variances(self) -> NDArray[np.float64]:
        """Unbiased; what is left of equal values by rounding is 0."""
        spread = self.squares / self.known - self.means**2
        return np.where(spread < _ROUNDING, 0.0, spread) * self.known / (self.known - 1)

    @property
    def within(self) -> NDArray[np.float64]:
        """Standard deviation of each feature within groups, all together; missing where nobody differs from theirs."""
        spread = (self.squares - np.nan_to_num(self.means * self.total)).sum(axis=0) / self.known.sum(axis=0).clip(1)
        return np.sqrt(np.where(spread < _ROUNDING, np.nan, spread))

    def moments(self, group: int, feature: int) -> Moments:
        return Moments(*(each[group, feature].item() for each in self[1:]))


def _test(kind: str, statistic: float, p: float, effect: float, *, about: tuple[str, str] = ("", "")) -> dict:
    group, feature = about
    return {"kind": kind, "group": group, "feature": feature, "statistic": statistic, "p": p, "effect": effect}


def _shares(then: _Sums, now: _Sums) -> tuple[dict, Estimate]:
    """Pearson's test that both days have the same shares; groups of hardly anybody are counted together in it."""
    counts = np.array([then.people, now.people])
    few = counts.sum(axis=0) < _FEWEST_COUNTED
    table = np.column_stack([counts[:, ~few], counts[:, few].sum(axis=1)])
    table = table[:, table.sum(axis=0) > 0]
    found = chi2_contingency(table, correction=False) if table.shape[1] > 1 else None
    n_then, n_now = counts.sum(axis=1).tolist()
    grown = now.people / n_now > then.people / n_then
    # Which groups grew is seen first: the interval must hold for each split of the groups in two.
    splits = 2 ** (len(grown) - 1) - 1
    moved = difference_of_proportions(
        Successes(n_now, int(now.people[grown].sum())), Successes(n_then, int(then.people[grown].sum())),
        level=1 - (1 - _SAID) / max(splits, 1),
    )  # fmt: skip
    moved = moved._replace(
        value=max(moved.value, 0.0), lo=max(moved.lo, 0.0), level=_SAID, n=n_now,
        method="Newcombe hybrid score, for every split of the groups in two at once",
    )  # fmt: skip
    statistic, p = (found.statistic, found.pvalue) if found else (0.0, 1.0)
    return _test(SHARES, float(statistic), float(p), moved.value), moved


def _centres(then: _Sums, now: _Sums, *, names: NDArray, features: Sequence[str]) -> tuple[list[dict], Estimate | None]:
    """Welch's test of each group's mean of each feature, where enough people of it are known on both days."""
    judged = np.argwhere((then.known >= FEWEST) & (now.known >= FEWEST))
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [each.variances / each.known for each in (then, now)]
        shifts, error = now.means - then.means, np.sqrt(parts[0] + parts[1])
        shifts[np.abs(shifts) < _ROUNDING] = 0
        degrees = (parts[0] + parts[1]) ** 2 / (parts[0] ** 2 / (then.known - 1) + parts[1] ** 2 / (now.known - 1))
        statistics = np.where(shifts == 0, 0.0, shifts / error)
    tests = []
    for group, feature in judged:
        statistic, own = statistics[group, feature], degrees[group, feature]
        # Where nobody differs from the others of their group on either day, any shift is certain.
        p = 2 * t.sf(abs(statistic), own) if np.isfinite(own) else float(statistic == 0)
        about = str(names[group]), str(features[feature])
        tests.append(_test(CENTRE, float(statistic), float(p), abs(float(shifts[group, feature])), about=about))
    if not tests:
        return [], None
    group, feature = judged[int(np.argmax([each["effect"] for each in tests]))]
    pair = [each.moments(group, feature) for each in (then, now)]
    if shifts[group, feature] > 0:
        pair.reverse()
    # It is the largest of all that were looked at: the interval must hold for all of them.
    found = difference_of_means(*pair, level=1 - (1 - _SAID) / len(tests))
    lo = None if found.lo is None else max(found.lo, 0.0)
    n, method = int(now.known[group, feature]), "Welch t, for the means of all groups and features at once"
    return tests, found._replace(lo=lo, level=_SAID, n=n, method=method)


def _unplaced(then: Day, now: Day, sums: _Sums, names: NDArray) -> tuple[dict, Estimate]:
    """Exact test that people are as seldom far from their centre, beyond where nearly all (`FAR`) were, as then.

    Where nearly all were is read off the people of then: of 100, one was farther where the chance of it is 1 in 1,000
    as well as where it is 3 in 100. That chance is a beta variable whatever the distances are, and so the number who
    are farther now is beta-binomial (Gumbel and von Schelling 1950, The distribution of the number of exceedances).
    """
    before = np.sort(_distances(then, sums, names, own=True))
    within = math.ceil(FAR * len(before) - _ROUNDING)
    n, far = len(now.groups), int((_distances(now, sums, names) > before[within - 1]).sum())
    share = proportion(n, far, level=_SAID)
    as_many = betabinom.pmf(np.arange(far, n + 1), n, len(before) - within + 1, within)
    return _test(FIT, float(far), min(float(as_many.sum()), 1.0), share.value), share


def _distances(day: Day, sums: _Sums, names: NDArray, *, own: bool = False) -> NDArray[np.float64]:
    """Distance of each person from the mean of their group on the reference day, in what is known of both.

    Each feature counts in standard deviations within groups: in one that tells groups apart, people of a group differ
    less than all do. Who is in a group that nobody (else) was in then is farther than anybody.

    Args:
        day: The people.
        sums: Those of the reference day.
        names: Names of its groups.
        own: Whether it is of these people. Later nobody is held against a mean that they are part of, so neither then.
    """
    place = np.searchsorted(names, day.groups)
    away = (day.features - sums.means[place]) / sums.within
    if own:
        known = sums.known[place]
        away *= known / np.where(known > 1, known - 1, np.nan)
    distance = np.sqrt(np.nansum(away**2, axis=1))
    return np.where(sums.people[place] > own, distance, math.inf)
