"""Rules that somebody can name: those of whom one fact is at least so much come first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.errors import NothingToDo, no_such
from helpers.lift.uplift.trial import Trial


class Rule(NamedTuple):
    """A list that needs no model.

    Attributes:
        name: What people call it, such as "bought women's before".
        feature: What it looks at, a column of the trial's features.
        at_least: Who has at least this is on the list.
    """

    name: str
    feature: str
    at_least: float = 1.0


def listed(rule: Rule, trial: Trial) -> NDArray[np.bool_]:
    """Whom a rule lists, shape (n,); of whom the fact is not known is not on it.

    Raises:
        NothingToDo: If it lists everybody or nobody, so that there is nothing to compare.
        WrongUse: If there is no such feature.
    """
    if rule.feature not in trial.features:
        raise no_such("feature", rule.feature, trial.features.columns)
    found = (trial.features[rule.feature] >= rule.at_least).to_numpy()
    if found.all() or not found.any():
        raise NothingToDo(f"The rule {rule.name!r} lists {'everybody' if found.all() else 'nobody'}.")
    return found
