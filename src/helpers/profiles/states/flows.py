"""How people move between states: counts by day, flows between two days, the balance of who is active."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import ibis
import pandas as pd

from helpers.datasets.tables.states import GONE, STATES

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Balance(NamedTuple):
    """Who is active (not generic, dormant or churned) on one day, and why they are others than before.

    Attributes:
        before: Active on the day before the first of the days.
        new: First seen in them.
        resurrecting: Back from dormant or churned.
        opted_in: Active as soon as profiling was allowed.
        went_dormant: Dormant or churned now.
        opted_out: No longer allowed to be profiled.
        after: Active on the last day.
    """

    before: int
    new: int
    resurrecting: int
    opted_in: int
    went_dormant: int
    opted_out: int
    after: int

    @property
    def expected(self) -> int:
        """What `after` must be."""
        came = self.new + self.resurrecting + self.opted_in
        return self.before + came - self.went_dormant - self.opted_out


def on(states: ibis.Table, day: date) -> ibis.Table:
    """Who is in which state at the first moment of a day: columns profile_id and state.

    Args:
        states: Table `states`.
        day: A local day; whoever was first seen on it or later is not in it.
    """
    return states.filter(
        states.since <= ibis.literal(day), states.until.isnull() | (states.until > ibis.literal(day))
    ).select("profile_id", "state")


def on_days(shop: Shop, days: list[date]) -> ibis.Table:
    """Who is in which state at the first moment of each day: columns profile_id, cutoff and state.

    Whoever went by several names, before they turned out to be one person, has a row under each, of the state that the
    person was in: a name that was silent is active where another of the same person was.

    Args:
        shop: An open data set whose states are written.
        days: Local days.
    """
    states, alias = shop.table("states"), shop.table("profile_alias")
    now = ibis.union(*(on(states, day).mutate(cutoff=ibis.literal(day)) for day in days))
    then = alias.join(now, "profile_id").drop("profile_id").rename(profile_id="alias")
    return now.union(then.select(*now.columns))


def counts(states: ibis.Table, days: list[date]) -> pd.DataFrame:
    """People by state at the first moment of each day: one row a day, one column a state, in the order of `STATES`."""
    parts = [on(states, day).group_by("state").aggregate(people=lambda row: row.count()) for day in days]
    listed = [dict(part.to_pyarrow().to_pandas().itertuples(index=False)) for part in parts]
    return pd.DataFrame(listed, index=days, columns=list(STATES)).fillna(0).astype("int64")


def flows(states: ibis.Table, since: date, until: date) -> pd.DataFrame:
    """People by their states on two days: one row a state before, one column a state after; "unseen" had none then."""
    then, now = on(states, since), on(states, until)
    both = now.left_join(then.rename(was="state"), "profile_id").mutate(was=lambda row: row.was.fill_null("unseen"))
    found = both.group_by("was", "state").aggregate(people=both.count()).to_pyarrow().to_pandas()
    table = found.pivot_table(index="was", columns="state", values="people", fill_value=0, aggfunc="sum")
    return table.reindex(index=[*STATES, "unseen"], columns=list(STATES), fill_value=0).astype("int64")


def chances(flow: pd.DataFrame) -> pd.DataFrame:
    """Of those in a state before, the share in each after: rows add up to 1; a state that nobody was in has none."""
    seen = flow[flow.sum(axis=1) > 0]
    return seen.div(seen.sum(axis=1), axis=0)


def balance(states: ibis.Table, transitions: ibis.Table, since: date, until: date) -> Balance:
    """Why the active of one day are others than those of an earlier day.

    Args:
        states: Table `states`.
        transitions: Table `transitions` of the same run.
        since: The earlier day; its transitions have happened.
        until: The later day.
    """
    moved = transitions.filter(transitions["at"] > ibis.literal(since), transitions["at"] <= ibis.literal(until))
    is_active = ~moved.state.isin(GONE)
    was_active = moved.was.notnull() & ~moved.was.isin(GONE)
    sums = moved.aggregate(
        new=moved.was.isnull().ifelse(is_active, False).sum(),
        resurrecting=(moved.was.isin(GONE[1:]) & is_active).sum(),
        opted_in=((moved.was == GONE[0]) & is_active).sum(),
        went_dormant=(was_active & moved.state.isin(GONE[1:])).sum(),
        opted_out=(was_active & (moved.state == GONE[0])).sum(),
    )
    found = {name: int(value or 0) for name, value in sums.to_pyarrow().to_pylist()[0].items()}
    before, after = (_active(states, day) for day in (since, until))
    return Balance(before=before, after=after, **found)


def _active(states: ibis.Table, day: date) -> int:
    now = on(states, day)
    return now.filter(~now.state.isin(GONE)).count().to_pyarrow().as_py()
