"""Everything that happens in the shop's world, in the order in which one thing causes the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.simulate import consent, messages
from helpers.simulate.baskets import draw_lines, draw_refunds, number_orders
from helpers.simulate.browsing import draw_steps
from helpers.simulate.experiment import draw_exposures, draw_extra_orders, potential_outcomes
from helpers.simulate.identifiers import draw_identifiers
from helpers.simulate.people import draw_people
from helpers.simulate.products import draw_products
from helpers.simulate.purchases import draw_orders
from helpers.simulate.sessions import (
    background_visits,
    draw_sessions,
    stray_sessions,
    visits_after_clicks,
    visits_around_orders,
    visits_of_exposed,
)
from helpers.simulate.support import draw_tickets, leave_after_support

AS_GUEST = 0.07  # share of web orders that people with an account place without logging in


@dataclass(frozen=True, kw_only=True)
class World:
    """What happened, with its causes; the functions that draw each frame describe it.

    Rows of `people` and `names` are in the same order, and `person` elsewhere is their number.
    """

    people: pd.DataFrame
    names: pd.DataFrame
    products: pd.DataFrame
    lines: pd.DataFrame
    tickets: pd.DataFrame
    exposures: pd.DataFrame
    answers: pd.DataFrame
    emails: pd.DataFrame
    texts: pd.DataFrame
    sessions: pd.DataFrame
    steps: pd.DataFrame

    @property
    def order_ids(self) -> np.ndarray:
        """Order id by the number of the order, shape (orders,)."""
        first = self.lines[~self.lines["refund"]].drop_duplicates("order").sort_values("order")
        return first["order_id"].to_numpy()


def stream(seed: int, name: str) -> np.random.Generator:
    """A source of randomness of its own for one part of the world, so that parts do not disturb others."""
    return np.random.default_rng([seed, *name.encode()])


def draw_world(customers: int, *, seed: int) -> World:
    """Draw the world of `customers` people; the same arguments give the same world."""
    people = draw_people(customers, rng=stream(seed, "people"))
    names = draw_identifiers(people, rng=stream(seed, "identifiers"))
    products = draw_products(rng=stream(seed, "products"))

    orders = draw_orders(people, rng=stream(seed, "purchases"))
    tickets = draw_tickets(orders, rng=stream(seed, "support"))
    people, orders, tickets = leave_after_support(people, orders, tickets)
    exposures = draw_exposures(people, rng=stream(seed, "exposures"))
    extra = draw_extra_orders(people, exposures, rng=stream(seed, "extra orders"))
    orders = pd.concat([orders.assign(extra=False), extra.assign(extra=True)], ignore_index=True)
    orders["as_guest"] = _as_guest(people, orders, rng=stream(seed, "guests"))
    lines = draw_lines(people, orders, products, rng=stream(seed, "baskets"))
    lines = pd.concat([lines, draw_refunds(lines, rng=stream(seed, "refunds"))], ignore_index=True)
    exposures = potential_outcomes(exposures, lines)
    orders, lines = _what_happened(orders, lines, exposures)

    answers = consent.draw_consent(people, names, rng=stream(seed, "consent"))
    emails, texts = _messages(people, names, answers, seed=seed)
    answers = pd.concat([answers, *_leaving(people, emails, texts)], ignore_index=True)

    clicks = pd.concat([events[events["what"] == "clicked"] for events in (emails, texts)], ignore_index=True)
    visits = _visits(people, orders, lines, exposures, clicks, seed=seed)
    sessions = draw_sessions(people, names, products, visits, rng=stream(seed, "sessions"))
    strays = stray_sessions(customers, products, rng=stream(seed, "strays"))
    sessions = pd.concat([sessions, strays], ignore_index=True)
    steps = draw_steps(sessions, lines[~lines["refund"]], products, rng=stream(seed, "steps"))
    return World(
        people=people, names=names, products=products, lines=lines, tickets=tickets, exposures=exposures,
        answers=answers, emails=emails, texts=texts, sessions=sessions, steps=steps,
    )  # fmt: skip


def _as_guest(people: pd.DataFrame, orders: pd.DataFrame, *, rng: np.random.Generator) -> pd.Series:
    """Which orders are placed with an e-mail address alone: those of guests, and a few of others."""
    forgot = (orders["channel"] == "web") & ~orders["first"] & (rng.random(len(orders)) < AS_GUEST)
    return forgot | people["guest"].to_numpy()[orders["person"]]


def _what_happened(
    orders: pd.DataFrame, lines: pd.DataFrame, exposures: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take away the orders that the offer would have caused in the control arm, and number the others."""
    control = exposures.loc[~exposures["treated"], "person"]
    happened = ~(orders["extra"] & orders["person"].isin(control)).to_numpy()
    number = np.cumsum(happened) - 1
    lines = lines[happened[lines["order"]]]
    lines = lines.assign(order=number[lines["order"]])
    return orders[happened].reset_index(drop=True), number_orders(lines)


def _messages(
    people: pd.DataFrame, names: pd.DataFrame, answers: pd.DataFrame, *, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What happens to all e-mails and all text messages."""
    campaigns = messages.draw_campaigns(rng=stream(seed, "campaigns"))
    sends = {}
    for channel in ("email", "sms"):
        may = consent.permitted(answers, people, purpose=f"{channel}_marketing")
        own = campaigns[campaigns["channel"] == channel]
        sends[channel] = messages.draw_sends(people, own, may, rng=stream(seed, f"{channel} sends"))
    emails = messages.email_events(people, names, sends["email"], rng=stream(seed, "email"))
    return emails, messages.sms_events(people, sends["sms"], rng=stream(seed, "sms"))


def _leaving(people: pd.DataFrame, emails: pd.DataFrame, texts: pd.DataFrame) -> list[pd.DataFrame]:
    """Unsubscriptions and STOP replies as the consent register notes them."""
    unsubscribed = messages.left_at(emails, people, what="unsubscribed")
    stopped = messages.left_at(texts, people, what="stop")
    return [
        consent.left_by_message(unsubscribed, purpose="email_marketing", after=30),
        consent.left_by_message(stopped, purpose="sms_marketing", after=5),
    ]


def _visits(
    people: pd.DataFrame,
    orders: pd.DataFrame,
    lines: pd.DataFrame,
    exposures: pd.DataFrame,
    clicks: pd.DataFrame,
    *,
    seed: int,
) -> pd.DataFrame:
    """All visits of people, whatever their cause."""
    first_lines = lines[~lines["refund"] & (lines["line"] == 1)].sort_values("order", ignore_index=True)
    return pd.concat(
        [
            background_visits(people, rng=stream(seed, "visits")),
            visits_around_orders(people, orders, first_lines, rng=stream(seed, "visits around orders")),
            visits_after_clicks(people, clicks, rng=stream(seed, "visits after clicks")),
            visits_of_exposed(people, exposures, rng=stream(seed, "visits of exposed")),
        ],
        ignore_index=True,
    )
