"""What groups are worth: how much of what people do next they explain, beside simpler ways to group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.tree import DecisionTreeRegressor

from helpers import profiles
from helpers.segmentation.clusters import nearest
from helpers.segmentation.rfm import SCORES
from helpers.statistics import Estimate, resample
from helpers.statistics.bootstrap import Resamples

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.segmentation.build import Built

OUTCOMES = ("orders", "revenue")
FOLDS = 5
FEWEST_PEOPLE = 100

_DRAWS, _LEVEL = 1_000, 0.95
_SMALLEST_LEAF = 20


class Worth(NamedTuple):
    """How much of what came next each way of grouping explains.

    Attributes:
        explained: (way, outcome) to the share of its variance.
        over: (way, outcome) to the same share of clusters minus that of the way; empty without clusters.
        leaves: Groups of the tree.
    """

    explained: dict[tuple[str, str], Estimate]
    over: dict[tuple[str, str], Estimate]
    leaves: int


def judged(shop: Shop, built: Built, *, seed: int) -> Worth | None:
    """What the groups of the day on which they were learned tell of what people did from then until `shop.as_of`.

    Args:
        shop: An open data set.
        built: Its groups.
        seed: Seed of folds and bootstrap.

    Returns:
        None where groups were learned today, too few people are known, or nobody ordered since.
    """
    if len(built.cutoffs) == 1:
        return None
    then, clusters = built.then, built.clusters
    # Also groups that do not hold still: whether anything is lost without them is part of the answer.
    named = nearest(clusters, then.people) if clusters.trials else None
    outcomes = next_period(shop, then.people, built.cutoffs[0])
    leaves = clusters.k if clusters.k > 1 else then.segments["rfm_group"].nunique()
    return worth(clusters.scaling.points(then.people), ways(then.segments, named), outcomes, leaves=leaves, seed=seed)


def next_period(shop: Shop, people: pd.DataFrame, start: date) -> pd.DataFrame:
    """Orders and revenue of people from a day on until `shop.as_of`.

    Args:
        shop: An open data set.
        people: Column profile_id, one row a person, named as they were on that day.
        start: The day.

    Returns:
        orders and revenue, net of refunds, in the order and with the index of `people`; 0 for who did not order.
    """
    bought = shop.frame(profiles.orders_between(shop, start, shop.as_of)).set_index("profile_id")
    return bought.reindex(people["profile_id"])[list(OUTCOMES)].fillna(0).astype(float).set_index(people.index)


def ways(segments: pd.DataFrame, clusters: pd.Series | None) -> dict[str, pd.Series]:
    """The groupings that are held beside each other, each as a label a person.

    Args:
        segments: As `group_by_rfm` gives them.
        clusters: Group of each person by k-means, None where no number of groups could be tried.
    """
    cells = segments[SCORES].astype("string").fillna("-").agg("".join, axis=1)
    found = {"rfm": cells, "rfm_groups": segments["rfm_group"]}
    return found if clusters is None else {"clusters": clusters} | found


def worth(
    features: NDArray[np.float64], groupings: Mapping[str, pd.Series], outcomes: pd.DataFrame, *, leaves: int, seed: int
) -> Worth | None:
    """Share of the variance of what people did next that is explained by the mean of their group.

    People are in five folds; a fold's members are expected to do what the others of their group did, or all others
    where none of the others is in it. The share is one minus their squared errors over those of expecting of everybody
    the mean of the other folds (out-of-sample R2; Campbell and Thompson, 2008, Rev. Financ. Stud. 21, 1509-1531); it is
    negative where groups mislead. A regression tree on the features is grown on the other folds alone. Intervals are
    over people, what is expected of each held fixed; those of differences hold for all ways at once (Bonferroni).

    Args:
        features: What the tree may ask, as of the day on which people were grouped, shape (people, features).
        groupings: Name of a way to the group of each person, as `ways` gives them.
        outcomes: Columns `OUTCOMES`, as `next_period` gives them; one that is the same of everybody is left out.
        leaves: Leaves of the tree: as many as there are natural groups, or named ones where there are none.
        seed: Seed of the folds and of the bootstrap.

    Returns:
        The shares; None where there are fewer than 100 people or all did the same, such as nothing.
    """
    differing = [name for name in OUTCOMES if outcomes[name].min() < outcomes[name].max()]
    if len(outcomes) < FEWEST_PEOPLE or not differing:
        return None
    labels = pd.DataFrame({way: each.to_numpy() for way, each in groupings.items()})
    order = np.lexsort(
        [*features.T, *outcomes.to_numpy().T, *labels.apply(lambda each: pd.factorize(each, sort=True)[0]).to_numpy().T]
    )
    features, outcomes = features[order], outcomes.iloc[order].reset_index(drop=True)
    labels = labels.iloc[order].reset_index(drop=True)
    folds = np.random.default_rng(seed).permutation(len(outcomes)) % FOLDS
    statistics = {}
    for outcome in differing:
        did = outcomes[outcome].to_numpy()
        nobody = (did - _expected(np.zeros(len(did)), did, folds)) ** 2
        expected = {way: _expected(labels[way].to_numpy(), did, folds) for way in labels}
        expected["tree"] = _by_tree(features, did, folds, leaves)
        for way, each in expected.items():
            statistics[way, outcome] = partial(_share, (did - each) ** 2, nobody)
    draws = resample(statistics, n=len(outcomes), draws=_DRAWS, seed=seed)
    others = [name for name in statistics if name[0] != "clusters"] if "clusters" in labels else []
    return Worth(
        explained={name: draws.estimate(name) for name in statistics},
        over={(way, outcome): _over(draws, way, outcome, among=len(labels.columns)) for way, outcome in others},
        leaves=leaves,
    )


def _over(draws: Resamples, way: str, outcome: str, *, among: int) -> Estimate:
    """What clusters have over a way, with an interval that holds for all `among` ways at once."""
    found = draws.difference(("clusters", outcome), (way, outcome), level=1 - (1 - _LEVEL) / among)
    return found._replace(level=_LEVEL, method=f"{found.method}, for all ways at once")


def _expected(labels: NDArray, did: NDArray[np.float64], folds: NDArray[np.int64]) -> NDArray[np.float64]:
    """What the others of one's group did in the mean."""
    expected = np.empty(len(did))
    for fold in range(FOLDS):
        out = folds == fold
        means = pd.Series(did[~out]).groupby(labels[~out]).mean()
        expected[out] = pd.Series(labels[out]).map(means).fillna(did[~out].mean())
    return expected


def _by_tree(
    features: NDArray[np.float64], did: NDArray[np.float64], folds: NDArray[np.int64], leaves: int
) -> NDArray[np.float64]:
    if not features.shape[1]:
        return _expected(np.zeros(len(did)), did, folds)
    expected = np.empty(len(did))
    for fold in range(FOLDS):
        out = folds == fold
        tree = DecisionTreeRegressor(max_leaf_nodes=max(2, leaves), min_samples_leaf=_SMALLEST_LEAF, random_state=0)
        expected[out] = tree.fit(features[~out], did[~out]).predict(features[out])
    return expected


def _share(
    errors: NDArray[np.float64], nobody: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    return 1 - weights @ errors / (weights @ nobody)
