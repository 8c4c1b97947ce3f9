"""Every measure of one score at once: its rows are sorted once, and each block of weights is looked at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.statistics.calibration import line_of_groups
from helpers.statistics.estimate import check
from helpers.statistics.probabilities import balanced, surprise
from helpers.statistics.ranking import Groups, Ranked, checked_probability

Floats = NDArray[np.float64]
MEASURES = (
    "auc", "average_precision", "precision_at", "recall_at", "brier", "log_loss", "calibration_slope",
    "calibration_intercept", "accuracy", "balanced_accuracy",
)  # fmt: skip

_PARTS = 1_000


def measures(
    outcome: ArrayLike, rank: ArrayLike, probability: ArrayLike, *, share: float
) -> Callable[[Floats], dict[str, Floats]]:
    """Every measure of `MEASURES`, as the functions of these names give them, for blocks of weights.

    Slope and intercept of the calibration are fitted to at most 1,000 groups of much the same probability.

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
    # A probability that falls nowhere as the rank rises has its rows in the same order already.
    same = np.array_equal(probability, np.asarray(rank, dtype=np.float64))
    by_probability = by_rank if same else Ranked(outcome, probability)
    said = probability >= 0.5
    sums = np.stack(
        [
            (probability - outcome) ** 2,
            surprise(outcome, probability),
            outcome * said,
            (1 - outcome) * ~said,
            outcome,
            1 - outcome,
        ],
        axis=1,
    )
    return partial(_measured, by_rank, by_probability, sums, share)


def _measured(
    by_rank: Ranked, by_probability: Ranked, sums: Floats, share: float, weights: Floats
) -> dict[str, Floats]:
    ranked = by_rank.groups(weights)
    said = ranked if by_probability is by_rank else by_probability.groups(weights)
    total = weights.sum(axis=-1)
    squares, surprises, *counts = np.moveaxis(weights @ sums, -1, 0)
    line: Callable[..., Floats] = partial(line_of_groups, by_probability.distinct, said, parts=_PARTS)
    return {
        "auc": ranked.auc(),
        "average_precision": ranked.average_precision(),
        **_of_list(ranked, share),
        "brier": squares / total,
        "log_loss": surprises / total,
        "calibration_slope": line(slope=None),
        "calibration_intercept": line(slope=1.0),
        "accuracy": (counts[0] + counts[1]) / total,
        "balanced_accuracy": balanced(np.stack(counts, axis=-1)),
    }


def _of_list(ranked: Groups, share: float) -> dict[str, Floats]:
    hits, length = ranked.hits(share)
    with np.errstate(invalid="ignore"):  # a draw without a 1 has none to find: NaN
        return {"precision_at": hits / length, "recall_at": hits / ranked.ones_above[..., -1]}
