"""How rightly identifiers or records are put together: pairwise precision, recall and F1 against the truth."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.statistics import Estimate, resample

MEASURES = ("precision", "recall", "f1")
DRAWS, SEED = 1000, 1


class Pairs(NamedTuple):
    """Pairs of identifiers by true person, shape (people,): right, wrongly joined (half to each), of one person."""

    right: np.ndarray
    wrong: np.ndarray
    true: np.ndarray


def pairs(cluster: pd.Series, profile: pd.Series) -> Pairs:
    """Count pairs; an identifier that is nobody's has no profile and so is in no pair."""
    profile = profile.reset_index(drop=True)
    profile = profile.fillna("nobody " + profile.index.astype(str).to_series().reset_index(drop=True))
    both = pd.DataFrame({"cluster": cluster.to_numpy(), "profile": profile}).value_counts().rename("n").reset_index()
    size = both.groupby("profile")["n"].transform("sum")
    both["right"], both["wrong"] = both["n"] * (both["n"] - 1) / 2, both["n"] * (size - both["n"]) / 2
    found = both.groupby("cluster")[["right", "wrong", "n"]].sum()
    return Pairs(found["right"].to_numpy(), found["wrong"].to_numpy(), (found["n"] * (found["n"] - 1) / 2).to_numpy())


def measured(counts: Pairs) -> dict[str, Estimate]:
    """Precision, recall and F1 with intervals, people drawn anew."""

    def ratio(over, under):
        return lambda weights: (weights @ over) / (weights @ under)

    statistics = {
        "precision": ratio(counts.right, counts.right + counts.wrong),
        "recall": ratio(counts.right, counts.true),
        "f1": ratio(2 * counts.right, counts.right + counts.wrong + counts.true),
    }
    drawn = resample(statistics, n=len(counts.true), draws=DRAWS, seed=SEED)
    return {name: drawn.estimate(name) for name in statistics}
