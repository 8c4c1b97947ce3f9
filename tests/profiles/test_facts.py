from datetime import date, datetime
from decimal import Decimal

import ibis
import pytest

from helpers.profiles.facts import fold


@pytest.fixture
def days(make_shop, log):
    """Table `daily` of the log, as dicts by day; everybody in it is one person."""

    def days(**head):
        shop = log.write(make_shop(**head))
        events = shop.table("events").mutate(profile_id=ibis.literal("p1"), weight=1)
        return {row["day"]: row for row in fold(events).to_pyarrow().to_pylist()}

    return days


def test_a_day_holds_what_was_done_on_it(days, log):
    log.add("2025-05-01T08:00", channel="web").add("2025-05-01T09:00", "Email Opened", "engagement", channel="email")
    log.order("2025-05-01T10:00", "30.50", channel="web").refund("2025-05-01T11:00", "-10.25", channel="pos")
    log.add("2025-05-01T12:00", "Support Ticket Opened", "support", channel="support")
    log.add("2025-05-01T13:00", "Experiment Viewed", "other", channel="web").add("2025-05-02T13:00")
    found = days()
    assert set(found) == {date(2025, 5, 1), date(2025, 5, 2)}
    first = found[date(2025, 5, 1)]
    assert (first["first_at"], first["last_at"]) == (datetime(2025, 5, 1, 8), datetime(2025, 5, 1, 13))
    counts = {
        "events": 6,
        "orders": 1,
        "purchase_events": 2,
        "engagement_events": 1,
        "web_events": 1,
        "support_events": 1,
    }
    assert {name: first[name] for name in counts} == counts
    assert (first["order_revenue"], first["refunds"]) == (Decimal("30.5"), Decimal("10.25"))
    assert {name: first[name] for name in first if name.startswith("on_") and first[name]} == {
        "on_web": 3, "on_email": 1, "on_pos": 1, "on_support": 1,
    }  # fmt: skip


def test_a_day_without_an_order_has_no_money(days, log):
    log.add("2025-05-01T08:00")
    (found,) = days().values()
    assert (found["orders"], found["order_revenue"], found["refunds"]) == (0, 0, 0)


def test_lines_that_share_an_order_are_one_and_lines_without_are_one_each(days, log):
    for order in ("o1", "o1", "o2", None, None):
        log.order("2025-05-01T08:00", 2, order_id=order)
    log.refund("2025-05-01T09:00", -2, order_id="o9")
    (found,) = days().values()
    assert (found["orders"], found["order_revenue"], found["refunds"], found["purchase_events"]) == (4, 10, 2, 6)


def test_an_order_without_an_amount_is_an_order(days, log):
    log.add("2025-05-01T08:00", "Order Completed", "purchase")
    (found,) = days().values()
    assert (found["orders"], found["order_revenue"]) == (1, 0)


def test_days_end_at_local_midnight(days, log):
    log.add("2025-05-01T21:59").add("2025-05-01T22:00")
    assert sorted(days()) == [date(2025, 5, 1), date(2025, 5, 2)]
    assert sorted(days(timezone="UTC")) == [date(2025, 5, 1)]


def test_both_hours_of_the_night_on_which_the_clock_goes_back_are_one_day(days, log):
    log.add("2025-10-26T00:30").add("2025-10-26T01:30").add("2025-10-26T22:59").add("2025-10-26T23:00")
    found = days()
    assert {day: row["events"] for day, row in found.items()} == {date(2025, 10, 26): 3, date(2025, 10, 27): 1}


def test_people_are_kept_apart(make_shop, log):
    log.add("2025-05-01T08:00", user_id="u1").add("2025-05-01T09:00", user_id="u2").add(
        "2025-05-01T10:00", user_id="u2"
    )
    shop = log.write(make_shop())
    events = shop.table("events")
    events = events.mutate(profile_id=events.user_id, weight=1)
    counts = {row["profile_id"]: row["events"] for row in fold(events).to_pyarrow().to_pylist()}
    assert counts == {"u1": 1, "u2": 2}
