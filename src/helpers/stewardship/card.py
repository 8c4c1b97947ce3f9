"""What is known of one customer, how sure it is, and what it rests on; of who may not be profiled, only that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from helpers import identity
from helpers.datasets import folded
from helpers.datasets.tables import declared
from helpers.datasets.tables.ingestion import PURPOSES
from helpers.datasets.tables.metrics import COUNTED
from helpers.errors import WrongUse
from helpers.profiles import ESTIMATES, METRICS, base, counts, of_person, permissions, profiled
from helpers.statistics import shrinkage
from helpers.stewardship.who import identifier, person

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop
    from helpers.datasets.declare import Column

_GROUPS = {
    "segments": "Groups (how they were made stands in the report of segmentation)",
    "leads": "Leads (a model's estimate; how often it is right stands in the report of segmentation)",
    "churn_scores": "Churn (a model's estimate; how often it is right stands in the report of churn)",
    "value_forecasts": "Value (a model's estimate; how often it is right stands in the report of value)",
}
# How many moments that ended are shown; there may be one for each order and visit.
_PAST_MOMENTS = 10


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
    yield from _moments(shop, who)
    for table, title in _GROUPS.items():
        yield from _row(shop, table, title, who)
    yield from _memberships(shop, who)


def _own(rows: ibis.Table, who: str) -> list[dict[str, Any]]:
    return rows.filter(rows.profile_id == who).to_pyarrow().to_pylist()


def _consent(shop: Shop, who: str) -> Iterator[str]:
    yield "\nConsent"
    spans = permissions(shop)
    spans = spans.filter(spans.since < shop.moment)
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
    yield "\nTraits (exact counts and sums of the events beside them)"
    if kept := folded(shop.name):
        since = shop.local_day(kept.first_whole_moment)
        yield f"  Events before {since} may be folded: they count, and are not among those beside."
    found = _own(shop.table("profiles"), who)
    if not found:
        yield "  none: nothing is known that may be used"
        return
    facts = {name: column for name, column in METRICS.items() if base(name) not in ESTIMATES}
    # Of what the data set never tells nothing is said, one line for each channel and window.
    shown = {name: column for name, column in facts.items() if found[0][name] is not None or column not in COUNTED}
    rests = _rests(shop, who, [*shown, *ESTIMATES])
    for name, column in shown.items():
        yield f"{_line(shop, column, found[0][name])} [{rests[name]}]"
    yield "\nEstimates (what was observed, held against what other customers are like)"
    for name in ESTIMATES:
        yield f"  {name:<24} {_estimate(shop, name, found[0])} [{rests[name]}]"


def _rests(shop: Shop, who: str, metrics: list[str]) -> dict[str, str]:
    """How many events each metric rests on, and of which days."""
    events = of_person(shop, who)
    sums = {}
    for name in metrics:
        own = counts(events, name, shop.as_of)
        sums |= {f"{name} n": events.count(where=own), f"{name} first": events.local_time.min(where=own)}
        sums[f"{name} last"] = events.local_time.max(where=own)
    on = events.aggregate(**sums).to_pyarrow().to_pylist()[0]
    said = {}
    for name in metrics:
        n, first, last = (on[f"{name} {what}"] for what in ("n", "first", "last"))
        dates = f", {first:%Y-%m-%d} to {last:%Y-%m-%d}" if n else ""
        said[name] = f"{n:,} event{'s' if n != 1 else ''}{dates}"
    return said


def _estimate(shop: Shop, name: str, row: dict[str, Any]) -> str:
    """An estimate with its range, what was observed, and how much that says."""
    unit = shop.settings.currency if METRICS[name].unit == "currency" else METRICS[name].unit
    n, observed = row[f"{name}_n"], row[f"{name}_observed"]
    seen = f"observed {observed:,.2f}" if observed is not None else "nothing observed"
    known = f"{seen}, n = {n or 0}: {shrinkage.level(n or 0)}"
    if row[name] is None:
        return f"none {unit} ({known})"
    return f"{row[name]:,.2f} {unit} ({row[f'{name}_lo']:,.2f} to {row[f'{name}_hi']:,.2f}, 4 in 5; {known})"


def _moments(shop: Shop, who: str) -> Iterator[str]:
    """What the customer is in the middle of, and the last that ended."""
    rows = sorted(_written(shop, "moments", who), key=lambda row: (row["ended_by"] is not None, row["starts_at"]))
    on = [row for row in rows if row["ended_by"] is None]
    if rows:
        yield "\nMoments (what they are in the middle of, from what they did, and what it rests on)"
    for row in [*on, *rows[len(on) :][-_PAST_MOMENTS:]]:
        ends = "" if row["expires_at"] is None else f", until {_local(shop, row['expires_at'])} at the latest"
        if row["ended_by"] is not None:
            ends = f" to {_local(shop, row['expires_at'])}, ended by {row['ended_by']}"
        since = "since" if row["ended_by"] is None else "from"
        about = f" {row['about']}" if row["about"] else ""
        yield f"  {row['moment']:<24}{about} {since} {_local(shop, row['starts_at'])}{ends} [{row['evidence']}]"


def _memberships(shop: Shop, who: str) -> Iterator[str]:
    """The groups that the customer is and was in since groups were learned."""
    rows = sorted(
        _written(shop, "memberships", who), key=lambda row: (row["scheme"], row["valid_from"], row["segment"])
    )
    if rows:
        yield "\nGroups over time (learned at the reference day, looked at every week)"
    for row in rows:
        until = "" if row["valid_to"] is None else f" to {row['valid_to']}"
        yield f"  {row['scheme']:<24}{row['segment']} {'from' if until else 'since'} {row['valid_from']}{until}"


def _local(shop: Shop, moment: datetime) -> str:
    return f"{moment.replace(tzinfo=UTC).astimezone(shop.settings.zone):%Y-%m-%d %H:%M}"


def _written(shop: Shop, table: str, who: str) -> list[dict[str, Any]]:
    """The customer's rows of a table, where the table is written."""
    try:
        rows = shop.table(table)
    except WrongUse:
        return []
    return _own(rows, who)


def _row(shop: Shop, table: str, title: str, who: str) -> Iterator[str]:
    """The customer's row of a table, where there is one."""
    for row in _written(shop, table, who):
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
