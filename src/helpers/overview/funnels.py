"""How many people get through a funnel, and how long it takes them: each counted once."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import ibis

from helpers.datasets import folded
from helpers.datasets.questions import Funnel
from helpers.overview.attempts import attempts, names_of
from helpers.profiles.follow_ups import seconds_between

if TYPE_CHECKING:
    from helpers.datasets import Shop

DEFAULT = "default"
_USUAL = ("Product Viewed", "Product Added", "Checkout Started", "Order Completed")


class Step(NamedTuple):
    """One step of a funnel.

    Attributes:
        name: Its event; in a funnel of any order how many steps are done.
        people: Who reached it within the window.
        from_first_s: Median seconds from the first step to it, of those who reached it; None for nobody.
        from_last_s: Median seconds from the step before to it; None for the first step.
    """

    name: str
    people: int
    from_first_s: float | None
    from_last_s: float | None


class Passed(NamedTuple):
    """What became of the people who began a funnel.

    Attributes:
        funnel: The funnel.
        steps: Its steps, in order.
        taken_out: People who did something on the way that takes them out; they are in no step.
    """

    funnel: Funnel
    steps: list[Step]
    taken_out: int


class Drop(NamedTuple):
    """Where most people stop.

    Attributes:
        after: The last step that they reached.
        before: The step that they did not reach.
        reached: People who reached the former.
        lost: Of these, without the latter.
    """

    after: str
    before: str
    reached: int
    lost: int


def funnels_of(shop: Shop, events: ibis.Table) -> list[Funnel]:
    """The funnels that dataset.toml declares, else one of the usual steps of a shop that occur, where two do.

    Args:
        shop: The data set.
        events: Column event.
    """
    if shop.settings.funnels:
        return shop.settings.funnels
    seen = events.filter(events.event.isin(_USUAL)).select("event").distinct().to_pyarrow()["event"].to_pylist()
    steps = [name for name in _USUAL if name in seen]
    return [Funnel(name=DEFAULT, steps=steps)] if len(steps) > 1 else []


def pass_all(shop: Shop, events: ibis.Table, *, days: int) -> list[Passed]:
    """What became of those who began each funnel lately.

    An attempt counts when it began in the `days` days up to the last moment that leaves it the whole window before
    `shop.as_of`: one that may still go on is no failure.

    Args:
        shop: The data set.
        events: Columns profile_id, event, timestamp and weight, as `helpers.profiles.person_events` gives them.
        days: Days of beginnings that are looked at.
    """
    return [_pass_one(shop, events, funnel, days) for funnel in funnels_of(shop, events)]


def _pass_one(shop: Shop, events: ibis.Table, funnel: Funnel, days: int) -> Passed:
    until = shop.moment - timedelta(hours=funnel.window_hours)
    since = until - timedelta(days=days)
    kept = folded(shop.name)
    if kept:
        since = max(since, kept.first_whole_moment)
    recent = events.filter(events.timestamp >= since).select("profile_id", "event", "timestamp", "weight")
    return passed(shop.computed(lambda rows: best(rows, funnel, until=until), recent), funnel)


def passed(own: ibis.Table, funnel: Funnel) -> Passed:
    """What became of the people who began a funnel.

    Args:
        own: As `best` gives it.
        funnel: The funnel.
    """
    steps = len(funnel.steps)
    sums = {"taken_out": own.taken_out.sum().fill_null(0)}
    through = ~own.taken_out
    for step in range(1, steps + 1):
        there = through & (own.reached >= step)
        sums[f"people_{step}"] = own.count(where=there)
        if step > 1:
            at, first, before = (own[f"at_{each}"] for each in (step, 1, step - 1))
            sums[f"first_{step}"] = ibis.ifelse(there, seconds_between(first, at), None).quantile(0.5)
            sums[f"last_{step}"] = ibis.ifelse(there, seconds_between(before, at), None).quantile(0.5)
    found = own.aggregate(**sums).to_pyarrow().to_pylist()[0]
    names = funnel.steps if funnel.order != "any" else [f"{step} of {steps} steps" for step in range(1, steps + 1)]
    rows = [
        Step(name, found[f"people_{step}"], found.get(f"first_{step}"), found.get(f"last_{step}"))
        for step, name in enumerate(names, 1)
    ]
    return Passed(funnel, rows, found["taken_out"])


def best(events: ibis.Table, funnel: Funnel, *, until: datetime) -> ibis.Table:
    """The attempt of each person that counts: the earliest of those that got furthest.

    Args:
        events: Columns profile_id, event, timestamp, weight.
        funnel: The funnel.
        until: In UTC; an attempt that began at this moment or later does not count.

    Returns:
        Columns profile_id, reached (how many steps), at_1 … (when they were; of a funnel of any order the first, second
        … of them), taken_out: whether something that takes people out lies after the beginning and before the last
        step, or within the window where the last step was not reached.
    """
    tried, names = attempts(events, funnel), names_of(len(funnel.steps))
    window, is_any = ibis.interval(hours=funnel.window_hours), funnel.order == "any"
    tried = tried.mutate(began=ibis.least(*(tried[name] for name in names)) if is_any else tried.at_1)
    tried = tried.filter(tried.began < until)
    within = [ibis.ifelse(tried[name] <= tried.began + window, 1, 0).cast("int64") for name in names]
    tried = tried.mutate(reached=sum(within))
    # The earlier an attempt began, the earlier it reached whatever it did: so the earliest of all is one attempt's.
    firsts = tried.group_by("profile_id", "reached").aggregate(
        **{name: tried[name].min() for name in ("began", *names)}
    )
    furthest = firsts.group_by("profile_id").aggregate(reached=firsts.reached.max())
    own = firsts.inner_join(furthest, ["profile_id", "reached"])
    own = own.mutate(**{name: ibis.ifelse(own[name] <= own.began + window, own[name], None) for name in names})
    own = _in_their_order(own, names) if is_any else own.drop("began")
    return own.mutate(taken_out=ibis.literal(False)) if not funnel.exclude else _judged(own, events, funnel)


def _judged(own: ibis.Table, events: ibis.Table, funnel: Funnel) -> ibis.Table:
    """Attempts, one a person, and whether something took the person out."""
    out = events.filter(events.event.isin(funnel.exclude)).select("profile_id", "timestamp")
    met = own.inner_join(out, "profile_id")
    last = met[names_of(len(funnel.steps))[-1]]
    ends = met.at_1 + ibis.interval(hours=funnel.window_hours)
    between = ibis.ifelse(last.isnull(), met.timestamp <= ends, met.timestamp < last) & (met.timestamp > met.at_1)
    gone = met.filter(between).select("profile_id").distinct().mutate(taken_out=ibis.literal(True))
    judged = own.left_join(gone, "profile_id").drop("profile_id_right")
    return judged.mutate(taken_out=judged.taken_out.fill_null(False))


def _in_their_order(own: ibis.Table, names: list[str]) -> ibis.Table:
    """The moments of the steps, the earliest first."""
    moments = ibis.array([own[name].fill_null(_NEVER) for name in names]).sort()
    own = own.mutate(moments=moments)
    return own.select(
        "profile_id", "reached", **{name: own.moments[place].nullif(_NEVER) for place, name in enumerate(names)}
    )


def largest_drop(steps: list[Step]) -> Drop | None:
    """The two steps between which most people are lost, the first of several; None where nobody is."""
    pairs = [Drop(a.name, b.name, a.people, a.people - b.people) for a, b in pairwise(steps)]
    worst = max(pairs, key=lambda each: each.lost)
    return worst if worst.lost else None


_NEVER = ibis.timestamp("9999-01-01")
