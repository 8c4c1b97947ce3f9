"""Customers as models of purchases see them, at a past midnight and now, and what each bought afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import ibis
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers import profiles
from helpers.profiles.windows import day_number
from helpers.value.history import WEEK, Floats, Histories, histories

if TYPE_CHECKING:
    from helpers.datasets import Shop

_READ = (
    "repeat_frequency", "recency_btyd_days", "T_days", "monetary_repeat", "revenue_total", "aov_observed",
    "orders_count",
)  # fmt: skip
_ORDER = ["repeat_frequency", "recency_btyd_days", "T_days", "spend"]


class Customers(NamedTuple):
    """People with a purchase before a moment, sorted by what they are like. Shape (customers,) each.

    Attributes:
        profile_id: By which each goes now.
        histories: Days with a purchase, in weeks.
        spend: Mean spend of a day with a repeat purchase, net of refunds; NaN where there is none.
        first_day: Day of the first purchase, as days before the moment.
    """

    profile_id: NDArray[np.object_]
    histories: Histories
    spend: Floats
    first_day: Floats


class Bought(NamedTuple):
    """What each of some customers bought in a stretch of days, their very first day aside. Shape (customers,) each.

    Attributes:
        days: Days with a purchase.
        revenue: Revenue of these days, less refunds of the stretch.
    """

    days: Floats
    revenue: Floats


def customers_now(shop: Shop) -> Customers:
    """Everybody with a purchase and a profile, as of `shop.as_of`.

    Args:
        shop: An open data set whose profiles are written.
    """
    return _customers(_frame(shop, shop.table("profiles")))


def customers_at(shop: Shop, cutoff: date) -> Customers:
    """The same as of a past midnight, by what was known then of who is who.

    Names that turned out later to be of one person are one row, that of the name that had bought most.
    """
    rows = _frame(shop, profiles.panel(shop, [cutoff]))
    known = shop.frame(shop.table("profile_alias").select("alias", "profile_id"))
    now = dict(zip(known["alias"], known["profile_id"], strict=True))
    person = rows["profile_id"].map(lambda name: now.get(name, name)).astype("str")
    rows = rows.assign(profile_id=person).sort_values([*_ORDER, "profile_id"], kind="stable", na_position="first")
    return _customers(rows.drop_duplicates("profile_id", keep="last"))


def bought(shop: Shop, customers: Customers, start: date, end: date) -> Bought:
    """What customers bought in the local days [start, end), the day of their very first purchase aside.

    Args:
        shop: An open data set whose profiles are written.
        customers: Whom to look at.
        start: First day looked at.
        end: The day after the last.
    """
    days = after_first(shop)
    window = days.filter(days.day >= start, days.day < end)
    sums = window.group_by("profile_id").aggregate(
        days=window.is_purchase.sum(where=window.is_later).fill_null(0),
        revenue=(window.order_revenue.sum(where=window.is_later).fill_null(0) - window.refunds.sum()).cast("float64"),
    )
    found = shop.frame(sums).set_index("profile_id").reindex(customers.profile_id).fillna(0.0)
    return Bought(found["days"].to_numpy(dtype=float), found["revenue"].to_numpy(dtype=float))


def after_first(shop: Shop) -> ibis.Table:
    """Days of customers with what was bought and paid back: profile_id, day, first_day, is_purchase, is_later."""
    daily = shop.table("daily")
    purchases = daily.filter(daily.orders > 0)
    firsts = purchases.group_by(person="profile_id").aggregate(first_day=purchases.day.min())
    days = daily.inner_join(firsts, daily.profile_id == firsts.person)
    return days.select(
        "profile_id",
        "day",
        "first_day",
        "order_revenue",
        "refunds",
        is_purchase=(days.orders > 0).cast("int64"),
        is_later=days.day > days.first_day,
    )


def repeats_by_week(shop: Shop, start: date, before: date) -> pd.DataFrame:
    """Repeat purchases of everybody whose first purchase was before a day, by week.

    Args:
        shop: An open data set whose profiles are written.
        start: First day of the first week.
        before: The day.

    Returns:
        week (0 for the first), count of days with a purchase, people.
    """
    days = after_first(shop)
    own = days.filter(days.first_day < before, days.is_later, days.is_purchase == 1)
    own = own.mutate(week=((day_number(own.day) - day_number(ibis.literal(start))) // WEEK).cast("int64"))
    weeks = own.group_by("week").aggregate(count=own.count(), people=own.profile_id.nunique())
    return shop.frame(weeks.order_by("week"))


def _frame(shop: Shop, rows: ibis.Table) -> pd.DataFrame:
    """Customers with what models read of them, and mean spend.

    Refunds are spread over a customer's purchases in proportion, as a refund does not always say which it pays back.
    """
    people = shop.frame(rows.filter(rows.orders_count > 0).select("profile_id", *_READ))
    people = people.astype(dict.fromkeys(_READ, "float64"))
    gross = people["aov_observed"] * people["orders_count"]
    kept = (people["revenue_total"] / gross.where(gross > 0)).fillna(1.0)
    return people.assign(spend=people["monetary_repeat"] * kept)


def _customers(people: pd.DataFrame) -> Customers:
    # By what people are like, so that no figure depends on ids or on how the engine delivers rows.
    people = people.sort_values([*_ORDER, "profile_id"], kind="stable")
    frequency, recency, since = (people[name].to_numpy(dtype=float) for name in _ORDER[:3])
    return Customers(
        people["profile_id"].to_numpy(dtype=object),
        histories(frequency, recency, since - 1),  # the last day looked at is the one before the moment
        people["spend"].to_numpy(dtype=float),
        since,
    )
