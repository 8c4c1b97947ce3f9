"""Every measure of one score at once: its rows are sorted once, and each block of weights is looked at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.statistics.calibration import EDGE, line_of_groups
from helpers.statistics.estimate import check
from helpers.statistics.ranking import Ranked, checked_probability

Floats = NDArray[np.float64]
MEASURES = (
    "auc", "average_precision", "precision_at", "recall_at", "brier", "log_loss", "calibration_slope",
    "calibration_intercept", "accuracy", "balanced_accuracy",
)  # fmt: skip

_PARTS = 500


def surprise(outcome: Floats, probability: Floats) -> Floats:
    """Minus the logarithm of the probability given to what happened (Good, 1952, JRSS B 14, 107-114).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        probability: Probability of a 1, shape (n,); taken to be at least 1e-6 away from 0 and 1.

    Returns:
        Shape (n,).

    Example:
        >>> import numpy as np
        >>> from helpers.statistics import surprise
        >>> surprise(np.array([1.0, 0.0]), np.array([1.0, 0.5])).round(3).tolist()
        [0.0, 0.693]
    """
    return -np.log(np.clip(np.where(outcome == 1, probability, 1 - probability), EDGE, 1 - EDGE))


def measures(
    outcome: ArrayLike, rank: ArrayLike, probability: ArrayLike, *, share: float
) -> Callable[[Floats], dict[str, Floats]]:
    """Every measure of `MEASURES` for blocks of weights: some of the rank, the others of the probability.

    Where a function has a measure's name, it gives the same; slope and intercept of the calibration are fitted to spans
    of much the same probability where more than 500 occur. Recall is the share of all ones that the list of
    `precision_at` holds, log loss the mean of `surprise`. A probability of at least one half says yes: accuracy is the
    share of rows that it says right, balanced accuracy the mean of that among the ones and among the zeros, which is a
    half for everybody's same answer (Brodersen et al., 2010, ICPR).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        rank: Higher means that 1 is more likely, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,).
        share: Length of the list of precision and recall as a share of the total weight.

    Returns:
        What takes weights (draws, n) and gives each measure by name, shape (draws,); NaN where a draw lacks the ones or
        the zeros that a measure needs.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a number is missing, a probability is outside [0, 1], or
            `share` is out of range.

    Example:
        >>> import numpy as np
        >>> from helpers.statistics import measures
        >>> of = measures([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], [0.9, 0.8, 0.7, 0.1], share=0.5)
        >>> found = of(np.array([[1.0, 1.0, 1.0, 1.0], [2.0, 0.0, 1.0, 1.0]]))
        >>> found["auc"].tolist(), found["precision_at"].tolist()
        ([0.75, 1.0], [0.5, 1.0])
    """
    check("share", share, gt=0, le=1)
    outcome, probability, _ = checked_probability(outcome, probability, None)
    by_rank = Ranked(outcome, rank)
    said = by_rank.falling(probability)
    # A probability that follows the rank has its rows in the same groups already.
    by_probability = Ranked(outcome, probability) if said is None else None
    yes = probability >= 0.5
    sums = [
        (probability - outcome) ** 2,
        surprise(outcome, probability),
        outcome * yes,
        (1 - outcome) * ~yes,
        outcome,
        1 - outcome,
    ]
    return _Rows(
        by_rank, by_probability, by_probability.distinct if said is None else said, np.stack(sums, axis=1), share
    )


class _Rows(NamedTuple):
    """Rows sorted by rank, and by probability where that is another order; `said` is the probability of each group."""

    by_rank: Ranked
    by_probability: Ranked | None
    said: Floats
    sums: Floats
    share: float

    def __call__(self, weights: Floats) -> dict[str, Floats]:
        ranked = self.by_rank.groups(weights)
        groups = ranked if self.by_probability is None else self.by_probability.groups(weights)
        line: Callable[..., Floats] = partial(line_of_groups, self.said, groups, parts=_PARTS)
        hits, length = ranked.hits(self.share)
        squares, surprises, right_ones, right_zeros, ones, zeros = np.moveaxis(weights @ self.sums, -1, 0)
        total = weights.sum(axis=-1)
        with np.errstate(invalid="ignore"):  # a draw without a 1 has none to find: NaN
            recall, balanced = hits / ones, (right_ones / ones + right_zeros / zeros) / 2
        return {
            "auc": ranked.auc(),
            "average_precision": ranked.average_precision(),
            "precision_at": hits / length,
            "recall_at": recall,
            "brier": squares / total,
            "log_loss": surprises / total,
            "calibration_slope": line(slope=None),
            "calibration_intercept": line(slope=1.0),
            "accuracy": (right_ones + right_zeros) / total,
            "balanced_accuracy": balanced,
        }
