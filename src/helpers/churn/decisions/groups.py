"""Which groups people are in that a score might serve unevenly: by activity, tenure, channel and named attributes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pandas as pd

from helpers import identity, profiles
from helpers.churn.activity import TENTHS, activity_tenths
from helpers.datasets.settings import KINDS_OF_GROUPS

if TYPE_CHECKING:
    from helpers.datasets import Shop

ACTIVITY, TENURE, CHANNEL = KINDS_OF_GROUPS
UNKNOWN = "not known"
_TENURES = {"under 3 months": 91, "3 to 12 months": 365, "over a year": np.inf}  # days, below


def groups_of(shop: Shop, people: pd.DataFrame, cutoff: date) -> pd.DataFrame:
    """Groups of the people of a cutoff, by what was known before it.

    Args:
        shop: An open data set whose profiles are written.
        people: profile_id and `FEATURES`, one row a person.
        cutoff: Its moment.

    Returns:
        One column of names, in their order, a kind of group: activity, tenure, channel, and each attribute of
        `[fairness]`; indexed as `people`. A column in which all are alike is left out.
    """
    tenure = np.searchsorted([*_TENURES.values()], people["tenure_days"].to_numpy(dtype=float), side="right")
    tenths = [_tenth(each) for each in range(1, TENTHS + 1)]
    found = pd.DataFrame(
        {
            ACTIVITY: pd.Categorical.from_codes(activity_tenths(people) - 1, tenths),
            TENURE: pd.Categorical.from_codes(tenure, [*_TENURES]),
            CHANNEL: _named(people, shop.frame(main_channels(shop, cutoff))),
        },
        index=people.index,
    )
    for name in shop.settings.fairness.attributes:
        found[name] = _named(people, shop.frame(attribute_values(shop, name, cutoff)))
    return found[[kind for kind in found if len(found[kind].unique()) > 1]]


def main_channels(shop: Shop, cutoff: date) -> ibis.Table:
    """Columns profile_id and value: the channel of most order lines of a person before a cutoff."""
    events = profiles.person_events(shop, "channel")
    orders = events.filter(events.event == "Order Completed", events.timestamp < shop.midnight(cutoff))
    counts = orders.group_by("profile_id", value=orders.channel).aggregate(
        n=orders.count(), since=orders.timestamp.min()
    )
    return _first(counts, counts.n.desc(), counts.since, counts.value)


def attribute_values(shop: Shop, name: str, cutoff: date) -> ibis.Table:
    """Columns profile_id and value: what was last said of an attribute of a person before a cutoff."""
    said, moment = shop.table("attributes"), shop.midnight(cutoff)
    said = said.filter(said.name == name, said.valid_from < moment, said.value.notnull(), said.value != "")
    people = identity.current(shop).filter(lambda row: ~row.is_shared & row.valid_to.isnull())
    own = said.join(people, [said.identifier_type == people.type, said.identifier == people.identifier])
    own = own.select("profile_id", "value", since="valid_from")
    return _first(own, own.since.desc(), own.value)


def _first(rows: ibis.Table, *order: ibis.Value) -> ibis.Table:
    placed = rows.mutate(_place=ibis.row_number().over(ibis.window(group_by="profile_id", order_by=order)))
    return placed.filter(placed["_place"] == 0).select("profile_id", "value")


def _named(people: pd.DataFrame, values: pd.DataFrame) -> pd.Categorical:
    by_person = values.set_index("profile_id")["value"]
    return pd.Categorical(people["profile_id"].map(by_person).fillna(UNKNOWN))


def _tenth(tenth: int) -> str:
    ends = {1: ", least active", TENTHS: ", most active"}
    return f"{tenth} of {TENTHS}{ends.get(tenth, '')}"
