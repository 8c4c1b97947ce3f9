"""The rungs of the ladder, simplest first: each learns from labelled people and then scores others."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from xgboost import XGBClassifier

from helpers.churn.panel import FEATURES

_TREES = {
    "n_estimators": 200,
    "max_depth": 4,
    "learning_rate": 0.05,
    "min_child_weight": 20,
    "subsample": 0.8,
    "colsample_bytree": 0.8,
    "tree_method": "hist",
    "n_jobs": 1,  # one thread adds in one order, so that equal input gives equal scores
}


class Scores(NamedTuple):
    """What a rung says about people, shape (n,) each.

    Attributes:
        rank: Higher means less likely to order.
        probability: Probability of no order in the horizon.
    """

    rank: NDArray[np.float64]
    probability: NDArray[np.float64]


Predictor = Callable[[pd.DataFrame], Scores]
Fit = Callable[[pd.DataFrame, int], Predictor]


def fit_recency(training: pd.DataFrame, seed: int) -> Predictor:  # noqa: ARG001 - rungs share one signature
    """The rule: the longer since the last order, the less likely the next one.

    The rule only ranks. For a probability, a logistic regression on the logged days alone is fitted to the
    same training people as the other rungs get.

    Args:
        training: `FEATURES` and churned.
        seed: Not used; nothing here is random.

    Returns:
        What scores people by the rule.
    """
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(_logged_days(training), training["churned"])

    def predict(people: pd.DataFrame) -> Scores:
        days = people["days_since_last_order"].to_numpy(dtype=float)
        return Scores(days, model.predict_proba(_logged_days(people))[:, 1])

    return predict


def fit_logistic(training: pd.DataFrame, seed: int) -> Predictor:  # noqa: ARG001 - rungs share one signature
    """Logistic regression on all features, logged and standardised; a missing one is the mean and a flag.

    Args:
        training: `FEATURES` and churned.
        seed: Not used; nothing here is random.

    Returns:
        What scores people by the model.
    """
    model = logistic()
    model.fit(_matrix(training), training["churned"])
    return lambda people: _same(model.predict_proba(_matrix(people))[:, 1])


def logistic() -> Pipeline:
    """An unfitted logistic regression on numbers that are logged and standardised, missing ones flagged."""
    return make_pipeline(
        FunctionTransformer(_signed_log),
        SimpleImputer(add_indicator=True, keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(max_iter=2_000),
    )


def fit_xgboost(training: pd.DataFrame, seed: int) -> Predictor:
    """Gradient-boosted trees (Chen and Guestrin, 2016), few and shallow; a missing value has its own branch.

    Args:
        training: `FEATURES` and churned.
        seed: Seed of the rows and columns that each tree sees.

    Returns:
        What scores people by the model.
    """
    model = XGBClassifier(**_TREES, random_state=seed)
    model.fit(_matrix(training), training["churned"])
    return lambda people: _same(model.predict_proba(_matrix(people))[:, 1])


RUNGS: dict[str, Fit] = {"recency": fit_recency, "logistic": fit_logistic, "xgboost": fit_xgboost}


def _logged_days(people: pd.DataFrame) -> NDArray[np.float64]:
    return np.log1p(people[["days_since_last_order"]].to_numpy(dtype=float))


def _matrix(people: pd.DataFrame) -> NDArray[np.float64]:
    return people[FEATURES].to_numpy(dtype=float)


def _signed_log(features: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sign(features) * np.log1p(np.abs(features))


def _same(probability: NDArray[np.floating]) -> Scores:
    probability = probability.astype(np.float64)
    return Scores(probability, probability)
