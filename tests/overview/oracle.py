"""The business picture once more, in plain Python from rows of events with times in UTC: slow, and easy to read."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Row = dict[str, Any]
ORDER, REFUND = "Order Completed", "Order Refunded"
NO_ACTS = (REFUND, "Email Delivered")


class Log:
    """A log as of a local day, each event on its local day."""

    def __init__(self, rows: list[Row], as_of: date, zone: ZoneInfo) -> None:
        self.moment = datetime.combine(as_of, time(), tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
        self.zone, self.as_of = zone, as_of
        self.rows = [row for row in rows if row["timestamp"] < self.moment and row["user_id"]]
        self.first = min(self.day(row["timestamp"]) for row in self.rows)

    def day(self, moment: datetime) -> date:
        return moment.replace(tzinfo=UTC).astimezone(self.zone).date()

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.as_of - self.first).days)]

    def months(self) -> list[date]:
        return sorted({day.replace(day=1) for day in self.days()})

    def is_over(self, month: date) -> bool:
        return after(month, 1) <= self.as_of

    @cached_property
    def active(self) -> set[tuple[str, date]]:
        return {(row["user_id"], self.day(row["timestamp"])) for row in self.rows if row["event"] not in NO_ACTS}

    def orders(self, days: set[date]) -> int:
        # An order that spans days is one of each day.
        return len({(who, day, order) for who, day, order in self.bought if day in days})

    def revenue(self, days: set[date]) -> Decimal:
        return sum((revenue for day, revenue in self.paid if day in days), Decimal(0))

    @cached_property
    def bought(self) -> list[tuple[str, date, str]]:
        own = [row for row in self.rows if row["event"] == ORDER]
        return [(row["user_id"], self.day(row["timestamp"]), row["order_id"] or row["message_id"]) for row in own]

    @cached_property
    def paid(self) -> list[tuple[date, Decimal]]:
        own = [row for row in self.rows if row["event"] in {ORDER, REFUND}]
        return [(self.day(row["timestamp"]), row["revenue"]) for row in own]

    @cached_property
    def buyers(self) -> set[tuple[str, date]]:
        return {(who, day) for who, day, _ in self.bought}


def after(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def by_day(log: Log) -> dict[date, Row]:
    found = {}
    for day in log.days():
        row = {"orders": log.orders({day}), "revenue": log.revenue({day})}
        for width in (1, 7, 30):
            window = {day - timedelta(days=n) for n in range(width)}
            is_known = min(window) >= log.first
            row[f"active_{width}d"] = len({who for who, when in log.active if when in window}) if is_known else None
        found[day] = row
    return found


def by_month(log: Log) -> dict[date, Row]:
    days = by_day(log)
    people = {month: {who for who, day in log.active if day.replace(day=1) == month} for month in log.months()}
    found = {}
    for month, own in people.items():
        its_days = {day for day in log.days() if day.replace(day=1) == month}
        before = people.get(after(month, -1), set())
        ever = set().union(*(people[each] for each in people if each < month))
        is_whole = log.first <= month and log.is_over(month)
        found[month] = {
            "is_whole": is_whole,
            "active": len(own),
            "new": len(own - ever),
            "returning": len(own & before),
            "resurrecting": len((own & ever) - before),
            "dormant": len(before - own) if log.is_over(month) else None,
            "buyers": len({who for who, day in log.buyers if day in its_days}),
            "orders": log.orders(its_days),
            "revenue": log.revenue(its_days),
        }
        for width in (1, 7, 30):
            found[month][f"active_{width}d"] = mean([days[day][f"active_{width}d"] for day in its_days], is_whole)
        shares = [
            row["active_1d"] / row["active_30d"] if row["active_30d"] else None for row in map(days.get, its_days)
        ]
        found[month]["stickiness"] = mean(shares, is_whole)
        found[month] |= lengths([each for each in visits(log) if log.day(each.began).replace(day=1) == month])
    return found


def mean(values: list[float | None], is_whole: bool) -> float | None:
    return statistics.fmean(values) if is_whole and None not in values else None


class Visit(NamedTuple):
    who: str
    began: datetime
    ended: datetime


def visits(log: Log) -> list[Visit]:
    """Visits that half an hour of silence has ended."""
    times: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in log.rows:
        if row["session_id"]:
            times[row["user_id"], row["session_id"]].append(row["timestamp"])
    all_of_them = [Visit(who, min(own), max(own)) for (who, _), own in times.items()]
    return [visit for visit in all_of_them if log.moment - visit.ended >= timedelta(minutes=30)]


def lengths(of: list[Visit]) -> Row:
    seconds = [(visit.ended - visit.began) // timedelta(seconds=1) for visit in of]
    quarters = [float(seconds[0])] * 3 if len(seconds) == 1 else None
    if len(seconds) > 1:
        quarters = statistics.quantiles(seconds, n=4, method="inclusive")
    names = ("visit_quarter_s", "visit_median_s", "visit_three_quarters_s")
    found = dict(zip(names, quarters or [None] * 3, strict=True))
    return found | {"visitors": len({visit.who for visit in of}), "visits": len(of)}


def cohorts(log: Log) -> dict[tuple[date, int], Row]:
    """Size of each cohort, and who was there, by cohort and age in months."""
    begins = log.buyers or log.active
    first = {who: min(day for own, day in begins if own == who).replace(day=1) for who, _ in begins}
    there = {(who, day.replace(day=1)) for who, day in log.active}
    found = {}
    for cohort in sorted(set(first.values())):
        members = {who for who, month in first.items() if month == cohort}
        for age in range(len(log.months())):
            month = after(cohort, age)
            on_day = {who for who in members if (who, month) in there}
            later = {who for who in members if any(own == who and when >= month for own, when in there)}
            known = log.is_over(month)
            found[cohort, age] = {
                "size": len(members),
                "on_day": len(on_day) if known else None,
                "on_or_after": len(later) if known else None,
            }
    return found


class Attempt(NamedTuple):
    """When each step was reached within the window, and whether something took the person out."""

    at: list[datetime]
    taken_out: bool


def attempt_of(events: list[Row], steps: list[str], order: str, window: timedelta, exclude: list[str]) -> Attempt:
    """The attempt of one person that counts; one without any moment where they never began."""
    place = {name: number for number, name in enumerate(steps, 1)}
    counting = [row for row in events if order != "strict" or row["weight"] > 0 or row["event"] in steps]
    row_of = sorted(counting, key=lambda row: (row["timestamp"], place.get(row["event"], 0)))
    best = Attempt([], False)
    for start, row in enumerate(row_of):
        if row["event"] not in (steps if order == "any" else steps[:1]):
            continue
        reached = [when for when in _WAYS[order](row_of, start, steps) if when <= row["timestamp"] + window]
        if len(reached) > len(best.at):
            is_done = len(reached) == len(steps)
            out = [each["timestamp"] for each in events if each["event"] in exclude]
            between = [
                when > reached[0] and (when < reached[-1] if is_done else when <= reached[0] + window) for when in out
            ]
            best = Attempt(reached, any(between))
    return best


def _sequential(rows: list[Row], start: int, steps: list[str]) -> Iterator[datetime]:
    at = start
    yield rows[at]["timestamp"]
    for step in steps[1:]:
        later = [place for place in range(at + 1, len(rows)) if rows[place]["event"] == step]
        if not later:
            return
        at = later[0]
        yield rows[at]["timestamp"]


def _strict(rows: list[Row], start: int, steps: list[str]) -> Iterator[datetime]:
    for row, step in zip(rows[start:], steps, strict=False):
        if row["event"] != step:
            return
        yield row["timestamp"]


def _any(rows: list[Row], start: int, steps: list[str]) -> Iterator[datetime]:
    done = set()
    for row in rows[start:]:
        if row["event"] in steps and row["event"] not in done:
            done.add(row["event"])
            yield row["timestamp"]


_WAYS = {"sequential": _sequential, "strict": _strict, "any": _any}
