"""Visits to the web shop and the app: when, on which device, logged in or not, and to look at what."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.clock import DAY, END, at_hour
from helpers.simulate.identifiers import random_ids
from helpers.simulate.people import engagement
from helpers.simulate.products import CATEGORIES, choose_products

NEVER = 99  # step from which the user id is known: never within this session
SIGNS_IN = 9  # the step of a log-in before checkout
_REFERRERS = ("", "search.example", "social.example", "prices.example")


def draw_sessions(
    people: pd.DataFrame,
    names: pd.DataFrame,
    products: pd.DataFrame,
    visits: pd.DataFrame,
    *,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Give visits a device, a log-in state and a product to look at.

    Args:
        people: The people.
        names: Their identifiers.
        products: The catalogue.
        visits: From `background_visits`, `visits_around_orders` and the like: `person`, `at` (seconds), `ends`
            (`at` is the end of the visit), `source` (web, app), `product` (-1 = any), `order` (-1 = none),
            `as_guest`, `campaign`.
        rng: Source of randomness.

    Returns:
        `visits` within the history with `anonymous_id`, `device`, `user_id`, `known_from` (step), `email` (typed at
        a guest's checkout), `category`, `product`, `referrer`, `agent`, `pace` (of the steps, 1 = human), `views`.
    """
    visits = visits[(visits["at"] > 0) & (visits["at"] < END)].reset_index(drop=True)
    n = len(visits)
    person, at = visits["person"].to_numpy(), visits["at"].to_numpy()
    own = names.iloc[person].reset_index(drop=True)
    favourite = people["preferred_category"].to_numpy()[person]
    wanted = np.where(rng.random(n) < 0.6, favourite, rng.choice(CATEGORIES, size=n))
    some = choose_products(products, category=wanted, at=at, newest=np.zeros(n, dtype=bool), rng=rng)
    product = np.where(visits["product"] >= 0, visits["product"], some)

    buys = visits["order"].to_numpy() >= 0
    in_app = (visits["source"] == "app").to_numpy()
    second = (own["device_second"] != "") & ~in_app & (rng.random(n) < 0.3) & (own["second_logs_in"] | ~buys)
    account = (own["customer_id"] != "") & (at >= people["joined"].to_numpy()[person])
    stays_in = rng.random(n) < np.where(second, 0.5, 0.7)
    may = account & ~visits["as_guest"] & (~second | own["second_logs_in"])
    known_from = np.where(may & (in_app | stays_in), 0, np.where(may & buys, SIGNS_IN, NEVER))
    kind = np.where(own["device_kind"] == "mobile", "desktop", "mobile")
    return visits.assign(
        anonymous_id=np.where(in_app, own["device_app"], np.where(second, own["device_second"], own["device_web"])),
        device=np.where(in_app, "mobile", np.where(second, kind, own["device_kind"])),
        user_id=own["customer_id"],
        known_from=known_from,
        email=own["email"].where(visits["as_guest"] & buys, ""),
        product=product,
        category=products["category"].to_numpy()[product],
        referrer=np.where(
            in_app | (visits["campaign"] != ""), "", rng.choice(_REFERRERS, size=n, p=[0.5, 0.3, 0.12, 0.08])
        ),
        agent="",
        pace=1.0,
        views=1 + rng.poisson(0.65, size=n),
    )


