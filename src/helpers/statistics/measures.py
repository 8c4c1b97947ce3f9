"""Every measure of one score at once: its rows are sorted once, and each block of weights is looked at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.statistics.calibration import line_of_groups
from helpers.statistics.estimate import check
from helpers.statistics.probabilities import balanced, surprise
from helpers.statistics.ranking import Ranked, checked_probability

Floats = NDArray[np.float64]
MEASURES = (
    "auc", "average_precision", "precision_at", "recall_at", "brier", "log_loss", "calibration_slope",
    "calibration_intercept", "accuracy", "balanced_accuracy",
)  # fmt: skip

_PARTS = 500


def measures(
    outcome: ArrayLike, rank: ArrayLike, probability: ArrayLike, *, share: float
) -> Callable[[Floats], dict[str, Floats]]:
    """Every measure of `MEASURES`, as the functions of these names give them, for blocks of weights.

    Slope and intercept of the calibration are fitted to spans of much the same probability where more than 500 occur.

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        rank: Higher means that 1 is more likely, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,).
        share: Length of the list of precision and recall as a share of the total weight.

    Returns:
        What takes weights (draws, n) and gives each measure by name, shape (draws,).

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
        squares, surprises, *counts = np.moveaxis(weights @ self.sums, -1, 0)
        total, ones = weights.sum(axis=-1), counts[2]
        with np.errstate(invalid="ignore"):  # a draw without a 1 has none to find: NaN
            recall = hits / ones
        return {
            "auc": ranked.auc(),
            "average_precision": ranked.average_precision(),
            "precision_at": hits / length,
            "recall_at": recall,
            "brier": squares / total,
            "log_loss": surprises / total,
            "calibration_slope": line(slope=None),
            "calibration_intercept": line(slope=1.0),
            "accuracy": (counts[0] + counts[1]) / total,
            "balanced_accuracy": balanced(np.stack(counts, axis=-1)),
        }
