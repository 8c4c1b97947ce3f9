"""Who may be profiled as of a moment: the last answer counts, and silence is a no where a source asks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import ibis

from helpers.datasets import paths
from helpers.errors import PrivacyRefused

if TYPE_CHECKING:
    from helpers.datasets import Shop


def require_basis(shop: Shop) -> None:
    """Refuse to profile where nobody said why it is allowed.

    Raises:
        PrivacyRefused: If dataset.toml has neither a consent source nor a stated basis.
    """
    if shop.settings.consent is None:
        raise PrivacyRefused(
            f"{paths.settings_file(shop.name)} has no [consent]: name the source that records consent, or state a "
            "basis and its reason. Without either nobody is profiled."
        )


def permissions(consent_log: ibis.Table, identity_map: ibis.Table) -> ibis.Table:
    """What each person allows, from one answer to the next.

    Of two answers at one time the stricter counts, and so it does where the identifiers of one person disagree:
    an answer that was given under one of them is not overruled by a later one under another.

    Args:
        consent_log: Table `consent_log`.
        identity_map: Table `identity_map`, as it is now; of one whose owners took turns, the owner of that time counts.

    Returns:
        Columns profile_id, purpose, allowed, since, until (UTC; since included, until not, missing for the last). A
        person has no row before the first answer.
    """
    owned = [
        consent_log.identifier_type == identity_map.type,
        consent_log.identifier == identity_map.identifier,
        identity_map.valid_from.isnull() | (consent_log.timestamp >= identity_map.valid_from),
        identity_map.valid_to.isnull() | (consent_log.timestamp < identity_map.valid_to),
    ]
    answers = consent_log.join(identity_map, owned)
    said = answers.group_by("profile_id", "purpose", "type", "identifier", "timestamp").aggregate(
        against=(answers.status != "granted").any().cast("int8")
    )
    same = ibis.window(group_by=["profile_id", "purpose", "type", "identifier"], order_by="timestamp")
    said = said.mutate(change=said.against - said.against.lag().over(same).fill_null(0))
    moved = said.group_by("profile_id", "purpose", "timestamp").aggregate(change=said.change.sum())
    person = ibis.window(group_by=["profile_id", "purpose"], order_by="timestamp")
    up_to_then = ibis.cumulative_window(group_by=["profile_id", "purpose"], order_by="timestamp")
    return moved.select(
        "profile_id",
        "purpose",
        allowed=moved.change.sum().over(up_to_then) == 0,
        since=moved.timestamp,
        until=moved.timestamp.lead().over(person),
    )


def allowed_at(spans: ibis.Table, moment: datetime | ibis.Value, *kept: str) -> ibis.Table:
    """The last answers before a moment.

    Args:
        spans: As `permissions` gives them.
        moment: In UTC, exclusive; or such a column of `spans`.
        kept: Further columns of `spans` to keep.

    Returns:
        Columns profile_id, purpose, allowed; someone who had not answered has no row.
    """
    last = spans.filter(spans.since < moment, spans.until.isnull() | (spans.until >= moment))
    return last.select("profile_id", "purpose", "allowed", *kept)


def without_untracked(
    events: ibis.Table, spans: ibis.Table, purposes: dict[str, str], now: ibis.Table, *, unasked: bool
) -> ibis.Table:
    """Events that may be used: their person allowed them to be tracked when they happened, and does still.

    Args:
        events: Columns of `events` and profile_id.
        spans: As `permissions` gives them.
        purposes: Name of an event to the consent that covers it; the others need none.
        now: The answers that hold now, as `allowed_at` gives them.
        unasked: What holds for somebody who has not answered.

    Returns:
        The columns of `events`.
    """
    if not purposes:
        return events
    cases = [(events.event == event, ibis.literal(purpose)) for event, purpose in sorted(purposes.items())]
    covered = events.mutate(_purpose=ibis.cases(*cases, else_=ibis.null("string")))
    then = spans.select(_then="allowed", _whom="profile_id", _what="purpose", _since="since", _until="until")
    # A span without an end ends far away: with an "or" in it, every event would be held against every span.
    then = then.mutate(_until=then["_until"].fill_null(_LAST))
    within = [
        covered.profile_id == then["_whom"], covered["_purpose"] == then["_what"],
        covered.timestamp >= then["_since"], covered.timestamp < then["_until"],
    ]  # fmt: skip
    now = now.select(_now="allowed", _who="profile_id", _which="purpose")
    known = covered.left_join(then, within)
    known = known.left_join(now, [known.profile_id == now["_who"], known["_purpose"] == now["_which"]])
    used = known["_purpose"].isnull() | (known["_then"].fill_null(unasked) & known["_now"].fill_null(unasked))
    return known.filter(used).select(*events.columns)


_LAST = ibis.timestamp("9999-01-01")
