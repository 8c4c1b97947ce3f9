"""How soon profiles tell what happened."""

from datetime import datetime

from helpers.profiles.lag import lag
from helpers.profiles.words import how_soon


def test_an_event_is_told_by_the_first_midnight_after_it_came_in(lived, log):
    known = {"user_id": "u"}
    log.add("2025-06-10T10:00", **known)  # noon in Berlin: told twelve hours later
    for when, came_in in (
        ("2025-06-11T10:00", "2025-06-11T21:59:59.999999"),  # twelve as well
        ("2025-06-12T10:00", "2025-06-12T22:00"),  # a day more
        ("2025-05-01T10:00", "2025-06-20T10:00"),  # too long ago
    ):
        log.add(when, loaded_at=datetime.fromisoformat(came_in), **known)
    log.add("2025-06-13T10:00", is_bot=True, loaded_at=datetime(2025, 6, 20), **known)
    log.add("2025-07-01T10:00", **known).add("2025-06-14T10:00")  # later than the moment; of nobody
    found = lag(lived(as_of="2025-07-01"))
    assert (found.n, found.median) == (3, 12)
    assert round(found.most, 6) == 12 + 0.9 * 24


def test_where_nothing_happened_lately_nothing_is_said(lived, log):
    log.add("2025-01-10T10:00", user_id="u")
    found = lag(lived(as_of="2025-07-01"))
    assert found == (0, None, None)
    assert how_soon(found).startswith("Nothing happened in the last 30 days")
