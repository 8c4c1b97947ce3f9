"""The results that notebook 00_overview hands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.overview.calendar import earlier
from helpers.overview.retention import KINDS, pooled
from helpers.overview.show import at, with_revenue
from helpers.reporting import safe
from helpers.statistics import proportion

if TYPE_CHECKING:
    import pandas as pd

    from helpers.overview.build import Overview
    from helpers.overview.funnels import Step
    from helpers.reporting import Record

_GROWTH = ("new", "returning", "resurrecting", "dormant")


def add_results(record: Record, overview: Overview, months: pd.DataFrame, steps: dict[str, list[Step]]) -> None:
    """Add the results of the business picture; what the page hides is no result either.

    Args:
        record: The record of the notebook.
        overview: The business picture.
        months: Rows of table `overview_months`, with what is hidden missing.
        steps: Name of a funnel to its steps, as `helpers.overview.publish_steps` gives them.
    """
    _months(record, overview, months)
    for kind in KINDS:
        for age, share in pooled(overview.retention, kind).items():
            record.add(f"overview.retention.{kind}.{age}", share)
    for name, own in steps.items():
        first = own[0].people
        for step in own[1:]:
            if first and step.people is not None:
                record.add(f"overview.funnel.{safe(name)}.{safe(step.name)}", proportion(first, step.people))
    lengths = overview.lengths
    if lengths.people >= 10:
        record.add("overview.session.median_s", lengths.median_s, n=lengths.visits)


def _months(record: Record, overview: Overview, months: pd.DataFrame) -> None:
    month = overview.calendar.last_whole
    if month is None:
        return
    found = {name: at(months, month, name) for name in (*_GROWTH, "active", "orders", "revenue", "stickiness")}
    for key, name in {"day": "active_1d", "week": "active_7d"}.items():
        mean = at(months, month, name)
        if mean is not None:
            record.add(f"overview.actives.{key}", mean)
    if found["active"] is not None:
        record.add("overview.actives.month", int(found["active"]))
    if found["stickiness"] is not None:
        record.add("overview.actives.stickiness", found["stickiness"])
    if found["revenue"] is not None and with_revenue(overview.months):
        record.add("overview.revenue.month", found["revenue"], unit=overview.currency)
    if found["orders"] is not None:
        record.add("overview.orders.month", int(found["orders"]))
    before = at(months, earlier(month, 1), "active")
    for name in _GROWTH:
        whole = before if name == "dormant" else found["active"]
        if found[name] is not None:
            record.add(f"overview.lifecycle.{name}", int(found[name]), n=None if whole is None else int(whole))
