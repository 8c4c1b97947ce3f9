"""What is learned of a population at the start of each quarter, from the days before it: its usual gap."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from helpers.statistics import shrinkage

# Before thirty people have come back: a gap of a month, worth two observations.
UNKNOWN = shrinkage.Rates(2.0, 60.0)
_ALIKE = 0.05


def gaps(rows: ibis.Table) -> dict[int, shrinkage.Rates]:
    """The gamma distribution of people's rates of active days, as of each quarter in which a day lies.

    Args:
        rows: As `active_days` gives them.

    Returns:
        Number of a quarter's first day, in order, to the distribution; only days before it say anything.
    """
    quarters = rows.select("quarter").distinct().order_by("quarter").to_pyarrow()["quarter"].to_pylist()
    # What a person has by the end of a quarter; it holds for all later ones until the next.
    last = (
        rows.filter(rows.active > 1)
        .group_by("profile_id", "quarter")
        .aggregate(gaps=rows.active.max() - 1, span=rows.span.max())
    )
    alike = last.span.cast("float64").log() / _ALIKE
    grouped = last.mutate(alike=alike.round().cast("int64"))
    return {quarter: _fitted(grouped, quarter) for quarter in quarters}


def _fitted(people: ibis.Table, quarter: int) -> shrinkage.Rates:
    person = ibis.window(group_by="profile_id", order_by=ibis.desc("quarter"))
    before = people.filter(people.quarter < quarter).mutate(back=ibis.row_number().over(person))
    now = before.filter(before.back == 0)
    counted = now.group_by("gaps", "alike").aggregate(people=now.count()).to_pyarrow().to_pandas()
    counted = counted.sort_values(["gaps", "alike"])
    return shrinkage.fit_rates(counted["gaps"], np.exp(counted["alike"] * _ALIKE), counted["people"]) or UNKNOWN


def table(found: dict[int, shrinkage.Rates]) -> pd.DataFrame:
    """Columns quarter, events and time, one row a quarter."""
    return pd.DataFrame(
        {
            "quarter": list(found),
            "prior_events": [each.events for each in found.values()],
            "prior_time": [each.time for each in found.values()],
        }
    )
