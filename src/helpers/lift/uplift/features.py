"""What was known of people before they were exposed: attributes, and what they had done until the day before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import ibis
import pandas as pd

from helpers import identity

if TYPE_CHECKING:
    from helpers.datasets import Shop

RECENT_DAYS = 90
# A value of fewer people tells a model of them by name; an attribute of more values is no group of people.
FEWEST_OF_A_VALUE, MOST_VALUES = 50, 20
_GATHERED = ("acts", "sessions", "orders", "order_revenue")
_DID = (*(f"{name}_{when}" for name in _GATHERED for when in (f"{RECENT_DAYS}d", "ever")),
        "days_since_seen", "days_since_order")  # fmt: skip


def known_before(shop: Shop, people: ibis.Table) -> pd.DataFrame:
    """Features of people at their first exposure.

    Attributes count as they were said to be before it, undated ones as known ever since. What people did counts up to
    the end of the local day before. What is the same of everybody is left out.

    Args:
        shop: An open data set whose `attributes`, `identity_map` and `daily` are written.
        people: One row a person: profile_id and first_exposed_at, in UTC.

    Returns:
        One row a person, by profile_id; all columns float64, missing where nothing is known.
    """
    own = people.select("profile_id", "first_exposed_at")
    did = shop.frame(did_before(shop, own)).set_index("profile_id").sort_index().astype("float64")
    said = shop.frame(_said(shop, own)).pivot_table(index="profile_id", columns="name", values="value", aggfunc="first")
    parts = [did, *(_numbers(said[name].reindex(did.index)) for name in said.columns)]
    found = pd.concat(parts, axis=1)
    same = found.eq(found.iloc[0]).all() | found.isna().all()
    return found.loc[:, ~same]


def tells_nothing(shop: Shop, feature: str, found: pd.DataFrame) -> bool:
    """Whether a feature is known in principle, and is left out of what was found since it tells nobody apart.

    Args:
        shop: An open data set whose `attributes` are written.
        feature: Name of a feature.
        found: What `known_before` gave.
    """
    if feature in found:
        return False
    attributes = shop.table("attributes")
    said = attributes.filter(attributes.name == feature.partition("=")[0]).count().to_pyarrow().as_py()
    return feature in _DID or bool(said)


def did_before(shop: Shop, people: ibis.Table) -> ibis.Table:
    """What people did on whole local days before exposure: lately, ever, and how long ago they last did."""
    joined = people.left_join(_ended(shop), "profile_id").drop("profile_id_right")
    before = joined.ends_at <= joined.first_exposed_at
    since = joined.first_exposed_at.epoch_seconds() - joined.ends_at.epoch_seconds()
    lately = before & (since < RECENT_DAYS * 86_400)
    values = {
        f"{name}_{when}": joined[name].sum(where=which).fill_null(0).cast("float64")
        for name in _GATHERED
        for when, which in ((f"{RECENT_DAYS}d", lately), ("ever", before))
    }
    values |= {
        "days_since_seen": since.min(where=before) / 86_400.0,
        "days_since_order": since.min(where=before & (joined.orders > 0)) / 86_400.0,
    }
    return joined.group_by("profile_id").agg(**values)


def _ended(shop: Shop) -> ibis.Table:
    """Table `daily` with the moment at which each of its local days was over, in UTC."""
    daily = shop.table("daily")
    days = [row["day"] for row in daily.select("day").distinct().to_pyarrow().to_pylist()]
    ends = {"day": days, "ends_at": [shop.midnight(day + timedelta(days=1)) for day in days]}
    over = ibis.memtable(pd.DataFrame(ends), schema={"day": "date", "ends_at": "timestamp(6)"})
    return daily.join(over, "day").select("profile_id", "ends_at", *_GATHERED)


def _said(shop: Shop, people: ibis.Table) -> ibis.Table:
    """The last value of each attribute of each person that was said before exposure."""
    owners = identity.current(shop)
    owners = owners.filter(~owners.is_shared).select(
        "profile_id", "identifier", identifier_type="type", owned_from="valid_from", owned_to="valid_to"
    )
    said = shop.table("attributes").drop("loaded_at").join(owners, ["identifier_type", "identifier"])
    known = said.join(people, "profile_id")
    at = known.first_exposed_at
    own = (known.owned_from.isnull() | (known.owned_from <= at)) & (known.owned_to.isnull() | (at < known.owned_to))
    known = known.filter(known.valid_from < at, own)
    latest = ibis.window(
        group_by=["profile_id", "name"], order_by=[known.valid_from.desc(), known.identifier_type, known.value]
    )
    known = known.mutate(place=ibis.row_number().over(latest))
    return known.filter(known.place == 0).select("profile_id", "name", "value")


def _numbers(values: pd.Series) -> pd.DataFrame:
    """An attribute as numbers: itself where it is one, else a column of 1 and 0 for each of its common values."""
    asked = values.dropna()
    as_number = pd.to_numeric(asked, errors="coerce")
    if as_number.notna().all():
        return as_number.reindex(values.index).astype("float64").to_frame(values.name)
    counts = asked.value_counts()
    common = sorted(counts[counts >= FEWEST_OF_A_VALUE].index) if len(counts) <= MOST_VALUES else []
    return pd.DataFrame(
        {f"{values.name}={value}": (values == value).astype("float64").where(values.notna()) for value in common},
        index=values.index,
    )
