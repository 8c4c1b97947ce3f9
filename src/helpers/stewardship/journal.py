"""The journal of a request to be forgotten: what is to be forgotten, and what has been done of it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field

from helpers.datasets import paths
from helpers.datasets.aside import instead_of
from helpers.errors import WrongUse


@dataclass(kw_only=True)
class Journal:
    """One request: what is to be forgotten, and which steps are done.

    Attributes:
        request: Its id.
        requested_at: In UTC.
        asked: Type and pseudonym that were asked for.
        identifiers: Type, pseudonym, since and until of each identifier.
        shared: Types and pseudonyms of several people that stood beside them.
        names: What folded facts may call the person.
        all: How the identifiers are written.
        alone: Of these and of what was asked for, what was never anybody else's.
        done: Steps that are done.
    """

    request: str
    requested_at: str
    asked: list[str]
    identifiers: list[list[str | None]]
    shared: list[list[str]]
    names: list[str]
    all: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    @property
    def alone_identifiers(self) -> set[tuple[str, str]]:
        """Type and pseudonym of the identifiers that were never anybody else's."""
        return {
            (kind, pseudonym) for kind, pseudonym, since, until in self.identifiers
            if since is None and until == self.requested_at
        }  # fmt: skip

    def keep(self, name: str) -> None:
        """Write it down, for its owner's eyes alone."""
        file = paths.forgetting(name)
        with instead_of(file) as aside:
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as stream:
                json.dump(asdict(self), stream)
                stream.flush()
                os.fsync(stream.fileno())


def unfinished(name: str) -> Journal | None:
    """The journal of a request that was interrupted, None where there is none."""
    file = paths.forgetting(name)
    return Journal(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


def require_none_unfinished(name: str) -> None:
    """Make sure that nobody is half forgotten: the newest tables may still hold them.

    Raises:
        WrongUse: If a request was interrupted.
    """
    if unfinished(name) is not None:
        raise WrongUse(
            f"Somebody is being forgotten in {name!r}, and that was interrupted. Run `workbench forget {name}` with "
            "their identifier again first."
        )
