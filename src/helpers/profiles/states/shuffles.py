"""People as they would be if nobody ever changed: their own gaps, in random orders.

Gaps that follow one another stay together by the dozen, so that bursts of visits remain bursts. Each person lives twice
in a row: known first for as long as people are, and then for twice as long.
"""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

LEARNED = ("prior_events", "prior_time")
FEWEST_GAPS = 5
_MOST_PEOPLE = 1_000
_LIVES = 2  # of each person
_BLOCK = 12
_LEARNING = 90  # days of the first life in which nobody is watched


def unchanged(rows: ibis.Table, quarters: pd.DataFrame, shown: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Lives without a change of some people as of each quarter, of the gaps before it.

    Args:
        rows: As `lifecycle.silences` gives them.
        quarters: Columns quarter and `LEARNED`.
        shown: What the clocks of the same rows show, as `movement.clocks` gives it.
        seed: Of the orders.

    Returns:
        Rows as `detector.scored` reads them, with quarter and life: 0 where the first is watched, 1 in the second, -1
        where nobody is watched.
    """
    days = _days(rows)
    parts = [
        _shuffled(_gaps(days, each.quarter, shown), each, np.random.default_rng([seed, each.quarter]))
        for each in quarters.itertuples(index=False)
    ]
    return pd.concat(parts, ignore_index=True)


def _days(rows: ibis.Table) -> pd.DataFrame:
    """Days with an act of people of whom some quarter may choose, in order: the columns that `_gaps` reads.

    Whom a quarter chooses must not depend on what comes after it: they are the first by name of those with enough gaps.
    """
    person = ibis.window(group_by="profile_id", order_by="number")
    days = rows.filter(rows.acted)
    days = days.mutate(nth=ibis.row_number().over(person), gone=days.gone.round(4))
    enough = days.filter(days.nth == FEWEST_GAPS).select("profile_id", "quarter", since="number")
    listed = enough.mutate(place=ibis.row_number().over(ibis.window(group_by="quarter", order_by="profile_id")))
    chosen = listed.filter(listed.place < _MOST_PEOPLE).select("profile_id", "since")
    own = days.select("profile_id", "number", "after", "gone", "moved", "rests", "dormant_after")
    own = own.join(chosen, "profile_id").to_pyarrow().to_pandas()
    return own.sort_values(["profile_id", "number"], ignore_index=True)


def _gaps(days: pd.DataFrame, quarter: int, shown: pd.DataFrame) -> pd.DataFrame:
    """Gaps before a quarter of the people that it chooses: columns profile_id and gone, in order of time.

    A silence that goes on counts as a gap while whoever is silent is not dormant: else long gaps, few of which are
    over, would be missing.
    """
    own = days[(days["number"] < quarter) & (days["since"] < quarter)]
    own = own[own["profile_id"].isin(own["profile_id"].unique()[:_MOST_PEOPLE])]
    goes_on = ~(own["after"] < quarter)
    moved = shown[shown["number"] == quarter - 1].set_index("rests")["moved"]
    so_far = own["rests"].map(moved).astype(float) - own["moved"]
    gone = own["gone"].where(~goes_on, so_far.round(4))
    kept = ~goes_on | (quarter - own["number"] <= own["dormant_after"])
    return own.assign(gone=gone)[kept]


def _shuffled(own: pd.DataFrame, quarter: tuple, rng: np.random.Generator) -> pd.DataFrame:
    """Lives as of one quarter."""
    lives = pd.concat([_life(own, number, rng) for number in range(2 * _LIVES)])
    lives = lives.sort_values(["profile_id", "second"], kind="stable", ignore_index=True)
    person = lives.groupby("profile_id")["gone"]
    begins = person.cumsum() - lives["gone"]
    return pd.DataFrame(
        {
            "quarter": quarter.quarter,
            "profile_id": f"{quarter.quarter}/" + lives["profile_id"].astype(str),
            "turn": person.cumcount(),
            "number": begins.astype("float64"),
            "first": 0.0,
            "gone": lives["gone"].astype("float64"),
            "life": np.where(lives["second"] == 1, 1, np.where(begins >= _LEARNING, 0, -1)),
            **{name: float(getattr(quarter, name)) for name in LEARNED},
        }
    )


def _life(own: pd.DataFrame, number: int, rng: np.random.Generator) -> pd.DataFrame:
    """Everybody's gaps once, in a random order of blocks: columns profile_id, gone and second."""
    block = own.groupby("profile_id").cumcount() // _BLOCK
    place = pd.Series(rng.random(len(own)), index=own.index).groupby([own["profile_id"], block]).transform("first")
    mixed = own.iloc[np.lexsort((own["number"], place, own["profile_id"]))]
    return mixed.assign(profile_id=mixed["profile_id"] + f"/{number // 2}", second=number % 2)
