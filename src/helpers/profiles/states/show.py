"""What a page shows of states: who is in which now, and where those of a month before have gone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.datasets.tables.ingestion import MONEY
from helpers.datasets.tables.states import STATES
from helpers.privacy import Published, publish_for
from helpers.privacy.suppression import MINIMUM
from helpers.profiles.figures import MOMENTS
from helpers.profiles.states.flows import Balance, balance, flows, on
from helpers.reporting.flows import sums_of, with_sums

if TYPE_CHECKING:
    from helpers.datasets import Shop

# From the most to the least active, as pages order them.
LABELS = {
    "new": "New", "returned": "Returned", "active_engaged": "Engaged", "quiet": "Quiet", "declining": "Declining",
    "at_risk": "At risk", "dormant": "Dormant", "churned": "Churned", "generic": "Not profiled",
    "unseen": "Not seen yet",
}  # fmt: skip
_AT_RISK = ("declining", "at_risk")
_YEAR = 365


class Moved(NamedTuple):
    """One month of one moment.

    Attributes:
        balance: Why the active are others than a month before.
        at_risk_revenue: What those declining or at risk then had brought in the year before, net of refunds; None where
            less than a year is known, or they are so few that it would tell of them.
    """

    balance: Balance
    at_risk_revenue: float | None


class Month(NamedTuple):
    """Where people were a month before, or when the first were seen, and where they are now.

    Attributes:
        then: The day at whose first moment the month begins.
        now: The day at whose first moment it ends.
        states: People by state now, in the order of `LABELS`, without those that nobody is in.
        changes: How many changes of state there were since.
        flows: People by the state then (rows) and now (columns), sums among them.
        moved: Name of a moment (now, a month before, a year before) to the month up to it, where one is known.
        told: Name of a moment to each number of its balance; missing where it would give a small group away.
    """

    then: date
    now: date
    states: pd.Series
    changes: int
    flows: Published
    moved: dict[str, Moved]
    told: dict[str, dict[str, int | None]]


def month(shop: Shop) -> Month:
    """Look at the month before `shop.as_of`, and at earlier ones to hold it against.

    Args:
        shop: An open data set whose states are written.
    """
    states, transitions, now = shop.table("states"), shop.table("transitions"), shop.as_of
    first = states.since.min().to_pyarrow().as_py()
    then = max(_month_before(now), first - timedelta(days=1))
    found = flows(states, then, now).reindex(index=list(LABELS), columns=[name for name in LABELS if name in STATES])
    counted = found.sum()
    since = transitions.filter(transitions["at"] > then, transitions["at"] <= now)
    days = {moment: (pd.Timestamp(now) - offset).date() for moment, offset in MOMENTS.items()}
    begun = {moment: max(_month_before(day), first - timedelta(days=1)) for moment, day in days.items()}
    known = {moment: day for moment, day in days.items() if moment == "now" or _month_before(day) >= first}
    moved = {
        moment: Moved(
            balance(states, transitions, begun[moment], day),
            _revenue(shop, day) if (day - first).days >= _YEAR else None,
        )
        for moment, day in known.items()
    }
    return Month(
        then=then,
        now=now,
        states=counted[counted > 0],
        changes=since.count().to_pyarrow().as_py(),
        flows=_published(shop, found),
        moved=moved,
        told=_told(shop, {moment: own.balance for moment, own in moved.items()}),
    )


def _told(shop: Shop, balances: dict[str, Balance]) -> dict[str, dict[str, int | None]]:
    """Balances without what gives small groups away; a reader can add each of them up, and they follow one another."""
    frame = pd.DataFrame([{"moment": moment, **each._asdict()} for moment, each in balances.items()])
    # Who was there, or was there or came.
    frame["all"] = frame[["before", "new", "resurrecting", "opted_in"]].sum(axis=1)
    sums = [[("now", "before"), ("month_before", "after")]] if "month_before" in balances else []
    for moment in balances:
        sums.append([(moment, name) for name in ("all", "before", "new", "resurrecting", "opted_in")])
        sums.append([(moment, name) for name in ("all", "after", "went_dormant", "opted_out")])
    columns = [*Balance._fields, "all"]
    shown = publish_for(shop, "profiles.active", frame, people=columns, totals="none", across=sums).frame
    values = shown.set_index("moment")[list(Balance._fields)].astype("object")
    return values.where(values.notna(), None).to_dict("index")


def _month_before(day: date) -> date:
    return (pd.Timestamp(day) - pd.DateOffset(months=1)).date()


def _published(shop: Shop, found: pd.DataFrame) -> Published:
    """The flows with their sums, small ones hidden: sums of rows and of columns must give none of them away."""
    whole = with_sums(found.rename(index=LABELS, columns=LABELS)).rename_axis(index="A month before", columns=None)
    columns = list(whole.columns)
    return publish_for(
        shop, "profiles.states", whole, people=columns, totals="none", parts=[columns], across=sums_of(whole)
    )


def _revenue(shop: Shop, day: date) -> float | None:
    """What those declining or at risk had brought in the year before; None for so few that it would tell of them."""
    people, daily = on(shop.table("states"), day), shop.table("daily")
    people = people.filter(people.state.isin(_AT_RISK))
    if 0 < people.count().to_pyarrow().as_py() < MINIMUM:
        return None
    year = daily.filter(daily.day >= day - timedelta(days=_YEAR), daily.day < day)
    own = year.semi_join(people, "profile_id")
    return float((own.order_revenue - own.refunds).cast(MONEY).sum().to_pyarrow().as_py() or 0)
