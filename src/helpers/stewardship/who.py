"""The person behind an identifier that somebody types in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpers import identity, privacy
from helpers.datasets.emits import CampaignBlock, ProductBlock
from helpers.errors import WrongUse

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Identifier(NamedTuple):
    """One identifier: its type, the value as it was typed, and its pseudonym."""

    kind: str
    value: str
    pseudonym: str


def identifier(shop: Shop, text: str) -> Identifier:
    """An identifier such as "email:ann@example.com".

    Raises:
        WrongUse: If it has no type, or one that no source of the data set tells of.
    """
    kind, _, value = text.partition(":")
    blocks = [block for source in shop.settings.sources for block in source.emits]
    told = [block for block in blocks if not isinstance(block, ProductBlock | CampaignBlock)]
    kinds = sorted({kind for block in told for kind in block.identifiers()})
    if kind not in kinds or not value.strip():
        raise WrongUse(f"Expected type:value, such as {kinds[0]}:…; {shop.name!r} has the types {', '.join(kinds)}.")
    return Identifier(kind, value.strip(), privacy.for_shop(shop)(kind, value))


def person(shop: Shop, one: Identifier) -> str | None:
    """The profile_id of whom an identifier belongs to now; None where it is nobody's."""
    people = identity.current(shop)
    last = people.filter(people.type == one.kind, people.identifier == one.pseudonym, people.valid_to.isnull())
    found = last.select("profile_id").to_pyarrow()["profile_id"].to_pylist()
    return found[0] if found else None
