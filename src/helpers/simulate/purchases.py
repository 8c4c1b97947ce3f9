"""When people buy and through which channel: a renewal process, stretched by the season, cut by drop-out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.clock import DAY, END, HOUR, N_DAYS, at_hour, day_number, weekday
from helpers.simulate.people import alive

BUYS_AT_ONCE = 0.75  # share of accounts whose first order comes with the registration; guests always
FIRST_ORDER = 0.5 * HOUR  # seconds from the registration to the order that comes with it
OPENS, CLOSES = 9.5, 19.5  # the stores' hours; closed on Sundays


def draw_orders(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw all orders of all people.

    Gaps between orders are gamma distributed in a time that runs faster in the weeks before Christmas; a draw is
    then moved to the person's weekday and hour.

    Returns:
        One row an order, sorted by person and moment: `person` (row of `people`), `at` (seconds), `channel`
        (web, app, pos), `first` (the person's first order).
    """
    person, at = _renewals(people, rng=rng)
    at = _at_preferred_times(people, person, at, rng=rng)
    orders = pd.DataFrame({"person": person, "at": at}).sort_values(["person", "at"], ignore_index=True)
    orders["first"] = ~orders["person"].duplicated()
    return choose_channels(people, orders, rng=rng)


def choose_channels(people: pd.DataFrame, orders: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Add the channel by each person's preference; store orders move into opening hours."""
    person, at = orders["person"].to_numpy(), orders["at"].to_numpy()
    luck = rng.random(len(orders))
    p_web, p_app = people["p_web"].to_numpy()[person], people["p_app"].to_numpy()[person]
    channel = np.where(luck < p_web, "web", np.where(luck < p_web + p_app, "app", "pos"))
    hour = OPENS + (CLOSES - OPENS) * rng.random(len(orders))
    in_store = np.floor(at / DAY) * DAY + np.floor(hour * HOUR)
    possible = (weekday(at) != 6) & alive(people, person, in_store)
    channel = np.where((channel == "pos") & ~possible, "web", channel)
    return orders.assign(channel=channel, at=np.where(channel == "pos", in_store, at))


def _renewals(people: pd.DataFrame, *, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Order moments of each person before weekday and hour are chosen."""
    days = np.arange(N_DAYS + 1, dtype=float)
    december = _december_days()
    at_once = rng.random(len(people)) < BUYS_AT_ONCE
    persons, moments = [], []
    for row in people.itertuples():
        pace = days + (row.december_lift - 1) * december
        start = np.interp(row.joined / DAY, days, pace)
        end = np.interp(min(row.dropped, END) / DAY, days, pace)
        most = int(3 * row.purchase_rate * (end - start)) + 12
        gaps = rng.gamma(row.gap_shape, 1 / (row.gap_shape * row.purchase_rate), size=most)
        steps = start + np.cumsum(gaps)
        at = np.floor(np.interp(steps[steps < end], pace, days) * DAY)
        if at_once[row.Index] or row.guest:
            at = np.concatenate([[row.joined + FIRST_ORDER], at])
        persons.append(np.full(len(at), row.Index))
        moments.append(at)
    return np.concatenate(persons), np.concatenate(moments)


def _december_days() -> np.ndarray:
    """Days of the Christmas season passed until each midnight, shape (N_DAYS + 1,)."""
    season = np.zeros(N_DAYS)
    for year in (2024, 2025):
        season[day_number(f"{year}-11-24") : day_number(f"{year}-12-22")] = 1.0
    return np.concatenate([[0.0], np.cumsum(season)])


def _at_preferred_times(
    people: pd.DataFrame, person: np.ndarray, at: np.ndarray, *, rng: np.random.Generator
) -> np.ndarray:
    """Move orders by up to three days to the preferred weekday and to the preferred hour.

    The order placed at registration stays; so does one that would fall before joining or after drop-out.
    """
    wish = people["preferred_weekday"].to_numpy()[person]
    shift = np.arange(-3, 4)
    weight = 1.0 + 3.0 * ((weekday(at)[:, None] + shift) % 7 == wish[:, None])
    chance = np.cumsum(weight, axis=1) / weight.sum(axis=1, keepdims=True)
    chosen = shift[(rng.random(len(at))[:, None] > chance).sum(axis=1)]
    hour = people["preferred_hour"].to_numpy()[person]
    moved = at_hour(np.floor(at / DAY) + chosen, hour, spread=1.6, rng=rng)
    joined = people["joined"].to_numpy()[person]
    keep = (at == joined + FIRST_ORDER) | ~alive(people, person, moved)
    return np.where(keep, at, moved)
