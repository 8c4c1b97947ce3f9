"""What k-means and its like see of a person: stated features on one scale, learned of some and kept for all others."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.errors import NothingToDo


class Feature(NamedTuple):
    """A column of `profiles` that groups are found by.

    Attributes:
        words: What it is called on pages.
        why: Why it is one.
        less: What a group is called whose people have less of it than most.
        more: What a group is called whose people have more of it than most.
    """

    words: str
    why: str
    less: str
    more: str


# What takes few values only (orders in 90 days, channels) is left out on purpose: none, one and two lie so far apart
# that every shop falls into groups there, also one whose people are all of one kind.
FEATURES = {
    "days_since_last_order": Feature(
        "days since the last purchase", "whether somebody still buys", "bought lately", "long without a purchase"
    ),
    "orders_count": Feature("orders", "how often somebody bought", "few orders", "many orders"),
    "revenue_total": Feature("revenue", "what somebody is worth so far", "little revenue", "much revenue"),
    "aov": Feature("revenue an order", "small baskets or large ones", "small orders", "large orders"),
    "events_decayed": Feature(
        "events (late ones weigh more)", "how much somebody does of late", "quiet of late", "active of late"
    ),
}
# For who never bought: they have been silent since they were first seen.
SINCE_FIRST_SEEN = "tenure_days"
COLUMNS = (*FEATURES, SINCE_FIRST_SEEN)


class Scaling(NamedTuple):
    """How features become points, as learned of some people.

    Attributes:
        columns: Features that go in, in the order of `FEATURES`.
        left_out: Features in which those people do not differ.
        means: Mean of each on the logarithmic scale, shape (features,); who has no value is put there.
        spreads: Standard deviation of each on that scale, shape (features,).
    """

    columns: tuple[str, ...]
    left_out: tuple[str, ...]
    means: NDArray[np.float64]
    spreads: NDArray[np.float64]

    def points(self, people: pd.DataFrame) -> NDArray[np.float64]:
        """People as points, those that the scale was learned of or any others.

        Args:
            people: Columns `COLUMNS` of table `profiles`, one row a person.

        Returns:
            Shape (people, features).
        """
        logged = _logged(people)[list(self.columns)].to_numpy()
        return np.where(np.isnan(logged), 0.0, (logged - self.means) / self.spreads)


def learn_scaling(people: pd.DataFrame) -> Scaling:
    """Learn mean and standard deviation of log1p of each feature; log1p, because all are counts or amounts.

    What is negative (refunds beyond what was bought) counts as 0. The result does not depend on the order of rows.

    Args:
        people: Columns `COLUMNS` of table `profiles`, one row a person.

    Returns:
        The scale; without columns where people do not differ in any.

    Raises:
        NothingToDo: If there is nobody.
    """
    if people.empty:
        raise NothingToDo("There is nobody to group: the profiles hold no person.")
    logged = {column: np.sort(values.dropna().to_numpy()) for column, values in _logged(people).items()}
    used = tuple(column for column, values in logged.items() if values.size and values[0] < values[-1])
    return Scaling(
        columns=used,
        left_out=tuple(column for column in FEATURES if column not in used),
        means=np.array([logged[column].mean() for column in used]),
        spreads=np.array([logged[column].std() for column in used]),
    )


def _logged(people: pd.DataFrame) -> pd.DataFrame:
    values = people[list(COLUMNS)].astype("float64")
    silent = values["days_since_last_order"].fillna(values[SINCE_FIRST_SEEN])
    return np.log1p(values.assign(days_since_last_order=silent)[list(FEATURES)].clip(lower=0))
