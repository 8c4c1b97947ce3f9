from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from helpers.ingestion.derived import sessions
from helpers.ingestion.derived.sessions import build


@pytest.fixture
def visit(log):
    """Adds what a visitor did: `visit("d1", ("10:00", "Page Viewed"), …)`, on 5 May 2025 unless a date is given."""

    def add(who, *steps, **values):
        for when, event, *more in steps:
            stamp = when if "T" in when else f"2025-05-05T{when}"
            category = "purchase" if event.startswith("Order") else "web"
            log.add(stamp, event, category, anonymous_id=who, **{**values, **dict(*more)})
        return log

    return add


@pytest.fixture
def built(ready, rows):
    """The sessions of the log, by start, and its events by message_id, however the rows are ordered."""

    def run():
        con = ready()
        build(con)
        return rows(con, "sessions_ready", "started_at, visitor"), rows(con, "events_ready", "message_id")

    return run


def spans(sessions):
    return [(f"{s['started_at']:%H:%M}", f"{s['ended_at']:%H:%M}", s["events"]) for s in sessions]


def test_half_an_hour_of_silence_ends_a_visit_and_no_less(visit, built):
    visit("d1", ("10:00", "Page Viewed"), ("10:30", "Page Viewed"), ("11:00:01", "Page Viewed"))
    assert spans(built()[0]) == [("10:00", "10:30", 2), ("11:00", "11:00", 1)]


def test_visitors_do_not_share_a_visit(visit, built):
    visit("d1", ("10:00", "Page Viewed"), ("10:02", "Page Viewed"))
    visit("d2", ("10:01", "Page Viewed"))
    assert [(s["visitor"], s["events"]) for s in built()[0]] == [("d1", 2), ("d2", 1)]


def test_a_visit_is_cut_every_24_hours(log, visit, built):
    start = datetime(2025, 5, 5)
    for number in range(150):
        log.add(start + timedelta(minutes=20 * number), anonymous_id="d1")
    sessions, _ = built()
    assert [s["events"] for s in sessions] == [72, 72, 6]
    assert all(s["duration_s"] < 86_400 for s in sessions)


def test_the_sources_own_name_cuts_and_what_it_calls_one_for_more_than_three_days_is_none(visit, built):
    visit("d1", ("10:00", "Page Viewed", {"session_id": "a"}), ("10:01", "Page Viewed", {"session_id": "b"}))
    visit("d2", ("2025-05-01T10:00", "Page Viewed"), ("2025-05-04T10:00:01", "Page Viewed"), session_id="stuck")
    sessions, events = built()
    assert [(s["visitor"], s["events"]) for s in sessions] == [("d1", 1), ("d1", 1)]
    assert [e["session_id"] for e in events if e["anonymous_id"] == "d2"] == [None, None]
    assert len(events) == 4, "nothing is lost"


def test_what_no_tracker_saw_is_no_visit(log, visit, built):
    visit("d1", ("10:00", "Page Viewed"))
    log.order("2025-05-05T10:01", 20, source_id="till", anonymous_id="d1")
    log.add("2025-05-05T10:02", channel="email", anonymous_id="d1")
    log.add("2025-05-05T10:03")
    log.refund("2025-05-05T10:04", -20, anonymous_id="d1")
    sessions, events = built()
    assert [s["events"] for s in sessions] == [1]
    assert sum(e["session_id"] is not None for e in events) == 1


def test_the_sequence_dwell_and_exit_of_a_visit(visit, built):
    visit(
        "d1",
        ("10:00", "Page Viewed", {"page_path": "/", "device_type": None, "referrer_domain": "search.example"}),
        ("10:00:40", "Products Searched", {"page_path": "/search"}),
        ("10:01", "Product Viewed", {"page_path": "/p/1", "product_id": "p1", "device_type": "mobile"}),
        ("10:02:30", "Product Viewed", {"page_path": "/p/2", "product_id": "p2", "dwell_s": 12.5}),
        ("10:03", "Product Added", {"product_id": "p2"}),
        ("10:05", "Order Completed", {"order_id": "o1", "revenue": Decimal(20)}),
        ("10:05", "Order Completed", {"order_id": "o1", "revenue": Decimal(5)}),
    )
    (session,), events = built()
    told = ("views", "products_viewed", "searches", "cart_adds", "orders", "entry_page", "exit_page", "device_type")
    assert [session[name] for name in told] == [3, 2, 1, 1, 1, "/", "/p/2", "mobile"]
    assert (session["revenue"], session["referrer_domain"], session["duration_s"]) == (25, "search.example", 300.0)
    assert [e["dwell_s"] for e in events] == [40.0, 20.0, 90.0, 12.5, 120.0, 0.0, None]


