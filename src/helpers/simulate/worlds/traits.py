"""Worlds in which it is known what each person is really like: one as the estimates assume, one that breaks that.

In the first, rates, shares and means come from the conjugate families of empirical Bayes, and nobody ever leaves. In
the second they are mixtures, amounts are log-normal, and people drop out unseen.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

DAYS = 730
BEGIN = pd.Timestamp("2024-01-01")
_WEEKS = DAYS // 7
_MOST = 400  # orders of one person


class Known(NamedTuple):
    """What happened, and what people are like.

    Attributes:
        events: user_id, event, timestamp, channel, category and, of orders, order_id, revenue, discount.
        truth: One row a person by user_id, one column a metric of profiles: its latent value.
    """

    events: pd.DataFrame
    truth: pd.DataFrame


def draw_buyers(people: int, *, fits: bool, seed: int) -> Known:
    """People who order, some at a discount, and give some orders back.

    Args:
        people: How many.
        fits: Whether the world is as the estimates assume.
        seed: Equal seeds give equal worlds.
    """
    rng = np.random.default_rng([seed, fits])
    rate, share, given_back = _rates(people, fits, rng), _shares(people, fits, rng), _given_back(people, fits, rng)
    gaps = rng.exponential(1 / rate[:, None], size=(people, _MOST))
    gaps[:, 0] = rng.uniform(0, DAYS - 100, people)
    at = gaps.cumsum(axis=1)
    life = np.full(people, np.inf) if fits else rng.exponential(300, people)
    happens = (at < DAYS) & (at - at[:, :1] <= life[:, None])
    who, turn = np.nonzero(happens)
    mean, amount = _amounts(people, who, fits, rng)
    orders = pd.DataFrame({"user_id": _names(who), "at": at[who, turn], "order_id": [f"o{n}" for n in range(len(who))]})
    orders["revenue"] = np.maximum(amount, 0.01).round(2)
    orders["discount"] = np.where(rng.random(len(who)) < share[who], 1.0, 0.0)
    back = orders[rng.random(len(who)) < given_back[who]]
    back = back.assign(at=np.minimum(back["at"] + 1, DAYS - 0.001), revenue=-0.01, discount=np.nan)
    events = pd.concat([orders.assign(event="Order Completed"), back.assign(event="Order Refunded")])
    truth = pd.DataFrame(
        {"aov": mean, "mean_gap_days": 1 / rate, "discounted_order_share": share, "refund_rate": given_back},
        index=_names(np.arange(people)),
    )
    return Known(_dated(events, "purchase"), truth)


def draw_visitors(people: int, *, fits: bool, seed: int) -> Known:
    """People who look around, some of them at weekends mostly; each day at most once, no two in one week.

    Args:
        people: How many.
        fits: Whether the world is as the estimates assume.
        seed: Equal seeds give equal worlds.
    """
    rng = np.random.default_rng([seed, fits, 1])
    often = rng.random(people) < 0.2
    weekend = rng.beta(2, 4, people) if fits else np.where(often, 0.95, 0.2)
    visits = np.minimum(rng.geometric(1 / 10, people), _WEEKS)
    weeks = rng.random((people, _WEEKS)).argsort(axis=1)
    who, place = np.nonzero(np.arange(_WEEKS) < visits[:, None])
    on_weekend = rng.random(len(who)) < weekend[who]
    # The first day is a Monday.
    weekday = np.where(on_weekend, rng.integers(5, 7, len(who)), rng.integers(0, 5, len(who)))
    at = weeks[who, place] * 7 + weekday + 0.5
    events = pd.DataFrame({"user_id": _names(who), "at": at, "event": "Page Viewed"})
    return Known(_dated(events, "web"), pd.DataFrame({"weekend_share": weekend}, index=_names(np.arange(people))))


def _rates(people: int, fits: bool, rng: np.random.Generator) -> np.ndarray:
    if fits:
        return rng.gamma(4.0, 1 / (4.0 * 60), people)
    return np.where(rng.random(people) < 0.5, 1 / 25, 1 / 150) * rng.gamma(20.0, 1 / 20, people)


def _shares(people: int, fits: bool, rng: np.random.Generator) -> np.ndarray:
    return rng.beta(2, 5, people) if fits else np.where(rng.random(people) < 0.8, 0.05, 0.8)


def _given_back(people: int, fits: bool, rng: np.random.Generator) -> np.ndarray:
    return rng.beta(2, 14, people) if fits else np.where(rng.random(people) < 0.9, 0.02, 0.4)


def _amounts(people: int, who: np.ndarray, fits: bool, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Each person's mean, and the amount of each order."""
    if fits:
        pace = rng.gamma(3.5, 1 / 40, people)
        return 4 / pace, rng.gamma(4.0, 1 / pace[who])
    centre, width = rng.normal(3.5, 0.7, people), 0.8
    return np.exp(centre + width**2 / 2), rng.lognormal(centre[who], width)


def _names(who: np.ndarray) -> np.ndarray:
    return np.char.add("u", who.astype(str)).astype(object)


def _dated(events: pd.DataFrame, category: str) -> pd.DataFrame:
    seconds = pd.to_timedelta((events["at"] * 86_400).astype("int64"), unit="s")
    dated = events.assign(timestamp=BEGIN + seconds, channel="web", category=category).drop(columns="at")
    return dated.sort_values(["timestamp", "user_id"], ignore_index=True)
