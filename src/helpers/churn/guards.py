"""Nothing of a feature lies ahead of its cutoff: features made anew of a log that ends there, and times they used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from helpers import profiles
from helpers.churn.features import FEATURES
from helpers.churn.panel import Panel
from helpers.datasets import folded
from helpers.datasets.tables.profiles import METRICS
from helpers.errors import OUR_FAULT, WorkbenchError
from helpers.reporting import formats

if TYPE_CHECKING:
    from helpers.datasets import Shop

MOST, SEED = 500, 1
_MEANINGS = {column.name: column.meaning for column in METRICS}
# Of rows of table `daily`, rows with profile_id and features.
Made = Callable[[ibis.Table], ibis.Table]


class Guarded(NamedTuple):
    """What the guards looked at without finding anything of the future.

    Attributes:
        cutoff: The cutoff at which features were made anew; None where nothing was judged.
        people: Customers that they were made anew for.
        features: Features of each.
        table: Rows of table `churn_features`.
    """

    cutoff: date | None
    people: int
    features: int
    table: pd.DataFrame

    def __str__(self) -> str:
        """What was looked at, in a sentence."""
        if self.cutoff is None:
            return "Nobody is judged, so no feature was made anew."
        if not self.people:
            return "No feature was made anew: the events of no customer at the cutoff to judge by are all at hand."
        return (
            f"{self.features} features of {formats.people(self.people)} customers were made anew from the events "
            f"before {formats.date(self.cutoff)} alone, and every value was the same; no feature used an event from "
            "the moment on that it describes."
        )


def guard(shop: Shop, panel: Panel) -> Guarded:
    """Look for the future in every feature of a panel, and write table `churn_features`.

    Args:
        shop: The data set that the panel is of.
        panel: As `build_panel` gives it.

    Raises:
        WorkbenchError: If a feature used an event at its cutoff or later, or has another value when it is made of the
            events before the test cutoff alone.
    """
    midnights = pd.to_datetime(panel.latest["cutoff"].map(shop.midnight))
    late = panel.latest[pd.to_datetime(panel.latest["latest_at"]) >= midnights]
    if len(late):
        name, cutoff, at = late[["feature", "cutoff", "latest_at"]].iloc[0]
        raise WorkbenchError(
            f"Feature {name!r} of {formats.date(cutoff)} used an event of {at} (UTC), which is not before its moment. "
            f"{OUR_FAULT}"
        )
    people = refuse_future(shop, panel.test) if len(panel.test) else 0
    cutoff = panel.cutoffs.test if panel.cutoffs else None
    found = Guarded(cutoff, people, len(FEATURES), _table(panel, people))
    shop.write("churn_features", found.table)
    return found


def refuse_future(
    shop: Shop, people: pd.DataFrame, features: Iterable[str] = FEATURES, *, made: Made | None = None
) -> int:
    """Make features of some people anew, of a log that ends at their cutoff, and refuse those that differ at all.

    Whoever hands in a feature hands in how it is made. A value that rests on what came later cannot be made without.

    Args:
        shop: The data set that they are of.
        people: Of one cutoff: cutoff, known_as, tenure_days and the features, as they are to be learned from.
        features: Columns to look at.
        made: Of rows of table `daily`, profile_id and these features; `profiles.of_days` where it is not given.

    Returns:
        For how many people they were made anew: at most 500. Where old events are folded only people since then.

    Raises:
        WorkbenchError: If a feature has another value for anybody, or none is made of its name.
    """
    cutoff, columns = people["cutoff"].iloc[0], list(features)
    some = _some(shop, people, cutoff)
    if some.empty:
        return 0
    names = ibis.memtable(pa.table({"profile_id": pa.array(some["known_as"], pa.string())}))
    days = profiles.from_log(shop, cutoff, names)
    rows = made(days) if made else profiles.of_days(shop, days, [cutoff])
    unknown = [name for name in columns if name not in rows.columns]
    if unknown:
        raise WorkbenchError(f"Nothing says how feature {unknown[0]!r} is made of what came before a cutoff.")
    anew = shop.frame(rows.select("profile_id", *columns)).set_index("profile_id")
    anew = anew.reindex(some["known_as"])
    for name in columns:
        differ = ~_same(some[name], anew[name])
        if differ.any():
            raise WorkbenchError(
                f"Feature {name!r} of {formats.date(cutoff)} is another for {differ.sum():,} of {len(some):,} "
                "customers when it is made of the events before that day alone: it holds something of what came "
                f"later. {OUR_FAULT}"
            )
    return len(some)


def _same(one: pd.Series, other: pd.Series) -> np.ndarray:
    """Whether values are exactly the same, shape (n,); missing ones are the same."""
    a, b = one.to_numpy(dtype="float64", na_value=np.nan), other.to_numpy(dtype="float64", na_value=np.nan)
    return (a == b) | (np.isnan(a) & np.isnan(b))


def _some(shop: Shop, people: pd.DataFrame, cutoff: date) -> pd.DataFrame:
    """At most 500 of the people whose events are all at hand, the same ones for equal data."""
    kept = folded(shop.name)
    if kept:
        since = (cutoff - shop.local_day(kept.first_whole_moment)).days
        people = people[people["tenure_days"] <= since - 1]
    if len(people) <= MOST:
        return people
    rows = np.random.default_rng(SEED).choice(len(people), size=MOST, replace=False)
    return people.iloc[np.sort(rows)]


def _table(panel: Panel, anew: int) -> pd.DataFrame:
    """Rows of table `churn_features`."""
    everybody = pd.concat([panel.training, panel.test, panel.current])
    known = everybody.groupby("cutoff")[FEATURES].count()
    known = known.melt(ignore_index=False, var_name="feature", value_name="known").reset_index()
    table = panel.latest.merge(known, on=["cutoff", "feature"], how="left")
    people = everybody.groupby("cutoff").size()
    judged = table["cutoff"] == (panel.cutoffs.test if panel.cutoffs else None)
    return table.assign(
        meaning=table["feature"].map(_MEANINGS),
        people=table["cutoff"].map(people).fillna(0).astype("int64"),
        known=table["known"].fillna(0).astype("int64"),
        made_anew=np.where(judged, anew, 0),
        latest_at=pd.to_datetime(table["latest_at"]),
    )
