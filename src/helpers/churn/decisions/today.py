"""Whom to contact today, whom to leave alone, and who may be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.churn.decisions.money import Contact

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Today(NamedTuple):
    """The people of now by what to do, and what is expected of each part.

    Attributes:
        contacted: People whom it pays to contact.
        reachable: Of these, those who may be written to.
        alone: The others.
        contacted_would_return: Of the contacted, how many are expected to come back anyway: a contact for nothing.
        alone_would_return: Of those left alone, how many are expected to come back anyway.
    """

    contacted: int
    reachable: int
    alone: int
    contacted_would_return: float
    alone_would_return: float


def divide(probability: ArrayLike, reachable: ArrayLike, contact: Contact) -> Today:
    """Who is to be contacted, by the threshold at which a contact pays.

    Args:
        probability: Probability of not coming back of the people of now, calibrated, shape (n,).
        reachable: Whether they may be written to, shape (n,).
        contact: What is assumed of a contact.
    """
    probability = np.asarray(probability, dtype=float)
    listed = probability >= contact.threshold
    return Today(
        contacted=int(listed.sum()),
        reachable=int((listed & np.asarray(reachable, dtype=bool)).sum()),
        alone=int((~listed).sum()),
        contacted_would_return=float((1 - probability[listed]).sum()),
        alone_would_return=float((1 - probability[~listed]).sum()),
    )


def may_be_written_to(shop: Shop, people: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each person may be written to by e-mail or SMS as of `shop.as_of`, shape (n,).

    Args:
        shop: An open data set whose profiles are written.
        people: profile_id, one row a person.
    """
    contacts = shop.table("contacts")
    allowed = shop.frame(contacts.filter(contacts.by_email | contacts.by_sms).select("profile_id"))
    return people["profile_id"].isin(allowed["profile_id"]).to_numpy()
