"""Whether the busiest teach a model too much, and what weights for training do to the people it is judged on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from helpers.churn.activity import TENTHS, person_tenths
from helpers.churn.lesson import Lesson
from helpers.churn.linear import fit_logistic
from helpers.churn.weighing import PLAIN, SCHEMES, Weighing, differences, errors, weighted, weights_of
from helpers.statistics import Estimate


class Weighed(NamedTuple):
    """What weighing does to the error of probabilities (Brier), below 0 where it helps.

    Attributes:
        chosen: The weights that the rungs learned with, and by what they were chosen.
        shares: As `shares_of_weight` gives them.
        error: Of plain among the less active half of the test people.
        test: Difference to plain by scheme and part ("lower", "all"), on the test people.
    """

    chosen: Weighing
    shares: pd.DataFrame
    error: float
    test: dict[tuple[str, str], Estimate]


def shares_of_weight(training: pd.DataFrame) -> pd.DataFrame:
    """Share of people ("people") and of all weight (by scheme, "plain" first) that each tenth by activity has."""
    tenths = person_tenths(training)
    people = np.bincount(tenths[~training["profile_id"].duplicated().to_numpy()], minlength=TENTHS + 1)[1:]
    shares = {"people": people / people.sum()} | {
        scheme: np.bincount(tenths, weights_of(training, scheme), minlength=TENTHS + 1)[1:] / len(training)
        for scheme in (PLAIN, *SCHEMES)
    }
    return pd.DataFrame(shares, index=pd.RangeIndex(1, TENTHS + 1, name="tenth"))


def see_weights(lesson: Lesson, chosen: Weighing, test: pd.DataFrame, *, draws: int) -> Weighed:
    """What both schemes do to the test people, whichever was chosen before anybody looked at them.

    Args:
        lesson: All training people of the population; its weights are left aside.
        chosen: As `weigh` gives it.
        test: `FEATURES` and churned, one row a person.
        draws: Bootstrap draws of people, shared by all schemes.
    """
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        said = {scheme: fit_logistic(weighted(lesson, scheme)).scores(test).probability for scheme in (PLAIN, *SCHEMES)}
    drawn = errors(test, said, draws=draws, seed=lesson.seed)
    return Weighed(chosen, shares_of_weight(lesson.training), drawn.observed[PLAIN, "lower"], differences(drawn))
