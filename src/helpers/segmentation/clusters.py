"""Groups found by k-means on the profiles, with k chosen by the mean silhouette of a sample."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples
from threadpoolctl import threadpool_limits

from helpers.errors import NothingToDo
from helpers.statistics import Estimate
from helpers.statistics.bootstrap import resample

# Column of `profiles` and what it is called on pages.
FEATURES = {
    "days_since_last_order": "days since the last purchase",
    "orders_count": "orders",
    "revenue_total": "revenue",
    "tenure_days": "days since first seen",
    "n_channels_active": "channels",
    "events_90d": "events in 90 days",
    "active_days_30d": "active days in 30 days",
}
MOST_GROUPS = 8
FEWEST_PEOPLE = 50
SAMPLE = 3_000

_STARTS = 10
_DRAWS = 1_000


class Clusters(NamedTuple):
    """People grouped by k-means.

    Attributes:
        k: Number of groups, 1 where there is no grouping.
        labels: Group of each person in the order they came in, 1 to k by falling mean revenue, shape (n,).
        silhouette: Mean silhouette of the sample with the groups as they are, None without a grouping.
        by_k: Mean silhouette for each k that was tried.
        sample_size: People whose silhouettes were taken.
        used: Features that went in, in words.
        left_out: Features left out because everybody has the same value, in words.
        reason: Why there is no grouping, empty where there is one.
    """

    k: int
    labels: NDArray[np.int64]
    silhouette: Estimate | None
    by_k: dict[int, float]
    sample_size: int
    used: list[str]
    left_out: list[str]
    reason: str


def find_clusters(profiles: pd.DataFrame, *, seed: int) -> Clusters:
    """Group people by k-means on log1p-transformed, standardised features of their profile.

    k from 2 to 8 is the one with the highest mean silhouette (Rousseeuw, 1987, J. Comput. Appl. Math. 20,
    53-65) on one fixed sample of at most 3,000 people; the groups of everybody start from the centres found
    there. The result depends neither on the order of the rows nor on anybody's id.

    Args:
        profiles: The columns named in `FEATURES` of table `profiles`, one row a person.
        seed: Seed of the sample, of the starting centres and of the bootstrap.

    Returns:
        The groups; one group with a reason where there are too few people or no feature varies.

    Raises:
        NothingToDo: If there is nobody.
    """
    if profiles.empty:
        raise NothingToDo("There is nobody to group: the profiles hold no person.")
    features = _features(profiles)
    varies = (features.max() > features.min()).to_numpy()
    words = np.array(list(FEATURES.values()))
    nothing = Clusters(
        k=1,
        labels=np.ones(len(profiles), dtype=np.int64),
        silhouette=None,
        by_k={},
        sample_size=0,
        used=words[varies].tolist(),
        left_out=words[~varies].tolist(),
        reason="",
    )
    if len(profiles) < FEWEST_PEOPLE:
        return nothing._replace(reason=f"There are fewer than {FEWEST_PEOPLE} people, too few to look for groups.")
    if not varies.any():
        return nothing._replace(reason="No feature differs between people, so there is nothing to group by.")
    order = np.lexsort(features.to_numpy().T)  # by what people are like, so that row order cannot matter
    points = _standardised(features.loc[:, varies].to_numpy()[order])
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        found = _grouped(nothing, points, profiles["revenue_total"].to_numpy(dtype=float)[order], seed)
    labels = np.empty_like(found.labels)
    labels[order] = found.labels
    return found._replace(labels=labels)


def _features(profiles: pd.DataFrame) -> pd.DataFrame:
    """Features before scaling; who never bought counts as silent since first seen, refunds end at zero."""
    features = profiles[list(FEATURES)].astype("float64")
    silent = features["days_since_last_order"].fillna(features["tenure_days"])
    return features.assign(days_since_last_order=silent).clip(lower=0).fillna(0)


def _standardised(features: NDArray[np.float64]) -> NDArray[np.float64]:
    logged = np.log1p(features)
    return (logged - logged.mean(axis=0)) / logged.std(axis=0)


def _grouped(nothing: Clusters, points: NDArray[np.float64], revenue: NDArray[np.float64], seed: int) -> Clusters:
    size = min(SAMPLE, len(points))
    rows = np.sort(np.random.default_rng(seed).choice(len(points), size=size, replace=False))
    sample = points[rows]
    most = min(MOST_GROUPS, len(np.unique(sample, axis=0)))
    if most < 2:
        return nothing._replace(reason="Nearly everybody has the same profile, so there is nothing to group by.")
    fits = {k: KMeans(n_clusters=k, n_init=_STARTS, random_state=seed).fit(sample) for k in range(2, most + 1)}
    by_k = {k: float(silhouette_samples(sample, fit.labels_).mean()) for k, fit in fits.items()}
    k = max(by_k, key=lambda candidate: (by_k[candidate], -candidate))
    whole = KMeans(n_clusters=k, init=fits[k].cluster_centers_, n_init=1).fit(points)
    labels = _by_revenue(whole.labels_, revenue, k)
    return nothing._replace(
        k=k,
        labels=labels,
        silhouette=_mean_silhouette(sample, labels[rows], seed),
        by_k=by_k,
        sample_size=size,
    )


def _by_revenue(labels: NDArray[np.int64], revenue: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    """Number the groups from 1 by falling mean revenue."""
    means = np.bincount(labels, weights=revenue, minlength=k) / np.bincount(labels, minlength=k)
    number = np.empty(k, dtype=np.int64)
    number[np.argsort(-means, kind="stable")] = np.arange(1, k + 1)
    return number[labels]


def _mean_silhouette(sample: NDArray[np.float64], labels: NDArray[np.int64], seed: int) -> Estimate | None:
    if len(np.unique(labels)) < 2:
        return None
    widths = silhouette_samples(sample, labels)
    resamples = resample(
        {"silhouette": lambda weights: weights @ widths / weights.sum(axis=-1)},
        n=len(widths),
        draws=_DRAWS,
        seed=seed,
    )
    estimate = resamples.estimate("silhouette")
    return estimate._replace(method=f"{estimate.method} of a sample of people, groups held fixed")
