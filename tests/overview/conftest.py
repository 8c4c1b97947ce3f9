from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import ibis
import pytest

from helpers.datasets import Shop
from helpers.profiles.facts import fold
from tests.overview import oracle

# Zones with what is hard about them: nights of 23 and 25 hours, midnights that never were or were twice, half hours.
ZONES = {
    "Europe/Berlin": [date(2025, 3, 30), date(2025, 10, 26)],
    "America/Sao_Paulo": [date(2018, 11, 4), date(2019, 2, 17)],
    "Asia/Kolkata": [date(2025, 3, 31), date(2025, 7, 1)],
}


def local(day: date, clock: str, zone: str) -> datetime:
    """A moment of the wall clock in UTC, without an offset, as stored ones are."""
    wall = datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), tzinfo=ZoneInfo(zone))
    return wall.astimezone(UTC).replace(tzinfo=None)


@pytest.fixture
def folded(make_shop, log) -> Callable[..., tuple[Shop, ibis.Table, oracle.Log]]:
    """Folds a log written by hand into table `daily`: the shop, its events of people, and the log for the oracle.

    Everybody with a user id is a person, and may be profiled.
    """

    def fold_it(as_of: str, timezone: str = "Europe/Berlin"):
        shop = log.write(make_shop(as_of=as_of, timezone=timezone))
        events = shop.table("events").filter(lambda row: row.user_id.notnull() & (row.timestamp < shop.moment))
        weight = ibis.ifelse(events.event.isin(oracle.NO_ACTS), 0, 1)
        events = events.mutate(profile_id=events.user_id, weight=weight)
        shop.write("daily", fold(events))
        return shop, events, oracle.Log(log.rows, date.fromisoformat(as_of), ZoneInfo(timezone))

    return fold_it


def busy(log, zone: str, *, chance, people: int = 9) -> None:
    """People who come around local midnights: at the ends of months, in nights when clocks change, and otherwise."""
    nights = ZONES[zone]
    ends = [day for day in (nights[0].replace(day=1) + timedelta(days=n) for n in range(400)) if day.day == 1]
    for number in range(160):
        who = f"u{chance.integers(people)}"
        other = ends[0] + timedelta(days=int(chance.integers(170)))
        day = [nights[chance.integers(2)], ends[chance.integers(6)], other][chance.integers(3)]
        at = local(day, "00:00", zone) + timedelta(minutes=int(chance.integers(-45, 45)))
        for step in range(int(chance.integers(1, 4))):
            when = at + timedelta(seconds=int(chance.integers(1, 1500)) * step)
            event = str(chance.choice(["Page Viewed", "Email Delivered", "Product Viewed"]))
            log.add(when, event, user_id=who, session_id=f"s{number}" if event != "Email Delivered" else None)
        if chance.random() < 0.4:
            order = f"o{number}" if chance.random() < 0.5 else None
            for _ in range(int(chance.integers(1, 3))):
                log.order(at, int(chance.integers(1, 90)), user_id=who, order_id=order)
        elif chance.random() < 0.2:
            log.refund(at, -int(chance.integers(1, 30)), user_id=who)