@pytest.mark.parametrize(
    ("steps", "engaged"),
    [
        ([("10:00", "Page Viewed")], False),
        ([("10:00", "Page Viewed"), ("10:00:19", "Product Added")], False),
        ([("10:00", "Page Viewed"), ("10:00:20", "Product Added")], True),
        ([("10:00", "Page Viewed"), ("10:00:01", "Page Viewed")], True),
        ([("10:00", "Page Viewed"), ("10:00:01", "Order Completed")], True),
    ],
    ids=["one view", "19 seconds", "20 seconds", "two views", "an order"],
)
def test_engaged_means_two_views_twenty_seconds_or_an_order(visit, built, steps, engaged):
    visit("d1", *steps)
    assert [s["is_engaged"] for s in built()[0]] == [engaged]


@pytest.mark.parametrize(("pace", "bot"), [(0.9, True), (1.1, False)])
def test_who_looks_at_a_page_a_second_is_a_program(log, built, pace, bot):
    for number in range(25):
        log.add(datetime(2025, 5, 5) + timedelta(seconds=pace * number), anonymous_id="d1")
    (session,), events = built()
    assert session["is_bot"] is bot
    assert {e["is_bot"] for e in events} == {bot}


def test_a_visit_over_the_change_of_clocks_has_its_true_length(visit, built):
    # In Berlin 26 October 2025 has its third hour twice: 02:50 summer time, and 20 minutes later 02:10 winter time.
    visit("d1", ("2025-10-26T00:50", "Page Viewed"), ("2025-10-26T01:10", "Page Viewed"))
    (session,), _ = built()
    assert (session["duration_s"], session["local_started_at"]) == (1200.0, datetime(2025, 10, 26, 2, 50))


def test_a_late_event_remakes_the_whole_of_its_visit(log, visit, built):
    visit("d1", ("10:00", "Page Viewed"), ("10:50", "Page Viewed"))
    assert len(built()[0]) == 2
    visit("d1", ("10:25", "Page Viewed"))
    late, events = built()
    assert spans(late) == [("10:00", "10:50", 3)]
    assert {e["session_id"] for e in events} == {late[0]["session_id"]}


def test_the_order_in_which_events_arrive_changes_nothing(log, built):
    chance = random.Random(5)
    for _ in range(400):
        at = datetime(2025, 5, 5) + timedelta(seconds=chance.randrange(200_000))
        name = chance.choice(["Page Viewed", "Product Viewed", "Product Added"])
        log.add(at, name, anonymous_id=f"d{chance.randrange(9)}", page_path=f"/{chance.randrange(5)}")
    expected = built()
    for _ in range(3):
        chance.shuffle(log.rows)
        assert built() == expected


def test_sessions_are_the_same_however_many_are_added_up_at_once(log, visit, built, monkeypatch):
    for number in range(40):
        visit(f"d{number}", ("10:00", "Page Viewed"), ("10:05", "Product Viewed"))
    expected = built()
    monkeypatch.setattr(sessions, "EVENTS_AT_ONCE", 7)
    assert built() == expected
    assert len(expected[0]) == 40


@pytest.mark.parametrize(("number", "bot"), [(20, True), (19, False)])
def test_a_program_has_shown_itself_in_twenty_events(log, built, number, bot):
    for place in range(number):
        log.add(datetime(2025, 5, 5) + timedelta(seconds=0.5 * place), anonymous_id="d1")
    assert [s["is_bot"] for s in built()[0]] == [bot]


def test_what_the_source_calls_one_for_three_days_and_no_more_is_one(visit, built):
    visit("d1", ("2025-05-01T10:00", "Page Viewed"), ("2025-05-04T10:00", "Page Viewed"), session_id="long")
    assert [s["events"] for s in built()[0]] == [1, 1]
