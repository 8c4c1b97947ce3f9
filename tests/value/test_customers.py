from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from helpers import profiles
from helpers.value.customers import bought, customers_at, customers_now, repeats_by_week

from .conftest import AS_OF, CUTOFF


@pytest.fixture
def shop(make_shop, log):
    """Ann buys on three days, twice on one, and gives some back; Ben once; Cy looks; Dee starts in the holdout."""
    log.order("2025-01-01T10:00", 100, user_id="ann").order("2025-01-11T10:00", 20, user_id="ann")
    log.order("2025-01-11T18:00", 20, user_id="ann").order("2025-02-20T10:00", 60, user_id="ann")
    log.refund("2025-02-21T10:00", -50, user_id="ann").order("2025-01-05T10:00", 10, user_id="ben")
    log.add("2025-01-07T10:00", user_id="cy").order("2025-02-25T10:00", 10, user_id="dee")
    shop = log.write(make_shop(as_of="2025-03-02"))
    profiles.build(shop)
    return shop


def test_days_with_a_purchase_are_counted_and_the_last_day_looked_at_is_the_one_before(shop):
    found = customers_now(shop)
    rows = {(f, 7 * r, 7 * a) for f, r, a, _ in zip(*found.histories, strict=True)}
    assert rows == {(2, 50, 59), (0, 0, 55), (0, 0, 4)}
    assert sorted(found.first_day) == [5, 56, 60]


def test_refunds_are_spread_over_all_purchases(shop):
    found = customers_now(shop)
    assert found.spend[found.histories.frequency == 2] == pytest.approx([(40 + 60) / 2 * (200 - 50) / 200])
    assert np.isnan(found.spend[found.histories.frequency == 0]).all()


def test_a_past_midnight_knows_nothing_of_later(shop):
    then = customers_at(shop, date(2025, 2, 20))
    assert then.histories.frequency.tolist() == [0, 1]
    assert (7 * then.histories.age).tolist() == [45, 49]
    assert then.spend[1] == pytest.approx(40)


def test_what_was_bought_later_is_net_and_leaves_out_first_days(shop):
    now = customers_now(shop)
    by = dict(zip(now.profile_id, now.histories.frequency, strict=True))
    found = bought(shop, now, date(2025, 2, 20), date(2025, 3, 2))
    told = {by[who] + days: money for who, days, money in zip(now.profile_id, *found, strict=True)}
    assert found.days.sum() == 1
    assert told[3] == pytest.approx(10)
    assert sum(told.values()) == pytest.approx(10), "dee's first day is no repeat"
    assert bought(shop, now, date(2025, 1, 1), date(2025, 1, 11)).days.sum() == 0


def test_weeks_count_repeats_and_people(shop):
    weeks = repeats_by_week(shop, date(2025, 1, 1), date(2025, 2, 20))
    assert weeks.to_numpy().tolist() == [[1, 1, 1], [7, 1, 1]]


def test_names_that_turned_out_to_be_one_person_are_one_customer(make_shop, log):
    for day in range(5):
        log.order(datetime(2025, 1, 2, 10) + timedelta(days=9 * day), 10, user_id="u1")
    log.order("2025-01-20T10:00", 10, anonymous_id="device").order("2025-01-21T10:00", 10, user_id="u2")
    log.add("2025-03-20T10:00", user_id="u1", anonymous_id="device")
    shop = log.write(make_shop(as_of="2025-04-01"))
    profiles.build(shop)
    then = customers_at(shop, date(2025, 3, 1))
    assert len(shop.frame(profiles.panel(shop, [date(2025, 3, 1)]))) == 3
    assert then.histories.frequency.tolist() == [0, 4]
    assert set(then.profile_id) == set(customers_now(shop).profile_id)


def test_no_customer_of_a_cutoff_depends_on_what_came_after_it(sold):
    shop, _ = sold
    then = customers_at(shop, CUTOFF)
    days = shop.frame("daily").query("orders > 0")
    days = days.assign(day=pd.to_datetime(days["day"]).dt.date)
    before = days[days["day"] < CUTOFF].groupby("profile_id")["day"].agg(["count", "min", "max"])
    own = before.loc[then.profile_id]
    assert len(then.profile_id) == len(before)
    assert then.histories.frequency.tolist() == (own["count"] - 1).tolist()
    assert (7 * then.histories.recency).round(6).tolist() == [each.days for each in own["max"] - own["min"]]
    later = bought(shop, then, CUTOFF, AS_OF)
    after = days[days["day"] >= CUTOFF].groupby("profile_id").size().reindex(then.profile_id, fill_value=0)
    assert later.days.tolist() == after.tolist()
