"""What a page says of how people moved between groups, from the figures that it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from helpers import reporting
from helpers.privacy import Published
from helpers.reporting.flows import ALL
from helpers.reporting.formats import is_missing
from helpers.segmentation.flows import MOVED, UNSEEN, Movement

_MOST = 3


def moves_title(found: Movement) -> str:
    """What the picture of flows shows, as a title."""
    largest = _largest(found)
    if not largest:
        return "No move between two groups is large enough to be told"
    was, now, people = largest[0]
    return f"From “{was}” to “{now}” went {reporting.number(people)} people, the most that may be told"


def of_moves(found: Movement) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of flows."""
    return {
        "title": moves_title(found),
        "subtitle": f"People by group on {reporting.date(found.then)}, left, and on {reporting.date(found.now)}, right",
        "alt": moves_alt(found),
        "source": "memberships",
        "data": found.flows,
        "caption": "At the left a group is as high as its bands; what would give few people away is not told.",
    }


def of_shares(found: Movement) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of shares by week."""
    return {
        "title": "How large the groups were, week by week",
        "subtitle": "Share of people in each group, rounded so that no few people can be told from it",
        "alt": shares_alt(found.shares),
        "source": "memberships",
        "data": found.shares,
        "formats": dict.fromkeys(found.shares.frame.columns[1:], share_form(found.shares.frame)),
    }


def share_form(shares: pd.DataFrame) -> Callable[[float], str]:
    """How shares are written that are rounded: as whole hundredths where they are rounded to such.

    Args:
        shares: The frame of `Movement.shares`.
    """
    hundredths = shares.iloc[:, 1:].to_numpy() * 100
    digits = 0 if np.allclose(hundredths, hundredths.round()) else 1
    return lambda share: f"{share:.{digits}%}"


def moves_found(found: Movement) -> str:
    """The largest moves between two groups, and how many moved in the last week, where that may be told."""
    moved = found.weeks.frame[MOVED].iloc[-1]
    said = [f"from “{was}” to “{now}” {reporting.number(people)}" for was, now, people in _largest(found)]
    sentences = [
        f"Of moves that may be told, the most people went {'; '.join(said)}, since {reporting.date(found.then)}."
        if said
        else "No move between two groups is large enough to be told."
    ]
    if not is_missing(moved):
        sentences.append(f"In the last week {reporting.number(moved)} people changed their group.")
    return " ".join(sentences)


def moves_alt(found: Movement) -> str:
    """What the picture of flows shows, for who cannot see it."""
    return f"Bands from the groups of {reporting.date(found.then)} to those of {reporting.date(found.now)}. " + (
        moves_found(found)
    )


def shares_alt(shares: Published) -> str:
    """What the picture of shares shows, for who cannot see it.

    Args:
        shares: Those of `Movement`.
    """
    first, last = (shares.frame.iloc[place, 1:] for place in (0, -1))
    form = share_form(shares.frame)
    said = (f"{name} {form(first[name])} and {form(last[name])}" for name in last.index)
    return f"Bars of the share of people by group and day; on the first and on the last: {'; '.join(said)}."


def _largest(found: Movement) -> list[tuple[str, str, int]]:
    """The largest moves from one group to another that may be told."""
    frame = found.flows.frame
    moves = frame.melt(frame.columns[0], var_name="now", value_name="people").set_axis(["was", "now", "people"], axis=1)
    apart = ~moves["was"].isin([ALL, UNSEEN]) & (moves["now"] != ALL) & (moves["was"] != moves["now"])
    moves = moves[apart & (moves["people"].fillna(0) > 0)].astype({"people": "int64"}).nlargest(_MOST, "people")
    return list(moves.itertuples(index=False, name=None))
