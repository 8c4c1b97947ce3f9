"""Who is looked at, and what became of them: features before each cutoff, labels after it, one row a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import ibis
import numpy as np
import pandas as pd

from helpers import profiles
from helpers.churn.cutoffs import LABELS, Cutoffs, split_time, watched_days
from helpers.churn.features import FEATURES, latest_times
from helpers.datasets.tables.states import GONE
from helpers.errors import NothingToDo
from helpers.profiles.states import on_days

if TYPE_CHECKING:
    from helpers.datasets import Shop

_NO_TIMES = pd.DataFrame(columns=["cutoff", "feature", "latest_at"])


class Panel(NamedTuple):
    """People at the cutoffs of a time split, features from before, labels from after.

    Attributes:
        cutoffs: The moments; None where there are none.
        training: One row a person and training cutoff: profile_id, known_as (the name that the person had then),
            cutoff, `FEATURES`, active, churned. Rows of one person share profile_id.
        test: The same for the test cutoff, and newcomer: whether the person is in no row of `training`.
        current: The same for as_of, without churned, which nobody can know yet.
        reason: Why nothing can be learned or judged, in a sentence; "" where it can. Then `training` and `test` are
            empty.
        latest: As `latest_times` gives it for all cutoffs, as_of included.
        watched: The same as `current` for each of the days that `watched_days` gives, as_of among them.
    """

    cutoffs: Cutoffs | None
    training: pd.DataFrame
    test: pd.DataFrame
    current: pd.DataFrame
    reason: str = ""
    latest: pd.DataFrame = _NO_TIMES
    watched: pd.DataFrame = pd.DataFrame()


def build_panel(shop: Shop, *, horizon_days: int, gap_days: int = 0, label: str = LABELS[0]) -> Panel:
    """Describe people at each cutoff from what was known then, and say who did nothing in the horizon after it.

    Args:
        shop: An open data set whose profiles and states are written; its as_of is the end of history.
        horizon_days: Days that labels look at.
        gap_days: Days between a cutoff and the first that its label looks at.
        label: What is not done: "no_order", or "no_event" for no act at all.

    Returns:
        The panel; where nobody ordered yet, or history is too short, with the reason and nobody to learn from.

    Raises:
        WrongUse: If a parameter is no number of days or no label.
    """
    current = people_now(shop)
    starts = shop.as_of - timedelta(days=int(current["tenure_days"].max())) if len(current) else shop.as_of
    try:
        cutoffs = split_time(
            history_starts=starts, as_of=shop.as_of, horizon_days=horizon_days, gap_days=gap_days, label=label
        )
    except NothingToDo as why:
        return _unjudged(shop, current, str(why))
    past, days = [cutoffs.test, *cutoffs.training], watched_days(cutoffs)
    # Asked for at once: many days cost little more than a few.
    dates = sorted({*past, *days.then, *days.now} - {shop.as_of})
    seen = profiles.as_then(shop, [*dates, shop.as_of])
    people = _described(shop, profiles.panel(shop, dates, seen=seen), dates)
    labelled = {cutoff: _labelled(shop, people[people["cutoff"] == cutoff], cutoffs, cutoff) for cutoff in past}
    training = pd.concat([labelled[cutoff] for cutoff in cutoffs.training], ignore_index=True)
    test = labelled[cutoffs.test]
    test = test.assign(newcomer=~test["profile_id"].isin(training["profile_id"]))
    latest = latest_times(shop, seen, [*past, shop.as_of])
    watched = pd.concat([people[people["cutoff"].isin([*days.then, *days.now])], current], ignore_index=True)
    return Panel(cutoffs, training, test, current, latest=latest, watched=watched)


def people_now(shop: Shop) -> pd.DataFrame:
    """Everybody with an order as of `shop.as_of`, as `Panel.current` has them.

    Args:
        shop: An open data set whose profiles and states are written.
    """
    now = shop.table("profiles").mutate(cutoff=ibis.literal(shop.as_of))
    return _described(shop, now, [shop.as_of])


def _unjudged(shop: Shop, current: pd.DataFrame, why: str) -> Panel:
    nobody = current.iloc[:0].assign(churned=np.array([], dtype="int64"))
    unseen = nobody.assign(newcomer=np.array([], dtype=bool))
    times = latest_times(shop, profiles.as_then(shop, [shop.as_of]), [shop.as_of])
    reason = why if len(current) else "Nobody has ordered yet, so nobody can stop."
    return Panel(None, nobody, unseen, current, reason, times)


def customers(people: ibis.Table, *also: str) -> ibis.Table:
    """Of rows of table `panel` those with an order, and what models read of them; other columns where named."""
    return people.filter(people.orders_count > 0).select("cutoff", "profile_id", *also, *FEATURES)


def people_at(snapshot: pd.DataFrame, *, cutoff: date) -> pd.DataFrame:
    """Customers at a cutoff, sorted by what they are like.

    Args:
        snapshot: Of `customers`, those at `cutoff`; known_as or not.
        cutoff: Its moment.

    Returns:
        profile_id, known_as where it is given, cutoff, `FEATURES` as floats (missing is NaN).
    """
    names = snapshot[[name for name in ("profile_id", "known_as") if name in snapshot]]
    people = pd.concat([names.assign(cutoff=cutoff), snapshot[FEATURES].astype("float64")], axis=1)
    # By features, not by id: no figure may depend on the order of ids or on how the engine delivers rows.
    return people.sort_values(FEATURES, kind="stable", ignore_index=True)


def label(people: pd.DataFrame, seen_again: Iterable[str]) -> pd.DataFrame:
    """Add churned: 1 for who was not seen again in the horizon, else 0.

    Args:
        people: Column profile_id.
        seen_again: profile_id of everybody with an order, or an act, in the horizon.

    Returns:
        `people` with churned, sorted so that equal people stand by their label.
    """
    labelled = people.assign(churned=np.where(people["profile_id"].isin(list(seen_again)), 0, 1))
    return labelled.sort_values([*FEATURES, "churned"], kind="stable", ignore_index=True)


def buyers_after(shop: Shop, cutoff: date, days: int) -> pd.Series:
    """profile_id of everybody with an order in the days from a cutoff on."""
    return shop.frame(profiles.orders_between(shop, cutoff, cutoff + timedelta(days=days)))["profile_id"]


def _described(shop: Shop, rows: ibis.Table, cutoffs: list[date]) -> pd.DataFrame:
    """Customers of rows of table `panel`, one row a cutoff and person, and whether each was still active.

    Active is whose state is not generic, dormant or churned. A state is of all names of a person together.
    """
    people = profiles.one_each(shop, customers(rows, "engagement_score"))
    people = pd.concat([people_at(people[people["cutoff"] == cutoff], cutoff=cutoff) for cutoff in cutoffs])
    states = on_days(shop, cutoffs)
    active = shop.frame(states.filter(states.state.notin(GONE)).select("cutoff", "profile_id"))
    still = pd.MultiIndex.from_frame(active[["cutoff", "profile_id"]])
    own = pd.MultiIndex.from_frame(people[["cutoff", "profile_id"]])
    return people.assign(active=own.isin(still)).reset_index(drop=True)


def _labelled(shop: Shop, people: pd.DataFrame, cutoffs: Cutoffs, cutoff: date) -> pd.DataFrame:
    between = profiles.orders_between if cutoffs.label_of == "no_order" else profiles.acted_between
    again = between(shop, *cutoffs.window(cutoff)).select("profile_id")
    return label(people, shop.frame(again)["profile_id"])
