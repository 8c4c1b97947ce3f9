"""Metrics of one's own: an expression over a person's days, taken at any cutoffs as the built-in ones are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import ibis
import pyarrow as pa

from helpers.errors import WrongUse
from helpers.profiles.past import as_then
from helpers.profiles.windows import KEY, day_number

if TYPE_CHECKING:
    from helpers.datasets import Shop

Expression = Callable[[ibis.Table], ibis.Value]


class Own(NamedTuple):
    """A metric of one's own.

    Attributes:
        name: Of the function that makes it.
        meaning: The first line of the function's docstring.
        made_of: Of the rows of `daily` of one person before a cutoff, with `age` (1 for the day before the cutoff) and
            `cutoff`, one number.
    """

    name: str
    meaning: str
    made_of: Expression


def own(function: Expression) -> Own:
    """Take a function as a metric of one's own.

    Raises:
        WrongUse: If it does not say what it means, in a docstring.
    """
    meaning = (function.__doc__ or "").strip().split("\n")[0]
    if not meaning:
        raise WrongUse(f"{function.__name__} has no docstring: say in its first line what a value means.")
    return Own(function.__name__, meaning, function)


def own_values(shop: Shop, metric: Own, cutoffs: list[date]) -> ibis.Table:
    """A metric of one's own at each cutoff, from days strictly before it, people told apart as they were then.

    Args:
        shop: An open data set whose `daily` and `identity_map` are written.
        metric: The metric.
        cutoffs: Local days up to `shop.as_of`.

    Returns:
        Columns cutoff, profile_id, value; one row a cutoff and person seen before it.

    Raises:
        WrongUse: If the function gives no single number a person.
    """
    seen = as_then(shop, {each: shop.midnight(each) for each in sorted(set(cutoffs))})
    moments = ibis.memtable(pa.table({"cutoff": sorted(set(cutoffs))}))
    days = seen.days.join(moments, seen.days.day < moments.cutoff)
    days = days.mutate(age=day_number(days.cutoff) - day_number(days.day))
    value = metric.made_of(days)
    if not isinstance(value, ibis.expr.types.NumericValue | ibis.expr.types.BooleanValue):
        raise WrongUse(
            f"{metric.name} gives {_said(value)}; a metric is one number or yes-or-no, as an Ibis expression."
        )
    if not isinstance(value, ibis.Scalar):
        raise WrongUse(f"{metric.name} gives one value a day; add them up to one a person, with sum(), mean(), max() …")
    return seen.own(days.group_by(*KEY).aggregate(value=value.cast("float64")))


def _said(value: object) -> str:
    return f"{value.type()} values" if isinstance(value, ibis.Value) else f"a {type(value).__name__}"
