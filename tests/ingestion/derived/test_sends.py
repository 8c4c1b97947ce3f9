from __future__ import annotations

import pytest

from helpers.ingestion.derived.sends import build


@pytest.fixture
def message(log):
    """Adds what became of a message: `message("s1", ("10:00", "Email Delivered"), …)` on 5 May 2025."""

    def add(send, *steps, channel="email", **values):
        for when, event, *more in steps:
            own = {"send_id": send, "channel": channel, "ids": {channel: f"{channel} of {send}"}} | values
            log.add(f"2025-05-05T{when}", event, "engagement", **own, **dict(*more))

    return add


@pytest.fixture
def built(ready, rows):
    """The messages of the log, by id."""

    def run():
        con = ready()
        build(con)
        return rows(con, "sends_ready", "send_id")

    return run


def figures(send, *names):
    return [send[name] for name in names]


def test_a_message_counts_what_people_did_with_it(message, built):
    message(
        "s1", ("10:00", "Email Delivered"), ("10:05", "Email Opened"), ("12:00", "Email Opened"),
        ("10:06", "Email Link Clicked", {"link_id": "a"}), ("12:01", "Email Link Clicked", {"link_id": "a"}),
        ("12:09", "Email Link Clicked", {"link_id": "b"}), ("13:00", "Email Forwarded"), topic="news", campaign_id="c",
    )  # fmt: skip
    (send,) = built()
    assert figures(send, "opens", "open_delay_s", "clicks", "links", "click_delay_s", "forwards") == [
        2, 300.0, 3, 2, 360.0, 1,
    ]  # fmt: skip
    assert figures(send, "recipient_type", "recipient", "topic", "campaign_id") == ["email", "email of s1", "news", "c"]
    assert figures(send, "machine_opens", "machine_clicks", "bounced", "opted_out") == [0, 0, False, False]


@pytest.mark.parametrize(("when", "human"), [("10:00:10", 0), ("10:00:11", 1)])
def test_who_opens_at_once_is_a_program(message, built, when, human):
    message("s1", ("10:00", "Email Delivered"), (when, "Email Opened"), (when, "Email Link Clicked"))
    (send,) = built()
    assert figures(send, "opens", "clicks") == [human, human]
    assert figures(send, "machine_opens", "machine_clicks") == [1 - human, 1 - human]


def test_who_follows_three_links_within_five_seconds_is_a_scanner(message, built):
    burst = [(f"11:00:0{second}", "Email Link Clicked", {"link_id": f"l{second}"}) for second in range(3)]
    message("s1", ("10:00", "Email Delivered"), *burst, ("15:00", "Email Link Clicked", {"link_id": "l1"}))
    message("s2", ("10:00", "Email Delivered"), *burst[:2])
    first, second = built()
    assert figures(first, "machine_clicks", "clicks", "links") == [3, 1, 1]
    assert figures(second, "machine_clicks", "clicks", "links") == [0, 2, 2]


def test_what_the_source_calls_a_machine_is_one(message, built):
    message("s1", ("10:00", "Email Delivered"), ("11:00", "Email Opened", {"is_machine_open": True}))
    assert figures(built()[0], "opens", "machine_opens") == [0, 1]


def test_a_text_message_is_answered_by_people_however_fast(message, built):
    message(
        "t1", ("10:00", "SMS Delivered"), ("10:00:05", "SMS Link Clicked"), ("10:02", "SMS Replied"),
        ("10:02", "SMS Opted Out"), channel="sms",
    )  # fmt: skip
    (send,) = built()
    assert figures(send, "clicks", "click_delay_s", "replies", "reply_delay_s", "opted_out") == [1, 5.0, 1, 120.0, True]


def test_without_a_delivery_there_is_no_delay(message, built):
    message("s1", ("10:05", "Email Opened"))
    assert figures(built()[0], "delivered_at", "opens", "open_delay_s") == [None, 1, None]


def test_events_without_a_message_are_none(log, built):
    log.add("2025-05-05T10:00", "Email Opened", "engagement", channel="email")
    assert built() == []


@pytest.mark.parametrize(("apart", "machine"), [(5, 1), (6, 0)])
def test_links_more_than_five_seconds_apart_are_no_burst(message, built, apart, machine):
    clicks = [(f"11:00:{apart * place:02d}", "Email Link Clicked", {"link_id": f"l{place}"}) for place in range(3)]
    message("s1", ("10:00", "Email Delivered"), *clicks)
    assert figures(built()[0], "machine_clicks", "clicks") == [machine, 3 - machine]
