"""Takes who was forgotten, and events that are folded, out of the raw files; identifiers out of others' records.

Every line keeps its number: of a record that goes its line ends stay, and blank lines are no records.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from helpers import privacy
from helpers.datasets import paths, tracking_plan
from helpers.datasets.aside import instead_of
from helpers.datasets.engine import quote
from helpers.datasets.fetch import sha256
from helpers.errors import OUR_FAULT, WorkbenchError
from helpers.ingestion.admit import stage
from helpers.ingestion.landing import latest, now
from helpers.ingestion.mapping.forgotten import Kept
from helpers.ingestion.mapping.kinds import CAMPAIGNED, EVENT, OFFERED
from helpers.ingestion.mapping.mapping import Mapper
from helpers.ingestion.reading.delivery import Delivery, deliveries
from helpers.ingestion.reading.rates import load_rates
from helpers.ingestion.reading.readers import BROKEN
from helpers.ingestion.removing import rewriting
from helpers.ingestion.removing.rewriting import NOTHING, Staged, Verdict
from helpers.ingestion.sql import define_macros
from helpers.privacy import forms, tombstones

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.datasets import Shop


class Texts(NamedTuple):
    """How identifiers with a tombstone are written in the raw files.

    Attributes:
        all: All of them.
        alone: Those that were never anybody else's, and so may be taken out wherever they stand.
    """

    all: set[str]
    alone: set[str]


def texts(shop: Shop, requested_at: datetime) -> Texts:
    """How the identifiers that have a tombstone are written.

    Args:
        shop: The data set.
        requested_at: When it was asked to forget; what has a tombstone up to then, and from the first, is alone.
    """
    found = Texts(set(), set())
    for _ in _each(shop):
        told = "SELECT DISTINCT value, since IS NULL AND until = ? FROM pseudonyms JOIN gone USING (type, pseudonym)"
        for value, alone in shop.engine.con.execute(told, [requested_at]).fetchall():
            found.all.add(value)
            found.alone.update({value} if alone else ())
    return found


def erase(shop: Shop, known: Texts) -> None:
    """Rewrite the raw files that hold folded events, or anything of who has a tombstone; the others are not touched.

    A file is written aside and renamed, after `tombstones` has learnt of which delivery it is.

    Args:
        shop: The data set.
        known: How these identifiers are written.

    Raises:
        WorkbenchError: If something of them is still there afterwards, naming the file.
    """
    telling = {value for value in known.alone if forms.is_telling(value)}
    for staged in _each(shop, every=True):
        _rewrite(shop, staged.delivery.path, _writer(shop, staged, telling, known.all), delivery=staged.delivery)
    for file in _lookup_files(shop):
        _rewrite(shop, file, partial(rewriting.lines, file, telling))
    for staged in _each(shop):
        if staged.verdict.gone or staged.verdict.masked or staged.verdict.old:
            raise WorkbenchError(
                f"{staged.delivery.path}: records that are to go could not be taken out of it. {OUR_FAULT} "
                "Correct the file by hand, and run the command again."
            )


def _each(shop: Shop, *, every: bool = False) -> Iterator[Staged]:
    """Every raw file of the sources in turn, those alone that hold an identifier with a tombstone if not `every`."""
    con = shop.engine.con
    define_macros(con)
    load_rates(shop)
    kept, pseudonymiser = Kept(shop), privacy.for_shop(shop)
    moment = latest(shop, now())
    for source, files in deliveries(shop).items():
        (settings,) = (each for each in shop.settings.sources if each.name == source)
        mapper = Mapper(shop.settings, settings, tracking_plan(shop.name), latest=moment)
        for delivery in files:
            try:
                found = stage(con, mapper, delivery, pseudonymiser)
            except BROKEN:
                continue  # nobody can say what is in it; the scan will name it
            if kept.find(con, mapper.identifiers()):
                yield Staged(delivery, mapper, found, _judge(con, mapper, kept))
            elif every:
                yield Staged(delivery, mapper, found, NOTHING)


def _judge(con: DuckDBPyConnection, mapper: Mapper, kept: Kept) -> Verdict:
    others, live, undated = set(), set(), set()
    for kind, query in mapper.queries():
        if kind not in (OFFERED, CAMPAIGNED):
            left = kept.without(con, kind, query)
            others |= _rows(
                con, f"SELECT DISTINCT _row FROM ({left}) SEMI JOIN (FROM judged WHERE dropped) USING (_row)"
            )
            if kind is EVENT and kept.folded:
                live |= _rows(con, f"SELECT _row FROM ({left}) WHERE timestamp IS NOT NULL")
                undated |= _rows(con, f"SELECT _row FROM ({left}) WHERE timestamp IS NULL")
    gone, masked = (
        _rows(con, f"SELECT DISTINCT _row FROM judged WHERE {which}") for which in ("dropped", "NOT dropped")
    )
    # A record that no block asks for has no time: it is theirs as soon as it holds an identifier of theirs.
    for kind, values in mapper.identifiers().items():
        for value in sorted(set(values)):
            gone |= _rows(
                con,
                f"""SELECT DISTINCT r.rowid FROM records r JOIN pseudonyms p ON p.type = {quote(kind)}
                AND p.value = {value} JOIN gone g ON g.type = p.type AND g.pseudonym = p.pseudonym
                WHERE NOT ({mapper.asked_for()})""",
            )
    old = _rows(con, "SELECT DISTINCT _row FROM expired") - live
    return Verdict(
        gone=gone - others - old, masked=(masked | (gone & others)) - old, old=old, live=live, undated=undated - live
    )


def _rows(con: DuckDBPyConnection, query: str) -> set[int]:
    return {row for (row,) in con.execute(query).fetchall()}


def _lookup_files(shop: Shop) -> list[Path]:
    """Delimited lookup files: they say something of ids, and are no source."""
    root = paths.raw(shop.name)
    asked = {each.file for source in shop.settings.sources for each in source.lookups if each.format == "delimited"}
    return [root / file for file in sorted(asked) if (root / file).exists()]


def _writer(shop: Shop, staged: Staged, telling: set[str], known: set[str]) -> Callable[[Path], bool]:
    if staged.mapper.source.format == "parquet":
        return partial(rewriting.parquet, shop.engine.con, staged, telling, known)
    return partial(rewriting.text, staged, telling, known)


def _rewrite(shop: Shop, file: Path, write: Callable[[Path], bool], *, delivery: Delivery | None = None) -> None:
    """Put what `write` writes in place of a raw file, known as the delivery that it was."""
    with instead_of(file) as aside:
        if not write(aside):
            aside.unlink(missing_ok=True)
            return
        if delivery is not None:
            forgotten = tombstones.read(shop.name)
            rewritten = forgotten.rewritten | {sha256(aside): delivery.digest}
            tombstones.write(shop.name, replace(forgotten, rewritten=rewritten))
        with aside.open("rb") as stream:
            os.fsync(stream.fileno())
