"""What a page says of how much groups tell of what comes next."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd

from helpers.privacy import Published, publish
from helpers.reporting.formats import date as day
from helpers.reporting.formats import interval, number, percent
from helpers.segmentation.worth import OUTCOMES, Worth

NAMES = {
    "clusters": "groups of k-means",
    "rfm": "all fifths together",
    "rfm_groups": "the named groups",
    "tree": "a decision tree",
}


def worth_table(worth: Worth) -> Published:
    """Every way of grouping with the share of what came next that it explains."""
    shares = partial(interval, form=percent, words=False)
    outcomes = [outcome for outcome in OUTCOMES if ("rfm", outcome) in worth.explained]
    rows = [
        {"Way of grouping": NAMES[way]}
        | {f"Of {outcome} explained": shares(worth.explained[way, outcome]) for outcome in outcomes}
        | {f"k-means less it, {outcome} (points)": _over(worth, way, outcome) for outcome in outcomes if worth.over}
        for way in NAMES
        if (way, outcomes[0]) in worth.explained
    ]
    return publish(pd.DataFrame(rows), people=None, why="measures of methods")


def of_worth(worth: Worth | None, start: date, end: date) -> str:
    """How much of what people did next the groups tell, and which way tells most."""
    if worth is None:
        return "What the groups are worth cannot be told yet: too little has come since they were learned."
    outcome = _outcome(worth)
    told = {way: each for (way, name), each in worth.explained.items() if name == outcome}
    best = max(told, key=lambda way: told[way].value)
    did = "spent" if outcome == "revenue" else "ordered"
    return (
        f"Of how much {number(told[best].n)} people differ in what they {did} from {day(start)} until before "
        f"{day(end)}, {NAMES[best]} tells most: {interval(told[best], form=percent)}, of people not looked at. "
        f"The tree has {number(worth.leaves)} leaves. {verdict(worth)}"
    )


def verdict(worth: Worth) -> str:
    """Whether groups of k-means are worth it beside simpler ways, in a sentence or two."""
    if not worth.over:
        return "k-means tried no groups to hold against them."
    over = {way: each for (way, outcome), each in worth.over.items() if outcome == _outcome(worth)}
    lost = [way for way, each in over.items() if each.hi is not None and each.hi < 0]
    won = [way for way, each in over.items() if each.lo is not None and each.lo > 0]
    if lost:
        take = [way for way in lost if way != "tree"]  # the tree is a yardstick: nobody is in its groups
        advice = f" For planning what comes next, take {_listed(take, 'or')}." if take else ""
        return f"The groups of k-means tell less than {_listed(lost, 'and')}.{advice}"
    if won:
        return f"The groups of k-means tell more than {_listed(won, 'and')}."
    return "No way tells more than the groups of k-means, nor less, beyond chance."


def _outcome(worth: Worth) -> str:
    """What is told of first: revenue, where amounts are known."""
    return "revenue" if ("rfm", "revenue") in worth.explained else "orders"


def _over(worth: Worth, way: str, outcome: str) -> str | None:
    if (way, outcome) not in worth.over:
        return None
    return interval(worth.over[way, outcome], form=lambda share: number(100 * share, signed=True), words=False)


def _listed(ways: list[str], word: str) -> str:
    *firsts, last = [NAMES[way] for way in ways]
    return f"{', '.join(firsts)} {word} {last}" if firsts else last
