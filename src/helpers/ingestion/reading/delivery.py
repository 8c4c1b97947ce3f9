"""The files of a data set: a delivery is one file, known by its hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.datasets import paths
from helpers.datasets.fetch import sha256
from helpers.errors import DataRefused
from helpers.ingestion.reading import expected
from helpers.privacy import tombstones

if TYPE_CHECKING:
    from helpers.datasets import Shop


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One raw file.

    Attributes:
        number: Its place among all files of the data set, from 0.
        source: Name of its source.
        root: The raw/ folder.
        path: The file.
        digest: SHA-256 of its bytes as they were delivered.
        stored: The same of its bytes as they are, which differ where somebody was forgotten.
        copy_of: Number of an earlier file with the same bytes, None for the first.
    """

    number: int
    source: str
    root: Path
    path: Path
    digest: str
    stored: str
    copy_of: int | None

    @property
    def name(self) -> str:
        """Path under raw/, as the ledger shows it."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def content(self) -> str:
        """Source and hash: equal for two files of a source with the same bytes."""
        return f"{self.source}-{self.digest[:16]}"


def deliveries(shop: Shop) -> dict[str, list[Delivery]]:
    """The raw files of each source, in the order of their names.

    Raises:
        DataRefused: If a required source has no file, or the one that is expected is absent.
    """
    expected.require(shop)
    root = paths.raw(shop.name)
    found: dict[str, list[Delivery]] = {}
    seen: dict[tuple[str, str], int] = {}
    number = 0
    delivered = tombstones.read(shop.name).rewritten
    for source in shop.settings.sources:
        files = sorted({file for pattern in source.files for file in root.glob(pattern) if file.is_file()})
        if source.required and not files:
            fetch = (
                f", or use `workbench fetch {shop.name} --from DIR`" if paths.checksums_file(shop.name).exists() else ""
            )
            raise DataRefused(
                f"No file matches {', '.join(source.files)} under {root}; source {source.name!r} needs one. Put the "
                f"files there{fetch}."
            )
        found[source.name] = []
        for file in files:
            stored = sha256(file)
            digest = delivered.get(stored, stored)
            copy_of = seen.get((source.name, digest))
            seen.setdefault((source.name, digest), number)
            found[source.name].append(
                Delivery(
                    number=number, source=source.name, root=root, path=file, digest=digest, stored=stored,
                    copy_of=copy_of,
                )
            )  # fmt: skip
            number += 1
    return found
