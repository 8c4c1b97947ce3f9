"""What rules say of people who change and of those who never do, counted alike for all rules.

An entry is a midnight at which a rule says that somebody comes less and at the one before did not; `left` is the
first midnight at which it no longer says so (the same as `day` where an alarm is a moment). The midnight of day t knows
the days before t.

What is counted, and why so:

- False entries are those of people who never change, per year watched. Everybody is watched from 240 days after the
  first visit on, whatever the rule: before that nobody changes either, and a rule may learn who somebody is.
- The delay is counted from the first day that is different to the first entry after it. Who is not entered within 270
  days counts with 270 and as undetected; so means are restricted means, and none is of the lucky alone. All are watched
  for as long.
- Whom a rule already has on the day of change is left out of its delays and counted apart: it was not the change that
  was found. Counted as found at once they would favour a rule that has everybody at all times, which no count of
  entries shows; for the same reason the share of days is told that people who never change are in.
- A delay against the oracle's is the ratio of two such means over the same people: those whom neither has.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.worlds.declines import DAYS, HISTORY, Declines

NEVER = DAYS + 1
HORIZON = 270
YEAR = 365.25


def entries_of(person: np.ndarray, day: np.ndarray, left: np.ndarray) -> pd.DataFrame:
    """Entries as a rule hands them over, in order of person and day."""
    rows = pd.DataFrame({"person": person, "day": day, "left": np.minimum(left, NEVER)})
    return rows.sort_values(["person", "day"], ignore_index=True)


def watched(people: pd.DataFrame) -> pd.Series:
    """The years in which each is watched for false entries."""
    return (DAYS - HISTORY - people["begins"]) / YEAR


def false_entries(entries: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Of each who never changes: band, years watched, entries within them, years spent in them."""
    flat = people.loc[people["kind"] == "flat", ["band", "begins"]].assign(years=watched(people))
    since = entries["person"].map(flat["begins"]) + HISTORY
    inside = entries["left"].clip(upper=DAYS) - entries["day"].where(entries["day"] > since, since)
    counts = (entries["day"] > since).groupby(entries["person"]).sum()
    spent = inside.clip(lower=0).groupby(entries["person"]).sum() / YEAR
    return flat.assign(
        entries=counts.reindex(flat.index, fill_value=0), spent=spent.reindex(flat.index, fill_value=0.0)
    )


def delays(entries: pd.DataFrame, world: Declines) -> pd.DataFrame:
    """Of each who changes: band, kind, on (in at the change already), delay in days, missed, after_last.

    `after_last` is the days from the last active day to the entry, below zero where the entry is earlier.
    """
    people = world.people[world.people["kind"] != "flat"]
    own = entries[entries["person"].isin(people.index)]
    changes = own["person"].map(people["changes_on"])
    on = own.loc[(own["day"] <= changes) & (own["left"] > changes), "person"].unique()
    first = own[own["day"] > changes].groupby("person")["day"].min().reindex(people.index)
    delay = first - people["changes_on"]
    last = world.visits.groupby("person")["day"].last().reindex(people.index)
    found = pd.DataFrame(
        {
            "on": people.index.isin(on),
            "delay": delay.clip(upper=HORIZON).fillna(HORIZON),
            "missed": ~(delay <= HORIZON),
        },
        index=people.index,
    )
    return people[["band", "kind"]].join(found.assign(after_last=people["changes_on"] + found["delay"] - last))
