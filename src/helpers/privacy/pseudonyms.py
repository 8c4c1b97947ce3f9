"""Pseudonyms: a keyed hash of (type, normalised value), so that nobody without the key can match a list to tables.

The hash is HMAC-SHA-256 (RFC 2104) cut to 128 bits. The key never enters a query, a table or a page; its
fingerprint does, so that tables of two keys never mix.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.datasets import paths
from helpers.errors import WrongUse
from helpers.privacy import tombstones

if TYPE_CHECKING:
    from helpers.datasets import Shop

_NOT_DIALLED = re.compile(r"[^0-9+]")


def normalise(kind: str, value: str) -> str:
    """One spelling for one identifier: e-mails in lower case, phone numbers as digits, the rest trimmed."""
    value = value.strip()
    if kind == "email":
        return value.lower()
    if kind == "phone":
        return _NOT_DIALLED.sub("", value)
    return value


class Pseudonymiser:
    """Turns identifiers into pseudonyms under one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def fingerprint(self) -> str:
        """Eight bytes in hex that tell one key from another and give neither away."""
        return hmac.digest(self._key, b"fingerprint", hashlib.sha256)[:8].hex()

    def __call__(self, kind: str, value: str) -> str:
        """The pseudonym of one identifier: 32 hex digits."""
        message = f"{kind}\x00{normalise(kind, value)}".encode()
        return hmac.digest(self._key, message, hashlib.sha256)[:16].hex()


def for_shop(shop: Shop) -> Pseudonymiser:
    """The pseudonymiser of a data set, whose fingerprint the tables that `shop` writes from now on carry.

    The key is the public one of dataset.toml, else `WORKBENCH_KEY`, else the data set's key file, which is made
    (0600) the first time and never where tables exist already.

    Raises:
        WrongUse: If the key is absent although tables exist, too short, or another than that of the tables.
    """
    pseudonymiser = Pseudonymiser(_key(shop))
    before = {*shop.store.keys_before(), tombstones.read(shop.name).key}
    others = before - {pseudonymiser.fingerprint, None}
    if others:
        raise WrongUse(_ANOTHER.format(name=shop.name, old=", ".join(sorted(others)), new=pseudonymiser.fingerprint))
    shop.store.key = pseudonymiser.fingerprint
    return pseudonymiser


_ANOTHER = (
    "The tables of {name!r} were made with the pseudonym key of fingerprint {old}, the present one has {new}. Restore "
    "the earlier key from its backup. To begin anew with this one, remove data/{name}/runs, data/{name}/scratch, "
    "data/{name}/identity.csv, data/{name}/forgotten.json and reports/{name}: everybody gets another pseudonym then, "
    "and who was forgotten comes back with the next delivery of their data."
)


def _key(shop: Shop) -> bytes:
    if shop.settings.pseudonyms:
        return shop.settings.pseudonyms.public_key.encode()
    from_environment = os.environ.get("WORKBENCH_KEY")
    if from_environment is not None:
        return _long_enough(from_environment, "WORKBENCH_KEY").encode()
    file = paths.key_file(shop.name)
    if not file.exists():
        if _has_tables(shop.name):
            raise WrongUse(
                f"The pseudonym key of {shop.name!r} is gone: {file} does not exist and WORKBENCH_KEY is not set, "
                "but tables made with it do. Restore the key from its backup."
            )
        _make_key(file)
    return _long_enough(file.read_text(encoding="utf-8").strip(), str(file)).encode()


def _has_tables(name: str) -> bool:
    kept = (paths.tables(name), paths.scratch(name))
    known = paths.latest(name).exists() or paths.tombstones(name).exists()
    return known or any(any(folder.rglob("*.meta.json")) for folder in kept)


def _make_key(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_hex(32) + "\n")


def _long_enough(key: str, where: str) -> str:
    if len(key) < 32:
        raise WrongUse(f"{where}: the pseudonym key has {len(key)} characters; it needs at least 32.")
    return key
