"""E-mail and SMS: campaigns, who gets them, and what people (and their mail programs) do with them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.clock import DAY, END, HOUR, N_DAYS
from helpers.simulate.identifiers import random_ids
from helpers.simulate.people import FORMATS, engagement
from helpers.simulate.products import CATEGORIES

EMAIL_EVERY, SMS_EVERY = 23, 31  # days between campaigns
OFFERS = ("none", "percent", "free_shipping", "launch")
_REPLIES = ("STOP", "stop", "Thanks!", "When do you open on Saturday?", "ok", "Who is this?")
_NEVER = np.inf


def draw_campaigns(*, rng: np.random.Generator) -> pd.DataFrame:
    """Draw all campaigns: `campaign`, `channel` (email, sms), `at` (seconds), `topic`, `format`, `offer`."""
    parts = []
    for channel, every, hour in (("email", EMAIL_EVERY, 9), ("sms", SMS_EVERY, 17)):
        day = np.arange(3, N_DAYS - 3, every)
        parts.append(pd.DataFrame({"channel": channel, "at": day * DAY + hour * HOUR + 30.0 * 60}))
    campaigns = pd.concat(parts, ignore_index=True)
    n = len(campaigns)
    number = campaigns.groupby("channel").cumcount() + 1
    campaigns["campaign"] = campaigns["channel"] + "-" + number.astype(str).str.zfill(3)
    campaigns["topic"] = rng.choice(CATEGORIES, size=n)
    campaigns["format"] = np.where(campaigns["channel"] == "sms", "announcement", rng.choice(FORMATS, size=n))
    campaigns["offer"] = rng.choice(OFFERS, size=n, p=[0.4, 0.3, 0.15, 0.15])
    return campaigns


def draw_sends(
    people: pd.DataFrame, campaigns: pd.DataFrame, permitted: pd.DataFrame, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Send every campaign of one channel to everyone who has joined and permits it.

    Args:
        people: The people.
        campaigns: Campaigns of one channel.
        permitted: One row a person: `granted` and `withdrawn` (seconds; inf = never).
        rng: Source of randomness.

    Returns:
        One row a send, by campaign and person: the campaign's columns, `person`, `send_id`, `at` (delivery),
        `liking`: how much livelier than usual this person is about this topic, format and offer now.
    """
    campaign, person = np.meshgrid(np.arange(len(campaigns)), np.arange(len(people)), indexing="ij")
    sends = campaigns.iloc[campaign.ravel()].reset_index(drop=True).assign(person=person.ravel())
    start, stop = permitted["granted"].to_numpy(), permitted["withdrawn"].to_numpy()
    at = sends["at"].to_numpy()
    sends = sends[(at > start[sends["person"]]) & (at < stop[sends["person"]])].reset_index(drop=True)
    who = people.iloc[sends["person"]].reset_index(drop=True)
    liking = engagement(people, sends["person"].to_numpy(), sends["at"].to_numpy())
    liking = liking * np.where(sends["topic"] == who["preferred_category"], 1.6, 1.0)
    liking = liking * np.where(sends["format"] == who["preferred_format"], 1.4, 0.9)
    liking = liking * np.where(sends["offer"] == "percent", 0.8 + who["price_sensitivity"], 1.0)
    delivered = np.floor(sends["at"] + rng.uniform(5, 600, size=len(sends)))
    return sends.assign(send_id=random_ids(len(sends), rng=rng), at=delivered, liking=liking)


