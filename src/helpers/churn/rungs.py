"""The rungs of the ladder, simplest first: each learns from labelled people and then scores others."""

from __future__ import annotations

from collections.abc import Callable

from helpers.churn.lesson import Lesson, Rung
from helpers.churn.linear import fit_logistic
from helpers.churn.purchases import fit_bgnbd, fit_pareto_nbd
from helpers.churn.rules import fit_base_rate, fit_frequency, fit_recency
from helpers.churn.trees import fit_boosted, fit_tree

RUNGS: dict[str, Callable[[Lesson], Rung]] = {
    "base_rate": fit_base_rate,
    "recency": fit_recency,
    "frequency": fit_frequency,
    "tree": fit_tree,
    "logistic": fit_logistic,
    "bgnbd": fit_bgnbd,
    "pareto_nbd": fit_pareto_nbd,
    "xgboost": fit_boosted,
}
