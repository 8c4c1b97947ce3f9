"""Who is looked at, when, and what became of them: cutoffs, features before each, labels after each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers import profiles
from helpers.errors import NothingToDo, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ibis

    from helpers.datasets.shop import Shop

# Columns of `profiles` that models learn from. Not n_identifiers: it counts how well a person is tracked.
FEATURES = [
    "days_since_last_order",
    "orders_count",
    "repeat_frequency",
    "recency_btyd_days",
    "T_days",
    "tenure_days",
    "n_channels_active",
    "revenue_total",
    "aov_observed",
    "monetary_repeat",
    "mean_gap_days_observed",
    "gap_cv",
    "overdue_days",
    "orders_30d",
    "orders_90d",
    "revenue_90d",
    "events_7d",
    "events_30d",
    "events_90d",
    "purchase_events_90d",
    "engagement_events_90d",
    "web_events_90d",
    "support_events_90d",
    "active_days_30d",
    "weekend_share_observed",
]
HORIZONS_NEEDED = 3

_MOST_TRAINING_CUTOFFS = 3


class Cutoffs(NamedTuple):
    """The moments of a time split, each the local midnight of its day.

    Attributes:
        training: Cutoffs that models learn at, latest first; the horizon after each ends by `test`.
        test: Cutoff that models are judged at; the horizon after it ends by `as_of`.
        as_of: Moment at which people are scored.
        horizon_days: Days that labels look ahead.
    """

    training: tuple[date, ...]
    test: date
    as_of: date
    horizon_days: int


class Panel(NamedTuple):
    """People at the cutoffs of a time split, features from before, labels from after.

    Attributes:
        cutoffs: The moments.
        training: One row a person and training cutoff: profile_id, cutoff, `FEATURES`, active, churned.
        test: The same for the test cutoff.
        current: The same for as_of, without churned, which nobody can know yet.
    """

    cutoffs: Cutoffs
    training: pd.DataFrame
    test: pd.DataFrame
    current: pd.DataFrame


def split_time(*, history_starts: date, as_of: date, horizon_days: int) -> Cutoffs:
    """Place the cutoffs: a horizon to judge by, one to three before it to learn from, one of history first.

    Args:
        history_starts: First day with data.
        as_of: The moment that everything ends at.
        horizon_days: Days that labels look ahead, at least 1.

    Returns:
        The cutoffs.

    Raises:
        NothingToDo: If history is shorter than three horizons.
        WrongUse: If the horizon is below one day.
    """
    if horizon_days < 1:
        raise WrongUse(f"horizon_days is {horizon_days}; expected at least 1.")
    horizon = timedelta(days=horizon_days)
    history = (as_of - history_starts).days
    if history < HORIZONS_NEEDED * horizon_days:
        raise NothingToDo(
            f"History spans {max(history, 0):,} days. Looking {horizon_days:,} days ahead needs "
            f"{HORIZONS_NEEDED * horizon_days:,}: one such stretch to describe people, one to learn from, "
            "and one to judge by."
        )
    test = as_of - horizon
    candidates = [test - number * horizon for number in range(1, _MOST_TRAINING_CUTOFFS + 1)]
    training = tuple(cutoff for cutoff in candidates if cutoff - horizon >= history_starts)
    return Cutoffs(training, test, as_of, horizon_days)


def build_panel(shop: Shop, *, horizon_days: int) -> Panel:
    """Describe people at each cutoff from what was known then, and say who ordered in the horizon after it.

    Args:
        shop: The data set; its as_of is the end of history.
        horizon_days: Days that labels look ahead.

    Returns:
        The panel.

    Raises:
        NothingToDo: If nobody ordered yet or history is shorter than three horizons.
    """
    current = people_at(shop.frame("profiles"), cutoff=shop.as_of)
    if current.empty:
        raise NothingToDo("Nobody has ordered yet, so nobody can stop.")
    starts = shop.as_of - timedelta(days=int(current["tenure_days"].max()))
    cutoffs = split_time(history_starts=starts, as_of=shop.as_of, horizon_days=horizon_days)
    people = shop.frame(customers(profiles.panel(shop, [*cutoffs.training, cutoffs.test])))
    labelled = {
        cutoff: _labelled(shop, people[people["cutoff"] == cutoff], cutoff, horizon_days)
        for cutoff in (*cutoffs.training, cutoffs.test)
    }
    training = pd.concat([labelled[cutoff] for cutoff in cutoffs.training])
    return Panel(cutoffs, training, labelled[cutoffs.test], current)


def customers(people: ibis.Table) -> ibis.Table:
    """Of rows of table `panel` those with an order, and what models read of them."""
    return people.filter(people.orders_count > 0).select("cutoff", "profile_id", *FEATURES)


def people_at(snapshot: pd.DataFrame, *, cutoff: date) -> pd.DataFrame:
    """Customers at a cutoff: those with an order before it, sorted by what they are like.

    Args:
        snapshot: As of `cutoff`, profile_id and `FEATURES`.
        cutoff: Its moment.

    Returns:
        profile_id, cutoff, `FEATURES` as floats (missing is NaN), and active: an order in the 90 days before.
    """
    customers = snapshot[snapshot["orders_count"] > 0]
    people = customers[FEATURES].astype("float64")
    people.insert(0, "profile_id", customers["profile_id"])
    people.insert(1, "cutoff", cutoff)
    people = people.assign(active=people["orders_90d"] > 0)
    # By features, not by id: no figure may depend on the order of ids or on how the engine delivers rows.
    return people.sort_values(FEATURES, kind="stable", ignore_index=True)


def label(people: pd.DataFrame, buyers: Iterable[str]) -> pd.DataFrame:
    """Add churned: 1 for who is not among the buyers of the horizon, else 0.

    Args:
        people: Column profile_id.
        buyers: profile_id of everybody with an order in the horizon.

    Returns:
        `people` with churned, sorted so that equal people stand by their label.
    """
    labelled = people.assign(churned=np.where(people["profile_id"].isin(list(buyers)), 0, 1))
    return labelled.sort_values([*FEATURES, "churned"], kind="stable", ignore_index=True)


def _labelled(shop: Shop, snapshot: pd.DataFrame, cutoff: date, horizon_days: int) -> pd.DataFrame:
    return label(people_at(snapshot, cutoff=cutoff), buyers_after(shop, cutoff, horizon_days))


def buyers_after(shop: Shop, cutoff: date, days: int) -> pd.Series:
    """profile_id of everybody with an order in the days from a cutoff on."""
    return shop.frame(profiles.orders_between(shop, cutoff, cutoff + timedelta(days=days)))["profile_id"]
