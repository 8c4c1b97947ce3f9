"""Who moved between groups: from a month before to now, and from week to week; people by group on each of the days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.privacy import Published, part_of, publish_for
from helpers.reporting.flows import ALL, sums_of, with_sums
from helpers.segmentation.summary import SMALL, fold_small

if TYPE_CHECKING:
    from helpers.datasets import Shop

UNSEEN = "no profile yet"
MONTH = timedelta(days=28)
_GROUP, _WEEK = "Before, or day", "Week up to"


class Movement(NamedTuple):
    """How people moved between the groups of one way of grouping.

    Attributes:
        then: The day nearest to four weeks before the last.
        now: The last day.
        flows: People by group then (rows) and now (columns), sums among them, large groups first.
        weeks: What became of people from each of the days to the next: one row a day.
        sizes: People by group on each of the days: one row a day.
    """

    then: date
    now: date
    flows: Published
    weeks: Published
    sizes: Published


def movement(
    shop: Shop, placed: pd.DataFrame, cutoffs: list[date], *, scheme: str, back: timedelta = MONTH
) -> Movement | None:
    """Look at how those who have a profile now moved; groups that are small now are put together with others first.

    Who has none any more is in table `memberships` alone: they turned out to be somebody else, and no group lost them.

    Args:
        shop: The data set, for what its report before gave away.
        placed: Columns cutoff, profile_id and segment, one row for each day on which somebody was placed, as of a way
            of grouping by which everybody is in one group.
        cutoffs: The days on which people were placed, earliest first.
        scheme: The way of grouping.
        back: How long before the last day flows begin, or on the day nearest to that.

    Returns:
        None where there is one day only, or nobody has a profile on the last.
    """
    then, now = min(cutoffs, key=lambda day: abs(day - (cutoffs[-1] - back))), cutoffs[-1]
    groups = by_day(_folded(placed, now), cutoffs)
    groups = groups[groups[now].notna()]
    if then == now or groups.empty:
        return None
    flows, sizes = _published(shop, f"segmentation.{scheme}.flows", groups, (then, now))
    moved = weeks(groups)
    weekly = publish_for(
        shop, f"segmentation.{scheme}.weeks", moved,
        people=list(moved.columns[1:]), totals="none", across=_balances(moved),
    )  # fmt: skip
    return Movement(then, now, flows, weekly, sizes)


def by_day(placed: pd.DataFrame, cutoffs: list[date]) -> pd.DataFrame:
    """The group of each person (rows) on each of the days (columns); missing where they had no profile."""
    names = pd.Categorical(placed["segment"])
    people, known = pd.factorize(placed["profile_id"])
    place = placed["cutoff"].map({day: place for place, day in enumerate(cutoffs)}).to_numpy(dtype="int64")
    codes = np.full((len(known), len(cutoffs)), -1)
    codes[people, place] = names.codes
    columns = {day: pd.Categorical.from_codes(own, names.categories) for day, own in zip(cutoffs, codes.T, strict=True)}
    return pd.DataFrame(columns, index=known)


def flows(groups: pd.DataFrame, then: date, now: date) -> pd.DataFrame:
    """People by their groups on two days: one row a group then, `UNSEEN` among them, and one column a group now.

    Args:
        groups: As `by_day` gives them; who has none now is left out.
        then: The earlier day.
        now: The later day.
    """
    both = groups[[then, now]].astype("object").dropna(subset=now)
    return pd.crosstab(both[then].fillna(UNSEEN), both[now])


def weeks(groups: pd.DataFrame) -> pd.DataFrame:
    """What became of people between neighbouring days: one row a day.

    Args:
        groups: As `by_day` gives them.

    Returns:
        Columns Week up to, People (on that day), In the same group, Moved (to another), Came (without a profile a week
        before) and Left (with none now); all but the first two are missing on the first day.
    """
    codes = np.column_stack([groups[day].cat.codes for day in groups.columns])
    known, was, now = codes >= 0, codes[:, :-1], codes[:, 1:]
    both = known[:, :-1] & known[:, 1:]
    since = {
        "In the same group": both & (was == now),
        "Moved": both & (was != now),
        "Came": ~known[:, :-1] & known[:, 1:],
        "Left": known[:, :-1] & ~known[:, 1:],
    }
    found = pd.DataFrame({_WEEK: [day.isoformat() for day in groups.columns], "People": known.sum(axis=0)})
    for name, each in since.items():
        found[name] = pd.array([pd.NA, *each.sum(axis=0)], dtype="Int64")
    return found


def _balances(moved: pd.DataFrame) -> list[list[tuple[str, str]]]:
    """Who was there stayed, moved or went; who is there stayed, moved or came."""
    day, (people, stayed, went, came, left) = moved[_WEEK], moved.columns[1:]
    return [
        [(at, people), *((now, name) for name in names)]
        for was, now in pairwise(day)
        for at, names in ((was, (stayed, went, left)), (now, (stayed, went, came)))
    ]


def _folded(placed: pd.DataFrame, now: date) -> pd.DataFrame:
    """Groups that are small now under the one name that they have elsewhere on the page."""
    own = placed.loc[placed["cutoff"] == now, "segment"]
    small = own[fold_small(own) == SMALL].unique()
    return placed.assign(segment=placed["segment"].where(~placed["segment"].isin(small), SMALL))


def _published(shop: Shop, name: str, groups: pd.DataFrame, days: tuple[date, date]) -> tuple[Published, Published]:
    """Flows and sizes, hidden as one table: the sums of the one are rows of the other."""
    then, now = days
    order = [str(name) for name in groups[now].value_counts().index]
    moved = with_sums(flows(groups, then, now).reindex(index=[*order, UNSEEN], columns=order, fill_value=0))
    sizes = pd.DataFrame({day.isoformat(): own.value_counts(sort=False) for day, own in groups.items()}).T[order]
    sizes.insert(0, ALL, sizes.sum(axis=1))
    both = pd.concat([moved, sizes]).rename_axis(index=_GROUP, columns=None).astype("Int64")
    columns = list(moved.columns) + [each for each in sizes.columns if each not in moved.columns]
    own = list(sizes.columns)
    known = [[(day, name) for name in own] for day in sizes.index]
    known += [[(now.isoformat(), name), (ALL, name)] for name in own[1:] if name in moved.columns]
    known += [[(then.isoformat(), name), (name, ALL)] for name in own[1:] if name in moved.index]
    whole = publish_for(
        shop, name, both[columns], people=columns, totals="none",
        parts=[list(moved.columns)], across=[*sums_of(moved), *known],
    )  # fmt: skip
    is_flow = np.arange(len(both)) < len(moved)
    return part_of(whole, is_flow, [_GROUP, *moved.columns]), part_of(whole, ~is_flow, [_GROUP, *own])
