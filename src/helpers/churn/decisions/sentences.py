"""A person's own figures in words, family by family: what stands behind a reason."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from helpers.reporting.formats import days, money, number

Person = Mapping[str, object]


def sentence(family: str, person: Person, *, currency: str) -> str:
    """What is known of a person that a family of features is about, such as "last order 64 days ago; …".

    Args:
        family: One of `FAMILIES`.
        person: `FEATURES` by name; a missing one is NaN.
        currency: ISO 4217 code of the amounts.
    """
    if family == "spend":
        total, lately = (money(round(person[name]), currency=currency) for name in ("revenue_total", "revenue_90d"))
        return f"spent {total} so far, {lately} in the last 90 days"
    return _SAID[family](person)


def _silence(person: Person) -> str:
    since = f"last order {days(_whole(person['days_since_last_order']))} ago"
    gap = person["mean_gap_days_observed"]
    return since if math.isnan(gap) else f"{since}; usual gap {days(_whole(gap))}"


def _frequency(person: Person) -> str:
    orders, lately = _whole(person["orders_count"]), _whole(person["orders_90d"])
    return f"{_counted(orders, 'order')} so far, {number(lately)} in the last 90 days"


def _activity(person: Person) -> str:
    month, quarter = _whole(person["active_days_30d"]), _whole(person["events_90d"])
    return f"active on {_counted(month, 'day')} of the last 30; {_counted(quarter, 'event')} in 90 days"


def _support(person: Person) -> str:
    contacts = person["support_events_90d"]
    if math.isnan(contacts):
        return "contacts with support are not known"
    return f"{_counted(_whole(contacts), 'contact')} with support in the last 90 days"


def _tenure(person: Person) -> str:
    known, bought = _whole(person["tenure_days"]), _whole(person["T_days"])
    return f"known for {days(known)}, first order {days(bought)} ago"


def _counted(count: int, thing: str) -> str:
    return f"{number(count)} {thing}{'' if count == 1 else 's'}"


def _whole(value: object) -> int:
    return round(float(value))


_SAID: dict[str, Callable[[Person], str]] = {
    "silence": _silence,
    "frequency": _frequency,
    "activity": _activity,
    "support": _support,
    "tenure": _tenure,
}
