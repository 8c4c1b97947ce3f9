"""What methods promise of halves of an arm that were treated alike, and whether each keeps it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.lift.error_rates import LEVEL, Method, coverage, false_positives, of_moments, of_successes
from helpers.lift.resplits import Splits
from helpers.statistics import (
    Estimate,
    Moments,
    difference_of_means,
    difference_of_proportions,
    ratio_of_means,
    ratio_of_proportions,
    sequence_of_difference,
)

SEED = 13
GAINS = 0.3  # planted effects are between -30 % and +30 % of the arm's level, evenly
FEWEST = 200  # people of the arm with anything to compare: half of them are the 100 that a ratio asks of an arm

NOTHING = Estimate(0.0, None, None, LEVEL, 0, "")  # of halves of which nothing can be told


class Promise(NamedTuple):
    """A method and what it promises of halves that were treated alike.

    Attributes:
        method: Makes an interval from rows of sums.
        null: What is true of such halves: 0 of a difference, 1 of a ratio.
        nominal: Whether it should err in 5 of 100, or in at most 5; None where in fewer that tend to 5 in large arms.
    """

    method: Method
    null: float
    nominal: bool | None


class Planted(NamedTuple):
    """Splits of which one half was given an effect.

    Attributes:
        splits: With the effect in the treated half.
        gains: Its relative size, shape (times,).
        level: Mean, ratio or quantile of the whole arm as it was.
    """

    splits: Splits
    gains: NDArray[np.float64]
    level: float


class Tried(NamedTuple):
    """What one method did on one metric of halves whose truth is known.

    Attributes:
        metric: The metric.
        method: The method.
        rate: Halves alike that it called different, at one look.
        nominal: Whether it promises 5 of 100, or at most 5, or None, as `Promise` has it.
        covered: Planted effects that its interval held; None where none could be planted.
    """

    metric: str
    method: str
    rate: Estimate
    nominal: bool | None
    covered: Estimate | None = None


def promises(*, binary: bool, planned: int, ratios: bool = True) -> dict[str, Promise]:
    """Methods that read a share or a mean, by name.

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
            "Fieller": Promise(of_moments(ratio_where_told), 1, nominal=True),
        }
    )
    sequence = Promise(of_moments(sequence_of_difference, planned=planned), 0, nominal=False)
    kept = {name: each for name, each in found.items() if ratios or not each.null}
    return kept | {"asymptotic confidence sequence": sequence}


def ratio_where_told(treated: Moments, control: Moments) -> Estimate:
    """The ratio of two means, and nothing where a total is not above 0, as refunds may leave it: no page tells one."""
    return ratio_of_means(treated, control) if min(treated.total, control.total) > 0 else NOTHING


def try_each(methods: dict[str, Promise], splits: Splits, planted: Planted | None, *, metric: str) -> list[Tried]:
    """Try methods on halves alike, and on halves of which one was given an effect.

    Args:
        methods: What each promises, by name.
        splits: Halves alike.
        planted: Halves with an effect, None where none could be planted.
        metric: Name of the metric.

    Returns:
        One entry a method, in their order.
    """
    found = []
    for name, own in methods.items():
        covered = None
        if planted is not None:
            truth = 1 + planted.gains if own.null else planted.gains * planted.level
            covered = coverage(planted.splits, own.method, truth)
        rate = false_positives(splits, own.method, null=own.null)
        found.append(Tried(metric, name, rate, own.nominal, covered))
    return found