def background_visits(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Visits of people who are just looking, in clusters, fading before drop-out and rare after it."""
    days = (END - people["joined"].to_numpy()) / DAY
    person = np.repeat(np.arange(len(people)), rng.poisson(people["visit_rate"] * days))
    joined = people["joined"].to_numpy()[person]
    at = joined + rng.random(len(person)) * (END - joined)
    stays = rng.random(len(person)) < engagement(people, person, at)
    person, at = person[stays], at[stays]
    more = rng.poisson(0.5, size=len(person))
    follow = np.repeat(at, more) + rng.exponential(0.8 * DAY, size=int(more.sum()))
    person, at = np.concatenate([person, np.repeat(person, more)]), np.concatenate([at, follow])
    hour = people["preferred_hour"].to_numpy()[person]
    return _visits(people, person, at_hour(at / DAY, hour, spread=2.5, rng=rng), rng=rng)


def visits_around_orders(
    people: pd.DataFrame, orders: pd.DataFrame, first_lines: pd.DataFrame, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Visits in the days before an order, and the visit in which it is placed.

    Args:
        people: The people.
        orders: `person`, `at`, `channel`, `as_guest`.
        first_lines: `product` of the first line of each order, in the order of `orders`.
        rng: Source of randomness.
    """
    lively = engagement(people, orders["person"].to_numpy(), orders["at"].to_numpy())
    row = np.repeat(np.arange(len(orders)), rng.poisson(0.8 * lively))
    person = orders["person"].to_numpy()[row]
    before = np.minimum(rng.exponential(2.0 * DAY, size=len(row)), 10 * DAY) + 1800
    looked = np.where(rng.random(len(row)) < 0.7, first_lines["product"].to_numpy()[row], -1)
    ahead = _visits(people, person, np.floor(orders["at"].to_numpy()[row] - before), rng=rng).assign(product=looked)

    online = np.flatnonzero((orders["channel"] != "pos").to_numpy())
    placed = orders.iloc[online]
    visit = pd.DataFrame(
        {
            "person": placed["person"].to_numpy(),
            "at": placed["at"].to_numpy() - rng.integers(15, 150, size=len(placed)),
            "ends": True,
            "source": placed["channel"].to_numpy(),
            "product": first_lines["product"].to_numpy()[online],
            "order": online,
            "as_guest": placed["as_guest"].to_numpy(),
            "campaign": "",
        }
    )
    return pd.concat([ahead, visit], ignore_index=True)


def visits_after_clicks(people: pd.DataFrame, clicks: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """The visit that a click in a message leads to; `clicks` has `person`, `at`, `campaign`."""
    visits = _visits(people, clicks["person"].to_numpy(), clicks["at"].to_numpy() + 3, rng=rng)
    return visits.assign(campaign=clicks["campaign"].to_numpy())


def visits_of_exposed(people: pd.DataFrame, exposures: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """The visits on which the experiment was shown."""
    shown = exposures[exposures["surface"] != "email"]
    visits = _visits(people, shown["person"].to_numpy(), shown["at"].to_numpy() - 2, rng=rng)
    return visits.assign(source=shown["surface"].to_numpy())


def _visits(people: pd.DataFrame, person: np.ndarray, at: np.ndarray, *, rng: np.random.Generator) -> pd.DataFrame:
    """Visits without a purpose known beforehand, on the web or in the app by preference."""
    p_web, p_app = people["p_web"].to_numpy()[person], people["p_app"].to_numpy()[person]
    in_app = rng.random(len(person)) < p_app / (p_web + p_app)
    source = np.where(in_app, "app", "web")
    visits = pd.DataFrame({"person": person, "at": at, "ends": False, "source": source})
    return visits.assign(product=-1, order=-1, as_guest=False, campaign="")


def stray_sessions(customers: int, products: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Sessions of nobody in particular: visitors who never identify themselves, crawlers, the shop's own tests.

    Returns:
        Rows like those of `draw_sessions`, `person` -1, `agent` "visitor", "bot" or "test".
    """
    sizes = {"visitor": (customers * 6) // 10, "bot": 1 + customers // 150, "test": 1 + customers // 200}
    agent = np.repeat(list(sizes), list(sizes.values()))
    n = len(agent)
    at = np.floor(rng.random(n) * END * 0.999)
    category = rng.choice(CATEGORIES, size=n)
    product = choose_products(products, category=category, at=at, newest=np.zeros(n, dtype=bool), rng=rng)
    fixed = np.where(agent == "bot", "00000000000b0700", "00000000007e5700")
    return pd.DataFrame(
        {
            "person": -1, "at": at, "ends": False, "source": "web", "order": -1, "as_guest": False, "campaign": "",
            "anonymous_id": np.where(agent == "visitor", random_ids(n, rng=rng), fixed),
            "device": rng.choice(["desktop", "mobile"], size=n),
            "user_id": "", "known_from": NEVER, "email": "", "product": product, "category": category,
            "referrer": np.where(agent == "visitor", "search.example", ""),
            "agent": agent,
            "pace": np.where(agent == "bot", 0.02, 1.0),
            "views": np.where(agent == "bot", rng.integers(40, 90, size=n), 1 + rng.poisson(0.7, size=n)),
        }
    )  # fmt: skip
