from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from helpers.datasets.engine import connect, quote
from helpers.ingestion.sql import condition, define_macros, moment, name, text, whole_number


@pytest.fixture
def value():
    """The value of an expression over one column, a."""
    con = connect().con
    define_macros(con)
    return lambda expression, a=None: con.execute(f"SELECT {expression} FROM (SELECT ?::VARCHAR AS a)", [a]).fetchone()[
        0
    ]


def at(text):
    return datetime.fromisoformat(text)


LOCAL = {
    "2025-01-15 10:30": "2025-01-15 09:30",
    "2025-07-15 10:30:00": "2025-07-15 08:30",
    "2025-07-15T10:30:00.123456": "2025-07-15 08:30:00.123456",
    "2025-01-01": "2024-12-31 23:00",
    "2025-1-2 3:04": "2025-01-02 02:04",
    # The clock jumps from 2:00 to 3:00: what it never showed is shifted forward.
    "2025-03-30 01:59:59": "2025-03-30 00:59:59",
    "2025-03-30 02:00:00": "2025-03-30 01:00",
    "2025-03-30 02:30:00": "2025-03-30 01:30",
    "2025-03-30 03:00:00": "2025-03-30 01:00",
    # From 3:00 back to 2:00: what it showed twice is the first of the two.
    "2025-10-26 01:59:59": "2025-10-25 23:59:59",
    "2025-10-26 02:00:00": "2025-10-26 00:00",
    "2025-10-26 02:59:59": "2025-10-26 00:59:59",
    "2025-10-26 03:00:00": "2025-10-26 02:00",
}


@pytest.mark.parametrize(("wall", "utc"), LOCAL.items())
def test_local_times_become_utc(value, wall, utc):
    assert value(moment("a", offset=False, zone="Europe/Berlin"), wall) == at(utc)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "UTC"])
def test_local_times_are_pythons_own(zone):
    walls = [datetime(2024, 12, 31, 23, 15) + timedelta(hours=hours) for hours in range(24 * 370)]
    con = connect().con
    define_macros(con)
    query = f"SELECT {moment('a', offset=False, zone=zone)} FROM (SELECT unnest(?) AS a)"
    found = [utc for (utc,) in con.execute(query, [[wall.isoformat(sep=" ") for wall in walls]]).fetchall()]
    # fold=0 is the first of two; before a gap its offset shifts what the clock never showed forward.
    expected = [wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None) for wall in walls]
    assert found == expected


def test_utc_becomes_wall_time(value):
    assert value("to_wall(CAST(a AS TIMESTAMP), 'Europe/Berlin')", "2025-07-01 22:30:00") == at("2025-07-02 00:30")
    assert value("to_wall(CAST(a AS TIMESTAMP), 'Europe/Berlin')", "2025-01-01 22:30:00") == at("2025-01-01 23:30")


AWARE = {
    "2025-01-15T10:30:00Z": "2025-01-15 10:30",
    "2025-01-15 10:30:00+02:00": "2025-01-15 08:30",
    "2025-01-15T10:30:00.5-0530": "2025-01-15 16:00:00.5",
    "2025-01-15 10:30:00-08": "2025-01-15 18:30",
    "2025-10-26T02:30:00+01:00": "2025-10-26 01:30",
}


@pytest.mark.parametrize(("stamp", "utc"), AWARE.items())
def test_offsets_are_taken_off(value, stamp, utc):
    assert value(moment("a", offset=True, zone="Europe/Berlin"), stamp) == at(utc)


@pytest.mark.parametrize("stamp", [*AWARE, "2025-01-15 10:30:00 UTC", "2025-01-15 10:30:00 Europe/Berlin"])
def test_a_time_with_an_offset_among_local_ones_is_none(value, stamp):
    assert value(moment("a", offset=False, zone="Europe/Berlin"), stamp) is None


@pytest.mark.parametrize("wall", [*LOCAL, "2025-01-15 10:30:00 UTC", "2025-01-15T10:30:00+25:00"])
def test_a_local_time_among_those_with_an_offset_is_none(value, wall):
    assert value(moment("a", offset=True, zone="Europe/Berlin"), wall) is None


NEVER = ["", "soon", "now", "today", "epoch", "infinity", "-infinity", "2025-02-29", "2025-13-01", "2025-01-01 25:00"]
NEVER += ["20250115", "1736937000", "15/01/2025", "01.02.2025", "0001-01-01", "99999-01-01", "2025-01-01 (BC)"]


@pytest.mark.parametrize("offset", [True, False])
@pytest.mark.parametrize("words", NEVER)
def test_what_is_no_time_is_none(value, words, offset):
    assert value(moment("a", offset=offset, zone="Europe/Berlin"), words) is None


@pytest.mark.parametrize(
    ("words", "number"), [("3", 3), ("-3", -3), ("2.0", 2), ("1e3", 1000), (str(2**53 + 1), 2**53 + 1)]
)
def test_whole_numbers(value, words, number):
    assert value(whole_number("a"), words) == number


@pytest.mark.parametrize("words", ["1.5", "2.5", "0.1", "1,5", "x", "NaN", "inf", "0x10", str(2**63), ""])
def test_what_is_no_whole_number_is_none(value, words):
    assert value(whole_number("a"), words) is None


def test_text_is_trimmed_and_empty_is_none(value):
    assert value(text("a"), "  x y ") == "x y"
    assert value(text("a"), "  ") is None
    assert value(text("a || NULL"), "x") is None
    assert value(text("CAST(a AS INTEGER)"), "x") is None
    assert value(text("1 = 1"), "x") == "true"


def test_a_condition_that_fails_is_false(value):
    assert value(condition("a = 'x'"), "x") is True
    assert value(condition("a = 'x'"), None) is False
    assert value(condition("CAST(a AS INTEGER) > 0"), "x") is False
    assert value(condition(None)) is True


@pytest.mark.parametrize("words", ["it's", "''", "a\\'b", '"', "--", "\n"])
def test_quotes_cannot_be_broken_out_of(value, words):
    assert value(quote(words)) == words
    assert connect().con.execute(f"SELECT 1 AS {name(words)}").description[0][0] == words
