"""Rungs that expect purchases: BG/NBD and Pareto/NBD, each on how often, how lately and for how long people bought."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from helpers import value
from helpers.churn.lesson import Floats, Lesson, Scores
from helpers.errors import NothingToDo
from helpers.statistics import Platt, fit_platt
from helpers.value.history import WEEK

_FEWEST = 1e-9  # purchases expected of nobody are taken to be so many, as nothing has no logarithm

Buying = dict[str, "value.BGNBD | value.ParetoNBD | NothingToDo"]
_KINDS: dict[str, tuple[type, Callable[[value.Histories], value.Fitted]]] = {
    "bgnbd": (value.BGNBD, value.fit_bgnbd),
    "pareto_nbd": (value.ParetoNBD, value.fit_pareto_nbd),
}


@dataclass(frozen=True)
class Purchases:
    """The fewer purchases are expected in the horizon, the less likely is one.

    Not the probability of not having left: who never came often may be there still and buy nothing.

    Attributes:
        kind: "bgnbd" or "pareto_nbd".
        model: Its parameters, in weeks.
        gap_days: Days before the horizon.
        horizon_days: Its days.
        intercept: Of the line that makes a probability of minus the logarithm of the expected purchases.
        slope: Of the same line.
    """

    kind: str
    model: tuple[float, ...]
    gap_days: int
    horizon_days: int
    intercept: float
    slope: float

    def scores(self, people: pd.DataFrame) -> Scores:
        """Minus expected purchases, and the probability that goes with them."""
        expected = _expected(_KINDS[self.kind][0](*self.model), people, self.gap_days, self.horizon_days)
        return Scores(-expected, Platt(self.intercept, self.slope).probability(_scarcity(expected)))


def learn_buying(people: pd.DataFrame) -> Buying:
    """Models of how customers bought until the latest cutoff, each or the reason why there is none.

    Args:
        people: All customers at each cutoff; those still active alone would be taken for all there are.
    """
    latest = people[people["cutoff"] == people["cutoff"].max()]
    found: Buying = {}
    for kind, (_, fit) in _KINDS.items():
        try:
            found[kind] = fit(_histories(latest)).model
        except NothingToDo as why:
            found[kind] = why
    return found


def fit_purchases(lesson: Lesson, *, kind: str) -> Purchases:
    """The lesson's model of all customers, and the line that makes probabilities of it as the population did after.

    Raises:
        NothingToDo: If purchases do not tell the model's parameters.
    """
    model = lesson.buying[kind]
    if isinstance(model, NothingToDo):
        raise model
    expected = _expected(model, lesson.training, lesson.gap_days, lesson.horizon_days)
    line = fit_platt(lesson.training["churned"], _scarcity(expected), lesson.weights)
    return Purchases(kind, tuple(model), lesson.gap_days, lesson.horizon_days, line.intercept, line.slope)


fit_bgnbd = partial(fit_purchases, kind="bgnbd")
fit_pareto_nbd = partial(fit_purchases, kind="pareto_nbd")


def _expected(model: value.BGNBD | value.ParetoNBD, people: pd.DataFrame, gap_days: int, horizon_days: int) -> Floats:
    grouped = value.group(_histories(people))
    until = model.expected_next(grouped.rows, (gap_days + horizon_days) / WEEK)
    before = model.expected_next(grouped.rows, gap_days / WEEK) if gap_days else 0.0
    return (until - before)[grouped.place]


def _histories(people: pd.DataFrame) -> value.Histories:
    # Their days to today begin with the day of the first order, those of the models after it.
    return value.histories(people["repeat_frequency"], people["recency_btyd_days"], people["T_days"] - 1)


def _scarcity(expected: Floats) -> Floats:
    return -np.log(np.maximum(expected, _FEWEST))
