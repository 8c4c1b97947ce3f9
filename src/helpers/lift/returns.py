"""What an arm brought in: orders, revenue and margin beyond the control's, month by month, from sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import ibis
import ibis.expr.types as ir
import pandas as pd

from helpers.datasets.questions import Experiment
from helpers.datasets.tables.ingestion import MONEY
from helpers.datasets.tables.lift import LIFT_RETURNS
from helpers.lift.exposures import COMPLETE
from helpers.profiles.facts import ORDER, REFUND, order_of
from helpers.statistics import Estimate, Moments, check_level, difference_of_means

if TYPE_CHECKING:
    from helpers.datasets import Shop

GOODS = ("orders", "revenue", "margin")
_PERSON = ["experiment", "profile_id", "variation", "first_exposed_at"]
_FEWEST = 2  # people that an interval of a mean needs


class Sums(NamedTuple):
    """What people of one arm did in their windows, added up.

    Attributes:
        people: People exposed whose window is complete.
        buyers: Of these, who ordered.
        uncosted: Lines of orders and refunds of goods whose cost is not known.
        moments: Sums over people of each of `GOODS`.
    """

    people: int
    buyers: int
    uncosted: int
    moments: dict[str, Moments]


class Returned(NamedTuple):
    """What an arm brought in over the people of one month, or of all.

    Attributes:
        experiment: Experiment of dataset.toml.
        arm: The arm.
        month: First day of the month of first exposure; None for all months together.
        good: "orders", "revenue" (net of refunds) or "margin" (revenue less the cost of what was kept).
        people: People of the arm.
        incremental: What they did beyond as many people of the control, in all; None where there is no estimate.
        claimed: All that they did after exposure: the naive answer, as if without the arm nobody had ordered.
        reason: Why there is no estimate; empty where there is one.
    """

    experiment: str
    arm: str
    month: date | None
    good: str
    people: int
    incremental: Estimate | None
    claimed: float | None
    reason: str = ""


Place = tuple[str, str, date]


def sums_by_month(
    events: ir.Table, exposed: ir.Table, products: ir.Table, *, months: Mapping[date, datetime]
) -> dict[Place, Sums]:
    """Add up orders, revenue and margin by experiment, arm and month of first exposure, in the engine.

    A person's window is that of `exposures`. What came back lowers revenue, and margin by no more than its price less
    its cost: it can be sold again.

    Args:
        events: Events of people: profile_id, event, timestamp (naive UTC), message_id, order_id, product_id, quantity
            and revenue (the last two below zero for what came back).
        exposed: What `exposures` gave.
        products: product_id and cost of one piece.
        months: First day of each month in which somebody was exposed, earliest first, to its midnight in UTC.

    Returns:
        Sums by (experiment, arm, first day of the month), of those that anybody is in.
    """
    people = exposed.filter(exposed.status == COMPLETE)
    bought = _bought(events, products)
    within = (
        people.profile_id == bought.profile_id,
        bought.timestamp >= people.first_exposed_at,
        bought.timestamp < people.window_ends_at,
    )
    joined = people.left_join(bought, within)
    ordered = joined.event == ORDER
    each = joined.group_by(_PERSON).agg(
        orders=joined.order.nunique(where=ordered).fill_null(0).cast(MONEY),
        revenue=joined.revenue.sum().fill_null(0).cast(MONEY),
        margin=(joined.revenue - joined.spent).sum().fill_null(0).cast(MONEY),
        uncosted=(joined.event.notnull() & joined.spent.isnull()).sum().fill_null(0),
    )
    latest_first = sorted(months.items(), reverse=True)
    month = ibis.cases(*((each.first_exposed_at >= start, ibis.date(day)) for day, start in latest_first))
    dated = each.mutate(month=month)
    added = dated.group_by("experiment", "variation", "month").agg(
        people=dated.count(),
        buyers=(dated.orders > 0).sum(),
        uncosted=dated.uncosted.sum(),
        **{f"{good}_total": dated[good].sum() for good in GOODS},
        **{f"{good}_squares": (dated[good] * dated[good]).sum() for good in GOODS},
    )
    return {(row["experiment"], row["variation"], row["month"]): _sums(row) for row in added.to_pyarrow().to_pylist()}


def months_of(shop: Shop, exposed: ir.Table) -> dict[date, datetime]:
    """First day of each month from the first exposure to the last, to its midnight in UTC.

    Args:
        shop: The open data set.
        exposed: What `exposures` gave.
    """
    span = exposed.agg(first=exposed.first_exposed_at.min(), last=exposed.first_exposed_at.max()).to_pyarrow()
    first, last = (span[name][0].as_py() for name in ("first", "last"))
    if first is None:
        return {}
    numbers = [12 * day.year + day.month - 1 for day in map(shop.local_day, (first, last))]
    days = [date(month // 12, month % 12 + 1, 1) for month in range(numbers[0], numbers[1] + 1)]
    return {day: shop.midnight(day) for day in days}


def returns(sums: Mapping[Place, Sums], experiments: Sequence[Experiment], *, level: float = 0.95) -> list[Returned]:
    """What each arm brought in beyond its control: people of the arm times the difference of means (Welch).

    The figure of all months is estimated from all people at once; months, each held against the control of its own
    month, add up to it only nearly.

    Args:
        sums: What `sums_by_month` gave.
        experiments: The declared experiments.
        level: Coverage of each interval, between 0 and 1.

    Returns:
        By experiment, arm, good and month: the whole first, then months, earliest first.

    Raises:
        WrongUse: The level is out of range.
    """
    check_level(level)
    return [
        _returned(sums, experiment, arm, good, month, level=level)
        for experiment in experiments
        for arm in experiment.treatments
        for good in GOODS
        for month in (None, *sorted({at for name, _, at in sums if name == experiment.name}))
    ]


def as_frame(found: Sequence[Returned]) -> pd.DataFrame:
    """What arms brought in as rows of table `lift_returns`.

    Args:
        found: What `returns` gave.
    """
    rows = [
        {
            **each._asdict(),
            "month": "all" if each.month is None else f"{each.month:%Y-%m}",
            "method": each.reason,
            **(each.incremental._asdict() if each.incremental else {}),
        }
        for each in found
    ]
    types = {column.name: column.dtype for column in LIFT_RETURNS.columns}
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def added_up(sums: Mapping[Place, Sums], experiment: str, arm: str, month: date | None) -> Sums:
    """Sums of an arm over one month, or over all where month is None."""
    own = [each for (name, of, at), each in sums.items() if (name, of) == (experiment, arm) and month in (None, at)]
    return Sums(
        sum(each.people for each in own),
        sum(each.buyers for each in own),
        sum(each.uncosted for each in own),
        {good: Moments(*map(sum, zip((0, 0.0, 0.0), *(e.moments[good] for e in own), strict=True))) for good in GOODS},
    )


def _returned(
    sums: Mapping[Place, Sums], experiment: Experiment, arm: str, good: str, month: date | None, *, level: float
) -> Returned:
    ours, theirs = (added_up(sums, experiment.name, each, month) for each in (arm, experiment.control))
    place = (experiment.name, arm, month, good, ours.people)
    if good == "margin" and ours.uncosted + theirs.uncosted:
        return Returned(*place, None, None, "no estimate: what some of the goods cost is not known")
    claimed = ours.moments[good].total
    if min(ours.people, theirs.people) < _FEWEST:
        return Returned(*place, None, claimed, "no estimate: too few people in an arm")
    each = difference_of_means(ours.moments[good], theirs.moments[good], level=level)
    lo, hi = (None if end is None else ours.people * end for end in (each.lo, each.hi))
    return Returned(*place, each._replace(value=ours.people * each.value, lo=lo, hi=hi), claimed)


def _bought(events: ir.Table, products: ir.Table) -> ir.Table:
    """Lines of orders and refunds, each with its order and with what its pieces cost; missing where not known."""
    lines = events.filter(events.event.isin([ORDER, REFUND]))
    costs = products.select("product_id", "cost")
    told = lines.left_join(costs, "product_id")
    spent = (told.cost * told.quantity.cast(MONEY)).cast(MONEY)
    # A refund that names no pieces gives back money alone.
    spent = ibis.ifelse((told.event == REFUND) & told.quantity.isnull(), ibis.literal(0).cast(MONEY), spent)
    return told.select("profile_id", "event", "timestamp", "revenue", order=order_of(told), spent=spent)


def _sums(row: Mapping) -> Sums:
    moments = {
        good: Moments(row["people"], float(row[f"{good}_total"]), float(row[f"{good}_squares"])) for good in GOODS
    }
    return Sums(row["people"], row["buyers"], row["uncosted"], moments)
