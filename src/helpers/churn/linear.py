"""Logistic regression on all features."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from helpers.churn.features import FEATURES
from helpers.churn.lesson import Floats, Lesson, Scores, matrix, same


@dataclass(frozen=True)
class Logistic:
    """A line through logged, standardised features; a missing one is the mean, and a flag says so.

    Attributes:
        features: Columns that are read.
        imputed: What stands for a missing value of each, logged.
        flagged: Places of the features that have a flag; flags come after all features.
        means: Of each feature and flag.
        scales: The same: their standard deviations.
        coefficients: Of each feature and flag, standardised.
        intercept: The logit of who is average in everything.
    """

    features: tuple[str, ...]
    imputed: tuple[float, ...]
    flagged: tuple[int, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float

    def scores(self, people: pd.DataFrame) -> Scores:
        """Probability by the line."""
        logged = _signed_log(matrix(people, self.features))
        missing = np.isnan(logged)
        columns = [*np.where(missing, self.imputed, logged).T, *missing[:, list(self.flagged)].T]
        logits = np.full(len(people), self.intercept)
        # Column by column: a matrix product may add in an order that depends on how many people there are.
        for column, mean, scale, coefficient in zip(columns, self.means, self.scales, self.coefficients, strict=True):
            logits += (column - mean) / scale * coefficient
        return same(expit(logits))


def fit_logistic(lesson: Lesson) -> Logistic:
    """Logistic regression on all features, with scikit-learn's usual penalty."""
    model = logistic()
    features = matrix(lesson.training, tuple(FEATURES))
    model.fit(features, lesson.training["churned"], logisticregression__sample_weight=lesson.weights)
    _, imputer, scaler, line = (step for _, step in model.steps)
    return Logistic(
        features=tuple(FEATURES),
        imputed=tuple(imputer.statistics_.tolist()),
        flagged=tuple(imputer.indicator_.features_.tolist()),
        means=tuple(scaler.mean_.tolist()),
        scales=tuple(scaler.scale_.tolist()),
        coefficients=tuple(line.coef_[0].tolist()),
        intercept=float(line.intercept_[0]),
    )


def logistic() -> Pipeline:
    """An unfitted logistic regression on numbers that are logged and standardised, missing ones flagged."""
    return make_pipeline(
        FunctionTransformer(_signed_log),
        SimpleImputer(add_indicator=True, keep_empty_features=True),
        StandardScaler(),
        LogisticRegression(max_iter=2_000),
    )


def _signed_log(features: Floats) -> Floats:
    return np.sign(features) * np.log1p(np.abs(features))
