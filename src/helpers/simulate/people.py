"""The latent traits of each person: what nobody in the shop can see, and why they do what they do."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.clock import DAY, END, N_DAYS, at_hour
from helpers.simulate.products import CATEGORIES

FORMATS = ("announcement", "educational", "story")
GUEST_SHARE = 0.10

# One row an archetype: its share, days between orders, gamma shape of the gaps (1 = memoryless, 3 = a rhythm),
# mean days before drop-out, Beta parameters of price sensitivity, share of baskets with the newest product.
ARCHETYPES = pd.DataFrame(
    [
        ("regular", 0.35, 31, 3.0, 560, 2.0, 9.0, 0.05),
        ("occasional", 0.35, 85, 1.0, 380, 2.0, 7.0, 0.05),
        ("bargain", 0.18, 58, 1.0, 330, 8.0, 2.5, 0.02),
        ("enthusiast", 0.12, 40, 2.0, 480, 1.0, 16.0, 0.55),
    ],
    columns=["archetype", "share", "gap_days", "gap_shape", "life_days", "price_a", "price_b", "newest_share"],
)


def draw_people(customers: int, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the latent traits of `customers` people.

    Purchase rates and drop-out hazards are gamma distributed within an archetype, so that across people
    they are the mixtures of Schmittlein, Morrison and Colombo (1987).

    Returns:
        One row a person: `archetype`, `gap_shape`, `newest_share`, `guest`; `joined` and `dropped` (seconds,
        the latter possibly after the history); `purchase_rate`, `dropout_hazard`, `visit_rate` (per day);
        `price_sensitivity`, `open_rate`, `sms_rate` (0 to 1); `december_lift`; `decline_days`;
        `preferred_hour`, `preferred_weekday`, `preferred_category`, `preferred_format`, `country`;
        `favourite_channel`, `p_web`, `p_app`, `p_pos`.
    """
    kind = ARCHETYPES.iloc[rng.choice(len(ARCHETYPES), size=customers, p=ARCHETYPES["share"])]
    kind = kind.reset_index(drop=True)
    people = kind[["archetype", "gap_shape", "newest_share"]].copy()
    people["guest"] = rng.random(customers) < GUEST_SHARE
    people["purchase_rate"] = rng.gamma(5.0, 1 / (5.0 * kind["gap_days"]))
    people["dropout_hazard"] = rng.gamma(2.0, 1 / (2.0 * kind["life_days"]))
    people["price_sensitivity"] = rng.beta(kind["price_a"], kind["price_b"])
    people["december_lift"] = 1 + rng.gamma(3.0, 0.35, size=customers)
    people = _tastes(people, rng=rng)
    people = _engagement_traits(people, rng=rng)
    people = _channels(people, rng=rng)
    return _lifetimes(people, rng=rng)


def _tastes(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Add preferred hour, weekday, category and format, and the country."""
    n = len(people)
    centre = rng.choice([8.0, 12.5, 20.0], size=n, p=[0.25, 0.25, 0.5])
    return people.assign(
        preferred_hour=(centre + rng.normal(0, 1.0, size=n)) % 24,
        preferred_weekday=rng.choice(7, size=n, p=[0.1, 0.1, 0.1, 0.1, 0.15, 0.25, 0.2]),
        preferred_category=rng.choice(CATEGORIES, size=n),
        preferred_format=rng.choice(FORMATS, size=n, p=[0.4, 0.35, 0.25]),
        country=rng.choice(["DE", "AT"], size=n, p=[0.88, 0.12]),
    )


def _engagement_traits(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Add how often people look around, open e-mails and react to SMS, and how slowly they fade."""
    n = len(people)
    pace = np.sqrt(people["purchase_rate"] * 40)
    return people.assign(
        visit_rate=rng.gamma(3.0, 1 / (3.0 * 42), size=n) * pace,
        open_rate=rng.beta(3.0, 5.0, size=n),
        sms_rate=rng.beta(1.5, 9.0, size=n),
        decline_days=rng.uniform(40, 110, size=n),
    )


def _channels(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Add the probabilities of buying on the web, in the app and in a store; guests know the web only."""
    n = len(people)
    favourite = rng.choice(["web", "app", "pos"], size=n, p=[0.5, 0.3, 0.2])
    favourite = np.where(people["guest"], "web", favourite)
    has_app = ~people["guest"] & ((favourite == "app") | (rng.random(n) < 0.25))
    has_card = ~people["guest"] & ((favourite == "pos") | (rng.random(n) < 0.35))
    share = {name: 0.12 + 0.64 * (favourite == name) for name in ("web", "app", "pos")}
    share["app"] = share["app"] * has_app
    share["pos"] = share["pos"] * has_card
    total = share["web"] + share["app"] + share["pos"]
    chances = {f"p_{name}": value / total for name, value in share.items()}
    return people.assign(favourite_channel=favourite, has_app=has_app, has_card=has_card, **chances)


def _lifetimes(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Add when people join (a fifth in the first two months, the others evenly) and when they drop out."""
    n = len(people)
    early = rng.random(n) < 0.2
    day = np.where(early, rng.uniform(0, 60, size=n), rng.uniform(0, N_DAYS - 20, size=n))
    joined = at_hour(day, people["preferred_hour"].to_numpy(), spread=2.0, rng=rng)
    life = rng.exponential(1 / people["dropout_hazard"]) + 1.0
    return people.assign(joined=joined, dropped=np.floor(joined + life * DAY))


def engagement(people: pd.DataFrame, person: np.ndarray, at: np.ndarray) -> np.ndarray:
    """How lively a person is at a moment: 1, fading before drop-out over `decline_days`, 0.05 after it.

    Args:
        people: The people.
        person: Row numbers into `people`, shape (n,).
        at: Moments in seconds, shape (n,).
    """
    left = (people["dropped"].to_numpy()[person] - at) / DAY
    fading = np.clip(left / people["decline_days"].to_numpy()[person], 0.1, 1.0)
    return np.where(left > 0, fading, 0.05)


def alive(people: pd.DataFrame, person: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Whether people can buy at given moments: joined, not dropped out, within the history."""
    joined, dropped = people["joined"].to_numpy()[person], people["dropped"].to_numpy()[person]
    return (at >= joined) & (at < dropped) & (at < END)
