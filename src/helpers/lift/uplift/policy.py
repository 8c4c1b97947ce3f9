"""What a policy is worth: the mean outcome, were those and only those treated whom it lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.errors import WrongUse
from helpers.lift.uplift.trial import Trial

Floats = NDArray[np.float64]


class Policy:
    """Whom to treat and whom not.

    People whom chance gave what the policy would give them stand for all; each weighs as much as that was unlikely
    (inverse propensity; Horvitz and Thompson, 1952, JASA 47), and weights are made to add up to one (Hájek, 1971).
    """

    def __init__(self, trial: Trial, listed: ArrayLike, among: ArrayLike) -> None:
        """Weigh the people who met what the policy says.

        Args:
            trial: The people.
            listed: Whom the policy would treat, shape (n,).
            among: Whom it is asked about, shape (n,).

        Raises:
            WrongUse: If there is not one answer for each.
        """
        listed, among = np.asarray(listed, dtype=bool), np.asarray(among, dtype=bool)
        if not listed.shape == among.shape == trial.treated.shape:
            raise WrongUse(f"A policy says of {listed.size} people whom to treat, of {len(trial.treated)}.")
        met = np.where(trial.treated, trial.propensity, 1 - trial.propensity)
        self._weight = among * (listed == trial.treated) / met
        self._outcome = self._weight * trial.outcome

    def value(self, weights: Floats) -> Floats:
        """Mean outcome per customer under the policy.

        Args:
            weights: Weight of each person, shape (draws, n).

        Returns:
            Shape (draws,); NaN where nobody drawn met what the policy says.
        """
        met = weights @ self._weight
        return np.divide(weights @ self._outcome, met, out=np.full(met.shape, np.nan), where=met > 0)
