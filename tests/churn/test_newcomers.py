from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from helpers.churn.lesson import Scores
from helpers.churn.newcomers import judge_newcomers


def people(*, new, gone):
    rng = np.random.default_rng(1)
    test = pd.DataFrame({"newcomer": [True] * new + [False] * 400, "churned": rng.integers(0, 2, new + 400)})
    test.loc[: new - 1, "churned"] = [1] * gone + [0] * (new - gone)
    rank = rng.normal(size=len(test)) + test["churned"].to_numpy()
    return test, {"recency": Scores(rank, np.full(len(test), 0.5))}  # judged by rank alone


def test_newcomers_are_judged_alone():
    test, scores = people(new=150, gone=60)
    found = judge_newcomers(test, scores, draws=200, seed=1)
    assert (found.people, found.churned) == (150, 60)
    expected = roc_auc_score(test["churned"][:150], scores["recency"].rank[:150])
    assert found.auc["recency"].value == pytest.approx(expected)
    assert found.auc["recency"].n == 150


@pytest.mark.parametrize(("new", "gone"), [(99, 50), (150, 9), (150, 141), (0, 0)])
def test_too_few_newcomers_are_counted_and_not_judged(new, gone):
    found = judge_newcomers(*people(new=new, gone=gone), draws=50, seed=1)
    assert (found.people, found.churned, found.auc) == (new, gone, {})
