"""Writes the tables of the business picture: days, months, who came back, funnels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from helpers.errors import NothingToDo
from helpers.overview.actives import by_day
from helpers.overview.calendar import Calendar, calendar_of
from helpers.overview.funnels import Passed, pass_all
from helpers.overview.months import by_month
from helpers.overview.retention import cohorts
from helpers.overview.visits import LATELY_DAYS, Lengths, lengths, whole_visits
from helpers.profiles import person_events

if TYPE_CHECKING:
    from helpers.datasets import Shop


@dataclass(frozen=True)
class Overview:
    """The business picture of a data set.

    Attributes:
        calendar: What the log covers.
        currency: Of its amounts.
        days: Table `overview_days`.
        months: Table `overview_months`.
        retention: Table `overview_retention`.
        funnels: What became of those who began each funnel.
        lengths: How long the visits of the last 30 days were.
    """

    calendar: Calendar
    currency: str
    days: pd.DataFrame
    months: pd.DataFrame
    retention: pd.DataFrame
    funnels: list[Passed]
    lengths: Lengths


_READ = ("profile_id", "event", "timestamp", "local_time", "session_id", "weight")


def build(shop: Shop, *, funnel_days: int) -> Overview:
    """Write tables overview_days, overview_months, overview_retention and overview_funnels as of `shop.as_of`.

    Args:
        shop: An open data set whose `daily` and `identity_map` are written.
        funnel_days: Days of beginnings that the funnels look at.

    Raises:
        NothingToDo: If nobody with a profile did anything.
    """
    daily = shop.table("daily")
    calendar = calendar_of(daily, shop.as_of)
    if calendar is None:
        raise NothingToDo(f"{shop.name}: no event of anybody with a profile lies before {shop.as_of}.")
    shop.write("overview_days", shop.computed(lambda rows: by_day(rows, calendar), daily))
    ordered = daily.filter(daily.orders > 0).count().to_pyarrow().as_py() > 0
    cells = shop.computed(lambda rows: cohorts(rows, calendar, by_orders=ordered), daily)
    shop.write("overview_retention", cells)
    with shop.at_hand(person_events(shop, "session_id", "local_time").select(*_READ)) as events:
        visits = shop.computed(lambda rows: whole_visits(rows, shop.moment), events)
        parts = daily, shop.table("overview_days"), visits
        shop.write("overview_months", shop.computed(lambda *rows: by_month(*rows, calendar), *parts))
        lately = lengths(visits, shop.midnight(shop.as_of - timedelta(days=LATELY_DAYS)))
        funnels = pass_all(shop, events, days=funnel_days)
    shop.write("overview_funnels", _rows(funnels))
    frames = (shop.frame(f"overview_{name}") for name in ("days", "months", "retention"))
    return Overview(calendar, shop.settings.currency, *frames, funnels, lately)


def _rows(funnels: list[Passed]) -> pd.DataFrame:
    rows = [
        (each.funnel.name, number, *step) for each in funnels for number, step in enumerate(each.steps, 1)
    ]  # fmt: skip
    columns = {
        "funnel": "str", "step": "int64", "name": "str", "people": "int64", "from_first_s": "float64",
        "from_last_s": "float64",
    }  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)
