"""A world of people whose visits follow a known law, some of whom come less and less, or never again.

In the steady form each day is a draw of its own. In the clustered form visits come in bursts, a few days close
together and then nothing for long, with the same mean gap: silence says less there. Everybody comes more often on some
weekdays and in one half of the year. Three outages take visits away without anybody having changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

DAYS = 730
BEGIN = pd.Timestamp("2024-01-01")  # a Monday
BANDS = (3, 7, 14, 30)  # mean days between active days
KINDS = {"flat": 0.6, "gradual": 0.15, "abrupt": 0.15, "halved": 0.1}
HISTORY = 240  # days of history that everybody has before anything changes
LATEST = 460  # the last day on which something changes, so that what follows can be watched
_STARTS = 120  # people begin within these days
_SPREAD = 10.0  # shape of the rates within a band: a coefficient of variation of a third
_FALL = (60, 90)  # days in which a gradual fall reaches zero
_BURST, _APART = 2.5, 1.5  # mean active days of a burst, mean days from one to the next
_WEEK = np.array([1.15, 1.1, 1.0, 1.0, 0.95, 0.7, 1.1])
_SWING, _PEAK = 0.25, 167  # of the year: its lowest point lies amid the days of change
_OFTEN = 0.8  # no rate is above this share of days
_LONGEST = 60  # days, beyond which hardly any burst goes on
_EMAIL = (3, 7)  # beta shapes of the share of somebody's active days that follow from an e-mail


class Declines(NamedTuple):
    """What happened, and by which law.

    Attributes:
        visits: One row a person and active day, in that order: person, day (0 is `BEGIN`), channel (web, email).
        people: One row a person: person, band (mean gap in days), kind, begins (day of the first visit), changes_on
            (the first day that is different; `DAYS`: never), falls_to (share of the own rate), falls_over (days),
            rate (active days a day were nothing moving).
        movement: How often everybody comes on each day, 1 on average, shape (DAYS,): who does not change is active
            on day t with probability 1 - (1 - rate) ** movement[t].
    """

    visits: pd.DataFrame
    people: pd.DataFrame
    movement: np.ndarray


def draw_declines(people: int, *, clustered: bool, seed: int, kinds: Mapping[str, float] = KINDS) -> Declines:
    """Draw a world, as many people of each band.

    Args:
        people: How many.
        clustered: Whether visits come in bursts.
        seed: Equal seeds give equal worlds.
        kinds: The share of each kind of people: those who never change (flat), whose rate falls to zero in 60 to 90
            days (gradual), who stop on a day (abrupt), who come half as often from a day on (halved).
    """
    rng = np.random.default_rng([seed, int(clustered)])
    own = _people(people, kinds, rng)
    movement = 1 + _SWING * np.cos(2 * np.pi * (np.arange(DAYS) - _PEAK) / 365)
    movement *= _WEEK[np.arange(DAYS) % 7]
    bursts = -np.log1p(-own["rate"].to_numpy()) / (_BURST if clustered else 1.0)
    who, day = _bursts(own, bursts, movement, rng)
    if clustered:
        who, day = _stretched(who, day, rng)
        movement = _smoothed(movement)
        stopped = (own["kind"] == "abrupt").to_numpy()[who] & (day >= own["changes_on"].to_numpy()[who])
        who, day = who[~stopped], day[~stopped]
    known = (day >= own["begins"].to_numpy()[who]) & (day < DAYS)
    active = np.zeros((people, DAYS), dtype=bool)
    active[own["person"], own["begins"]] = True
    active[who[known], day[known]] = True
    who, day = np.nonzero(active)
    by_mail = rng.random(len(who)) < rng.beta(*_EMAIL, people)[who]
    visits = pd.DataFrame({"person": who, "day": day, "channel": np.where(by_mail, "email", "web")})
    return Declines(visits, own, movement)


def share_left(people: pd.DataFrame, days: np.ndarray) -> np.ndarray:
    """The share of their own rate at which people come, each on its day; shape (people,)."""
    fallen = np.clip((days - people["changes_on"].to_numpy() + 1) / people["falls_over"].to_numpy(), 0, 1)
    return 1 - fallen * (1 - people["falls_to"].to_numpy())


def without_days(visits: pd.DataFrame, first: int, *, days: int = 3) -> pd.DataFrame:
    """The outage of a missing file: nothing came in of these days."""
    return visits[~visits["day"].between(first, first + days - 1)].reset_index(drop=True)


def without_sends(visits: pd.DataFrame, first: int, *, days: int = 10) -> pd.DataFrame:
    """A pause of sends: nobody comes because of an e-mail."""
    gone = visits["day"].between(first, first + days - 1) & (visits["channel"] == "email")
    return visits[~gone].reset_index(drop=True)


def thinned(visits: pd.DataFrame, first: int, *, seed: int, days: int = 7, share: float = 0.4) -> pd.DataFrame:
    """Everybody comes less often by this share, as in a bad week; `days=DAYS` is until the end."""
    gone = visits["day"].between(first, first + days - 1)
    gone &= np.random.default_rng([seed, first]).random(len(visits)) < share
    return visits[~gone].reset_index(drop=True)


def _people(people: int, kinds: Mapping[str, float], rng: np.random.Generator) -> pd.DataFrame:
    band = np.resize(BANDS, people)
    kind = rng.choice(list(kinds), people, p=list(kinds.values()))
    rate = np.minimum(rng.gamma(_SPREAD, 1 / (_SPREAD * band)), _OFTEN)
    begins = rng.integers(0, _STARTS, people)
    changes_on = begins + HISTORY + (rng.random(people) * (LATEST - HISTORY - begins)).astype("int64")
    changes = kind != "flat"
    return pd.DataFrame(
        {
            "person": np.arange(people),
            "band": band,
            "kind": kind,
            "begins": begins,
            "changes_on": np.where(changes, changes_on, DAYS),
            "falls_to": np.select([kind == "halved", changes], [0.5, 0.0], 1.0),
            "falls_over": np.where(kind == "gradual", rng.integers(_FALL[0], _FALL[1] + 1, people), 1),
            "rate": rate,
        }
    )


def _bursts(
    own: pd.DataFrame, bursts: np.ndarray, movement: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Whose bursts begin on which day: a Poisson process whose rate moves and falls, by thinning a faster one."""
    most = movement.max()
    who = np.repeat(own["person"].to_numpy(), rng.poisson(bursts * most * DAYS))
    day = rng.integers(0, DAYS, len(who))
    stays = rng.random(len(who)) < movement[day] / most * share_left(own.iloc[who], day)
    return who[stays], day[stays]


def _stretched(who: np.ndarray, day: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Each burst as its days, geometric in number and in what lies between them."""
    size = rng.geometric(1 / _BURST, len(who))
    begins = np.cumsum(size) - size
    steps = rng.geometric(1 / _APART, size.sum())
    steps[begins] = 0
    offset = steps.cumsum()
    offset -= np.repeat(offset[begins], size)
    return np.repeat(who, size), np.repeat(day, size) + offset


def _smoothed(movement: np.ndarray) -> np.ndarray:
    """How often people come on each day where bursts begin by `movement`: the chance that a day is in one begun before.

    The chance that a burst has a day k days after its first is that of a renewal process that may end each time.
    """
    goes_on, step = 1 - 1 / _BURST, 1 / _APART
    chance = np.ones(_LONGEST)
    for k in range(1, _LONGEST):
        chance[k] = goes_on * (step * (1 - step) ** np.arange(k)) @ chance[k - 1 :: -1]
    before = movement[365 - _LONGEST + 1 : 365]  # a year earlier it was the same, but for the weekday
    return np.convolve(np.concatenate([before, movement]), chance / chance.sum(), mode="valid")
