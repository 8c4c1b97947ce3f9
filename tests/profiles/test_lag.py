"""How soon profiles tell what happened."""

from datetime import datetime

from helpers.profiles.lag import lag
from helpers.profiles.words import how_soon


def test_an_event_is_told_by_the_first_midnight_after_it_came_in(make_shop, log):
    log.add("2025-06-10T10:00")  # noon in Berlin: told twelve hours later
    log.add("2025-06-11T10:00", loaded_at=datetime.fromisoformat("2025-06-11T21:59:59.999999"))  # twelve as well
    log.add("2025-06-12T10:00", loaded_at=datetime.fromisoformat("2025-06-12T22:00"))  # a day more
    log.add("2025-06-13T10:00", is_bot=True, loaded_at=datetime.fromisoformat("2025-06-20T10:00"))
    log.add("2025-05-01T10:00", loaded_at=datetime.fromisoformat("2025-06-20T10:00")).add("2025-07-01T10:00")
    found = lag(log.write(make_shop(as_of="2025-07-01")))
    assert (found.n, found.median) == (3, 12)
    assert round(found.most, 6) == 12 + 0.9 * 24


def test_where_nothing_happened_lately_nothing_is_said(make_shop, log):
    log.add("2025-01-10T10:00")
    found = lag(log.write(make_shop(as_of="2025-07-01")))
    assert found == (0, None, None)
    assert how_soon(found).startswith("Nothing happened in the last 30 days")
