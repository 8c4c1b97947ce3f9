"""Who was in which group from when to when: stretches of days on which people were placed alike."""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.datasets.tables.memberships import MEMBERSHIPS


def memberships(placed: pd.DataFrame, cutoffs: list[date], *, scheme: str) -> pd.DataFrame:
    """The intervals in which people were in groups, of one way of grouping.

    A stretch ends on the first of the days on which somebody is not found in the group, be it in another or in none,
    because they have no profile any more; who comes back begins anew. Only the days themselves are known: a move is
    dated by the first of them after it.

    Args:
        placed: Columns cutoff, profile_id and segment, one row for each group that somebody was in on one of the days.
        cutoffs: The days on which people were placed, earliest first, whether or not anybody had a profile then.
        scheme: The way of grouping.

    Returns:
        The columns of table `memberships`, in the order of its key, days as timestamps.
    """
    place = placed["cutoff"].map({day: place for place, day in enumerate(cutoffs)}).astype("int64")
    rows = placed[["profile_id", "segment"]].assign(place=place)
    rows = rows.sort_values(["profile_id", "segment", "place"], ignore_index=True)
    group = rows.groupby(["profile_id", "segment"], sort=False)["place"]
    rows["first"] = group.diff() != 1
    rows["last"] = group.diff(-1) != -1
    begun, ended = rows[rows["first"]], rows.loc[rows["last"], "place"]
    days = pd.DatetimeIndex(cutoffs).append(pd.DatetimeIndex([pd.NaT]))
    found = {
        "scheme": scheme,
        **{name: begun[name].astype("str").array for name in ("profile_id", "segment")},
        "valid_from": days[begun["place"]],
        "valid_to": days[ended + 1],
    }
    return pd.DataFrame(found, columns=MEMBERSHIPS.column_names)
