from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from helpers import profiles
from helpers.churn.decisions.money import Contact
from helpers.churn.decisions.worth import Assumed, assume, worth_of_returned
from helpers.errors import WrongUse


def customers(n=40):
    """The first have been silent shortest."""
    return pd.DataFrame({"profile_id": [f"p{place:02d}" for place in range(n)], "days_since_last_order": np.arange(n)})


def orders(people, revenue):
    return pd.DataFrame({"profile_id": people["profile_id"], "revenue": revenue})


def test_a_kept_customer_is_worth_what_the_longest_silent_brought():
    people = customers()
    bought = orders(people, np.where(people["days_since_last_order"] < 20, 1_000.0, 50.0)).iloc[:-5]
    found = worth_of_returned(people, bought)
    assert (found.value, found.n) == (50.0, 15)
    assert found.lo is None  # all alike
    mixed = bought.assign(revenue=bought["revenue"].where(bought.index != 20, 80.0)).sample(frac=1, random_state=1)
    found = worth_of_returned(people, mixed)
    assert found.value == pytest.approx((14 * 50 + 80) / 15)  # a mean, not a median
    assert found.lo < found.value < found.hi


@pytest.mark.parametrize(
    "bought",
    [
        orders(customers(), 50.0).iloc[:29],  # nine of the longer silent half
        orders(customers(), np.nan),
        orders(customers(), 0.0),
        orders(customers(), -5.0),
        orders(customers(), 50.0).iloc[:0],
    ],
)
def test_where_it_cannot_be_known_it_is_none(bought):
    assert worth_of_returned(customers(), bought) is None
    assert worth_of_returned(customers().iloc[:0], bought) is None


@pytest.fixture
def asked(monkeypatch, make_shop):
    """A shop in which everybody of the panel orders for 40, and which days were asked for."""
    days = []

    def between(shop, start, end):
        days.append((start, end))
        return pd.DataFrame({"profile_id": [f"p{place:05d}" for place in range(4_000)], "revenue": 40.0})

    shop = make_shop()
    monkeypatch.setattr(profiles, "orders_between", between)
    monkeypatch.setattr(type(shop), "frame", lambda self, table: table)
    return shop, days


def test_the_value_is_that_of_the_latest_day_that_taught_and_of_who_decides(asked, panel, climbed):
    shop, days = asked
    earlier = date(2025, 7, 5)
    cutoffs = panel.cutoffs._replace(training=(panel.cutoffs.training[0], earlier), gap_days=7)
    older = panel.training.assign(cutoff=earlier)
    two = panel._replace(cutoffs=cutoffs, training=pd.concat([panel.training, older], ignore_index=True))
    found = assume(shop, two, climbed, cost=2.0, value=0.0, kept=0.2)
    assert found.contact == Contact(2.0, 40.0, 0.2)
    active = panel.training[panel.training["active"]] if climbed.headline == "active" else panel.training
    silence = active["days_since_last_order"]
    assert found.worth.n == (silence >= silence.median()).sum()
    assert days == [(date(2025, 10, 10), date(2026, 1, 8))]


def test_a_value_that_is_given_is_used_and_none_is_taken_for_acts(asked, panel, climbed):
    shop, days = asked
    assert assume(shop, panel, climbed, cost=2.0, value=20.0, kept=0.2) == Assumed(Contact(2.0, 20.0, 0.2), None)
    acts = panel._replace(cutoffs=panel.cutoffs._replace(label_of="no_event"))
    found = assume(shop, acts, climbed, cost=2.0, value=0.0, kept=0.2)
    assert (found.known, found.worth, days) == (False, None, [])
    with pytest.raises(WrongUse):
        assume(shop, acts, climbed, cost=-1.0, value=0.0, kept=0.2)
