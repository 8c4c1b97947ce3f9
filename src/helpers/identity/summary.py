"""What a page says of identity: how many people behind how many identifiers, what joined them, and how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import ibis
import pandas as pd

from helpers.identity.attach import current

if TYPE_CHECKING:
    from helpers.datasets import Shop

_SIZES = (("1", 1, 1), ("2", 2, 2), ("3", 3, 3), ("4 or 5", 4, 5), ("6 to 10", 6, 10))
_LARGEST = "more than 10"
_TOLD = {"event": "one event carried both", "decision": "somebody decided so", "linked": "they are alike"}
_REASONS = {
    "blocked_value": "a value that stands for nobody",
    "kept_apart": "somebody decided that they are two people's",
    "shared": "one of them is of several people at once",
    "limit": "too many of one kind within {days} days",
    "unsure": "they are alike, but not enough",
    "two_values": "would have given one person two {unique}",
}
_TEN = 10


class Figures(NamedTuple):
    """The figures of identity.

    Attributes:
        people: People behind all identifiers.
        alone: Of these, known by one identifier.
        identifiers: Identifiers seen.
        merges: Times that two people turned out to be one.
        blocked: Pairs of identifiers that were seen together and are not taken for one person's.
        shared: Identifiers that several people use at once.
        handed_over: Identifiers that passed from one person to another.
        tied: Identifiers with a tie that counts.
        tied_twice: Of these, with one that two events or more tell.
        tenth_largest: Identifiers of the tenth largest person, None where there are fewer people.
    """

    people: int
    alone: int
    identifiers: int
    merges: int
    blocked: int
    shared: int
    handed_over: int
    tied: int
    tied_twice: int
    tenth_largest: int | None


def figures(shop: Shop) -> Figures:
    """The figures of a data set whose people are found."""
    seen, edges = shop.table("identifiers"), shop.table("identity_edges")
    sizes = _sizes(shop)
    largest = sizes.order_by(ibis.desc("identifiers")).limit(_TEN).to_pyarrow()["identifiers"].to_pylist()
    accepted = edges.filter(edges.status == "accepted")
    ends = ibis.union(
        accepted.select(type="a_type", identifier="a", events="events"),
        accepted.select(type="b_type", identifier="b", events="events"),
    )
    ties = ends.group_by("type", "identifier").aggregate(events=ends.events.max())
    return Figures(
        people=_int(sizes.count()),
        alone=_int(sizes.count(where=sizes.identifiers == 1)),
        identifiers=_int(seen.count()),
        merges=_int(shop.table("merge_log").count()),
        blocked=_int(edges.count(where=edges.status == "blocked")),
        shared=_int(seen.count(where=seen.status == "shared")),
        handed_over=_int(seen.count(where=seen.status == "handed_over")),
        tied=_int(ties.count()),
        tied_twice=_int(ties.count(where=ties.events > 1)),
        tenth_largest=largest[-1] if len(largest) == _TEN else None,
    )


def by_size(shop: Shop) -> pd.DataFrame:
    """People by how many identifiers they have: columns identifiers (text), people."""
    sizes = _sizes(shop)
    count = sizes.identifiers
    label = ibis.cases(*((count.between(low, high), said) for said, low, high in _SIZES), else_=_LARGEST)
    counted = sizes.group_by(identifiers=label).aggregate(people=sizes.count()).to_pyarrow().to_pandas()
    order = {said: place for place, said in enumerate([*(said for said, *_ in _SIZES), _LARGEST])}
    return counted.sort_values("identifiers", key=lambda column: column.map(order), ignore_index=True)


def by_verdict(shop: Shop) -> pd.DataFrame:
    """Pairs of identifiers by what was made of them and why: taken for, because, pairs, told once."""
    edges = shop.table("identity_edges")
    counted = edges.group_by("status", "rule", "reason").aggregate(
        pairs=edges.count(), once=edges.count(where=edges.events == 1)
    )
    own = shop.settings.identity
    rows = [
        {
            "Taken for": "one person's" if row["reason"] is None else "not one person's",
            "Because": _TOLD[row["rule"]] if row["reason"] is None else _REASONS[row["reason"]].format(
                days=own.within_days, unique=" or ".join(own.unique)
            ),
            "Pairs": row["pairs"],
            "Seen together once only": row["once"],
        }
        for row in counted.order_by("status", ibis.desc("pairs"), "reason").to_pyarrow().to_pylist()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Taken for", "Because", "Pairs", "Seen together once only"])


def _sizes(shop: Shop) -> ibis.Table:
    people = current(shop)
    return people.group_by("profile_id").aggregate(identifiers=people.count())


def _int(expression: ibis.Value) -> int:
    return expression.to_pyarrow().as_py()
