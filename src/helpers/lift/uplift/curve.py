"""How much an arm changes among the first of a list, for lists of every length: the uplift curve and its area.

For a list of a share s of people, the gain is s times the difference of means, arm minus control, among those on it:
what treating the list changes per customer of the whole (Gutierrez and Gérardy, 2017, PMLR 67). A list that is drawn
blindly gains s times the difference over everybody. The area between the two, over s from 0 to 1, is the extra gain per
customer of a list whose length may be anything from nobody to everybody: the Qini coefficient (Radcliffe, 2007, Direct
Marketing Analytics Journal) with means in place of counts, per customer and not as a share of the best there could be.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from helpers.errors import WrongUse
from helpers.lift.uplift.trial import Trial

Floats = NDArray[np.float64]

_MOST_GROUPS, _FEWEST_IN_A_GROUP = 100, 50


class Curve(NamedTuple):
    """Points of an uplift curve, from an empty list to everybody; shapes (..., groups + 1).

    Attributes:
        share: Share of people on the list.
        gain: What treating them changes per customer of the whole, in the outcome's unit.
    """

    share: Floats
    gain: Floats


class Ranked:
    """People of a trial in groups by a score, highest first, whose curve is drawn for any weights of people.

    People of equal score stay together: in a list that ends within a group, that group counts with the part that fits.
    Groups are hundredths, or larger where hundredths would have fewer than 50 people.
    """

    def __init__(self, trial: Trial, score: ArrayLike) -> None:
        """Group people by score.

        Args:
            trial: The people.
            score: Higher comes first on the list, shape (n,); who has none is left out of list and comparison.

        Raises:
            WrongUse: If there is not one for each, or all are missing.
        """
        score = np.asarray(score, dtype=np.float64)
        if score.shape != trial.outcome.shape or np.isnan(score).all():
            raise WrongUse(f"{len(trial.outcome)} people need a score each, and one at least that is not missing.")
        rows = np.flatnonzero(~np.isnan(score))
        group = _groups(score[rows])
        self.groups = int(group.max()) + 1
        # Two columns a group, of the control and the arm: a block of draws costs one product and nothing is sorted.
        place, shape = (2 * group + trial.treated[rows], rows), (2 * self.groups, len(score))
        self._people = sparse.csr_array((np.ones(len(rows)), place), shape)
        self._did = sparse.csr_array((trial.outcome[rows], place), shape)

    def curve(self, weights: Floats) -> Curve:
        """The uplift curve.

        Args:
            weights: Weight of each person, shape (draws, n).

        Returns:
            Shapes (draws, groups + 1); a gain is NaN where a list holds people of one arm only.
        """
        people, did = (
            np.cumsum((cells @ weights.T).T.reshape(len(weights), self.groups, 2), axis=1)
            for cells in (self._people, self._did)
        )
        means = np.divide(did, people, out=np.full(did.shape, np.nan), where=people > 0)
        listed = people.sum(axis=2)
        share = listed / listed[:, -1:]
        gain = share * (means[:, :, 1] - means[:, :, 0])
        nobody = np.zeros((len(weights), 1))
        return Curve(np.hstack([nobody, share]), np.hstack([nobody, gain]))

    def area(self, weights: Floats) -> Floats:
        """Extra gain per customer over a list drawn blindly, over lists of every length, shape (draws,)."""
        share, gain = self.curve(weights)
        return np.trapezoid(gain - share * gain[:, -1:], share, axis=1)


def _groups(score: Floats) -> NDArray[np.int64]:
    """Group of each person, 0 the highest; equal scores share one, shape (n,)."""
    most = max(1, min(_MOST_GROUPS, len(score) // _FEWEST_IN_A_GROUP))
    _, place, counts = np.unique(-score, return_inverse=True, return_counts=True)
    before = np.cumsum(counts) - counts
    hundredth = (before + (counts - 1) / 2) * most // len(score)
    _, group = np.unique(hundredth, return_inverse=True)
    return group[place]
