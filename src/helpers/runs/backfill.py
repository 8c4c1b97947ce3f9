"""Looks into the past: one run a date, each kept, none of them the latest report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from helpers.errors import WrongUse
from helpers.runs.hooks import Hooks
from helpers.runs.log import Log
from helpers.runs.run import Done, Request, run

Every = Literal["day", "week", "month"]


def dates(first: date, last: date, every: Every) -> list[date]:
    """The days from `first` to `last`, both included where the step meets them.

    Raises:
        WrongUse: If `last` lies before `first`.
    """
    if last < first:
        raise WrongUse(f"--to {last} lies before --from {first}.")
    return list(_steps(first, last, every))


def _steps(first: date, last: date, every: Every) -> Iterator[date]:
    number, day = 0, first
    while day <= last:
        yield day
        number += 1
        if every == "month":
            months = first.month - 1 + number
            year, month = first.year + months // 12, months % 12 + 1
            # 31 January, 28 February, 31 March: the day of the first date, or the month's last.
            day = min(date(year, month, 1) + timedelta(days=first.day - 1), _month_end(year, month))
        else:
            day = first + timedelta(days=number * (7 if every == "week" else 1))


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def backfill(request: Request, days: list[date], *, log: Log, hooks: Hooks) -> Iterator[Done]:
    """Run the main job as of each day, the earliest first."""
    for day in days:
        yield run(replace(request, as_of=day.isoformat()), log=log, hooks=hooks)
