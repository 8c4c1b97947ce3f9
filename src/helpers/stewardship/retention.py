"""Folds events that are older than a data set keeps them into facts by day, and removes them, raw records too.

What is kept is written first, in one step. From then on whoever reads events leaves out those that are folded, so that
whatever interrupts the work, nothing counts twice, and the same command ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from helpers import identity, ingestion, privacy, profiles
from helpers.datasets import folded, live, lock, paths, tracking_plan
from helpers.datasets.folded import BY_PERSON, SAID, Folded, put, require_alike
from helpers.datasets.store import content_of
from helpers.errors import OUR_FAULT, WorkbenchError, WrongUse
from helpers.stewardship.exports import remove_copies
from helpers.stewardship.journal import require_none_unfinished
from helpers.stewardship.request import require_all_read

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop

# Tables about people whose rows are promised to stay as they are, so far as they are as of the same day.
SURVIVE = ("profiles", *BY_PERSON, "contacts", "identity_map", "profile_alias", "consent_log")


class Retained(NamedTuple):
    """What was folded.

    Attributes:
        cutoffs: Name of an event to the local day before which it is folded; "" for all others.
        events: Events that were folded now.
        compared: Tables that were found equal before and after; empty where they are as of different days.
    """

    cutoffs: dict[str, date]
    events: int
    compared: tuple[str, ...]


def retain(shop: Shop, *, rebuild: Callable[[], Shop], clear: Callable[[Callable[[Path], bool]], None]) -> Retained:
    """Fold what has expired as of `shop.as_of`, remove it, and run the main job anew.

    Args:
        shop: The data set, as its latest report looked at it.
        rebuild: Runs the main job, so that a report made of what is left becomes the latest; returns its data set.
        clear: Removes the tables of all runs but the latest, and of their pages those that it is told to.

    Raises:
        WrongUse: If neither dataset.toml nor the tracking plan limits anything, raw files are there that no run has
            read, what is kept of folded events is of other definitions, or a request to be forgotten was interrupted.
        WorkbenchError: If a table that was promised to stay as it was did not.
    """
    privacy.for_shop(shop)
    require_alike(shop.name)
    days = _cutoffs(shop)
    cutoffs = _never_back({event: shop.midnight(day) for event, day in days.items()}, folded(shop.name))
    before = _fingerprints(shop)
    with lock.hold(shop.name, who="retain"):
        require_none_unfinished(shop.name)
        require_all_read(shop)
        expired = Folded(folder=paths.folded(shop.name), cutoffs=cutoffs)
        live_now = live(shop.name, shop.table("events"))
        count = live_now.anti_join(expired.live(live_now), "message_id").count().to_pyarrow().as_py()
        if count or folded(shop.name) is None:
            _keep(shop, expired, live_now)
        ingestion.erase(shop, ingestion.Texts(set(), set()))
        remove_copies(shop.name)
    after = rebuild()
    with lock.hold(shop.name, who="retain"):
        clear(lambda file: False)  # noqa: ARG005 - pages tell of nobody
    compared = SURVIVE if after.as_of == shop.as_of else ()
    now = _fingerprints(after) if compared else {}
    changed = [table for table in compared if now[table] != before[table]]
    if changed:
        raise WorkbenchError(f"Folding changed {', '.join(changed)}, which it should not. {OUR_FAULT}")
    return Retained(days, count, compared)


def _cutoffs(shop: Shop) -> dict[str, date]:
    """The first local day that is kept, by event; "" for events without a limit of their own."""
    limits = {name: event.days_kept for name, event in tracking_plan(shop.name).events.items() if event.days_kept}
    if shop.settings.retention:
        limits[""] = shop.settings.retention.days
    if not limits:
        raise WrongUse(
            f"{shop.name!r} keeps events for as long as it is: write days = … under [retention] in dataset.toml, or "
            "days_kept into the tracking plan."
        )
    return {name: shop.as_of - timedelta(days=days) for name, days in limits.items()}


def _never_back(cutoffs: dict[str, datetime], before: Folded | None) -> dict[str, datetime]:
    """What is folded stays so when a limit is widened or lifted."""
    earlier = before.cutoffs if before else {}
    rest = max((each for each in (cutoffs.get(""), earlier.get("")) if each), default=None)
    names = {*cutoffs, *earlier} - {""}
    known = {
        name: max(each for each in (cutoffs.get(name, cutoffs.get("")), earlier.get(name, earlier.get(""))) if each)
        for name in names
    }
    return known | ({"": rest} if rest else {})


def _fingerprints(shop: Shop) -> dict[str, str]:
    return {table: content_of(shop.engine, shop.table(table)) for table in SURVIVE}


def _keep(shop: Shop, expired: Folded, events: ibis.Table) -> None:
    """Write what is kept of folded events, those that were folded before among them."""
    old = events.anti_join(expired.live(events), "message_id")
    said = {table: shop.table(table) for table in SAID}
    with profiles.events_at_hand(shop) as of_people:
        parts = profiles.parts(shop, of_people, expired)
        put(shop, expired.cutoffs, {**parts, "sets": _all_sets(shop, old, folded(shop.name)), **said})


def _all_sets(shop: Shop, old: ibis.Table, before: Folded | None) -> ibis.Table:
    """The sets of identifiers of folded events, those that were folded before among them."""
    sets = identity.sets(shop, old)
    if before:
        sets = sets.union(before.table(shop.engine, "sets").select(*sets.columns))
    return sets.group_by("ids").aggregate(
        first_at=sets.first_at.min(),
        last_at=sets.last_at.max(),
        first_message=sets.first_message.first(order_by=[sets.first_at, sets.first_message]),
        events=sets.events.sum().cast("decimal(18, 0)").cast("int64"),
    )
