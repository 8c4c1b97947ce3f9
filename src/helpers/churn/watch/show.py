"""The table that a page shows of the watch."""

from __future__ import annotations

import pandas as pd

from helpers.churn.watch.words import name_of
from helpers.privacy import Published, publish


def drift_table(tests: pd.DataFrame) -> Published:
    """What was compared, what moved most first; it is for behind a fold.

    Shares that are missing are shown in whole hundredths, so that no few people can be counted back from them.

    Args:
        tests: Of a `Watched`.
    """
    ordered = tests.sort_values(["moved", "psi", "feature"], ascending=[False, False, True])
    frame = pd.DataFrame(
        {
            "What": ordered["feature"].map(name_of),
            "Moved": ordered["moved"].map({True: "yes", False: "no"}),
            "Stability index": ordered["psi"],
            "By chance": ordered["chance"],
            "Largest difference of shares": ordered["ks"],
            "Missing then, of 100": (100 * ordered["missing_then"]).round(),
            "Missing now, of 100": (100 * ordered["missing_now"]).round(),
            "Chance, all tests together": ordered["adjusted"],
        }
    )
    return publish(frame.reset_index(drop=True), people=None, why="measures of features and scores")
