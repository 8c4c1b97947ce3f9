"""Lands a delivery: reads, maps, checks and pseudonymises one file, once, into a folder of its own.

What was landed is never changed. It is known by the hash of the file and of everything that decides what a record
becomes, so that the next load takes it as it is, and only new or changed files are read.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from helpers import privacy
from helpers.datasets import paths, tracking_plan
from helpers.datasets.fetch import sha256
from helpers.ingestion.admit import admit
from helpers.ingestion.mapping.forgotten import Kept
from helpers.ingestion.mapping.mapping import Mapper
from helpers.ingestion.reading.delivery import Delivery
from helpers.ingestion.reading.rates import load_rates

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.settings import Source

_BOOK = "book.json"


class Landed(NamedTuple):
    """One delivery that has been read.

    Attributes:
        delivery: The file.
        folder: Its rows as <kind>-<block>.parquet, and refused.parquet: a row a record with a fault.
        landed_at: When it was first read, in UTC.
        rows_read: Its records, counted apart from the parser.
        rows_skipped: Records that no block asks for.
        rows_understood: Records that gave rows, counted by these.
        columns_added: Columns that nobody declared.
        quarantine_reason: Why it was set aside as a whole, None where it was not.
    """

    delivery: Delivery
    folder: Path
    landed_at: datetime
    rows_read: int
    rows_skipped: int
    rows_understood: int
    columns_added: list[str]
    quarantine_reason: str | None

    def files(self, kind: str) -> list[str]:
        """Its Parquet files of one kind."""
        return sorted(str(file) for file in self.folder.glob(f"{kind}*.parquet"))


def land(shop: Shop, deliveries: dict[str, list[Delivery]]) -> list[Landed]:
    """Read what has not been read before, and take over what has.

    Args:
        shop: The data set.
        deliveries: The files of each source; one with the bytes of another is read once.

    Raises:
        DataRefused: If a file of a required source is damaged or has another header.
    """
    pseudonymiser = privacy.for_shop(shop)
    kept = Kept(shop)
    rates = load_rates(shop)
    target = shop.store.landed
    target.mkdir(parents=True, exist_ok=True)
    earlier = shop.store.landed_before()
    landed = []
    plan = tracking_plan(shop.name)
    for source in shop.settings.sources:
        recipe = _recipe(shop, source, f"{pseudonymiser.fingerprint}{rates}{kept.fingerprint}")
        for delivery in (each for each in deliveries[source.name] if each.copy_of is None):
            folder = target / f"{delivery.content}-{_of_its_bytes(recipe, delivery)}"
            if not _take_over(earlier, folder.name, target):
                landed_at = _landed_before(earlier, delivery.content) or now()
                mapper = Mapper(shop.settings, source, plan, latest=latest(shop, landed_at))
                with _aside(folder) as aside:
                    book = admit(shop.engine.con, mapper, delivery, aside, pseudonymiser, kept=kept)
                    (aside / _BOOK).write_text(json.dumps(book | {"landed_at": landed_at.isoformat()}))
            book = json.loads((folder / _BOOK).read_text())
            book["landed_at"] = datetime.fromisoformat(book["landed_at"])
            landed.append(Landed(delivery=delivery, folder=folder, **book))
    # The last file's texts would stay in memory beside all that follows.
    shop.engine.con.execute("DROP TABLE IF EXISTS records; DROP TABLE IF EXISTS pseudonyms")
    there = {each.folder for each in landed}
    for folder in target.iterdir():
        if folder not in there:
            shutil.rmtree(folder)
    return landed


def _take_over(earlier: list[Path], name: str, target: Path) -> bool:
    """Link what an earlier load made of a file; whether it is there now."""
    if (target / name).exists():
        return True
    for folder in earlier:
        if (folder / name / _BOOK).exists():
            with _aside(target / name) as aside:
                for file in (folder / name).iterdir():
                    _link(file, aside / file.name)
            return True
    return False


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:
        shutil.copy2(file, target)


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder to fill that gets its name once it is whole."""
    aside = folder.with_name(f".{folder.name}.aside")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _recipe(shop: Shop, source: Source, more: str) -> str:
    """A fingerprint of all that decides what a record of a source becomes."""
    settings = shop.settings
    decided = [source.model_dump_json(), tracking_plan(shop.name).model_dump_json(), settings.timezone]
    decided += [settings.currency, str(settings.history_ends), more]
    decided += [sha256(paths.raw(shop.name) / each.file) for each in source.lookups]
    decided += [sha256(file) for file in sorted(Path(__file__).parent.glob("*.py"))]
    return hashlib.sha256(chr(31).join(decided).encode()).hexdigest()[:16]


def _of_its_bytes(recipe: str, delivery: Delivery) -> str:
    """The recipe for a file; one that was rewritten since it was delivered is read again."""
    if delivery.stored == delivery.digest:
        return recipe
    return hashlib.sha256(f"{recipe}{delivery.stored}".encode()).hexdigest()[:16]


def latest(shop: Shop, landed_at: datetime) -> datetime:
    """The last moment that an event of a file first read at `landed_at` can have."""
    ends = shop.settings.history_ends
    return shop.midnight(ends + timedelta(days=1)) if ends else landed_at


def _landed_before(earlier: list[Path], content: str) -> datetime | None:
    """When the same bytes were first read, whatever was made of them then."""
    books = [book for folder in earlier for book in folder.glob(f"{content}-*/{_BOOK}")]
    known = [datetime.fromisoformat(json.loads(book.read_text())["landed_at"]) for book in books]
    return min(known, default=None)


def now() -> datetime:
    """This second, in UTC."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
