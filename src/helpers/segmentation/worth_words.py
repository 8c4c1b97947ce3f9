"""What a page says of how much groups tell of what comes next."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd

from helpers.privacy import Published, publish
from helpers.reporting.formats import date as day
from helpers.reporting.formats import interval, number, percent, points
from helpers.segmentation.worth import OUTCOMES, Worth

NAMES = {
    "clusters": "groups of k-means",
    "rfm": "fifths by recency, frequency and money",
    "rfm_groups": "named groups by recency, frequency and money",
    "tree": "a decision tree",
}


def worth_table(worth: Worth) -> Published:
    """Every way of grouping with the share of what came next that it explains."""
    shares = partial(interval, form=percent, words=False)
    rows = [
        {"Way of grouping": NAMES[way]}
        | {f"Of {outcome} explained": shares(worth.explained[way, outcome]) for outcome in OUTCOMES}
        | {f"k-means less it, {outcome}": _over(worth, way, outcome) for outcome in OUTCOMES if worth.over}
        for way in NAMES
        if (way, "revenue") in worth.explained
    ]
    return publish(pd.DataFrame(rows), people=None, why="measures of methods")


def of_worth(worth: Worth | None, start: date, end: date) -> str:
    """How much of what people did next the groups tell, and which way tells most."""
    if worth is None:
        return "What the groups are worth cannot be told yet: too little has come since they were learned."
    told = {way: worth.explained[way, "revenue"] for way, outcome in worth.explained if outcome == "revenue"}
    best = max(told, key=lambda way: told[way].value)
    shares = "; ".join(f"{NAMES[way]} {interval(each, form=percent, words=way == best)}" for way, each in told.items())
    return (
        f"Of how much people differ in what they spent from {day(start)} until before {day(end)}, explained for people "
        f"not looked at (n = {number(told[best].n)}): {shares}. The tree has {number(worth.leaves)} leaves. "
        f"{verdict(worth)}"
    )


def verdict(worth: Worth) -> str:
    """Whether groups of k-means are worth it beside simpler ways, in a sentence."""
    if not worth.over:
        return "k-means tried no groups to hold against them."
    lost = [way for way, outcome in worth.over if outcome == "revenue" and _below(worth, way)]
    won = [way for way, outcome in worth.over if outcome == "revenue" and _above(worth, way)]
    if lost:
        return f"The groups of k-means tell less than {_and(lost)}: for planning what comes next, take those."
    if won:
        return f"The groups of k-means tell more than {_and(won)}."
    return "No way tells more than the groups of k-means, nor less, beyond chance."


def _over(worth: Worth, way: str, outcome: str) -> str | None:
    if (way, outcome) not in worth.over:
        return None
    return interval(worth.over[way, outcome], form=points, words=False)


def _below(worth: Worth, way: str) -> bool:
    hi = worth.over[way, "revenue"].hi
    return hi is not None and hi < 0


def _above(worth: Worth, way: str) -> bool:
    lo = worth.over[way, "revenue"].lo
    return lo is not None and lo > 0


def _and(ways: list[str]) -> str:
    *firsts, last = [NAMES[way] for way in ways]
    return f"{', '.join(firsts)} and {last}" if firsts else last
