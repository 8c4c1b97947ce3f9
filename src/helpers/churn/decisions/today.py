"""Whom to contact today and whom to leave alone, and what a kept customer may be worth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers import profiles
from helpers.churn.decisions.money import PER, Contact
from helpers.errors import NothingToDo

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Today(NamedTuple):
    """The people of now by what to do, and what is expected of each part.

    Attributes:
        contacted: People whom it pays to contact.
        reachable: Of these, those who may be written to.
        alone: The others.
        contacted_would_order: Of the contacted, how many are expected to order anyway: a contact for nothing.
        alone_would_order: Of those left alone, how many are expected to order anyway.
        saving: Expected saving against contacting nobody, in the currency, for 1,000 customers.
    """

    contacted: int
    reachable: int
    alone: int
    contacted_would_order: float
    alone_would_order: float
    saving: float


class Worth(NamedTuple):
    """What a customer who orders brings in a horizon.

    Attributes:
        value: Median revenue net of refunds, in the currency; 0 where it is below.
        n: People with an order that it rests on.
    """

    value: float
    n: int


def divide(probability: ArrayLike, reachable: ArrayLike, contact: Contact) -> Today:
    """Who is to be contacted, by the threshold at which a contact pays.

    Args:
        probability: Probability of no order of the people of now, calibrated, shape (n,).
        reachable: Whether they may be written to, shape (n,).
        contact: What is assumed of a contact.
    """
    probability = np.asarray(probability, dtype=float)
    listed = probability >= contact.threshold
    saving = float(contact.saved(probability)[listed].sum())
    return Today(
        contacted=int(listed.sum()),
        reachable=int((listed & np.asarray(reachable, dtype=bool)).sum()),
        alone=int((~listed).sum()),
        contacted_would_order=float((1 - probability[listed]).sum()),
        alone_would_order=float((1 - probability[~listed]).sum()),
        saving=PER * saving / max(1, probability.size),
    )


def may_be_written_to(shop: Shop, people: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each person may be written to by e-mail or SMS, shape (n,).

    Args:
        shop: An open data set whose profiles are written.
        people: profile_id, one row a person.
    """
    contacts = shop.table("contacts")
    allowed = shop.frame(contacts.filter(contacts.by_email | contacts.by_sms).select("profile_id"))
    return people["profile_id"].isin(allowed["profile_id"]).to_numpy()


def worth_of_orderers(shop: Shop, start: date, end: date) -> Worth:
    """The median revenue of those who ordered in the local days [start, end): what a kept customer may bring.

    Args:
        shop: An open data set whose profiles are written.
        start: First day.
        end: The day after the last.

    Raises:
        NothingToDo: If nobody ordered then.
    """
    orders = profiles.orders_between(shop, start, end)
    # Those who went by several names, before they were one person's, have a row under each.
    former = shop.table("profile_alias").select(profile_id="alias")
    own = orders.anti_join(former, "profile_id")
    found = own.aggregate(middle=own.revenue.median(), n=own.count()).to_pyarrow().to_pylist()[0]
    if not found["n"]:
        raise NothingToDo("Nobody ordered in the days that a kept customer's value could be taken from.")
    return Worth(max(0.0, float(found["middle"])), found["n"])
