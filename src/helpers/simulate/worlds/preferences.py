"""A world of people who each prefer something: a topic, a format, a channel, an hour, a price. It is known what."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import norm

from helpers.simulate.worlds.traits import BEGIN, DAYS, Known

TOPICS = ("garden", "kitchen", "travel", "books", "music", "sports")
FORMATS = ("announcement", "educational", "story")
BUYERS = ("sale", "launch", "any")
# Log odds by which what is preferred is answered more often, and by which everybody answers some more than others.
_TOPIC_PULL, _FORMAT_PULL = 1.2, 0.8
_TOPIC_EASE, _FORMAT_EASE = np.linspace(0.7, -0.7, len(TOPICS)), np.array([0.5, 0.0, -0.5])
_PRODUCTS, _LAUNCH_EVERY = 60, 12
# Everybody's hours: half about the evening, half at any time.
_EVENING, _WIDTH = 20.5, 2.0


def draw_choosy(people: int, *, seed: int) -> tuple[Known, pd.DataFrame]:
    """People who get mails and text messages, come by at hours of their own, and buy.

    Args:
        people: How many.
        seed: Equal seeds give equal worlds.

    Returns:
        What happened and what each person prefers (topic, format, channel, hour about which they come, buyer); and the
        products: product_id and launched_at.
    """
    rng = np.random.default_rng([seed, 8])
    likes = pd.DataFrame(
        {
            "topic": rng.choice(TOPICS, people),
            "format": rng.choice(FORMATS, people),
            "own_hour": rng.choice([0, 7, 12, 23], people),
            "keeps_to_it": rng.beta(1.5, 1.5, people),
            "buyer": rng.choice(BUYERS, people, p=[0.2, 0.2, 0.6]),
            "email_rate": rng.beta(2, 18, people),
            "sms_rate": rng.beta(2, 18, people),
            "open_rate": rng.beta(3, 6, people),
        }
    )
    likes["hour"] = _busiest(likes["own_hour"].to_numpy(), likes["keeps_to_it"].to_numpy())
    likes["channel"] = np.where(likes["email_rate"] >= likes["sms_rate"], "email", "sms")
    launched = np.arange(_PRODUCTS) * _LAUNCH_EVERY
    parts = [_mails(likes, rng), _texts(likes, rng), _visits(likes, rng), _orders(likes, launched, rng)]
    events = pd.concat(parts, ignore_index=True)
    events = events[events["at"] < DAYS]
    events["user_id"] = "u" + events["who"].astype(str)
    events["timestamp"] = BEGIN + pd.to_timedelta((events["at"] * 86_400).astype("int64"), unit="s")
    events = events.drop(columns=["at", "who"]).sort_values(["timestamp", "user_id"], ignore_index=True)
    products = pd.DataFrame(
        {"product_id": [f"p{n}" for n in range(_PRODUCTS)], "launched_at": BEGIN + pd.to_timedelta(launched, unit="D")}
    )
    return Known(events, likes.set_index("u" + likes.index.astype(str))), products


def _sent(likes: pd.DataFrame, mean: float, most: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Messages of each person, of few and of many: who, and the day."""
    counts = np.minimum(rng.geometric(1 / mean, len(likes)), most)
    who = np.repeat(np.arange(len(likes)), counts)
    return who, rng.integers(0, DAYS - 40, len(who)) + 9 / 24


def _mails(likes: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    who, at = _sent(likes, 40, 200, rng)
    own = likes.iloc[who].reset_index(drop=True)
    about, shape = rng.integers(0, len(TOPICS), len(who)), rng.integers(0, len(FORMATS), len(who))
    topic, form = np.array(TOPICS)[about], np.array(FORMATS)[shape]
    odds = np.log(own["open_rate"] / (1 - own["open_rate"])) + _TOPIC_EASE[about] + _FORMAT_EASE[shape]
    odds = odds + _TOPIC_PULL * (topic == own["topic"]) + _FORMAT_PULL * (form == own["format"])
    opens = rng.random(len(who)) < 1 / (1 + np.exp(-odds))
    clicks = rng.random(len(who)) < own["email_rate"]
    sent = pd.DataFrame({"who": who, "at": at, "send_id": [f"e{n}" for n in range(len(who))], "channel": "email"})
    sent = sent.assign(category="engagement", topic=topic, format=form)
    return pd.concat(
        [
            sent.assign(event="Email Delivered"),
            sent[opens].assign(event="Email Opened", at=at[opens] + 0.2),
            sent[clicks].assign(event="Email Link Clicked", at=at[clicks] + 0.21),
        ]
    )


def _texts(likes: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    who, at = _sent(likes, 15, 60, rng)
    clicks = rng.random(len(who)) < likes["sms_rate"].to_numpy()[who]
    sent = pd.DataFrame({"who": who, "at": at, "send_id": [f"s{n}" for n in range(len(who))], "channel": "sms"})
    sent = sent.assign(category="engagement")
    clicked = sent[clicks].assign(event="SMS Link Clicked", at=at[clicks] + 0.1)
    return pd.concat([sent.assign(event="SMS Delivered"), clicked])


def _visits(likes: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    who, day = _sent(likes, 12, 80, rng)
    own = likes["own_hour"].to_numpy()[who] + rng.integers(-1, 2, len(who)) + rng.random(len(who))
    evening = rng.random(len(who)) < 0.5
    others = np.where(evening, rng.normal(_EVENING, _WIDTH, len(who)), rng.uniform(0, 24, len(who)))
    hour = np.where(rng.random(len(who)) < likes["keeps_to_it"].to_numpy()[who], own, others) % 24
    events = pd.DataFrame({"who": who, "at": np.floor(day) + hour / 24, "event": "Page Viewed", "channel": "app"})
    return events.assign(category="web")


def _busiest(own: np.ndarray, keeps: np.ndarray) -> np.ndarray:
    """The hour about which most of a person's visits lie in the long run, with the ones beside it, shape (people,)."""
    ends = np.arange(25)
    evening = np.diff(norm.cdf(ends, _EVENING, _WIDTH)) + np.diff(norm.cdf(ends + 24, _EVENING, _WIDTH))
    usual = 0.5 * evening + 0.5 / 24
    hours = (1 - keeps)[:, None] * usual
    for off in (-1, 0, 1):
        hours[np.arange(len(own)), (own + off) % 24] += keeps / 3
    return (hours + np.roll(hours, 1, axis=1) + np.roll(hours, -1, axis=1)).argmax(axis=1)


def _orders(likes: pd.DataFrame, launched: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    who, at = _sent(likes, 5, 40, rng)
    buyer = likes["buyer"].to_numpy()[who]
    new = (buyer == "launch") & (rng.random(len(who)) < 0.7)
    latest = np.clip((at // _LAUNCH_EVERY).astype("int64"), 0, _PRODUCTS - 1)
    product = np.where(new, latest, rng.integers(0, latest + 1))
    at = np.where(new, launched[latest] + rng.exponential(0.5, len(who)), at)
    reduced = ~new & (rng.random(len(who)) < np.select([buyer == "sale", buyer == "launch"], [0.8, 0.05], 0.2))
    orders = pd.DataFrame({"who": who, "at": at, "order_id": [f"o{n}" for n in range(len(who))], "revenue": 20.0})
    orders["discount"] = np.where(reduced, 5.0, 0.0)
    orders["product_id"] = [f"p{n}" for n in product]
    return orders.assign(event="Order Completed", channel="web", category="purchase")
