"""Rungs of one number or none: everybody alike, by the last order, by how often orders come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.churn.lesson import Floats, Lesson, Scores
from helpers.statistics import Platt, fit_platt


@dataclass(frozen=True)
class BaseRate:
    """Everybody's probability is the share that did not order.

    Attributes:
        share: That share.
    """

    share: float

    def scores(self, people: pd.DataFrame) -> Scores:
        """The same of everybody."""
        return Scores(np.zeros(len(people)), np.full(len(people), self.share))


@dataclass(frozen=True)
class Rule:
    """People by one number that anybody can work out.

    Attributes:
        by: Name of the number, one of `NUMBERS`.
        intercept: Of the line that makes a probability of it.
        slope: Of the same line; never below 0, as a rule that would have to be turned around says nothing.
    """

    by: str
    intercept: float
    slope: float

    def scores(self, people: pd.DataFrame) -> Scores:
        """The number, and the probability that goes with it."""
        number = NUMBERS[self.by](people)
        return Scores(number, Platt(self.intercept, self.slope).probability(number))


def silence(people: pd.DataFrame) -> Floats:
    """Days since the last order, logged."""
    return np.log1p(people["days_since_last_order"].to_numpy(dtype=np.float64))


def rarity(people: pd.DataFrame) -> Floats:
    """Minus repeat orders in 90 days, over all the time since the first order, logged.

    Of orders so far, orders in the last 90 days, orders and repeat orders a day, these ranked those still active best,
    over the training cutoffs of demo, cdnow and online_retail.
    """
    days = people["T_days"].to_numpy(dtype=np.float64)
    return -np.log1p(90 * people["repeat_frequency"].to_numpy(dtype=np.float64) / np.maximum(days, 1))


NUMBERS = {"recency": silence, "frequency": rarity}


def fit_base_rate(lesson: Lesson) -> BaseRate:
    """The share of the training people who did not order, all counting alike: what there is, not what is learned."""
    return BaseRate(float(lesson.training["churned"].mean()))


def fit_recency(lesson: Lesson) -> Rule:
    """The rule: the longer since the last order, the less likely the next one."""
    return _fit("recency", lesson)


def fit_frequency(lesson: Lesson) -> Rule:
    """The rule: the fewer orders came again so far, for the time there was, the less likely the next one."""
    return _fit("frequency", lesson)


def _fit(by: str, lesson: Lesson) -> Rule:
    line = fit_platt(lesson.training["churned"], NUMBERS[by](lesson.training), lesson.weights)
    return Rule(by, line.intercept, line.slope)
