"""What an experiment's page proves of itself: how often its methods err on its own control arm."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.lift.error_rates import Method, Peeking, false_positives, of_moments, of_successes, peeking
from helpers.lift.resplits import TIMES, split
from helpers.statistics import (
    Estimate,
    difference_of_means,
    difference_of_proportions,
    ratio_of_means,
    ratio_of_proportions,
    sequence_of_difference,
)

SEED = 13
FEWEST = 200  # people of the arm with anything to compare: half of them are the 100 that a ratio asks of an arm


class Promise(NamedTuple):
    """A method and what it promises of halves that were treated alike.

    Attributes:
        method: Makes an interval from rows of sums.
        null: What is true of such halves: 0 of a difference, 1 of a ratio.
        nominal: Whether it should err in 5 of 100, or in at most 5.
    """

    method: Method
    null: float
    nominal: bool


class OwnProof(NamedTuple):
    """How often readings of one metric err.

    Attributes:
        metric: The metric.
        rates: Metric, method, false-positive rate, whether it promises 5 of 100: one look, at the end.
        peeking: The same at daily looks.
    """

    metric: str
    rates: list[tuple[str, str, Estimate, bool]]
    peeking: Peeking


def promises(*, binary: bool, planned: int, ratios: bool = True) -> dict[str, Promise]:
    """Methods that read a metric, by name.

    Args:
        binary: Whether a person's value is yes or no.
        planned: Number that the sequence is tuned to.
        ratios: Whether there are enough people for ratios.
    """
    found = (
        {
            "Newcombe hybrid score": Promise(of_successes(difference_of_proportions), 0, nominal=True),
            "Katz log ratio": Promise(of_successes(ratio_of_proportions), 1, nominal=True),
        }
        if binary
        else {
            "Welch t": Promise(of_moments(difference_of_means), 0, nominal=True),
            "log ratio, delta method": Promise(of_moments(ratio_of_means), 1, nominal=True),
        }
    )
    sequence = Promise(of_moments(sequence_of_difference, planned=planned), 0, nominal=False)
    kept = {name: each for name, each in found.items() if ratios or not each.null}
    return kept | {"asymptotic confidence sequence": sequence}


def prove(groups: pd.DataFrame, *, metric: str, binary: bool, times: int = TIMES) -> OwnProof:
    """Split the control arm again and again, and count how often its halves are called different.

    Args:
        groups: People of the arm who are alike, as `resplits.alike` gives them: day, value (0 or more), people.
        metric: Name of the metric.
        binary: Whether a person's value is yes or no.
        times: How often.

    Returns:
        The rates; the same groups give the same.
    """
    rng = np.random.default_rng(SEED)
    splits = split(groups["value"], groups["people"], rng=rng, times=times)
    able = int(groups.loc[groups["value"] != 0, "people"].sum())
    methods = promises(binary=binary, planned=int(groups["people"].sum()), ratios=able >= FEWEST)
    rates = [
        (metric, name, false_positives(splits, own.method, null=own.null), own.nominal) for name, own in methods.items()
    ]
    return OwnProof(metric, rates, peeking(groups, rng=rng, times=times))
