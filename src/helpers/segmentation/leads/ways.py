"""Ways to a probability of an order: two rules, two baselines and the model, each learned and then calibrated alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import logit
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier
from xgboost import XGBClassifier

from helpers.segmentation.leads.features import DIRECTIONS, frequency, matrix, silence
from helpers.statistics import Platt, fit_platt

Rank = Callable[[pd.DataFrame], NDArray[np.float64]]

_TREES = {
    "n_estimators": 60,
    "max_depth": 2,
    "learning_rate": 0.08,
    "min_child_weight": 20,
    "subsample": 0.8,
    "colsample_bytree": 0.8,
    "tree_method": "hist",
    "n_jobs": 1,  # one thread adds in one order, so that equal input gives equal scores
    "monotone_constraints": DIRECTIONS,
}
_SVM_PEOPLE = 3_000  # its time grows with the square of them
_LEAVES, _FEWEST_IN_A_LEAF = 16, 50
_SUREST = 1e-3


class Way(NamedTuple):
    """One way to a probability.

    Attributes:
        rank: Of people as `people_at` gives them, scores, shape (n,); higher means an order is more likely.
        line: Makes probabilities of these scores.
    """

    rank: Rank
    line: Platt

    def probability(self, people: pd.DataFrame) -> NDArray[np.float64]:
        """Probability of an order in the 30 days from the moment at which people are described, shape (n,)."""
        return self.line.probability(self.rank(people))


def fit_ways(learning: pd.DataFrame, calibration: pd.DataFrame, *, seed: int) -> dict[str, Way]:
    """Learn every way to rank on some people, and its line on later ones.

    Platt's line rather than isotonic regression, and later people rather than other people of the same days: of the
    demo, cdnow and online_retail, on cutoffs before the one that judges, that left the smaller squared error and the
    slope nearer to 1.

    Args:
        learning: As `people_at` gives them, and ordered.
        calibration: The same, at a later cutoff.
        seed: Seed of the trees, and of the people that the SVM sees.

    Returns:
        By name, in the order of `WAYS`.
    """
    ways = {}
    for name, learn in WAYS.items():
        rank = learn(learning, seed)
        ways[name] = Way(rank, fit_platt(calibration["ordered"], rank(calibration)))
    return ways


def by_recency(learning: pd.DataFrame, seed: int) -> Rank:  # noqa: ARG001 - ways share one signature
    """The rule: the shorter since the last order, or since first seen, the likelier the next; logged."""
    return lambda people: -np.log1p(silence(people))


def by_frequency(learning: pd.DataFrame, seed: int) -> Rank:  # noqa: ARG001 - ways share one signature
    """The rule: the more orders in 90 days, the likelier the next; logged."""
    return lambda people: np.log1p(frequency(people))


def by_tree(learning: pd.DataFrame, seed: int) -> Rank:
    """One decision tree of at most 16 leaves (Breiman et al., 1984), without a direction for any feature."""
    tree = DecisionTreeClassifier(max_leaf_nodes=_LEAVES, min_samples_leaf=_FEWEST_IN_A_LEAF, random_state=seed)
    tree.fit(matrix(learning), learning["ordered"])
    return lambda people: logit(np.clip(tree.predict_proba(matrix(people))[:, 1], _SUREST, 1 - _SUREST))


def by_svm(learning: pd.DataFrame, seed: int) -> Rank:
    """A support vector machine (Cortes and Vapnik, 1995) on logged, standardised features of at most 3,000 people.

    Of the rarer of those who ordered and those who did not it sees all, up to half: by chance it could see none.
    """
    some = learning.iloc[seen_by_svm(learning["ordered"].to_numpy(), seed)]
    svm = make_pipeline(
        FunctionTransformer(_signed_log), SimpleImputer(keep_empty_features=True), StandardScaler(), SVC()
    )
    svm.fit(matrix(some), some["ordered"])
    return lambda people: svm.decision_function(matrix(people))


def seen_by_svm(ordered: NDArray[np.int64], seed: int) -> NDArray[np.intp]:
    """Rows of people of both kinds for the support vector machine, shape (at most 3,000,)."""
    rng = np.random.default_rng(seed)
    kinds = [np.flatnonzero(ordered == kind) for kind in (0, 1)]
    rooms = [_SVM_PEOPLE - min(len(other), _SVM_PEOPLE // 2) for other in reversed(kinds)]
    drawn = [rng.choice(own, min(len(own), room), replace=False) for own, room in zip(kinds, rooms, strict=True)]
    return np.sort(np.concatenate(drawn))


def by_model(learning: pd.DataFrame, seed: int) -> Rank:
    """Gradient-boosted trees (Chen and Guestrin, 2016), few and shallow, each feature in its direction alone."""
    model = XGBClassifier(**_TREES, random_state=seed)
    model.fit(matrix(learning), learning["ordered"])
    return lambda people: model.predict(matrix(people), output_margin=True).astype(np.float64)


WAYS: dict[str, Callable[[pd.DataFrame, int], Rank]] = {
    "model": by_model,
    "recency": by_recency,
    "frequency": by_frequency,
    "tree": by_tree,
    "svm": by_svm,
}
RULES = ("recency", "frequency")


def _signed_log(features: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sign(features) * np.log1p(np.abs(features))
