"""Metrics of one's own: an expression over a person's days, taken at any cutoffs as the built-in ones are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from helpers.datasets.own_metrics import failed
from helpers.errors import WrongUse
from helpers.profiles.past import Then, as_then, moments_of
from helpers.profiles.windows import KEY, day_number, each_cutoff

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.own_metrics import Own


def own_values(shop: Shop, metric: Own, cutoffs: list[date], *, seen: Then | None = None) -> ibis.Table:
    """A metric of one's own at each cutoff, from days strictly before it, people told apart as they were then.

    Args:
        shop: An open data set whose `daily` and `identity_map` are written.
        metric: The metric.
        cutoffs: Local days up to `shop.as_of`.
        seen: As in `panel`.

    Returns:
        Columns cutoff, profile_id, value; one row a cutoff and person seen before it.

    Raises:
        WrongUse: If the function gives no single number a person.
    """

    def found(*parts: ibis.Table | None) -> ibis.Table:
        then = Then(*parts)
        return then.own(values_of(metric, then.days, [*moments_of(shop, cutoffs)]))

    return shop.computed(found, *(seen or as_then(shop, cutoffs)))


def values_of(metric: Own, days: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """A metric of one's own, of everybody's days before each cutoff.

    Args:
        metric: The metric.
        days: Table `daily`.
        cutoffs: Local days, earliest first.

    Returns:
        Columns cutoff, profile_id, value.

    Raises:
        WrongUse: If the function gives no single number a person.
    """
    known = each_cutoff(cutoffs)
    before = days.join(known, days.day < known.cutoff)
    before = before.mutate(age=day_number(before.cutoff) - day_number(before.day))
    try:
        value = metric.made_of(before)
    except Exception as error:  # noqa: BLE001 - it is somebody's own code, and they are told what it did
        raise failed(error, metric.made_of.__code__.co_filename) from None
    if not isinstance(value, ibis.expr.types.NumericValue | ibis.expr.types.BooleanValue):
        raise WrongUse(
            f"Metric {metric.name!r} gives {_said(value)}; expected an Ibis expression of one number, or yes or no."
        )
    if not isinstance(value, ibis.Scalar):
        raise WrongUse(
            f"Metric {metric.name!r} gives one value a day; add them up to one a person, with sum(), mean(), max() …"
        )
    return before.group_by(*KEY).aggregate(value=value.cast("float64"))


def _said(value: object) -> str:
    return f"{value.type()} values" if isinstance(value, ibis.Value) else f"a {type(value).__name__}"
