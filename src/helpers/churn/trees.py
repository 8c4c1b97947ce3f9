"""Decision tree and boosted trees on all features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xgboost
from sklearn.tree import DecisionTreeClassifier

from helpers.churn.features import FEATURES
from helpers.churn.lesson import Lesson, Scores, matrix, same

_LEAVES, _FEWEST_IN_A_LEAF = 16, 50
_ROUNDS = 200
_TREES = {
    "objective": "binary:logistic",
    "max_depth": 4,
    "learning_rate": 0.05,
    "min_child_weight": 20,
    "subsample": 0.8,
    "colsample_bytree": 0.8,
    "tree_method": "hist",
    "nthread": 1,  # one thread adds in one order, so that equal input gives equal scores
}


@dataclass(frozen=True)
class Tree:
    """One decision tree; a node is a place in all tuples, the first is the root.

    Attributes:
        features: Columns that are read.
        left: Node for values up to the threshold; the node itself where it is a leaf.
        right: Node for values above.
        feature: Place of the feature that a node asks for.
        threshold: Highest value that goes left.
        missing_left: Whether a missing value goes left.
        probability: Of no order, in each node.
    """

    features: tuple[str, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    missing_left: tuple[bool, ...]
    probability: tuple[float, ...]

    def scores(self, people: pd.DataFrame) -> Scores:
        """Probability of the leaf that each person comes to."""
        values = matrix(people, self.features).astype(np.float32)  # in which scikit-learn learns and compares
        left, right, feature = (np.array(each) for each in (self.left, self.right, self.feature))
        threshold, missing_left = np.array(self.threshold), np.array(self.missing_left)
        node, row = np.zeros(len(people), dtype=np.int64), np.arange(len(people))
        while True:
            value = values[row, feature[node]]
            goes_left = np.where(np.isnan(value), missing_left[node], value <= threshold[node])
            after = np.where(goes_left, left[node], right[node])
            if np.array_equal(after, node):
                return same(np.array(self.probability)[node])
            node = after


@dataclass(frozen=True)
class Boosted:
    """Boosted trees.

    Attributes:
        features: Columns that are read.
        model: XGBoost's own binary form of them (UBJ).
    """

    features: tuple[str, ...]
    model: bytes

    def scores(self, people: pd.DataFrame) -> Scores:
        """Probability by all trees together."""
        values = xgboost.DMatrix(matrix(people, self.features), nthread=1)
        return same(self.booster().predict(values).astype(np.float64))

    def booster(self) -> xgboost.Booster:
        """The trees as XGBoost takes them."""
        return xgboost.Booster({"nthread": 1}, model_file=bytearray(self.model))


def fit_tree(lesson: Lesson) -> Tree:
    """One decision tree of at most 16 leaves (Breiman et al., 1984), each of at least 50 people.

    A leaf's probability is the share of its people who did not order, as if there had been one more of either kind
    (Laplace's rule; Provost and Domingos, 2003, Machine Learning 52). With weights, people count by them in the share.
    """
    model = DecisionTreeClassifier(max_leaf_nodes=_LEAVES, min_samples_leaf=_FEWEST_IN_A_LEAF, random_state=lesson.seed)
    people = lesson.training
    found = model.fit(matrix(people, tuple(FEATURES)), people["churned"], sample_weight=lesson.weights).tree_
    leaf = found.children_left < 0
    own = np.arange(found.node_count)
    size = found.weighted_n_node_samples
    gone = np.round(found.value[:, 0, 1] * size, 6)  # a share times a count may miss a whole number by a little
    return Tree(
        features=tuple(FEATURES),
        left=tuple(np.where(leaf, own, found.children_left).tolist()),
        right=tuple(np.where(leaf, own, found.children_right).tolist()),
        feature=tuple(np.where(leaf, 0, found.feature).tolist()),
        threshold=tuple(found.threshold.tolist()),
        missing_left=tuple((found.missing_go_to_left != 0).tolist()),
        probability=tuple(((gone + 1) / (size + 2)).tolist()),
    )


def fit_boosted(lesson: Lesson) -> Boosted:
    """Gradient-boosted trees (Chen and Guestrin, 2016), few and shallow; a missing value has its own branch."""
    people = lesson.training
    table = xgboost.DMatrix(matrix(people, tuple(FEATURES)), people["churned"], weight=lesson.weights, nthread=1)
    model = xgboost.train(_TREES | {"seed": lesson.seed}, table, num_boost_round=_ROUNDS)
    return Boosted(tuple(FEATURES), bytes(model.save_raw("ubj")))
