"""What contacting people costs and saves: whom it pays to contact, and what a list is worth in money."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.statistics import Estimate, check, resample

Floats = NDArray[np.float64]

PER = 1_000  # customers that savings are told for
HALF = 0.5
POLICIES = ("threshold", "learned", "half", "recency", "everybody")
RIVALS = ("everybody", "recency", "half", "learned")


class Contact(NamedTuple):
    """What is assumed of a contact; nothing of it follows from the data.

    Attributes:
        cost: Of contacting one customer, in units of the currency.
        value: Of a customer who would not come back in the horizon and is kept, in the same unit.
        kept: Share of those who would not come back that a contact keeps; an experiment tells it.
    """

    cost: float
    value: float
    kept: float

    @property
    def threshold(self) -> float:
        """Probability of not coming back from which on a contact pays: its cost over what it brings for sure leavers.

        Infinite where a contact never brings anything; above 1 it pays for nobody (Elkan, 2001, Proceedings of the
        17th International Joint Conference on Artificial Intelligence, 973-978).
        """
        brings = self.value * self.kept
        return self.cost / brings if brings > 0 else float("inf")

    def saved(self, churned: ArrayLike) -> Floats:
        """What a contact with each person saves, less its cost, shape (n,); negative for who would come back."""
        return np.asarray(churned, dtype=float) * self.value * self.kept - self.cost


class Savings(NamedTuple):
    """What lists are worth on people of whom it is known what became.

    Attributes:
        thresholds: The probability from which on each policy with one contacts: "threshold", "learned", "half".
        listed: People that each policy contacts.
        per_1000: Saving by policy against contacting nobody, in the currency, for 1,000 customers.
        gains: What "threshold" saves more than each other policy, on the same draws.
    """

    thresholds: dict[str, float]
    listed: dict[str, int]
    per_1000: dict[str, Estimate]
    gains: dict[str, Estimate]


def contact_of(*, cost: float, value: float, kept: float) -> Contact:
    """The assumptions about a contact, checked.

    Raises:
        WrongUse: If the cost or the value is below 0, or the share that is kept no share.
    """
    check("cost of a contact", cost, ge=0, lt=float("inf"))
    check("value kept", value, ge=0, lt=float("inf"))
    check("share kept", kept, ge=0, le=1)
    return Contact(cost, value, kept)


def cost_curve(churned: ArrayLike, probability: ArrayLike, contact: Contact) -> pd.DataFrame:
    """What contacting everybody from a probability on saves, for each probability that would list somebody else.

    Args:
        churned: 1 for who did not come back, shape (n,).
        probability: Probability of not coming back, shape (n,).
        contact: What is assumed of a contact.

    Returns:
        Columns threshold, listed (people), saving (in the currency, for 1,000 customers), from nobody to everybody.
    """
    probability = np.asarray(probability, dtype=float)
    order = np.argsort(-probability, kind="stable")
    saved = np.cumsum(contact.saved(churned)[order])
    last = np.flatnonzero(np.append(np.diff(probability[order]) != 0, True))  # equal ones are listed together
    rows = {
        "threshold": np.concatenate([[np.inf], probability[order][last]]),
        "listed": np.concatenate([[0], last + 1]),
        "saving": np.concatenate([[0.0], PER * saved[last] / probability.size]),
    }
    return pd.DataFrame(rows)


def learned_threshold(churned: ArrayLike, probability: ArrayLike, contact: Contact) -> float:
    """The threshold that would have saved most on people that the model was not learned from; the highest of equals.

    Args:
        churned: 1 for who did not come back, shape (n,).
        probability: Probability of not coming back, shape (n,), by a model that had not seen these people's labels.
        contact: What is assumed of a contact.

    Returns:
        Infinite where contacting nobody is best.
    """
    curve = cost_curve(churned, probability, contact)
    return float(curve["threshold"].iloc[int(np.argmax(curve["saving"].to_numpy()))])


def judge_savings(
    test: pd.DataFrame, probability: ArrayLike, contact: Contact, *, learned: float, draws: int, seed: int
) -> Savings:
    """What each policy saves on the test people.

    Args:
        test: days_since_last_order and churned, one row a person.
        probability: Probability of not coming back, calibrated, shape (n,).
        contact: What is assumed of a contact.
        learned: As `learned_threshold` gives it, from earlier people.
        draws: Bootstrap draws of the people, shared by all policies.
        seed: Seed of the draws.
    """
    probability = np.asarray(probability, dtype=float)
    thresholds = {"threshold": contact.threshold, "learned": learned, "half": HALF}
    lists = {name: (probability >= each).astype(float) for name, each in thresholds.items()}
    lists["recency"] = _longest_silent(test["days_since_last_order"].to_numpy(float), lists["threshold"].sum())
    lists["everybody"] = np.ones(len(test))
    saved = contact.saved(test["churned"])
    worth = {name: PER * listed * saved for name, listed in lists.items()}
    drawn = resample(
        {name: lambda weights, own=own: weights @ own / weights.sum(axis=-1) for name, own in worth.items()},
        n=len(test),
        draws=draws,
        seed=seed,
    )
    return Savings(
        thresholds=thresholds,
        listed={name: round(float(listed.sum())) for name, listed in lists.items()},
        per_1000={name: drawn.estimate(name) for name in POLICIES},
        gains={name: drawn.difference("threshold", name) for name in RIVALS},
    )


def _longest_silent(silence: Floats, length: float) -> Floats:
    """How much of each person is on the recency rule's list of that length: where it ends among equals, a part."""
    distinct, group = np.unique(-silence, return_inverse=True)
    sizes = np.bincount(group, minlength=distinct.size)
    before = np.cumsum(sizes) - sizes
    return np.clip((length - before) / sizes, 0, 1)[group]