def email_events(
    people: pd.DataFrame, names: pd.DataFrame, sends: pd.DataFrame, *, rng: np.random.Generator
) -> pd.DataFrame:
    """What happens to e-mails: delivered, opened (by people at their hour, by machines at once), clicked, left.

    Returns:
        One row an event, in no order: the columns of `sends`, `at` (seconds), `what` (delivered, opened,
        clicked, unsubscribed). Nothing is sent to someone after the unsubscription.
    """
    n = len(sends)
    who = people.iloc[sends["person"]].reset_index(drop=True)
    opens = rng.random(n) < np.clip(who["open_rate"] * sends["liking"], 0, 0.95)
    opened = _reading_time(sends["at"].to_numpy(), who["preferred_hour"].to_numpy(), rng=rng)
    opened = np.where(opens, opened, np.nan)
    clicks = rng.random(n) < np.clip(0.22 * sends["liking"], 0, 0.7)
    clicked = np.where(clicks, opened + _soon(n, rng=rng), np.nan)
    again = np.where(rng.random(n) < 0.15, opened + np.floor(rng.exponential(DAY, size=n) + 60), np.nan)
    weary = 0.006 + 0.03 * (sends["liking"] < 0.5)
    left = np.where(rng.random(n) < weary, opened + _soon(n, rng=rng), np.nan)
    at_once = names["machine_opens"].to_numpy()[sends["person"]]
    machine = np.where(at_once, sends["at"] + rng.integers(1, 9, size=n), np.nan)
    steps = [("delivered", sends["at"]), ("opened", machine), ("opened", opened), ("opened", again)]
    events = _stack(sends, [*steps, ("clicked", clicked), ("unsubscribed", left)])
    return _until_left(events, left_by="unsubscribed")


def sms_events(people: pd.DataFrame, sends: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """What happens to text messages: delivered, clicked, replied (`reply` holds the text, STOP among them).

    Returns:
        One row an event, in no order: the columns of `sends`, `at` (seconds), `what`, `reply`. Nothing is sent to
        someone after STOP.
    """
    n = len(sends)
    rate = people["sms_rate"].to_numpy()[sends["person"]]
    clicks = rng.random(n) < np.clip(rate * sends["liking"], 0, 0.9)
    clicked = np.where(clicks, sends["at"] + _soon(n, rng=rng), np.nan)
    replies = rng.random(n) < 0.03
    replied = np.where(replies, sends["at"] + np.floor(rng.exponential(2 * HOUR, size=n) + 20), np.nan)
    reply = np.where(replies, rng.choice(_REPLIES, size=n, p=[0.15, 0.1, 0.25, 0.2, 0.2, 0.1]), "")
    events = _stack(sends.assign(text=reply), [("delivered", sends["at"]), ("clicked", clicked), ("replied", replied)])
    events["reply"] = events["text"].where(events["what"] == "replied", "")
    events["what"] = events["what"].where(events["reply"].str.upper() != "STOP", "stop")
    return _until_left(events.drop(columns="text"), left_by="stop")


def left_at(events: pd.DataFrame, people: pd.DataFrame, *, what: str) -> np.ndarray:
    """When each person left a channel by `what` (unsubscribed, stop); inf = never. Shape (people,)."""
    left = events.loc[events["what"] == what].groupby("person")["at"].min()
    return left.reindex(people.index, fill_value=_NEVER).to_numpy()


def _until_left(events: pd.DataFrame, *, left_by: str) -> pd.DataFrame:
    """Drop sends that began after the person had left, and a second leaving."""
    leaving = events[events["what"] == left_by].sort_values("at").drop_duplicates("person")
    left = leaving.set_index("person")["at"].reindex(events["person"], fill_value=_NEVER).to_numpy()
    sent = events["sent"].to_numpy()
    late = (sent > left) | ((events["what"] == left_by) & (events["at"].to_numpy() != left))
    return events[~late & (events["at"] < END)].reset_index(drop=True)


def _stack(sends: pd.DataFrame, steps: list[tuple[str, np.ndarray]]) -> pd.DataFrame:
    """One row an event from one array of moments (nan = did not happen) a step."""
    base = sends.assign(sent=sends["at"])
    parts = [base.assign(at=np.floor(at), what=what) for what, at in steps]
    events = pd.concat(parts, ignore_index=True)
    return events[events["at"].notna()].reset_index(drop=True)


def _reading_time(sent: np.ndarray, hour: np.ndarray, *, rng: np.random.Generator) -> np.ndarray:
    """Half of the opens come soon after delivery, the others at the reader's next preferred hour."""
    n = len(sent)
    soon = sent + np.floor(rng.lognormal(8.0, 1.0, size=n)) + 15
    wait = (hour + rng.normal(0, 0.8, size=n) - (sent % DAY) / HOUR) % 24
    return np.where(rng.random(n) < 0.5, soon, sent + np.floor(wait * HOUR) + 15)


def _soon(n: int, *, rng: np.random.Generator) -> np.ndarray:
    """Seconds from an open to what is done with the message."""
    return np.floor(rng.lognormal(3.3, 0.8, size=n)) + 4
