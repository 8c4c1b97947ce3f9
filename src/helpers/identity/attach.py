"""Rows that carry identifiers, joined to the people behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from helpers.datasets.tables.identity import strength

if TYPE_CHECKING:
    from helpers.datasets import Shop

# The columns of events that hold identifiers.
CARRIED = ("user_id", "anonymous_id", "external_ids")


def current(shop: Shop) -> ibis.Table:
    """Table `identity_map` without what was believed before."""
    rows = shop.table("identity_map")
    return rows.filter(rows.known_to.isnull()).drop("known_from", "known_to")


def with_person(events: ibis.Table, people: ibis.Table, *by: str) -> ibis.Table:
    """Events with the person of the strongest identifier that they carry: the column profile_id.

    One that several people share counts only where an event carries nothing better. An event whose identifiers stand
    for nobody has no profile_id.

    Args:
        events: Rows with the columns of table `events`.
        people: As `current` gives them.
        by: Columns of both that must be equal as well.
    """
    kinds = sorted(people.type.as_table().distinct().to_pyarrow()["type"].to_pylist(), key=lambda k: (strength(k), k))
    events = events.mutate(**{f"_is{place}": value_of(events, kind) for place, kind in enumerate(kinds)})
    for place, kind in enumerate(kinds):
        own = _of_kind(people, kind, place, by)
        known = events[f"_is{place}"] == own[f"_value{place}"], *(events[each] == own[f"_{each}{place}"] for each in by)
        in_time = events.timestamp >= own[f"_from{place}"], events.timestamp < own[f"_to{place}"]
        events = events.left_join(own, [*known, *in_time])
    found = [events[f"_{whose}{place}"] for whose in ("own", "shared") for place in range(len(kinds))]
    helping = [f"_{name}{place}" for name in ("is", *_COLUMNS, *by) for place in range(len(kinds))]
    return events.mutate(profile_id=ibis.coalesce(ibis.null("string"), *found)).drop(*helping)


_COLUMNS = ("value", "own", "shared", "from", "to")


def _of_kind(people: ibis.Table, kind: str, place: int, by: tuple[str, ...]) -> ibis.Table:
    """The owners of identifiers of one type, under names of their own; a span without an end ends far away."""
    rows = people.filter(people.type == kind)
    columns = (
        rows.identifier,
        ibis.ifelse(rows.is_shared, None, rows.profile_id),
        ibis.ifelse(rows.is_shared, rows.profile_id, None),
        rows.valid_from.coalesce(_FIRST),
        rows.valid_to.coalesce(_LAST),
        *(rows[each] for each in by),
    )
    return rows.select(**{f"_{name}{place}": column for name, column in zip((*_COLUMNS, *by), columns, strict=True)})


_FIRST, _LAST = (ibis.timestamp(f"{year}-01-01") for year in ("0001", "9999"))


def value_of(events: ibis.Table, kind: str) -> ibis.Value:
    """The identifier of a type that each event carries; missing where it carries none."""
    if kind in ("user_id", "anonymous_id"):
        return events[kind]
    return events.external_ids.filter(lambda one: one["type"] == kind)[0]["value"]
