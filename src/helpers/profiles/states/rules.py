"""What is learned of a population at the start of each quarter, from the days before it: its usual gap."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from helpers.statistics import shrinkage

# Before thirty people have come back: a gap of a month, worth two observations.
UNKNOWN = shrinkage.Rates(2.0, 60.0)
_ALIKE = 0.05


def learned(rows: ibis.Table) -> pd.DataFrame:
    """What holds in each quarter in which a day lies; only days before it say anything.

    Args:
        rows: As `active_days` gives them.

    Returns:
        Columns quarter (number of its first day), and prior_events and prior_time (the gamma distribution of people's
        rates of active days).
    """
    quarters = rows.select("quarter").distinct().order_by("quarter").to_pyarrow()["quarter"].to_pylist()
    # What a person has by the end of a quarter; it holds for all later ones until the next.
    last = (
        rows.filter(rows.active > 1)
        .group_by("profile_id", "quarter")
        .aggregate(gaps=rows.active.max() - 1, span=rows.span.max())
    )
    people = last.mutate(alike=(last.span.cast("float64").log() / _ALIKE).round().cast("int64"))
    return pd.DataFrame([_quarter(people, quarter) for quarter in quarters])


def _quarter(people: ibis.Table, quarter: int) -> dict[str, float]:
    person = ibis.window(group_by="profile_id", order_by=ibis.desc("quarter"))
    before = people.filter(people.quarter < quarter).mutate(back=ibis.row_number().over(person))
    now = before.filter(before.back == 0)
    counted = now.group_by("gaps", "alike").aggregate(people=now.count())
    found = counted.to_pyarrow().to_pandas().sort_values(["gaps", "alike"])
    prior = shrinkage.fit_rates(found["gaps"], np.exp(found["alike"] * _ALIKE), found["people"]) or UNKNOWN
    return {"quarter": quarter, "prior_events": prior.events, "prior_time": prior.time}
