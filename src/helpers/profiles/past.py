"""Days of people as they were told apart at past moments: who turned out later to be somebody else was not yet."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

import ibis
import pyarrow as pa

from helpers import identity, privacy
from helpers.datasets import folded
from helpers.profiles.facts import FOUND, fold
from helpers.profiles.kinds import READ, counted, kinds
from helpers.profiles.people import answers_now, permissions, person_events, tracked, unasked
from helpers.profiles.windows import KEY

if TYPE_CHECKING:
    from helpers.datasets import Shop

# Between the name of somebody and the cutoff at which they went by it.
_AT = "@"
_OWNED = ("cutoff", "type", "identifier", "profile_id", "valid_from", "valid_to", "is_shared")


class Then(NamedTuple):
    """What `metrics` reads, for several cutoffs.

    Attributes:
        days: Table `daily`, and the days of people who were told apart otherwise at a cutoff, under a name that holds
            for it alone.
        kinds: Table `daily_kinds`, under the same names.
        identifiers: Columns of `identity.current`, likewise.
        answers: Columns cutoff, profile_id, purpose and allowed: what each allowed at each cutoff, likewise.
        moved: Columns cutoff and profile_id: the names that meant somebody else at a cutoff than they do now; None
            where none did.
    """

    days: ibis.Table
    kinds: ibis.Table
    identifiers: ibis.Table
    answers: ibis.Table
    moved: ibis.Table | None

    def own(self, found: ibis.Table) -> ibis.Table:
        """Rows of `metrics` under the names of their cutoff, each at the cutoffs for which it holds."""
        if self.moved is None:
            return found
        plain = found.filter(~found.profile_id.contains(_AT)).anti_join(self.moved, KEY)
        return plain.union(_plain(found.filter(found.profile_id.endswith(_AT + found.cutoff.cast("string")))))


def as_then(shop: Shop, cutoffs: list[date]) -> Then:
    """The days that count at each cutoff, by whom they were known to belong to then.

    Before the day up to which events are folded nobody can be told apart anew: people are then those of now.

    Args:
        shop: An open data set whose `daily` and `identity_map` are written.
        cutoffs: Local days up to `shop.as_of`, in any order.
    """
    moments = moments_of(shop, cutoffs)
    daily, by_kind, people = shop.table("daily"), shop.table("daily_kinds"), identity.current(shop)
    kept = folded(shop.name)
    now = _allowed_now(shop, moments)
    whole = kept.first_whole_moment if kept else datetime.min
    past = {cutoff: moment for cutoff, moment in moments.items() if cutoff < shop.as_of and moment >= whole}
    if not past:
        return Then(daily, by_kind, people, now, None)
    at = _each(past)
    # Under names that hold for one cutoff alone, so that all cutoffs are answered at once.
    then = identity.as_of(shop, past)
    then = then.mutate(profile_id=then.profile_id + _AT + then.cutoff.cast("string")).cache()
    owned, answered = _owned_otherwise(shop, then, at), _answered_otherwise(shop, then, at)
    if _is_empty(owned) and _is_empty(answered):
        return Then(daily, by_kind, people, now, None)
    with shop.at_hand(person_events(shop, *READ)) as events:
        moved = _plain(answered.union(_touched(shop, events, then, at, owned)))
        moved = moved.filter(moved.profile_id.notnull()).distinct().cache()
        spans = permissions(shop, then)
        answers = _allowed(spans, at)
        theirs = only_profiled(_theirs(events, then, moved, at), answers, unasked=unasked(shop)).cache()
    used = privacy.without_untracked(theirs, spans, tracked(shop), answers, unasked=unasked(shop)).cache()
    used = used.select(*READ, *FOUND)
    days = daily.union(shop.computed(fold, used).select(*daily.columns))
    new = shop.computed(lambda *rows: counted(kinds(*rows)), used, shop.table("products"))
    rows = by_kind.union(new.select(*by_kind.columns))
    known = people.union(_only(then, moved).select(*people.columns))
    said = now.union(_only(answers, moved).select(*now.columns))
    return Then(days.cache(), rows.cache(), known.cache(), said.cache(), moved)


def moments_of(shop: Shop, cutoffs: list[date]) -> dict[date, datetime]:
    """Each cutoff, earliest first, to its midnight in UTC."""
    return {cutoff: shop.midnight(cutoff) for cutoff in sorted(set(cutoffs))}


def _each(moments: dict[date, datetime]) -> ibis.Table:
    """Columns cutoff and moment."""
    columns = {"cutoff": pa.array([*moments], pa.date32()), "moment": pa.array([*moments.values()], pa.timestamp("us"))}
    return ibis.memtable(pa.table(columns))


def _is_empty(rows: ibis.Table) -> bool:
    return rows.limit(1).to_pyarrow().num_rows == 0


def _theirs(events: ibis.Table, then: ibis.Table, moved: ibis.Table, at: ibis.Table) -> ibis.Table:
    """The events before a cutoff of those who were somebody else."""
    rows = events.join(moved, "profile_id").join(at, "cutoff").filter(lambda row: row.timestamp < row.moment)
    return _only(identity.with_person(rows.drop("profile_id").cache(), then, "cutoff"), moved)


def only_profiled(events: ibis.Table, answers: ibis.Table, *, unasked: bool) -> ibis.Table:
    """The events of those who could be profiled, by answers as `helpers.privacy.allowed_at` gives them."""
    allowed = answers.filter(answers.purpose == "profiling")
    if unasked:
        return events.anti_join(allowed.filter(~allowed.allowed), "profile_id")
    return events.semi_join(allowed.filter(allowed.allowed), "profile_id")


def _allowed_now(shop: Shop, moments: dict[date, datetime]) -> ibis.Table:
    """The answers at each cutoff under the names of now."""
    dated = permissions(shop).cross_join(_each(moments))
    return privacy.allowed_at(dated, dated.moment, "cutoff")


def _owned_otherwise(shop: Shop, then: ibis.Table, at: ibis.Table) -> ibis.Table:
    """The spans of identifiers that were another person's at a cutoff than they are now."""
    now = _now(shop, at)
    now = now.mutate(valid_to=ibis.ifelse(now.valid_to < now.moment, now.valid_to, None))
    owned, own = now.select(*_OWNED), _plain(then).select(*_OWNED)
    return owned.difference(own).union(own.difference(owned)).cache()


