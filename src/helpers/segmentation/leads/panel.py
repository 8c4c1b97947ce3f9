"""Who is still active at each of several past midnights, what was known of them then, and who ordered afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import ibis
import pandas as pd

from helpers import profiles
from helpers.datasets.tables.states import GONE
from helpers.errors import NothingToDo
from helpers.profiles.states import on_days
from helpers.segmentation.leads.features import FEATURES

if TYPE_CHECKING:
    from helpers.datasets import Shop

HORIZON_DAYS = 30
# One stretch to describe people by, one to learn from, one to calibrate on, one to judge by.
HORIZONS_NEEDED = 4

_MOST_LEARNED = 3
_READ = (*FEATURES, "tenure_days", "events_total", "email_open_rate_n", "sms_click_rate_n")


class Cutoffs(NamedTuple):
    """The moments of a time split, each the local midnight of its day.

    Attributes:
        learning: The model learns here, one to three, latest first.
        calibration: A score becomes a probability here; the 30 days after each of `learning` are over by then.
        test: All are judged here; the 30 days after `calibration` are over, and those after it by `as_of`.
        as_of: People are scored here.
    """

    learning: tuple[date, ...]
    calibration: date
    test: date
    as_of: date

    @property
    def past(self) -> list[date]:
        """All but as_of, latest first."""
        return [self.test, self.calibration, *self.learning]


class Panel(NamedTuple):
    """People still active at the cutoffs of a time split: one row a person and cutoff, as `people_at` gives them.

    Attributes:
        cutoffs: The moments.
        learning: People of all cutoffs of `cutoffs.learning`.
        calibration: Those of the next cutoff.
        test: Those of the next.
    """

    cutoffs: Cutoffs
    learning: pd.DataFrame
    calibration: pd.DataFrame
    test: pd.DataFrame


def split(*, history_starts: date, as_of: date) -> Cutoffs:
    """Place the cutoffs, 30 days apart, so that what is learned is over before it is used.

    Args:
        history_starts: First day with data.
        as_of: The moment that everything ends at.

    Raises:
        NothingToDo: If history is shorter than 120 days.
    """
    history = max((as_of - history_starts).days, 0)
    if history < HORIZONS_NEEDED * HORIZON_DAYS:
        raise NothingToDo(
            f"History spans {history:,} days. A score for the next {HORIZON_DAYS} needs "
            f"{HORIZONS_NEEDED * HORIZON_DAYS}: {HORIZON_DAYS} each to describe people, to learn from, to make "
            "probabilities of scores, and to judge by."
        )
    test, calibration, *earlier = (
        as_of - timedelta(days=number * HORIZON_DAYS) for number in range(1, 3 + _MOST_LEARNED)
    )
    learning = [cutoff for cutoff in earlier if (cutoff - history_starts).days >= HORIZON_DAYS]
    return Cutoffs(tuple(learning), calibration, test, as_of)


def cutoffs_of(shop: Shop) -> Cutoffs:
    """The cutoffs of a data set, by its first day with an event.

    Args:
        shop: An open data set whose profiles are written.

    Raises:
        NothingToDo: If history is shorter than 120 days.
    """
    starts = shop.table("daily").day.min().to_pyarrow().as_py()
    return split(history_starts=starts or shop.as_of, as_of=shop.as_of)


def build_panel(shop: Shop, rows: ibis.Table | None = None) -> Panel:
    """Describe the active at each cutoff by what was known then, and say who ordered in the 30 days from it.

    Args:
        shop: An open data set whose profiles and states are written.
        rows: As `profiles.panel` gives them, for the cutoffs in question, others among them or not; asked for anew
            where they are not given.

    Raises:
        NothingToDo: If history is shorter than 120 days.
    """
    cutoffs = cutoffs_of(shop)
    dates = cutoffs.past
    found = people_at(shop, profiles.panel(shop, dates) if rows is None else rows, dates)
    people = pd.concat([_labelled(shop, found, cutoff) for cutoff in dates])
    learning, calibration, test = (
        # By what people are like, so that no figure depends on ids or on how the engine delivers rows.
        people[people["cutoff"].isin(own)].sort_values(
            [*FEATURES, "tenure_days", "ordered"], kind="stable", ignore_index=True
        )
        for own in (cutoffs.learning, [cutoffs.calibration], [cutoffs.test])
    )
    return Panel(cutoffs, learning, calibration, test)


def people_now(shop: Shop) -> pd.DataFrame:
    """People still active as of `shop.as_of`, as `people_at` gives them."""
    rows = shop.table("profiles").mutate(cutoff=ibis.literal(shop.as_of))
    return people_at(shop, rows, [shop.as_of]).sort_values("profile_id", ignore_index=True)


def people_at(shop: Shop, rows: ibis.Table, cutoffs: list[date]) -> pd.DataFrame:
    """Of rows of table `panel` those of people whose state is not generic, dormant or churned, ordered ever or not.

    Names that turned out later to be of one person are one row, that of the name which did most lately: a device that
    had fallen silent would else count as active, and as ordering, by what its owner did elsewhere. One limit remains:
    a state is of all names together, so that the one that is kept may have been active by what another did.

    Returns:
        profile_id (by which the person goes now), cutoff (day), state, `FEATURES`, tenure_days, and interactions:
        events tracked, messages that only arrived left out.
    """
    states = on_days(shop, cutoffs)
    active = states.filter(states.state.notin(GONE))
    own = rows.select("cutoff", "profile_id", *_READ).inner_join(active, ["cutoff", "profile_id"])
    people = profiles.one_each(shop, own.select("profile_id", "cutoff", "state", *_READ)).drop(columns="known_as")
    people["cutoff"] = pd.to_datetime(people["cutoff"]).dt.date
    messages = people.pop("email_open_rate_n").fillna(0) + people.pop("sms_click_rate_n").fillna(0)
    interactions = (people.pop("events_total") - messages).clip(lower=0).astype("int64")
    known = {name: people[name].astype("float64") for name in (*FEATURES, "tenure_days")}
    return people.assign(**known, interactions=interactions)


def _labelled(shop: Shop, people: pd.DataFrame, cutoff: date) -> pd.DataFrame:
    """The people of a cutoff with ordered: 1 for an order in the 30 days from it, else 0."""
    orders = profiles.orders_between(shop, cutoff, cutoff + timedelta(days=HORIZON_DAYS))
    buyers = shop.frame(orders.select("profile_id"))["profile_id"]
    own = people[people["cutoff"] == cutoff]
    return own.assign(ordered=own["profile_id"].isin(buyers).astype("int64"))
