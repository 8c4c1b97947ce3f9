"""Values that stand for nobody: what forms and trackers write where they know nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.privacy.pseudonyms import for_shop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from helpers.datasets import Shop

_WORDS = (
    "null", "none", "nil", "nan", "na", "n/a", "undefined", "unknown", "anonymous", "anon", "guest", "-1", "-", "?",
)  # fmt: skip
_LONGEST_ZEROS = 40
_NIL_UUID = "00000000-0000-0000-0000-000000000000"  # RFC 9562, 5.9; also what phones say that allow no tracking


def blocked_pseudonyms(shop: Shop, kinds: Iterable[str]) -> dict[str, set[str]]:
    """Pseudonyms of such values for each type of identifier, those that dataset.toml adds among them.

    Tables hold no plain values, so the list is put through the data set's key instead.
    """
    zeros = ["0" * length for length in range(1, _LONGEST_ZEROS + 1)]
    plain = [*zeros, _NIL_UUID, *(form for word in _WORDS for form in (word, word.upper(), word.capitalize()))]
    plain += shop.settings.identity.blocked
    mailed = [f"{word}@{domain}" for word in _WORDS for domain in ("", *_WORDS)]
    pseudonym = for_shop(shop)
    return {
        kind: {pseudonym(kind, value) for value in (plain + mailed if kind == "email" else plain)} for kind in kinds
    }
