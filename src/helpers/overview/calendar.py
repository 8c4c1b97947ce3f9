"""The days and months that a log covers, and how a month is written as a number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import ibis
import pyarrow as pa

from helpers.profiles.windows import number_of


class Calendar(NamedTuple):
    """What a log covers.

    Attributes:
        first: Its first local day.
        as_of: The local day before which it ends.
    """

    first: date
    as_of: date

    @property
    def days(self) -> list[date]:
        """Each day, earliest first."""
        return [self.first + timedelta(days=day) for day in range((self.as_of - self.first).days)]

    @property
    def months(self) -> list[date]:
        """First day of each month with a day in the log, earliest first."""
        return [first_day(month) for month in range(_number(self.first), _number(self.as_of - timedelta(days=1)) + 1)]

    def is_whole(self, month: date) -> bool:
        """Whether the log covers each day of a month."""
        return self.first <= month and self.is_over(month)

    def is_over(self, month: date) -> bool:
        """Whether a month has ended."""
        return first_day(_number(month) + 1) <= self.as_of

    @property
    def last_whole(self) -> date | None:
        """First day of the last month that the log covers whole, None where there is none."""
        whole = [month for month in self.months if self.is_whole(month)]
        return whole[-1] if whole else None


def calendar_of(daily: ibis.Table, as_of: date) -> Calendar | None:
    """The calendar of table `daily`; None where it is empty."""
    first = daily.day.min().to_pyarrow().as_py()
    return None if first is None else Calendar(first, as_of)


def month_of(day: ibis.Value) -> ibis.Value:
    """Months since the year 0, of a date: consecutive months are consecutive numbers."""
    return (day.year().cast("int64") * 12) + day.month().cast("int64") - 1


def earlier(month: date, months: int) -> date:
    """First day of the month so many months before."""
    return first_day(_number(month) - months)


def first_day(month: int) -> date:
    """First day of a month, from its number."""
    return date(month // 12, month % 12 + 1, 1)


def days_table(calendar: Calendar) -> ibis.Table:
    """A row a day: columns day, number (days since 1970)."""
    days = calendar.days
    numbers = pa.array(map(number_of, days), pa.int64())
    return ibis.memtable(pa.table({"day": pa.array(days, pa.date32()), "number": numbers}))


def months_table(calendar: Calendar) -> ibis.Table:
    """A row a month: columns month (its first day), number, is_whole, is_over."""
    months = calendar.months
    columns = {
        "month": pa.array(months, pa.date32()),
        "number": pa.array(map(_number, months), pa.int64()),
        "is_whole": pa.array(map(calendar.is_whole, months), pa.bool_()),
        "is_over": pa.array(map(calendar.is_over, months), pa.bool_()),
    }
    return ibis.memtable(pa.table(columns))


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1
