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
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.datasets import folded, paths
from helpers.datasets.aside import instead_of
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
    """Turns identifiers into pseudonyms under one key, or under keys that came one after another.

    A later key hashes the pseudonyms of the one before, so that what was kept under that can be brought over although
    the identifiers themselves are gone.
    """

    def __init__(self, *keys: bytes) -> None:
        self._keys = keys

    @property
    def fingerprints(self) -> list[str]:
        """Eight bytes in hex for each key, which tell one from another and give none away; the present one is last."""
        found = [_hash(self._keys[0], b"fingerprint")[:16]]
        for key in self._keys[1:]:
            found.append(_hash(key, f"fingerprint{found[-1]}".encode())[:16])
        return found

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the present key."""
        return self.fingerprints[-1]

    def __call__(self, kind: str, value: str) -> str:
        """The pseudonym of one identifier: 32 hex digits."""
        return self.stages(kind, value)[-1]

    def stages(self, kind: str, value: str) -> list[str]:
        """The pseudonyms of one identifier under each key in turn, the present one last."""
        pseudonym = _hash(self._keys[0], f"{kind}\x00{normalise(kind, value)}".encode())
        return [pseudonym, *self._onward(kind, pseudonym, self._keys[1:])]

    def brought_over(self, kind: str, pseudonym: str, *, since: str) -> str:
        """The present pseudonym of what has `pseudonym` under the key of fingerprint `since`."""
        later = self._keys[self.fingerprints.index(since) + 1 :]
        return [pseudonym, *self._onward(kind, pseudonym, later)][-1]

    @staticmethod
    def _onward(kind: str, pseudonym: str, keys: tuple[bytes, ...]) -> Iterator[str]:
        for key in keys:
            pseudonym = _hash(key, f"{kind}\x00{pseudonym}".encode())
            yield pseudonym


def _hash(key: bytes, message: bytes) -> str:
    return hmac.digest(key, message, hashlib.sha256)[:16].hex()


def for_shop(shop: Shop) -> Pseudonymiser:
    """The pseudonymiser of a data set, whose fingerprint the tables that `shop` writes from now on carry.

    The key is the public one of dataset.toml, else `WORKBENCH_KEY`, else the data set's key file, which is made
    (0600) the first time and never where tables exist already.

    Raises:
        WrongUse: If the key is absent although tables exist, too short, or another than that of the tables.
    """
    pseudonymiser = Pseudonymiser(*keys(shop))
    kept = folded(shop.name)
    published, own = shop.store.published_key(), {*shop.store.own_keys(), kept and kept.key}
    others = {published, tombstones.read(shop.name).key, *own} - {*pseudonymiser.fingerprints, None}
    if others:
        raise WrongUse(
            f"The tables of {shop.name!r} were made with the pseudonym key of fingerprint {', '.join(sorted(others))}, "
            f"the present one has {pseudonymiser.fingerprint}. {_RESTORE.format(name=shop.name)}"
        )
    # A run makes all tables anew; whoever reads the published ones needs those of the present key.
    if (own if shop.store.run else {published, *own}) - {pseudonymiser.fingerprint, None}:
        raise WrongUse(
            f"The tables of {shop.name!r} were made with an earlier key than the present one. Run "
            f"`workbench rotate-key {shop.name}` to bring them over."
        )
    shop.store.key = pseudonymiser.fingerprint
    return pseudonymiser


_RESTORE = (
    "Restore the earlier key from its backup. To begin anew with another, remove data/{name}/runs, "
    "data/{name}/scratch, data/{name}/identity.csv, data/{name}/forgotten.json and reports/{name}: everybody gets "
    "another pseudonym then, and who was forgotten comes back with the next delivery of their data."
)


def keys(shop: Shop) -> list[bytes]:
    """The keys of a data set, one a line, the present one last.

    Raises:
        WrongUse: As `for_shop`.
    """
    if shop.settings.pseudonyms:
        return [shop.settings.pseudonyms.public_key.encode()]
    from_environment = os.environ.get("WORKBENCH_KEY")
    if from_environment is not None:
        return _long_enough(from_environment, "WORKBENCH_KEY")
    file = paths.key_file(shop.name)
    if not file.exists():
        if _has_tables(shop.name):
            raise WrongUse(
                f"The pseudonym key of {shop.name!r} is gone: {file} does not exist and WORKBENCH_KEY is not set, "
                f"but tables made with it do. {_RESTORE.format(name=shop.name)}"
            )
        write_keys(file, [new_key()])
    return _long_enough(file.read_text(encoding="utf-8"), str(file))


def _has_tables(name: str) -> bool:
    kept = (paths.tables(name), paths.scratch(name))
    known = paths.latest(name).exists() or paths.tombstones(name).exists()
    return known or any(any(folder.rglob("*.meta.json")) for folder in kept)


def new_key() -> bytes:
    """A key that nobody can guess: 64 hex digits."""
    return secrets.token_hex(32).encode()


def write_keys(file: Path, keys: list[bytes]) -> None:
    """Keep keys in a file for its owner's eyes alone, in place of what was there."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with instead_of(file) as aside:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(b"\n".join(keys) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())


def _long_enough(text: str, where: str) -> list[bytes]:
    keys = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    shortest = min(map(len, keys))
    if shortest < 32:
        raise WrongUse(
            f"{where}: the pseudonym key has {shortest} characters; expected at least 32. Restore it from its backup, "
            "or make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    return [key.encode() for key in keys]
