"""The text of rejected records, for who may read the raw files: no table holds it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from helpers.datasets import paths
from helpers.errors import no_such

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.datasets import Shop

_LONGEST = 300


class Rejected(NamedTuple):
    """A rejected record.

    Attributes:
        place: File and line, as "orders.csv, line 7".
        reason: Why it was rejected, with the column at fault where one is.
        text: What stands there, control characters escaped, cut at 300 characters; says so where it is gone.
    """

    place: str
    reason: str
    text: str


def rejected(shop: Shop, *, source: str = "", limit: int) -> Iterator[Rejected]:
    """The first rejected records of the newest tables, read from raw/ by the place that `rejects` holds.

    Args:
        shop: The data set, ingested.
        source: Only those of this source; empty for all.
        limit: How many.

    Raises:
        WrongUse: If there is no such source.
    """
    sources = [each.name for each in shop.settings.sources]
    if source and source not in sources:
        raise no_such("source", source, sources)
    rejects = shop.table("rejects")
    if source:
        rejects = rejects.filter(rejects.source_id == source)
    frame = shop.frame(rejects.order_by("file", "line").limit(limit))
    for file, records in frame.groupby("file", sort=False):
        content = _content(paths.raw(shop.name) / file)
        for record in records.itertuples():
            reason = f"{record.reason} in {record.column}" if isinstance(record.column, str) else record.reason
            yield Rejected(
                f"{file}, line {record.line}", reason, _text(content, record.byte_offset, record.byte_length)
            )


def _content(file: Path) -> bytes | None:
    """The unpacked file, None where it is not there any more."""
    if not file.exists():
        return None
    return gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def _text(content: bytes | None, offset: int | None, length: int | None) -> str:
    if content is None:
        return "(the file is not there any more)"
    if not isinstance(offset, int) or not isinstance(length, int):
        return "(a record of a table, which has no text)"
    text = content[offset : offset + length].decode("utf-8", "backslashreplace")[:_LONGEST]
    # What would move the cursor, ring the bell or turn the writing direction is shown, not obeyed.
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
