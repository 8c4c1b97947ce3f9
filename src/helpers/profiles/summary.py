"""What notebook 02_profiles shows: how the people of a data set are spread, in small frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import ibis
import pandas as pd

from helpers.datasets.tables.profiles import PROFILES
from helpers.profiles.facts import ORDER, order_of
from helpers.profiles.people import person_events

if TYPE_CHECKING:
    from helpers.datasets import Shop

_ORDERS = (("none", 0, 0), ("1", 1, 1), ("2", 2, 2), ("3", 3, 3), ("4 to 5", 4, 5), ("6 to 10", 6, 10))
_SPANS = ((30, "in the last 30 days"), (90, "31 to 90 days ago"), (180, "91 to 180 days ago"))
_METRICS = {
    "tenure_days": "Days since first seen",
    "orders_count": "Orders",
    "days_since_last_order": "Days since the last order",
    "mean_gap_days_observed": "Mean days between purchase days",
    "overdue_days": "Days past the expected next order",
    "revenue_total": "Revenue net of refunds",
    "aov_observed": "Mean order value",
    "events_90d": "Events in 90 days",
    "active_days_30d": "Active days in 30 days",
    "n_identifiers": "Identifiers",
    "n_channels_active": "Channels",
}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Tally(NamedTuple):
    """How many people there are of each kind.

    Attributes:
        buyers: With an order.
        once: Of these, with one order.
        recent: Of the buyers, with an order in the last 90 days.
        regular: Of the buyers, who have bought on two days.
        overdue: Of these, past the day on which their next order was due.
    """

    buyers: int
    once: int
    recent: int
    regular: int
    overdue: int


def tally(profiles: ibis.Table) -> Tally:
    """Count the people of table `profiles`."""
    found = profiles.aggregate(
        buyers=profiles.count(where=profiles.orders_count > 0),
        once=profiles.count(where=profiles.orders_count == 1),
        recent=profiles.count(where=profiles.days_since_last_order <= 90),
        regular=profiles.overdue_days.count(),
        overdue=profiles.count(where=profiles.overdue_days > 0),
    )
    return Tally(**found.to_pyarrow().to_pylist()[0])


class Liked(NamedTuple):
    """What people answer.

    Attributes:
        both: With a believed share of clicks by e-mail and by SMS.
        email_first: Of these, by e-mail the larger.
        preferring: With a topic, format or offer that they answer beyond chance.
    """

    both: int
    email_first: int
    preferring: int


def count_liked(profiles: ibis.Table) -> Liked:
    """Count what the people of table `profiles` answer."""
    rank = profiles.channel_rank
    prefers = profiles.top_topic.notnull() | profiles.top_format.notnull() | profiles.top_offer_type.notnull()
    found = profiles.aggregate(
        both=profiles.count(where=rank.contains(",")),
        email_first=profiles.count(where=rank == "email, sms"),
        preferring=profiles.count(where=prefers),
    )
    return Liked(**found.to_pyarrow().to_pylist()[0])


def by_orders(profiles: ibis.Table) -> pd.DataFrame:
    """People by their number of orders: columns orders (text), people."""
    count = profiles.orders_count
    cases = [(count.between(low, high), label) for label, low, high in _ORDERS]
    return _counted(profiles, cases, "more than 10", "orders")


def by_last_order(profiles: ibis.Table) -> pd.DataFrame:
    """People by the time since their last order: columns last order (text), people."""
    age = profiles.days_since_last_order
    cases = [(age.isnull(), "never"), *((age <= limit, label) for limit, label in _SPANS)]
    return _counted(profiles, cases, "longer ago", "last order")


def _counted(rows: ibis.Table, cases: list[tuple[ibis.Value, str]], rest: str, name: str) -> pd.DataFrame:
    """People in each case, in the order of the cases, those without anybody left out."""
    label = ibis.cases(*cases, else_=rest)
    frame = rows.group_by(**{name: label}).aggregate(people=rows.count()).to_pyarrow().to_pandas()
    order = {text: place for place, text in enumerate([*(text for _, text in cases), rest])}
    return frame.sort_values(name, key=lambda column: column.map(order), ignore_index=True)


def spread(profiles: ibis.Table) -> pd.DataFrame:
    """The middle of the main metrics: metric, unit, people who have it, 10th percentile, median, 90th percentile."""
    units = {column.name: column.unit for column in PROFILES.columns}
    sums = {}
    for metric in _METRICS:
        value = profiles[metric].cast("float64")
        sums |= {f"{metric} n": value.count()}
        sums |= {f"{metric} {share}": value.quantile(share) for share in (0.1, 0.5, 0.9)}
    found = profiles.aggregate(**sums).to_pyarrow().to_pylist()[0]
    return pd.DataFrame(
        [
            {
                "metric": label,
                "unit": units[metric] or "count",
                "people": found[f"{metric} n"],
                "one in ten below": found[f"{metric} 0.1"],
                "median": found[f"{metric} 0.5"],
                "one in ten above": found[f"{metric} 0.9"],
            }
            for metric, label in _METRICS.items()
            if found[f"{metric} n"]
        ]
    )


def rhythm(shop: Shop) -> pd.DataFrame:
    """Purchases by local weekday (rows, Monday first) and hour (columns, those with a purchase): orders.

    A source that knows days but no hours has the single column 0.
    """
    events = person_events(shop, "local_time", "order_id", "message_id")
    bought = events.filter(events.event == ORDER)
    order = order_of(bought)
    counts = bought.group_by(weekday=bought.local_time.day_of_week.index(), hour=bought.local_time.hour()).aggregate(
        orders=order.nunique()
    )
    frame = shop.frame(counts)
    table = frame.pivot_table(index="weekday", columns="hour", values="orders", fill_value=0)
    return table.reindex(range(7), fill_value=0).astype("int64").set_axis(WEEKDAYS)
