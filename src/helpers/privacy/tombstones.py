"""Tombstones: what keeps somebody who was forgotten from coming back with the next delivery of the same data.

A tombstone is the SHA-256 of a pseudonym, so that the file holds nothing that stood in a table, and nobody without the
key can say whom it is about. It counts for what happened until the request: who comes back later is a new person.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime

from helpers.datasets import paths
from helpers.datasets.aside import instead_of
from helpers.errors import cannot_write


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """One identifier of somebody who was forgotten.

    Attributes:
        mark: As `mark` makes it.
        since: From when on it was theirs, in UTC; None for always.
        until: Until when it was theirs, exclusive, and at most until the request.
    """

    mark: str
    since: datetime | None
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """All that is kept of requests to be forgotten.

    Attributes:
        key: Fingerprint of the key of the pseudonyms; None before the first request.
        requests: Ids of the requests.
        tombstones: One or more for each identifier.
        shared: Marks of identifiers of several people, which do not say whose a record is.
        rewritten: SHA-256 of a raw file as it is now to that of the file as it was delivered.
    """

    key: str | None = None
    requests: list[str] = field(default_factory=list)
    tombstones: list[Tombstone] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    rewritten: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """What decides which records are kept away; empty before the first request."""
        decided = sorted(map(str, self.tombstones)) + sorted(self.shared)
        return hashlib.sha256("".join(decided).encode()).hexdigest() if decided else ""


def mark(kind: str, pseudonym: str) -> str:
    """The mark of an identifier: 64 hex digits."""
    return hashlib.sha256(f"forgotten\x1f{kind}\x1f{pseudonym}".encode()).hexdigest()


# The same in SQL, of columns type and pseudonym.
MARK_SQL = "sha256('forgotten' || chr(31) || type || chr(31) || pseudonym)"


def read(name: str) -> Forgotten:
    """What was kept of requests to be forgotten by a data set."""
    file = paths.tombstones(name)
    if not file.exists():
        return Forgotten()
    content = json.loads(file.read_text(encoding="utf-8"))
    content["tombstones"] = [
        Tombstone(mark=mark, since=since and datetime.fromisoformat(since), until=datetime.fromisoformat(until))
        for mark, since, until in content["tombstones"]
    ]
    return Forgotten(**content)


def write(name: str, forgotten: Forgotten) -> None:
    """Keep it, in place of what was kept before.

    Raises:
        InputOutput: If the disk refuses; the file is as it was then.
    """
    file = paths.tombstones(name)
    content = asdict(forgotten)
    content["tombstones"] = [
        [each.mark, each.since and each.since.isoformat(), each.until.isoformat()] for each in forgotten.tombstones
    ]
    try:
        with instead_of(file) as aside, aside.open("w", encoding="utf-8") as stream:
            json.dump(content, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise cannot_write(file, error) from None
