"""A request to be forgotten: from one identifier to all that is to go."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from helpers import identity, ingestion, privacy
from helpers.datasets.folded import require_alike
from helpers.errors import WrongUse
from helpers.stewardship.journal import Journal
from helpers.stewardship.who import Identifier, person

if TYPE_CHECKING:
    from helpers.datasets import Shop


def begin(shop: Shop, one: Identifier) -> Journal:
    """Resolve a person by the newest tables.

    Args:
        shop: The data set, as its latest report looked at it.
        one: One of their identifiers.

    Returns:
        The journal of the request, not written down yet. For somebody who is not known it holds that identifier alone.

    Raises:
        WrongUse: If the identifier stands for nobody or several people, raw files are there that no run has read, or
            what is kept of folded events is of other definitions.
    """
    require_all_read(shop)
    require_alike(shop.name)
    if one.pseudonym in privacy.blocked_pseudonyms(shop, [one.kind])[one.kind]:
        raise WrongUse("This identifier stands for nobody: it is what forms write where they know nothing.")
    people = identity.current(shop)
    now = datetime.now(UTC).replace(tzinfo=None)
    who = person(shop, one)
    owned = people.filter(people.profile_id == who).to_pyarrow().to_pylist() if who else []
    if any(row["is_shared"] for row in owned):
        raise WrongUse("This identifier is used by several people at once; give one that is theirs alone.")
    identifiers = {(row["type"], row["identifier"], row["valid_from"], row["valid_to"]) for row in owned}
    identifiers |= set() if who else {(one.kind, one.pseudonym, None, None)}
    aliases = shop.table("profile_alias")
    known = aliases.filter(aliases.profile_id == who).to_pyarrow()["alias"].to_pylist() if who else []
    return Journal(
        request=f"{now:%Y%m%dT%H%M%S}Z-{secrets.token_hex(3)}",
        requested_at=now.isoformat(),
        asked=[one.kind, one.pseudonym],
        identifiers=[
            [kind, pseudonym, since and since.isoformat(), min(until or now, now).isoformat()]
            for kind, pseudonym, since, until in sorted(identifiers, key=str)
        ],
        shared=_shared_beside(shop, identifiers),
        names=[who, *known] if who else [],
        alone=[one.value] if (one.kind, one.pseudonym, None, None) in identifiers else [],
    )


def require_all_read(shop: Shop) -> None:
    """Make sure that the newest tables know all that is in the raw files.

    Raises:
        WrongUse: If raw files are there that no run has read.
    """
    known = set(shop.table("ledger").select("sha256").to_pyarrow()["sha256"].to_pylist())
    files = [each for source in ingestion.deliveries(shop).values() for each in source]
    unread = [each.name for each in files if each.digest not in known]
    if unread:
        raise WrongUse(
            f"{unread[0]} has not been read yet ({len(unread)} such files), so it is not known whose its records are. "
            f"Run `workbench run {shop.name}` first."
        )


def _shared_beside(shop: Shop, identifiers: set[tuple[str, str, datetime | None, datetime | None]]) -> list[list[str]]:
    """Identifiers of several people that stood beside these: they do not say whose a record is."""
    edges, listed = shop.table("identity_edges"), shop.table("identifiers")
    shared = listed.filter(listed.status == "shared").select(_type="type", _id="identifier")
    found: set[tuple[str, str]] = set()
    own = {(kind, pseudonym) for kind, pseudonym, *_ in identifiers}
    for one, other in (("a", "b"), ("b", "a")):
        beside = edges.filter(edges[one].isin([pseudonym for _, pseudonym in own]))
        rows = beside.semi_join(shared, [beside[f"{other}_type"] == shared["_type"], beside[other] == shared["_id"]])
        found |= {(row[f"{other}_type"], row[other]) for row in rows.to_pyarrow().to_pylist()}
    return sorted(map(list, found))
