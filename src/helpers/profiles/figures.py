"""Key figures of a data set, today and at two moments of its past, each from what was known then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from helpers.datasets.tables.ingestion import MONEY
from helpers.profiles.panel import panel
from helpers.profiles.people import person_events

if TYPE_CHECKING:
    from helpers.datasets import Shop

MOMENTS = {
    "now": pd.DateOffset(months=0),
    "month_before": pd.DateOffset(months=1),
    "year_before": pd.DateOffset(years=1),
}
ACTIVE_DAYS = 90


def key_figures(shop: Shop) -> pd.DataFrame:
    """Who ordered in the last 90 days, and what repeat buyers brought in them, now and earlier.

    People count who may be described today. A moment is left out unless 90 days of the history lie before it.

    Args:
        shop: An open data set whose `daily` and `identity_map` are written.

    Returns:
        Index: names of `MOMENTS`. Columns: as_of (date), buyers, active_customers, repeat_buyers (people),
        repeat_revenue (currency).
    """
    daily = shop.table("daily")
    first = daily.filter(daily.orders > 0).day.min().to_pyarrow().as_py()
    days = {moment: (pd.Timestamp(shop.as_of) - offset).date() for moment, offset in MOMENTS.items()}
    cutoffs = {moment: day for moment, day in days.items() if first is not None and (day - first).days >= ACTIVE_DAYS}
    columns = ["as_of", "buyers", "active_customers", "repeat_buyers", "repeat_revenue"]
    found = _at(shop, list(cutoffs.values())) if cutoffs else {}
    rows = {moment: found.get(day, [day, 0, 0, 0, 0.0]) for moment, day in cutoffs.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _at(shop: Shop, cutoffs: list[date]) -> dict[date, list[object]]:
    people = panel(shop, cutoffs)
    repeat = people.repeat_frequency >= 1
    found = people.group_by("cutoff").aggregate(
        buyers=people.orders_count.count(where=people.orders_count > 0),
        active=people.orders_count.count(where=people.orders_90d > 0),
        repeat=people.orders_count.count(where=repeat),
        revenue=people.revenue_90d.cast(MONEY).sum(where=repeat).fill_null(0).cast("float64"),
    )
    return {row["cutoff"]: list(row.values()) for row in found.to_pyarrow().to_pylist()}


def by_country(shop: Shop) -> pd.DataFrame:
    """People by country: each is where their last event with a country was, the first of the alphabet in a tie.

    Returns:
        Columns country, people, revenue (net of refunds, all history), the largest country first; empty where events
        carry no country.
    """
    events = person_events(shop, "country")
    seen = events.filter(~events.country.isnull())
    last = seen.group_by("profile_id", "country").aggregate(at=seen.timestamp.max())
    newest = last.group_by("profile_id").mutate(newest=last["at"].max())
    home = (
        newest.filter(newest["at"] == newest.newest).group_by("profile_id").aggregate(country=lambda t: t.country.min())
    )
    people = shop.table("profiles").select("profile_id", "revenue_total")
    joined = home.inner_join(people, "profile_id")
    counted = joined.group_by("country").aggregate(
        people=joined.count(), revenue=joined.revenue_total.cast(MONEY).sum().cast("float64")
    )
    frame = shop.frame(counted)
    return frame.sort_values(["people", "country"], ascending=[False, True], ignore_index=True)
