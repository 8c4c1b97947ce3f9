"""Who moved between groups: from a month before to now, and from week to week; shares of groups by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.privacy import MINIMUM, Published, publish, publish_for
from helpers.reporting.flows import ALL, sums_of
from helpers.segmentation.summary import SMALL, fold_small

if TYPE_CHECKING:
    from helpers.datasets import Shop

UNSEEN = "no profile yet"
_WEEK, _MONTH = timedelta(days=7), timedelta(days=28)
MOVED = "Moved to another group"
_ROW = "Before"
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10)  # in 100, of which shares are whole multiples


class Movement(NamedTuple):
    """How people moved between the groups of one way of grouping.

    Attributes:
        then: The day nearest to four weeks before the last.
        now: The last day.
        flows: People by group then (rows) and now (columns), large groups first; the first row is of everybody.
        weeks: How many changed their group since a week before: one row a week, as `weeks` gives them.
        shares: Share of people in each group on each of the days, one row a day, rounded so that no few people can be
            told from it; None where there are too few people for that.
    """

    then: date
    now: date
    flows: Published
    weeks: Published
    shares: Published | None


def movement(shop: Shop, placed: pd.DataFrame, cutoffs: list[date], *, scheme: str) -> Movement | None:
    """Look at how those who have a profile now moved; groups that are small now are put together with others first.

    Who has none any more is in table `memberships` alone: they turned out to be somebody else, and no group lost them.
    Who had none for a time counts in the group from before: a few who pause would else hide the moves of many.

    Args:
        shop: The data set, for what its report before gave away.
        placed: Columns cutoff, profile_id and segment, one row for each day on which somebody was placed, as of a way
            of grouping by which everybody is in one group.
        cutoffs: The days on which people were placed, earliest first.
        scheme: The way of grouping.

    Returns:
        None where there is one day only, or nobody has a profile on the last.
    """
    then, now = min(cutoffs, key=lambda day: abs(day - (cutoffs[-1] - _MONTH))), cutoffs[-1]
    groups = by_day(_folded(placed, now), cutoffs)
    if then == now or groups.empty:
        return None
    weekly = weeks(groups).rename_axis(index="Week up to").reset_index()
    return Movement(
        then=then,
        now=now,
        flows=_published(shop, f"segmentation.{scheme}.flows", groups, (then, now)),
        weeks=publish_for(shop, f"segmentation.{scheme}.weeks", weekly, people=MOVED, totals="none"),
        shares=shares(groups),
    )


def by_day(placed: pd.DataFrame, cutoffs: list[date]) -> pd.DataFrame:
    """The group of each person with a profile on the last day (rows) on each of the days (columns).

    It is that of the day before while they had no profile, and missing before they had any.
    """
    now = placed.loc[placed["cutoff"] == cutoffs[-1], "profile_id"]
    placed = placed[placed["profile_id"].isin(now)]
    names = pd.Categorical(placed["segment"])
    people, known = pd.factorize(placed["profile_id"])
    place = placed["cutoff"].map({day: place for place, day in enumerate(cutoffs)}).to_numpy(dtype="int64")
    codes = np.full((len(known), len(cutoffs)), -1)
    codes[people, place] = names.codes
    last = np.maximum.accumulate(np.where(codes >= 0, np.arange(len(cutoffs)), 0), axis=1)
    codes = np.take_along_axis(codes, last, axis=1)
    columns = {day: pd.Categorical.from_codes(own, names.categories) for day, own in zip(cutoffs, codes.T, strict=True)}
    return pd.DataFrame(columns, index=known)


def flows(groups: pd.DataFrame, then: date, now: date) -> pd.DataFrame:
    """People by their groups on two days: one row a group then, `UNSEEN` among them, and one column a group now.

    Args:
        groups: As `by_day` gives them.
        then: The earlier day.
        now: The later day.
    """
    both = groups[[then, now]].astype("object")
    return pd.crosstab(both[then].fillna(UNSEEN), both[now])


def weeks(groups: pd.DataFrame) -> pd.DataFrame:
    """How many changed their group from week to week.

    Args:
        groups: As `by_day` gives them.

    Returns:
        Column `MOVED`, one row for each day that comes a week after the one before: the first, on which groups were
        learned, may have the next sooner, and those few days would look like a quiet week.
    """
    codes = np.column_stack([groups[day].cat.codes for day in groups.columns])
    was, now = codes[:, :-1], codes[:, 1:]
    went = (was >= 0) & (was != now)
    counts = pd.DataFrame({MOVED: went.sum(axis=0)}, index=[day.isoformat() for day in groups.columns[1:]])
    return counts[np.diff(groups.columns.to_numpy()) >= _WEEK]


def shares(groups: pd.DataFrame) -> Published | None:
    """Share of people in each group on each of the days, rounded to whole steps of `MINIMUM` people or more.

    Exact ones, beside how many moved and came, would tell of few people: a table of all of it had to hide nearly all.

    Args:
        groups: As `by_day` gives them.
    """
    counts = pd.DataFrame({day.isoformat(): own.value_counts() for day, own in groups.items()}).T
    whole = counts.sum(axis=1)
    # Each day's shares are of those who had a profile then: the step is that of the day with the fewest.
    steps = [step for step in _STEPS if step * whole[whole > 0].min() / 100 >= MINIMUM]
    if not steps:
        return None
    rounded = (counts.div(whole.clip(lower=1), axis=0) * 100 / steps[0]).round() * steps[0] / 100
    order = counts.iloc[-1].sort_values(ascending=False, kind="stable").index
    why = f"shares in steps of {steps[0]} in 100, which are {MINIMUM} people or more"
    return publish(rounded[[*order]].round(4).rename_axis(index="Day", columns=None), people=None, why=why)


def _folded(placed: pd.DataFrame, now: date) -> pd.DataFrame:
    """Groups that are small now under the one name that they have elsewhere on the page."""
    own = placed.loc[placed["cutoff"] == now, "segment"]
    small = own[fold_small(own) == SMALL].unique()
    return placed.assign(segment=placed["segment"].where(~placed["segment"].isin(small), SMALL))


def _published(shop: Shop, name: str, groups: pd.DataFrame, days: tuple[date, date]) -> Published:
    """Flows with how many are in each group now, which is told elsewhere too.

    How many were in a group then is not told here, but the report of that day may have told it: so no small flow is the
    only one of its row that is hidden; the smallest one beside it goes with it, be it of those who stayed. Not
    protected, against who knows the sum of a row: two or more small flows of it, and what a large one tells that is
    hidden alone for the sake of its column; nor what several reports together give away. To take all such sums for
    known would hide nearly every flow. Nor are they quite known: who was in a group then and has no profile now is in
    no flow.
    """
    order = [str(name) for name in groups[days[1]].value_counts().index]
    moved = flows(groups, *days).reindex(index=[*order, UNSEEN], columns=order, fill_value=0)
    moved = moved[moved.sum(axis=1) > 0]
    table = pd.concat([moved.sum().to_frame(ALL).T, moved]).rename_axis(index=_ROW, columns=None).astype("Int64")
    return publish_for(
        shop, name, table.reset_index(), people=order, totals="none", across=sums_of(table), also=_beside_alone(moved)
    )


def _beside_alone(moved: pd.DataFrame) -> list[tuple[str, str]]:
    """Of each group before of which one flow alone is small, the smallest of the others."""
    alone = moved[((moved > 0) & (moved < MINIMUM)).sum(axis=1) == 1]
    large = alone.where(alone >= MINIMUM).dropna(how="all")
    return list(large.idxmin(axis=1).items())
