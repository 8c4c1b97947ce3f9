"""What happens within a visit: the steps from the home page to the checkout, and their seconds."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.simulate.clock import END
from helpers.simulate.products import FROM_THE_START
from helpers.simulate.sessions import SIGNS_IN

ADDS, REMOVES, STARTS_CHECKOUT = 0.12, 0.25, 0.3  # in visits that do not end in an order
_DWELL = (3.1, 0.8)  # log-mean and log-sd of the seconds on a step


@dataclass
class _Steps:
    """Steps of sessions, collected before they are put in order."""

    parts: list[pd.DataFrame] = field(default_factory=list)

    def add(
        self,
        session: np.ndarray,
        step: int,
        event: str,
        *,
        product: np.ndarray | int = -1,
        quantity: np.ndarray | int = 0,
    ) -> None:
        """Add one event to each of the given sessions."""
        self.parts.append(
            pd.DataFrame({"session": session, "step": step, "event": event, "product": product, "quantity": quantity})
        )

    def in_order(self) -> pd.DataFrame:
        """All steps by session and place."""
        steps = pd.concat(self.parts, ignore_index=True)
        return steps.sort_values(["session", "step"], kind="stable", ignore_index=True)


def draw_steps(
    sessions: pd.DataFrame, lines: pd.DataFrame, products: pd.DataFrame, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Unfold sessions into events.

    Args:
        sessions: From `sessions.draw_sessions` or `sessions.stray_sessions`.
        lines: Order lines: `order`, `product`, `quantity`; a session with an order adds them to the cart.
        products: The catalogue.
        rng: Source of randomness.

    Returns:
        One row an event: `session` (row of `sessions`), `step`, `event` (tracking plan), `product`
        (-1 = none), `quantity`, `at` (seconds, with fractions), sorted by session and step.
    """
    n = len(sessions)
    every = np.arange(n)
    bot = (sessions["agent"] == "bot").to_numpy()
    buys = sessions["order"].to_numpy() >= 0
    target = sessions["product"].to_numpy()
    steps = _Steps()

    advertised = every[~buys & ~bot & (rng.random(n) < 0.05)]
    steps.add(advertised, 0, "Ad Clicked")
    in_app = (sessions["source"] == "app").to_numpy()
    steps.add(every[in_app], 1, "Application Opened")
    steps.add(every[~in_app], 1, "Page Viewed")
    steps.add(every[~bot & (rng.random(n) < 0.18)], 2, "Products Searched")
    listed = every[rng.random(n) < 0.4]
    steps.add(listed, 3, "Page Viewed")
    steps.add(listed[rng.random(len(listed)) < 0.25], 4, "Product List Filtered")
    viewing = np.repeat(every, sessions["views"])
    steps.add(viewing, 5, "Product Viewed", product=_viewed(viewing, target, products, rng=rng))

    adds = every[~buys & ~bot & (rng.random(n) < ADDS)]
    steps.add(adds, 6, "Product Added", product=target[adds], quantity=1)
    bought = _bought(sessions, lines)
    steps.add(bought["session"], 6, "Product Added", product=bought["product"], quantity=bought["quantity"])
    removed = adds[rng.random(len(adds)) < REMOVES]
    steps.add(removed, 7, "Product Removed", product=target[removed], quantity=1)
    fills = np.concatenate([adds, every[buys]])
    steps.add(fills[rng.random(len(fills)) < 0.6], 8, "Cart Viewed")
    steps.add(every[sessions["known_from"] == SIGNS_IN], SIGNS_IN, "Signed In")
    tries = np.setdiff1d(adds, removed)
    tries = tries[rng.random(len(tries)) < STARTS_CHECKOUT]
    steps.add(np.concatenate([tries, every[buys]]), 10, "Checkout Started")
    return _timed(sessions, steps.in_order(), rng=rng)


def _viewed(viewing: np.ndarray, target: np.ndarray, products: pd.DataFrame, *, rng: np.random.Generator) -> np.ndarray:
    """The products viewed: the one the visit is about, then older neighbours in the catalogue."""
    first = np.concatenate([[True], viewing[1:] != viewing[:-1]])
    place = pd.Series(products["category"]).groupby(products["category"]).cumcount().to_numpy()
    start = target[viewing] - place[target[viewing]]  # the category's oldest product
    known = np.maximum(place[target[viewing]] + 1, FROM_THE_START)
    earlier = start + np.floor(rng.random(len(viewing)) * known).astype("int64")
    return np.where(first, target[viewing], earlier)


def _bought(sessions: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of the orders that sessions end with: `session`, `product`, `quantity`."""
    session = pd.DataFrame({"session": np.arange(len(sessions)), "order": sessions["order"]})
    return session[session["order"] >= 0].merge(lines, on="order")[["session", "product", "quantity"]]


def _timed(sessions: pd.DataFrame, steps: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Give steps their moments, from the start of a session or back from its end, within the history."""
    session = steps["session"].to_numpy()
    pace = sessions["pace"].to_numpy()[session]
    dwell = np.clip(rng.lognormal(*_DWELL, size=len(steps)), 2, 900) * pace
    dwell[np.concatenate([[True], session[1:] != session[:-1]])] = 0.0
    since = pd.Series(dwell).groupby(session).cumsum().to_numpy()
    total = pd.Series(since).groupby(session).transform("max").to_numpy()
    shift = np.where(sessions["ends"].to_numpy()[session], total, 0.0)
    at = sessions["at"].to_numpy()[session] + since - shift
    steps = steps.assign(at=np.round(at, 3))
    return steps[(steps["at"] >= 0) & (steps["at"] < END)].reset_index(drop=True)