def _now(shop: Shop, at: ibis.Table) -> ibis.Table:
    """The identifiers of now that were known at each cutoff."""
    return identity.current(shop).cross_join(at).filter(lambda row: row.first_seen_at < row.moment)


def _touched(shop: Shop, events: ibis.Table, then: ibis.Table, at: ibis.Table, owned: ibis.Table) -> ibis.Table:
    """Columns cutoff and profile_id: the names, of now and of then, whose identifiers or events are others' now."""
    differing = owned.select("cutoff", "type", "identifier").distinct().join(at, "cutoff").cache()
    kinds = sorted(differing.select("type").distinct().to_pyarrow()["type"].to_pylist())
    carried = [_carrying(events, kind, differing) for kind in kinds]
    # Whose identifiers differ is told by fewer, whether or not an event that may be used carries one.
    names = owned.select(*KEY)
    if not carried:
        return names
    touched = (ibis.union(*carried) if len(carried) > 1 else carried[0]).cache()
    return ibis.union(
        names, *(identity.with_person(touched, people, "cutoff").select(*KEY) for people in (_now(shop, at), then))
    )


def _carrying(events: ibis.Table, kind: str, differing: ibis.Table) -> ibis.Table:
    """Events before a cutoff that carry an identifier of a type which was another person's then."""
    carrying = events.drop("profile_id").mutate(_carried=identity.value_of(events, kind))
    own = differing.filter(differing.type == kind).select("cutoff", "moment", _own="identifier")
    same = [carrying["_carried"] == own["_own"], carrying.timestamp < own.moment]
    return carrying.join(own, same).drop("_carried", "_own")


def _answered_otherwise(shop: Shop, then: ibis.Table, at: ibis.Table) -> ibis.Table:
    """The names whose consents were others at a cutoff than they are now."""
    said = (*KEY, "purpose", "allowed")
    was = _plain(_allowed(permissions(shop, then), at)).select(*said)
    now = answers_now(shop).cross_join(at).select(*said)
    return was.difference(now).union(now.difference(was)).select(*KEY).cache()


def _allowed(spans: ibis.Table, at: ibis.Table) -> ibis.Table:
    """Answers at the cutoff of the name they are given under, and the cutoff."""
    dated = spans.mutate(cutoff=spans.profile_id.split(_AT)[1].cast("date")).join(at, "cutoff")
    return privacy.allowed_at(dated, dated.moment, "cutoff")


def _plain(rows: ibis.Table) -> ibis.Table:
    """Rows under the names that people went by."""
    return rows.mutate(profile_id=rows.profile_id.split(_AT)[0])


def _only(rows: ibis.Table, moved: ibis.Table) -> ibis.Table:
    """Rows of names with a cutoff, of those that moved."""
    return rows.semi_join(moved.mutate(profile_id=moved.profile_id + _AT + moved.cutoff.cast("string")), "profile_id")
