"""Attempts at a funnel: when each one reached each step, in each of the three orders.

Every beginning is an attempt. Of one person, the attempt that got furthest counts, the earliest of several: the
"earliest, longest" path of Amplitude's funnels, whose orders these are (this order, exact order, any order); the
window and the longest chain are those of ClickHouse's windowFunnel. In detail:

- sequential: an attempt begins with the first step; each next step is reached by the first event of its name after the
  step before, whatever happens in between.
- strict: the same, and the person does nothing else in between: no other act of theirs lies there. What is done to
  them, such as a mail that arrives, is none.
- any: an attempt begins with any of the steps; the k-th is reached once k different ones are done.
- A step counts within the window after the beginning, its last microsecond included.
- Events of one microsecond are taken in the order of the funnel, other events before them: which of them was first,
  nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable

import ibis

from helpers.datasets.questions import Funnel

# Where an event stands in a funnel: its step from 1; 0 is any other one.
OTHER = 0


def attempts(events: ibis.Table, funnel: Funnel) -> ibis.Table:
    """Every attempt of everybody.

    Args:
        events: Columns profile_id, event, timestamp, weight (which the tracking plan gives the event).
        funnel: The funnel.

    Returns:
        Columns profile_id, at_1 (when it began), at_2 … (when each further step was reached, whatever the window says;
        missing where it never was). Of a funnel of any order, at_1 … are when its steps were first done since it began,
        in the order of the funnel.
    """
    places = dict(enumerate(funnel.steps, 1))
    cases = [(events.event == name, _int(place)) for place, name in places.items()]
    rows = events.select("profile_id", "timestamp", "weight", place=ibis.cases(*cases, else_=_int(OTHER)))
    found = _ORDERS[funnel.order](rows, len(places))
    return found.select("profile_id", *names_of(len(places)))


def names_of(steps: int) -> list[str]:
    """Names of the columns that say when each step was reached."""
    return [f"at_{step}" for step in range(1, steps + 1)]


def _sequential(rows: ibis.Table, steps: int) -> ibis.Table:
    """From the last step to the first: what the next event of the step after reached, the event before it reaches.

    Each round sorts the events of two steps alone, and of the last steps there are fewest.
    """
    last = _at(rows, steps)
    reached = last.mutate(**{f"at_{steps}": last.timestamp})
    for step in range(steps - 1, 0, -1):
        later = names_of(steps)[step:]
        both = _with(_at(rows, step), later).union(_with(reached, later))
        # Steps only ever come later, so that the earliest of those to come is that of the next event.
        both = both.mutate(**{name: both[name].min().over(_AFTER) for name in later})
        reached = both.filter(both.place == step).mutate(**{f"at_{step}": both.timestamp})
    return reached


def _strict(rows: ibis.Table, steps: int) -> ibis.Table:
    acts = rows.filter((rows.weight > 0) | (rows.place != OTHER))
    found, goes_on = {"at_1": acts.timestamp}, ibis.literal(True)
    for step in range(2, steps + 1):
        goes_on &= (acts.place.lead(step - 1).over(_ORDER) == step).fill_null(False)
        found[f"at_{step}"] = ibis.ifelse(goes_on, acts.timestamp.lead(step - 1).over(_ORDER), None)
    begun = acts.mutate(**found)
    return begun.filter(begun.place == 1)


def _any(rows: ibis.Table, steps: int) -> ibis.Table:
    own = rows.filter(rows.place != OTHER)
    moments = {f"at_{step}": ibis.ifelse(own.place == step, own.timestamp, None) for step in range(1, steps + 1)}
    own = own.mutate(**moments)
    return own.mutate(**{name: own[name].min().over(_FROM_HERE) for name in moments})


def _at(rows: ibis.Table, step: int) -> ibis.Table:
    return rows.filter(rows.place == step).select("profile_id", "timestamp", "place")


def _with(rows: ibis.Table, names: list[str]) -> ibis.Table:
    """Rows with these columns of moments, missing where they have none of their own."""
    own = {name: rows[name] if name in rows.columns else _no_moment(rows) for name in names}
    return rows.select("profile_id", "timestamp", "place", **own)


def _no_moment(rows: ibis.Table) -> ibis.Value:
    return ibis.null(rows.timestamp.type())


def _int(value: int) -> ibis.Value:
    return ibis.literal(value).cast("int64")


_BY = {"group_by": "profile_id", "order_by": ["timestamp", "place"]}
_ORDER = ibis.window(**_BY)
_AFTER = ibis.window(**_BY, preceding=None, following=(1, None))
_FROM_HERE = ibis.window(**_BY, preceding=0, following=None)
_ORDERS: dict[str, Callable[[ibis.Table, int], ibis.Table]] = {
    "sequential": _sequential,
    "strict": _strict,
    "any": _any,
}
