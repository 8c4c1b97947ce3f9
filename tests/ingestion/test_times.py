"""When things happened: zones, clocks that are put forward and back, clocks that are wrong, and late news."""

from datetime import datetime, timedelta

import pytest

from helpers.ingestion import ingest

LOG = """
    [[source]]
    name = "log"
    files = ["*.csv"]
    format = "delimited"
    columns = ["at", "sent", "received"]
    timestamps = "{kind}"
    max_bad_share = 1.0
    {more}
    [[source.emit]]
    event = "Page Viewed"
    timestamp = "at"
    user_id = "'u1'"
    {columns}
"""
SENT = 'sent_at = "sent"\n    received_at = "received"'


@pytest.fixture
def events(make_shop):
    """Ingests lines of (at, sent, received); the events by time, and the reasons of what was refused."""

    def events(*lines, kind="local", more="", columns="", **head):
        content = "at,sent,received\n" + "".join(f"{at},{sent},{got}\n" for at, sent, got in lines)
        shop = make_shop(LOG.format(kind=kind, more=more, columns=columns), {"log.csv": content}, **head)
        ingest(shop)
        rows = shop.table("events").order_by("timestamp").to_pyarrow().to_pylist()
        return rows, shop.frame("rejects")["reason"].tolist()

    return events


# Wall clock in Berlin, UTC, and what the clock did: it was put forward at 2:00 of 30 March, back at 3:00 of 26 October.
CLOCKS = {
    "before the gap": ("2025-03-30 01:59:59", datetime(2025, 3, 30, 0, 59, 59), None),
    "in the gap": ("2025-03-30 02:30:00", datetime(2025, 3, 30, 1, 30), "gap"),
    "after the gap": ("2025-03-30 03:00:00", datetime(2025, 3, 30, 1), None),
    "before the overlap": ("2025-10-26 01:59:59", datetime(2025, 10, 25, 23, 59, 59), None),
    "in the overlap": ("2025-10-26 02:30:00", datetime(2025, 10, 26, 0, 30), "overlap"),
    "after the overlap": ("2025-10-26 03:00:00", datetime(2025, 10, 26, 2), None),
    "on another day": ("2025-07-01 02:30:00", datetime(2025, 7, 1, 0, 30), None),
}  # fmt: skip


@pytest.mark.parametrize(("wall", "utc", "change"), CLOCKS.values(), ids=CLOCKS.keys())
def test_clocks_put_forward_and_back(events, wall, utc, change):
    ((event,), _) = events((wall, "", ""))
    assert (event["timestamp"], event["clock_change"]) == (utc, change)
    forward = timedelta(hours=1) if change == "gap" else timedelta()
    assert event["local_time"] == datetime.fromisoformat(wall) + forward


def test_a_time_with_an_offset_is_never_in_a_gap(events):
    ((event,), _) = events(("2025-03-30T02:30:00+01:00", "", ""), kind="offset")
    assert (event["timestamp"], event["clock_change"]) == (datetime(2025, 3, 30, 1, 30), None)


def test_a_zone_whose_clock_never_changes_flags_nothing(events):
    ((event,), _) = events(("2025-03-30 02:30:00", "", ""), timezone="Asia/Tokyo")
    assert (event["timestamp"], event["clock_change"]) == (datetime(2025, 3, 29, 17, 30), None)


def test_a_device_whose_clock_is_wrong_is_put_right(events):
    # It is two hours fast: it sent at 12:05 by its clock what we received at 10:05:01.
    line = ("2025-05-05 12:00:00", "2025-05-05 12:05:00", "2025-05-05 10:05:01")
    ((event,), _) = events(line, columns=SENT, timezone="UTC")
    assert event["timestamp"] == datetime(2025, 5, 5, 10, 0, 1)
    assert event["original_timestamp"] == datetime(2025, 5, 5, 12)
    assert event["late_s"] == 300
    assert event["loaded_at"] == datetime(2025, 5, 5, 10, 5, 1)


def test_where_it_does_not_say_when_it_sent_its_clock_is_believed(events):
    lines = [("2025-05-05 12:00:00", "", "2025-05-05 12:00:30"), ("2025-05-06 12:00:00", "2025-05-06 12:00:00", "")]
    (first, second), _ = events(*lines, columns=SENT, timezone="UTC")
    assert (first["timestamp"], first["late_s"]) == (datetime(2025, 5, 5, 12), 30)
    assert second["timestamp"] == datetime(2025, 5, 6, 12)
    assert second["late_s"] is None
    assert second["loaded_at"] == second["timestamp"]


def test_what_is_sent_again_is_the_same_event(events):
    lines = [("2025-05-05 12:00", f"2025-05-05 {hour}:00", f"2025-05-05 {hour}:01") for hour in (12, 13)]
    (first,), _ = events(lines[0], columns=SENT, timezone="UTC")
    twice, _ = events(*lines, columns=SENT, timezone="UTC")
    # Within one file, equal records without an id are told apart by their place.
    assert {event["message_id"] for event in twice} == {first["message_id"], f"{first['message_id']}#2"}


# The history ends with 31 December 2025; a day more is allowed for clocks.
@pytest.mark.parametrize(("at", "reasons"), [
    ("1989-12-31 23:59:59", ["too_early"]), ("1990-01-01 00:00:00", []), ("2026-01-02 00:00:00", []),
    ("2026-01-02 00:00:01", ["in_the_future"]), ("9999-01-01", ["in_the_future"]), ("1970-01-01", ["too_early"]),
])  # fmt: skip
def test_times_that_cannot_be_are_refused(events, at, reasons):
    found, refused = events((at, "", ""), timezone="UTC")
    assert (refused, len(found)) == (reasons, 1 - len(reasons))


def test_what_cannot_be_is_said_by_the_source(events):
    more = 'skew = "1h"\n    earliest = 2020-01-01'
    lines = [("2019-12-31", "", ""), ("2026-01-01 01:00", "", ""), ("2026-01-01 01:01", "", "")]
    found, refused = events(*lines, more=more, timezone="UTC")
    assert (refused, len(found)) == (["too_early", "in_the_future"], 1)


def test_nothing_happens_long_after_it_was_received(events):
    line = ("2025-05-09 12:00", "", "2025-05-05 10:00")
    assert events(line, columns=SENT, timezone="UTC")[1] == ["in_the_future"]


def test_a_log_that_goes_on_cannot_be_ahead_of_today(events):
    now = datetime.now()
    lines = [(f"{now + timedelta(days=days):%Y-%m-%d %H:%M}", "", "") for days in (-1, 3)]
    found, refused = events(*lines, history="")
    assert (len(found), refused) == (1, ["in_the_future"])


def test_a_source_says_how_late_it_tells(events):
    ((event,), _) = events(("2025-05-05 12:00", "", ""), more='lag = "2d"', timezone="UTC")
    assert event["loaded_at"] == datetime(2025, 5, 7, 12)
