"""How far probabilities, and the yes or no that is made of them, are from what happened.

The measures take a weight for each row, as those of `ranking` do: outcomes (n,) of 0 and 1, probabilities (n,), weights
(n,) or (draws, n); the answer has the shape of the weights without their last axis.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.statistics.calibration import EDGE
from helpers.statistics.ranking import checked_probability

Floats = NDArray[np.float64]


def log_loss(outcome: ArrayLike, probability: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Mean of minus the logarithm of the probability that was given to what happened (Good, 1952, JRSS B 14, 107-114).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,); taken to be at least 1e-6 away from both ends.
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,).

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a probability is missing or outside [0, 1], or a weight is
            below 0.

    Example:
        >>> from helpers.statistics import log_loss
        >>> f"{log_loss([1, 0], [0.5, 0.5]):.3f} is the logarithm of 2"
        '0.693 is the logarithm of 2'
    """
    outcome, probability, weights = checked_probability(outcome, probability, weights)
    return weights @ surprise(outcome, probability) / weights.sum(axis=-1)


def accuracy(outcome: ArrayLike, probability: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Share of rows that are what a probability of at least, or below, one half says.

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,).

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a probability is missing or outside [0, 1], or a weight is
            below 0.

    Example:
        >>> from helpers.statistics import accuracy
        >>> float(accuracy([1, 0, 0, 0], [0.4, 0.4, 0.3, 0.2]))
        0.75
    """
    outcome, probability, weights = checked_probability(outcome, probability, weights)
    return weights @ (outcome == (probability >= 0.5)) / weights.sum(axis=-1)


def balanced_accuracy(outcome: ArrayLike, probability: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Mean of the shares of ones and of zeros that a probability of at least, or below, one half says right.

    It is a half for everybody's same answer, however rare the ones are (Brodersen et al., 2010, ICPR).

    Args:
        outcome: 0 or 1 for each row, shape (n,).
        probability: Probability of a 1, in [0, 1], shape (n,).
        weights: Weight of each row, shape (n,) or (draws, n); None is one for each.

    Returns:
        Shape () or (draws,); NaN where a draw holds one class only.

    Raises:
        WrongUse: If shapes differ, an outcome is not 0 or 1, a probability is missing or outside [0, 1], or a weight is
            below 0.

    Example:
        >>> from helpers.statistics import balanced_accuracy
        >>> float(balanced_accuracy([1, 0, 0, 0], [0.4, 0.4, 0.3, 0.2]))
        0.5
    """
    outcome, probability, weights = checked_probability(outcome, probability, weights)
    said = probability >= 0.5
    return balanced(weights @ np.stack([outcome * said, (1 - outcome) * ~said, outcome, 1 - outcome], axis=1))


def surprise(outcome: Floats, probability: Floats) -> Floats:
    """Minus the logarithm of the probability given to what happened, shape (n,).

    Example:
        >>> import numpy as np
        >>> from helpers.statistics.probabilities import surprise
        >>> surprise(np.array([1.0, 0.0]), np.array([1.0, 0.5])).round(3).tolist()
        [0.0, 0.693]
    """
    return -np.log(np.clip(np.where(outcome == 1, probability, 1 - probability), EDGE, 1 - EDGE))


def balanced(sums: Floats) -> Floats:
    """Balanced accuracy of weights of ones and of zeros said right, and of all ones and zeros, shape (..., 4).

    Example:
        >>> import numpy as np
        >>> from helpers.statistics.probabilities import balanced
        >>> float(balanced(np.array([1.0, 3.0, 2.0, 3.0])))
        0.75
    """
    right_ones, right_zeros, ones, zeros = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw of one class has none: NaN
        return (right_ones / ones + right_zeros / zeros) / 2
