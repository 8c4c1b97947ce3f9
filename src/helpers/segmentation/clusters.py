"""Groups found by k-means: as many as hold still when people are drawn again, and none where not even two do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import pairwise_distances_argmin, silhouette_samples
from threadpoolctl import threadpool_limits

from helpers.segmentation.features import Scaling, learn_scaling
from helpers.segmentation.names import name_groups
from helpers.segmentation.stability import Trial, distinct, split, try_number
from helpers.statistics import Estimate
from helpers.statistics.bootstrap import resample

MOST_GROUPS = 8
FEWEST_PEOPLE = 50
SAMPLE = 3_000
# Where fewer are unlike all others, groups are the few values that there are, and hold still because of that alone.
FEWEST_DISTINCT = 0.5
EVERYBODY = "everybody"

_DRAWS = 1_000


class Clusters(NamedTuple):
    """A way of grouping people, learned of some by k-means.

    Attributes:
        k: Number of groups, 1 where there is no grouping.
        names: Name of each group, by falling mean revenue of who it was learned of; "everybody" where k is 1.
        scaling: How people become points.
        centres: Centre of each group among those points, in the order of `names`, shape (k, features); where no groups
            hold still, of the two that do not, or of nothing where nothing was tried.
        trials: What came of each number of groups that was tried.
        silhouette: Mean silhouette of the sample with the groups as they are, None without a grouping.
        sample_size: People in the sample that the groups were found on.
        reason: Why there is no grouping, a sentence; empty where there is one.
    """

    k: int
    names: tuple[str, ...]
    scaling: Scaling
    centres: NDArray[np.float64]
    trials: tuple[Trial, ...]
    silhouette: Estimate | None
    sample_size: int
    reason: str

    @property
    def reported(self) -> Trial | None:
        """The number of groups whose figures are told: the one taken, or two where none passed; None if untried."""
        return next((each for each in self.trials if each.k == max(self.k, 2)), None)


def find_clusters(people: pd.DataFrame, *, seed: int) -> Clusters:
    """Learn groups by k-means on log1p-transformed, standardised features of the profile.

    On one fixed sample of at most 3,000 people, k goes up from 2 to 8 and stops at the first number that does not
    hold still (`stability.try_number`); the last that did is taken. The result depends neither on the order of the
    rows nor on anybody's id.

    Args:
        people: Columns `features.COLUMNS` of table `profiles`, one row a person.
        seed: Seed of the sample, of starts and of draws.

    Returns:
        The groups; one group with a reason where there are too few people, no feature varies, or none hold still.

    Raises:
        NothingToDo: If there is nobody.
    """
    scaling = learn_scaling(people)
    nothing = Clusters(
        k=1,
        names=(EVERYBODY,),
        scaling=scaling,
        centres=np.zeros((1, len(scaling.columns))),
        trials=(),
        silhouette=None,
        sample_size=0,
        reason="",
    )
    if len(people) < FEWEST_PEOPLE:
        return nothing._replace(reason=f"There are fewer than {FEWEST_PEOPLE} people, too few to look for groups.")
    if not scaling.columns:
        return nothing._replace(reason="No feature differs between people, so there is nothing to group by.")
    points = scaling.points(people)
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        return _found(nothing, points, people["revenue_total"].to_numpy(dtype=float), seed)


def place(model: Clusters, people: pd.DataFrame) -> pd.Series:
    """Name of the group whose centre is nearest, for anybody, without learning anew.

    Args:
        model: As `find_clusters` learned it.
        people: Columns `features.COLUMNS` of table `profiles`, one row a person.

    Returns:
        Names by the index of `people`.
    """
    return numbered(model, people).map(dict(enumerate(model.names, 1))).astype(object).rename("cluster")


def numbered(model: Clusters, people: pd.DataFrame) -> pd.Series:
    """Number of the group whose centre is nearest, 1 for the first of `model.names`.

    Args:
        model: As `find_clusters` learned it.
        people: Columns `features.COLUMNS` of table `profiles`, one row a person.

    Returns:
        Numbers from 1 to k by the index of `people`.
    """
    if model.k == 1:
        return pd.Series(1, index=people.index, dtype="int64", name="cluster")
    return nearest(model, people)


def nearest(model: Clusters, people: pd.DataFrame) -> pd.Series:
    """Number of the nearest of the centres that are told of, also where these groups do not hold still.

    Args:
        model: As `find_clusters` learned it, some number having been tried.
        people: Columns `features.COLUMNS` of table `profiles`, one row a person.

    Returns:
        Numbers from 1 by the index of `people`.
    """
    if people.empty:
        return pd.Series(index=people.index, dtype="int64", name="cluster")
    found = pairwise_distances_argmin(model.scaling.points(people), model.centres)
    return pd.Series(found + 1, index=people.index, dtype="int64", name="cluster")


def _found(nothing: Clusters, points: NDArray[np.float64], revenue: NDArray[np.float64], seed: int) -> Clusters:
    order = np.lexsort(points.T)  # by what people are like, so that row order cannot matter
    rows = np.random.default_rng(seed).choice(len(points), size=min(SAMPLE, len(points)), replace=False)
    sample = points[order[np.sort(rows)]]
    alike = distinct(sample)
    if len(alike.points) < FEWEST_DISTINCT * len(sample):
        return nothing._replace(reason="Most people are like somebody else in every feature, so groups would be lumps.")
    taken: KMeans | None = None
    trials = []
    for k in range(2, MOST_GROUPS + 1):
        fit = split(alike, k, seed=seed)
        # The figures of two groups are told if none passes.
        trials.append(try_number(alike, fit, before=taken, seed=seed, in_full=k == 2))
        if not trials[-1].passed:
            break
        taken = fit
    tried = nothing._replace(trials=tuple(trials), sample_size=len(sample))
    centres = _by_revenue((taken or fit).cluster_centers_, points[order], revenue[order])
    if taken is None:
        return tried._replace(centres=centres, reason="There are no natural groups.")
    return tried._replace(
        k=len(centres),
        names=name_groups(points, pairwise_distances_argmin(points, centres), nothing.scaling.columns),
        centres=centres,
        silhouette=_mean_silhouette(sample, pairwise_distances_argmin(sample, centres), seed),
    )


def _by_revenue(
    centres: NDArray[np.float64], points: NDArray[np.float64], revenue: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Centres by falling mean revenue of everybody who is nearest to each."""
    labels = pairwise_distances_argmin(points, centres)
    means = np.bincount(labels, weights=revenue, minlength=len(centres)) / np.bincount(labels, minlength=len(centres))
    return centres[np.argsort(-means, kind="stable")]


def _mean_silhouette(sample: NDArray[np.float64], labels: NDArray[np.int64], seed: int) -> Estimate:
    """Mean silhouette (Rousseeuw, 1987, J. Comput. Appl. Math. 20, 53-65) of a sample."""
    widths = silhouette_samples(sample, labels)
    resamples = resample(
        {"silhouette": lambda weights: weights @ widths / weights.sum(axis=-1)},
        n=len(widths),
        draws=_DRAWS,
        seed=seed,
    )
    estimate = resamples.estimate("silhouette")
    return estimate._replace(method=f"{estimate.method} of a sample of people, groups held fixed")
