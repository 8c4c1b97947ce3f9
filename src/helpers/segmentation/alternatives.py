"""Other methods beside k-means: a Gaussian mixture that looks for groups too, a tree and an SVM that learn its own."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.mixture import GaussianMixture
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from threadpoolctl import threadpool_limits

from helpers.segmentation.clusters import SAMPLE, Clusters, numbered
from helpers.segmentation.stability import adjusted_rand
from helpers.statistics import Estimate, proportion
from helpers.statistics.bootstrap import resample

_DRAWS = 1_000
_STARTS = 5
_HELD_OUT = 1 / 3


class Alternatives(NamedTuple):
    """How far other methods come to the groups of k-means.

    Attributes:
        mixture: Adjusted Rand index of a Gaussian mixture of as many components with k-means, everybody of the sample.
        tree: Share of held-out people whom a decision tree with as many leaves as groups puts where k-means does.
        svm: The same of a support vector machine with a radial kernel.
        largest: Share of the held-out people in the largest group: who guesses that one is right so often.
    """

    mixture: Estimate
    tree: Estimate
    svm: Estimate
    largest: Estimate


def compare(model: Clusters, people: pd.DataFrame, *, seed: int) -> Alternatives | None:
    """Hold a mixture, a tree and an SVM against the groups of k-means.

    A mixture that agrees says that the groups are not owed to k-means' round ones; a tree that agrees says that a few
    limits tell who is in which. People are at most 3,000; a third of them is held out.

    Args:
        model: As `find_clusters` learned it.
        people: Columns `features.COLUMNS` of table `profiles`; who it was learned of.
        seed: Seed of sample, of who is held out and of starts.

    Returns:
        The comparison, None where there is no grouping.
    """
    if model.k == 1:
        return None
    rng = np.random.default_rng(seed)
    points, labels = model.scaling.points(people), numbered(model, people).to_numpy() - 1
    order = np.lexsort(points.T)
    rows = order[rng.choice(len(points), size=min(SAMPLE, len(points)), replace=False)]
    points, labels = points[rows], labels[rows]
    held = round(_HELD_OUT * len(points))  # the rows stand in random order
    known, truth = points[held:], labels[:held]
    with threadpool_limits(limits=1):
        mixed = GaussianMixture(model.k, n_init=_STARTS, random_state=seed, reg_covar=1e-4).fit_predict(points)
        tree = DecisionTreeClassifier(max_leaf_nodes=model.k, random_state=seed).fit(known, labels[held:])
        svm = SVC().fit(known, labels[held:])
        right = [int((each.predict(points[:held]) == truth).sum()) for each in (tree, svm)]
    return Alternatives(
        mixture=_agreement(labels, mixed, model.k, seed),
        tree=proportion(held, right[0]),
        svm=proportion(held, right[1]),
        largest=proportion(held, int(np.bincount(truth).max())),
    )


def _agreement(one: NDArray[np.int64], other: NDArray[np.int64], k: int, seed: int) -> Estimate:
    """Adjusted Rand index of two groupings, over people drawn again; the groupings are held fixed."""
    cells = np.eye(k * k)[one * k + other]
    found = resample(
        {"agreement": lambda weights: adjusted_rand((weights @ cells).reshape(-1, k, k))},
        n=len(one),
        draws=_DRAWS,
        seed=seed,
    )
    return found.estimate("agreement")
