"""Sums of customer-day facts at several cutoffs at once, without going over the same days again for each.

A day counts once, towards the first cutoff after it; what has gathered between two cutoffs is then added up over all
later ones. Only the few cutoffs whose last days hold a day see it again, for windows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import ibis
import pyarrow as pa

KEY = ("cutoff", "profile_id")


class Gathered(NamedTuple):
    """How a figure gathers: a value of each row and what adds two parts up.

    Attributes:
        value: The value of one row.
        how: "sum" (of floats, which hold counts exactly), "exact" (of decimals), "min", "max", or "fade": a sum in
            which each row weighs half as much with every half-life until the cutoff.
    """

    value: ibis.Value
    how: str = "sum"


Gather = Callable[[ibis.Table], Mapping[str, Gathered]]


def so_far(days: ibis.Table, cutoffs: list[date], gather: Gather, *by: str, half_life: float = 1.0) -> ibis.Table:
    """Figures over all days before each cutoff.

    Args:
        days: Columns profile_id and day, one or more rows a person and day.
        cutoffs: Local days, earliest first.
        gather: Of rows of `days`, name to what gathers under it.
        by: Further columns of `days`, by whose values it is told apart.
        half_life: Days in which what fades halves.

    Returns:
        Columns cutoff, profile_id, those of `by` and one a name; whoever has no day before a cutoff has no row.
    """
    until = ibis.cases(*((days.day < ibis.literal(each), ibis.literal(each)) for each in cutoffs[:-1]),
                       else_=ibis.literal(cutoffs[-1])) if len(cutoffs) > 1 else ibis.literal(cutoffs[-1])  # fmt: skip
    dated = days.filter(days.day < ibis.literal(cutoffs[-1])).mutate(until=until)
    age = day_number(dated.until) - day_number(dated.day)
    wanted = gather(dated)
    first = {name: _gathered(each.value, each.how, age, half_life) for name, each in wanted.items()}
    parts = dated.group_by("profile_id", "until", *by).aggregate(**first)
    if len(cutoffs) == 1:
        return parts.rename(cutoff="until").relocate(*KEY)
    pairs = [(each, later) for place, each in enumerate(cutoffs) for later in cutoffs[place:]]
    spans = ibis.memtable(pa.table({"until": [a for a, _ in pairs], "cutoff": [b for _, b in pairs],
                                    "since": [float((b - a).days) for a, b in pairs]}))  # fmt: skip
    joined = parts.join(spans, "until")
    again = {name: _gathered(joined[name], each.how, joined.since, half_life) for name, each in wanted.items()}
    return joined.group_by(*KEY, *by).aggregate(**again)


def within(days: ibis.Table, cutoffs: list[date], longest: int, gather: Gather) -> ibis.Table:
    """Figures over the last days before each cutoff.

    Args:
        days: Columns profile_id and day, one or more rows a person and day.
        cutoffs: Local days, earliest first.
        longest: Days that are looked at.
        gather: As in `so_far`, without "fade"; its rows have the column age, 1 for the day before the cutoff.

    Returns:
        Columns cutoff, profile_id and one a name; whoever has no day in the window has no row.
    """
    spans = [(each - timedelta(days=age), each, age) for each in cutoffs for age in range(1, longest + 1)]
    calendar = ibis.memtable(
        pa.table({"day": [a for a, _, _ in spans], "cutoff": [b for _, b, _ in spans], "age": [c for *_, c in spans]})
    )
    dated = days.join(calendar, "day")
    wanted = {name: _gathered(each.value, each.how, dated.age, 1.0) for name, each in gather(dated).items()}
    return dated.group_by(*KEY).aggregate(**wanted)


def each_cutoff(cutoffs: list[date]) -> ibis.Table:
    """Cutoffs as a table to join: column cutoff, a row each."""
    return ibis.memtable(pa.table({"cutoff": pa.array(cutoffs, pa.date32())}))


def _gathered(value: ibis.Value, how: str, age: ibis.Value, half_life: float) -> ibis.Value:
    if how == "fade":
        return (value.cast("float64") * ibis.literal(2.0) ** (age.cast("float64") * (-1 / half_life))).sum()
    if how == "sum":
        return value.cast("float64").sum()
    return value.sum() if how == "exact" else getattr(value, how)()


def day_number(day: ibis.Value) -> ibis.Value:
    """Days since 1970; engines count days between dates differently, seconds they agree on."""
    return day.cast("timestamp").epoch_seconds() // 86_400


def number_of(day: date) -> int:
    """The same number of a single day."""
    return (day - date(1970, 1, 1)).days
