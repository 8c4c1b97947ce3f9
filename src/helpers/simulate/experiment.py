"""The experiment `welcome_offer`: who saw it, in which arm, and what it made them do.

Every exposed person gets the extra order that the offer would cause; only the treated keep it. Both potential
outcomes are known, so the planted effect is a fact of this world and not an estimate (Rubin 1974).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.clock import DAY, at_hour, day_number, elapsed
from helpers.simulate.people import alive
from helpers.simulate.purchases import choose_channels

NAME = "welcome_offer"
ARMS = ("control", "treatment")
WINDOW_DAYS = 14
FIRST_DAY, LAST_DAY = day_number("2025-10-06"), day_number("2025-11-16")
SEEN_ALIVE, SEEN_GONE = 0.95, 0.5  # chance to be exposed; those who left are reached by the newsletter
EXTRA_ORDER = 0.19  # chance that the offer makes a living customer place one more order in the window
COUPON = "WELCOME10"


def draw_exposures(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw who is exposed, when, and in which arm.

    Returns:
        One row an exposed person: `person`, `at` (first exposure, seconds), `again` (a second one; nan =
        none), `treated`, `surface` (web, app, email).
    """
    n = len(people)
    day = rng.integers(FIRST_DAY, LAST_DAY, size=n)
    at = at_hour(day, people["preferred_hour"].to_numpy(), spread=2.0, rng=rng)
    joined = people["joined"].to_numpy() + 3600 < at
    living = alive(people, np.arange(n), at)
    seen = joined & (rng.random(n) < np.where(living, SEEN_ALIVE, SEEN_GONE))
    surface = np.where(people["p_app"] > people["p_web"], "app", "web")
    again = np.where(living & (rng.random(n) < 0.3), np.floor(at + rng.uniform(1, 12, size=n) * DAY), np.nan)
    exposures = pd.DataFrame(
        {
            "person": np.arange(n),
            "at": at,
            "again": again,
            "treated": rng.random(n) < 0.5,
            "surface": np.where(living, surface, "email"),
        }
    )
    return exposures[seen].sort_values(["at", "person"], ignore_index=True)


def draw_extra_orders(people: pd.DataFrame, exposures: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the order that the offer would cause, for both arms.

    Returns:
        Rows like those of `purchases.draw_orders`; `first` is false.
    """
    n = len(exposures)
    person = exposures["person"].to_numpy()
    # A day away from both ends, because a store order moves within its day.
    at = np.floor(exposures["at"].to_numpy() + rng.uniform(1, WINDOW_DAYS - 1, size=n) * DAY)
    caused = alive(people, person, at) & (rng.random(n) < EXTRA_ORDER)
    orders = pd.DataFrame({"person": person[caused], "at": at[caused], "first": False})
    return choose_channels(people, orders, rng=rng)


def potential_outcomes(exposures: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """What each exposed person does in the window, without and with the offer.

    Args:
        exposures: From `draw_exposures`.
        lines: Order and refund lines of every order, caused ones of both arms among them: `person`, `at`,
            `extra`, `refund`, `net` (cents, negative for refunds).

    Returns:
        `exposures` with `orders_control`, `orders_treatment` (0 or 1: any order) and `spend_control`,
        `spend_treatment` (EUR, net of refunds) within the window.
    """
    start = exposures.set_index("person")["at"]
    seen = lines[lines["person"].isin(start.index)]
    since = elapsed(start.loc[seen["person"]].to_numpy(), seen["at"].to_numpy())
    seen = seen[(since >= 0) & (since < WINDOW_DAYS * DAY)]
    columns = {}
    for arm, rows in (("control", seen[~seen["extra"]]), ("treatment", seen)):
        bought = rows.loc[~rows["refund"], "person"].unique()
        spend = rows.groupby("person")["net"].sum().reindex(exposures["person"], fill_value=0)
        columns[f"orders_{arm}"] = exposures["person"].isin(bought).astype("int64")
        columns[f"spend_{arm}"] = spend.to_numpy() / 100
    return exposures.assign(**columns)


def planted_effect(outcomes: pd.DataFrame) -> pd.DataFrame:
    """The effect in this world: mean over everyone exposed of the outcome with minus without the offer.

    Returns:
        One row a metric: `experiment`, `metric`, `window_days`, `control_level`, `treatment_level`, `effect`,
        `n_control`, `n_treatment`, `extra_order_chance`.
    """
    treated = int(outcomes["treated"].sum())
    rows = []
    for metric, column in (("conversion", "orders"), ("spend", "spend")):
        control, treatment = outcomes[f"{column}_control"].mean(), outcomes[f"{column}_treatment"].mean()
        rows.append((NAME, metric, WINDOW_DAYS, control, treatment, treatment - control))
    names = ["experiment", "metric", "window_days", "control_level", "treatment_level", "effect"]
    effect = pd.DataFrame(rows, columns=names)
    return effect.assign(n_control=len(outcomes) - treated, n_treatment=treated, extra_order_chance=EXTRA_ORDER)
