"""Groups by recency, frequency and money: scores in fifths, and the one table that names them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SCORES = ["recency_score", "frequency_score", "monetary_score"]


class Group(NamedTuple):
    """A named group: whom it takes, as ranges of scores, both ends included.

    Attributes:
        name: What the group is called on pages.
        meaning: Whom it takes, in words.
        purchase_days: Range of the number of days with a purchase.
        recency: Range of the recency score, None where the score does not matter or is missing.
        frequency: Range of the frequency score, None where the score does not matter or is missing.
        monetary: Range of the monetary score, None where the score does not matter or is missing.
    """

    name: str
    meaning: str
    purchase_days: tuple[float, float]
    recency: tuple[int, int] | None = None
    frequency: tuple[int, int] | None = None
    monetary: tuple[int, int] | None = None


_NEVER, _ONCE, _REPEATED = (0, 0), (1, 1), (2, np.inf)

# The first line that fits gives the name, so each line means "and none of those above".
GROUPS = (
    Group("no order yet", "known, but never bought", _NEVER),
    Group("one-time, recent", "bought on one day only, among the latest two fifths of buyers", _ONCE, (4, 5)),
    Group("one-time, earlier", "bought on one day only, before the latest two fifths", _ONCE, (1, 3)),
    Group("one-time", "bought on one day only, and there was no order to rank by", _ONCE),
    Group("champions", "bought lately, often and much (top two fifths)", _REPEATED, (4, 5), (4, 5), (4, 5)),
    Group("loyal", "buy often (top two fifths), not long ago", _REPEATED, (3, 5), (4, 5)),
    Group("promising", "bought again lately, not yet often", _REPEATED, (4, 5)),
    Group("needs attention", "repeat buyers in the middle fifth by last purchase", _REPEATED, (3, 3)),
    Group("slipping away", "top two fifths by money, but quiet for long", _REPEATED, (1, 2), None, (4, 5)),
    Group("asleep", "other repeat buyers who have been quiet for long", _REPEATED, (1, 2)),
    Group("repeat", "bought on several days, and there was no order to rank by", _REPEATED),
)  # fmt: skip


class Buyers(NamedTuple):
    """What buyers were like on the day on which fifths were learned, each sorted, shape (buyers,).

    Attributes:
        recency: Minus the days since the last purchase.
        frequency: Days with a purchase.
        monetary: Revenue net of refunds.
    """

    recency: NDArray[np.float64]
    frequency: NDArray[np.float64]
    monetary: NDArray[np.float64]


def fifths(values: NDArray[np.float64], among: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores 1 to 5 by rank, 5 for the highest values; equal values share the score of their mean rank.

    Args:
        values: Shape (n,), none missing.
        among: Those that ranks are taken among, sorted, shape (m,).

    Returns:
        Shape (n,); all missing where all of `among` are equal, because then there is no order to speak of.
    """
    if among.size == 0 or among[0] == among[-1]:
        return np.full(values.shape, np.nan)
    below, to = (np.searchsorted(among, values, side=side) for side in ("left", "right"))
    return np.minimum(np.floor(5 * (below + to) / (2 * among.size)) + 1, 5)


def learn_rfm(profiles: pd.DataFrame) -> Buyers:
    """Learn what fifths of buyers are.

    Args:
        profiles: Columns repeat_frequency, days_since_last_order, revenue_total of `profiles`, one row a person.
    """
    measures = _measures(profiles)
    return Buyers(*(np.sort(values[measures["frequency"] > 0]) for values in measures.values()))


def group_by_rfm(profiles: pd.DataFrame, buyers: Buyers) -> pd.DataFrame:
    """Score every buyer by recency, frequency and money, and name everybody's group.

    Frequency counts purchase days, not orders, so that an order split in two on one day is one purchase.
    People who never bought have no scores. Nobody's group depends on who else is placed.

    Args:
        profiles: Columns profile_id, repeat_frequency, days_since_last_order, revenue_total of `profiles`.
        buyers: Among whom people are scored.

    Returns:
        One row a person in the order of `profiles`: profile_id, the three scores (Int64, missing where there
        is nothing to score by) and rfm_group.
    """
    measures = _measures(profiles)
    buyer = measures["frequency"] > 0
    scores = pd.DataFrame(np.nan, index=profiles.index, columns=SCORES)
    for column, values, among in zip(SCORES, measures.values(), buyers, strict=True):
        scores.loc[buyer, column] = fifths(values[buyer], among)
    fits = [_fits(group, measures["frequency"], scores) for group in GROUPS]
    names = np.select(fits, [group.name for group in GROUPS], default="")
    return scores.astype("Int64").assign(rfm_group=names, profile_id=profiles["profile_id"])[
        ["profile_id", *SCORES, "rfm_group"]
    ]


def _measures(profiles: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """Of everybody; who never bought has no purchase day."""
    return {
        "recency": -profiles["days_since_last_order"].astype("float64").to_numpy(),
        "frequency": profiles["repeat_frequency"].astype("float64").add(1).fillna(0).to_numpy(),
        "monetary": profiles["revenue_total"].astype("float64").to_numpy(),
    }


def _fits(group: Group, purchase_days: NDArray[np.float64], scores: pd.DataFrame) -> NDArray[np.bool_]:
    fits = (purchase_days >= group.purchase_days[0]) & (purchase_days <= group.purchase_days[1])
    for column, wanted in zip(SCORES, (group.recency, group.frequency, group.monetary), strict=True):
        if wanted is not None:
            fits &= scores[column].between(*wanted).to_numpy()
    return fits
