"""What is assumed of a contact, and what a customer who is kept may be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers import profiles
from helpers.churn.cutoffs import LABELS
from helpers.churn.decisions.money import Contact, contact_of
from helpers.churn.ladder import Ladder, members
from helpers.churn.panel import Panel
from helpers.privacy import MINIMUM
from helpers.statistics import Estimate, mean

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Assumed(NamedTuple):
    """What is assumed of a contact, and where the value comes from.

    Attributes:
        contact: What is assumed; its value is 0 where none was given and none can be taken from orders.
        worth: The mean revenue that its value was taken from; None where it was given, or cannot be taken.
    """

    contact: Contact
    worth: Estimate | None

    @property
    def known(self) -> bool:
        """Whether a value is known at all; where it is not, nothing can be said of money."""
        return self.contact.value > 0


def assume(shop: Shop, panel: Panel, ladder: Ladder, *, cost: float, value: float, kept: float) -> Assumed:
    """The assumptions of a contact; a value of 0 is taken from what the longest silent brought when they came back.

    Args:
        shop: An open data set whose profiles are written.
        panel: Says which people, and which horizon.
        ladder: Says which population decides.
        cost: Of a contact, in the currency.
        value: Of a customer who is kept, in the currency; 0 for the mean of `worth_of_returned`.
        kept: Share of those who would not come back that a contact keeps.

    Raises:
        WrongUse: If an amount is below 0 or the share none.
    """
    contact = contact_of(cost=cost, value=value, kept=kept)
    if value > 0 or panel.cutoffs.label_of != LABELS[0]:  # who comes back without an order brings no amount
        return Assumed(contact, None)
    latest = max(panel.cutoffs.training)
    people = members(panel.training[panel.training["cutoff"] == latest], ladder.headline)
    orders = shop.frame(profiles.orders_between(shop, *panel.cutoffs.window(latest)))
    worth = worth_of_returned(people, orders)
    return Assumed(contact if worth is None else contact._replace(value=worth.value), worth)


def worth_of_returned(people: pd.DataFrame, orders: pd.DataFrame) -> Estimate | None:
    """Mean net revenue of those who ordered among the half of people who had been silent longest.

    Who is kept by a contact was at risk before it; all who order are worth more than that.

    Args:
        people: profile_id and days_since_last_order at a training cutoff, one row a person.
        orders: profile_id and revenue, in the currency, in the horizon after it.

    Returns:
        None where fewer than 10 of them ordered, amounts are missing, or the mean is not above 0.
    """
    silence = people["days_since_last_order"]
    silent = people[silence >= silence.median()]
    revenue = silent.merge(orders, on="profile_id")["revenue"].dropna().sort_values()  # a sum in no order of ids
    if len(revenue) < MINIMUM or revenue.sum() <= 0:
        return None
    return mean(len(revenue), float(revenue.sum()), float((revenue**2).sum()))
