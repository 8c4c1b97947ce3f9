"""What is known of one customer, how sure it is, and what it rests on; of who may not be profiled, only that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from helpers import identity
from helpers.datasets import folded
from helpers.datasets.tables import declared
from helpers.datasets.tables.ingestion import PURPOSES
from helpers.errors import WrongUse
from helpers.profiles import METRICS, behind, of_person, permissions, profiled
from helpers.stewardship.who import identifier, person

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop
    from helpers.datasets.declare import Column

_GROUPS = {
    "segments": "Groups (how they were made stands in the report of segmentation)",
    "churn_scores": "Churn (a model's estimate; how often it is right stands in the report of churn)",
}


def card(shop: Shop, text: str) -> Iterator[str]:
    """The lines of a customer's card.

    Args:
        shop: An open data set whose tables are written.
        text: An identifier of theirs, such as "email:ann@example.com".

    Raises:
        WrongUse: If the identifier has no type that the data set knows, or is nobody's.
    """
    who = person(shop, identifier(shop, text))
    if who is None:
        raise WrongUse(f"Nobody of {shop.name!r} is known by this identifier as of {shop.as_of}.")
    yield f"{shop.settings.title}: what is known of one customer as of {shop.as_of}"
    yield from _consent(shop, who)
    if not _own(profiled(shop), who):
        yield "\nThis customer may not be profiled: nothing is derived from what they do, and no more is shown here."
        return
    yield from _identifiers(shop, who)
    yield from _metrics(shop, who)
    for table, title in _GROUPS.items():
        yield from _row(shop, table, title, who)


def _own(rows: ibis.Table, who: str) -> list[dict[str, Any]]:
    return rows.filter(rows.profile_id == who).to_pyarrow().to_pylist()


def _consent(shop: Shop, who: str) -> Iterator[str]:
    yield "\nConsent"
    spans = permissions(shop)
    spans = spans.filter(spans.since < shop.midnight(shop.as_of))
    last = {row["purpose"]: row for row in sorted(_own(spans, who), key=lambda row: row["since"])}
    for purpose in PURPOSES:
        said = last.get(purpose)
        answer = (
            "not asked"
            if said is None
            else f"{'yes' if said['allowed'] else 'no':<4} since {shop.local_day(said['since'])}"
        )
        yield f"  {purpose:<24} {answer}"


def _identifiers(shop: Shop, who: str) -> Iterator[str]:
    yield "\nKnown by (as pseudonyms; nothing else of them is kept)"
    people = identity.current(shop)
    for row in sorted(_own(people, who), key=lambda row: (row["first_seen_at"], row["type"], row["identifier"])):
        yield f"  {row['type']:<24} since {shop.local_day(row['first_seen_at'])}"


def _metrics(shop: Shop, who: str) -> Iterator[str]:
    yield "\nTraits (exact counts and sums of the events beside them; nothing here is estimated)"
    if kept := folded(shop.name):
        since = shop.local_day(kept.first_whole_moment)
        yield f"  Events before {since} may be folded: they count, and are not among those beside."
    found = _own(shop.table("profiles"), who)
    if not found:
        yield "  none: nothing is known that may be used"
        return
    events = of_person(shop, who)
    for name, column in METRICS.items():
        rests = behind(events, name, shop.as_of)
        span = {"n": rests.count(), "first": rests.local_time.min(), "last": rests.local_time.max()}
        on = rests.aggregate(**span).to_pyarrow().to_pylist()[0]
        dates = f", {on['first']:%Y-%m-%d} to {on['last']:%Y-%m-%d}" if on["n"] else ""
        rested = f"{on['n']:,} event{'s' if on['n'] != 1 else ''}{dates}"
        yield f"{_line(shop, column, found[0][name])} [{rested}]"


def _row(shop: Shop, table: str, title: str, who: str) -> Iterator[str]:
    """The customer's row of a table, where the table is written and has one."""
    try:
        rows = shop.table(table)
    except WrongUse:
        return
    for row in _own(rows, who):
        yield f"\n{title}"
        for column in declared(table).columns:
            if column.name != "profile_id" and row[column.name] is not None:
                yield _line(shop, column, row[column.name])


def _line(shop: Shop, column: Column, value: object) -> str:
    unit = shop.settings.currency if column.unit == "currency" else column.unit
    if isinstance(value, datetime):
        value = f"{value:%Y-%m-%d %H:%M}"
    said = "none" if value is None else f"{value:,.2f}" if isinstance(value, float) else str(value)
    return f"  {column.name:<24} {said:>20} {unit:<8} {column.meaning}"
