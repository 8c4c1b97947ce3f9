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

from helpers.datasets.settings import Funnel

# Where an event stands in a funnel: its step from 1; 0 is any other one.
OTHER = 0


def attempts(events: ibis.Table, funnel: Funnel) -> ibis.Table:
    """Every attempt of everybody.

    Args:
        events: Columns profile_id, event, timestamp, weight (which the tracking plan gives the event).
        funnel: The funnel.

    Returns:
        Columns profile_id, at_1 (when it began), at_2 … (when it reached each further step, whatever the window says;
        missing where it never did) and out_at: the first event after its beginning that takes people out. Of a funnel
        of any order, at_1 … are when its steps were first done in this attempt, in the order of the funnel.
    """
    steps = len(funnel.steps)
    names = dict(enumerate(funnel.steps, 1)) | {-place: name for place, name in enumerate(funnel.exclude, 1)}
    place = ibis.cases(*((events.event == name, _int(place)) for place, name in names.items()), else_=_int(OTHER))
    rows = events.select("profile_id", "timestamp", "weight", place=place)
    out = rows.filter(rows.place < 0).mutate(place=_int(OTHER), out_at=rows.timestamp)
    return _ORDERS[funnel.order](rows, out, steps)


def _sequential(rows: ibis.Table, out: ibis.Table, steps: int) -> ibis.Table:
    """From the last step to the first: what the next event of the step after reached, the event before it reaches.

    Each round sorts the events of two steps alone, and of the last steps there are fewest.
    """
    last = _at(rows, steps)
    reached = last.mutate(**{f"at_{steps}": last.timestamp})
    for step in range(steps - 1, 0, -1):
        names = [f"at_{each}" for each in range(step + 1, steps + 1)]
        own = _at(rows, step)
        both = _with(own, names).union(reached)
        if step == 1:
            names = [*names, "out_at"]
            both = _with(both, names).union(_with(out, names))
        # Steps only ever come later, so that the earliest of those to come is that of the next event.
        found = {name: both[name].min().over(_AFTER) for name in names}
        both = both.mutate(**found).filter(lambda row, step=step: row.place == step)
        reached = both.mutate(**{f"at_{step}": both.timestamp})
    return _attempts(reached, steps)


def _strict(rows: ibis.Table, out: ibis.Table, steps: int) -> ibis.Table:
    acts = rows.filter((rows.weight > 0) | (rows.place != OTHER))
    acts = acts.mutate(place=ibis.ifelse(acts.place < 0, OTHER, acts.place).cast("int64"))
    goes_on = ibis.literal(True)
    found = {"at_1": acts.timestamp}
    for step in range(2, steps + 1):
        goes_on &= (acts.place.lead(step - 1).over(_ORDER) == step).fill_null(False)
        found[f"at_{step}"] = ibis.ifelse(goes_on, acts.timestamp.lead(step - 1).over(_ORDER), None)
    begun = acts.mutate(**found)
    names = [*found, "out_at"]
    begun = _with(begun.filter(begun.place == 1), names)
    return _attempts(_taken_out(begun, _with(out, names)), steps)


def _any(rows: ibis.Table, out: ibis.Table, steps: int) -> ibis.Table:
    own = rows.filter(rows.place > OTHER)
    own = own.mutate(
        **{f"at_{step}": ibis.ifelse(own.place == step, own.timestamp, None) for step in range(1, steps + 1)}
    )
    names = [*(f"at_{step}" for step in range(1, steps + 1)), "out_at"]
    both = _with(own, names).union(_with(out, names))
    both = both.mutate(**{name: both[name].min().over(_FROM_HERE) for name in names})
    return _attempts(both.filter(both.place > OTHER), steps)


def _taken_out(begun: ibis.Table, out: ibis.Table) -> ibis.Table:
    both = begun.union(out)
    both = both.mutate(out_at=both.out_at.min().over(_AFTER))
    return both.filter(both.place != OTHER)


def _at(rows: ibis.Table, step: int) -> ibis.Table:
    return rows.filter(rows.place == step).select("profile_id", "timestamp", "place")


def _with(rows: ibis.Table, names: list[str]) -> ibis.Table:
    """Rows with these columns of moments, missing where they have none of their own."""
    own = {name: rows[name] if name in rows.columns else ibis.null(rows.timestamp.type()) for name in names}
    return rows.select("profile_id", "timestamp", "place", **own)


def _attempts(rows: ibis.Table, steps: int) -> ibis.Table:
    return rows.select("profile_id", *(f"at_{step}" for step in range(1, steps + 1)), "out_at")


def _int(value: int) -> ibis.Value:
    return ibis.literal(value).cast("int64")


_BY = {"group_by": "profile_id", "order_by": ["timestamp", "place"]}
_ORDER = ibis.window(**_BY)
_AFTER = ibis.window(**_BY, preceding=None, following=(1, None))
_FROM_HERE = ibis.window(**_BY, preceding=0, following=None)
_ORDERS: dict[str, Callable[[ibis.Table, ibis.Table, int], ibis.Table]] = {
    "sequential": _sequential,
    "strict": _strict,
    "any": _any,
}
