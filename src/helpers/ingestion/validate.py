"""Tries a dataset.toml on a sample of each source, before anything is loaded or written."""

from __future__ import annotations

import gzip
import re
import secrets
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.parquet as pq

from helpers.datasets import tracking_plan
from helpers.ingestion import settling
from helpers.ingestion.admit import admit
from helpers.ingestion.landing import Landed, latest, now
from helpers.ingestion.mapping.kinds import KINDS
from helpers.ingestion.mapping.mapping import Mapper
from helpers.ingestion.reading.delivery import Delivery, deliveries
from helpers.ingestion.reading.rates import load_rates
from helpers.ingestion.reading.records import unpacked
from helpers.ingestion.sql import define_macros
from helpers.privacy import Pseudonymiser

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.datasets import Shop
    from helpers.datasets.settings import Source

ROWS = 10
EXAMPLES = 3
_HIDDEN = {"_file", "_row", "_emit", "key", "fault"}


_CALLED = {
    "events": "event", "told": "attribute", "offered": "product", "consented": "consent", "campaigned": "campaign",
}  # fmt: skip


class Failing(NamedTuple):
    """Values of one column that do not fit: why, how many records, and a few of the values as they stand there."""

    column: str
    reason: str
    records: int
    values: list[str]


class Tried(NamedTuple):
    """What became of a sample of one source.

    Attributes:
        source: Its name.
        file: The file that the sample is of, None where there is none.
        ledger: read, understood, refused, skipped.
        rows: The first rows it gave: kind, then column to value; what is empty in all of them left out.
        failing: Values that do not fit, the most frequent first.
        violations: What its events break of the tracking plan, with how many do.
    """

    source: str
    file: str | None
    ledger: dict[str, int]
    rows: list[tuple[str, dict[str, Any]]]
    failing: list[Failing]
    violations: dict[str, int]


def validate(shop: Shop, *, lines: int = 10_000) -> list[Tried]:
    """Map a sample of each source; identifiers get pseudonyms of a key that nobody keeps.

    Args:
        shop: The data set.
        lines: How many lines of the first file of each source are read.

    Raises:
        DataRefused: As the load itself would.
    """
    con = shop.engine.con
    define_macros(con)
    load_rates(shop)
    files = deliveries(shop)
    return [_try(shop, con, source, files[source.name], lines) for source in shop.settings.sources]


def _try(shop: Shop, con: DuckDBPyConnection, source: Source, files: list[Delivery], lines: int) -> Tried:
    if not files:
        return Tried(source.name, None, {}, [], [], {})
    landed_at = now()
    mapper = Mapper(shop.settings, source, tracking_plan(shop.name), latest=latest(shop, landed_at))
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / files[0].path.name
        _cut(files[0].path, sample, source, lines)
        delivery = Delivery(
            number=0, source=source.name, root=files[0].root, path=sample, digest=files[0].digest,
            stored=files[0].stored, copy_of=None,
        )  # fmt: skip
        landed = Path(folder) / "landed"
        landed.mkdir()
        book = admit(con, mapper, delivery, landed, Pseudonymiser(secrets.token_bytes(32)))
        settling.gather(con, [Landed(delivery=delivery, folder=landed, landed_at=landed_at, **book)])
        refused = con.execute("SELECT count(*) FROM refused").fetchone()[0]
        ledger = {
            "read": book["rows_read"], "understood": book["rows_understood"], "refused": refused,
            "skipped": book["rows_skipped"],
        }  # fmt: skip
        broken = con.execute(
            """SELECT said, count(*) FROM (SELECT unnest(violations) AS said FROM landed_events)
            GROUP BY said ORDER BY 2 DESC, 1"""
        )
        violations = dict(broken.fetchall())
        return Tried(source.name, files[0].name, ledger, _rows(con), _failing(con, mapper), violations)


def _cut(file: Path, sample: Path, source: Source, lines: int) -> None:
    """The beginning of a file, packed or not, as the file is."""
    if source.format == "parquet":
        batch = next(pq.ParquetFile(file).iter_batches(lines))
        with pq.ParquetWriter(sample, batch.schema) as writer:
            writer.write_batch(batch)
        return
    opened = gzip.open if file.suffix == ".gz" else open
    # In UTF-16, lines end with two bytes; such a file is taken whole.
    with unpacked(file) as stream, opened(sample, "wb") as out:
        out.writelines(stream if source.encoding == "utf-16" else islice(stream, lines))


def _rows(con: DuckDBPyConnection) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for kind in KINDS:
        rows = con.execute(f"FROM landed_{kind.name} ORDER BY _row LIMIT {ROWS}").to_arrow_table().to_pylist()
        kept = [key for key in (rows[0] if rows else []) if any(row[key] is not None for row in rows)]
        found += [(kind.name, {key: row[key] for key in kept if key not in _HIDDEN}) for row in rows]
    return found


def _failing(con: DuckDBPyConnection, mapper: Mapper) -> list[Failing]:
    """The refused records by column and reason, with values of the expression that should have given the column."""
    grouped = con.execute(
        """SELECT coalesce("column", '') AS place, reason, count(*), list(_row ORDER BY line) FROM refused
        GROUP BY ALL ORDER BY 3 DESC, 1, 2"""
    ).fetchall()
    texts = mapper.texts()
    failing = []
    for column, reason, count, rows in grouped:
        values = []
        if column in texts:
            listed = [row for row in rows if row is not None]
            query = f"""SELECT DISTINCT left({texts[column]}, 60) AS value FROM records WHERE list_contains(?, rowid)
                ORDER BY 1 LIMIT {EXAMPLES}"""
            values = [value for (value,) in con.execute(query, [listed]).fetchall()]
        failing.append(Failing(column, reason, count, [value for value in values if value is not None]))
    return failing


def described(tried: Tried) -> list[str]:
    """What became of a sample, as lines that a person reads."""
    if tried.file is None:
        return [f"{tried.source}: no file"]
    counts = ", ".join(f"{count:,} {part}" for part, count in tried.ledger.items())
    lines = [f"{tried.source}, from {tried.file}: {counts}"]
    for number, (kind, row) in enumerate(tried.rows, 1):
        values = "  ".join(f"{key}={_shown(value)}" for key, value in row.items() if value is not None)
        lines.append(f"  {number:>2} {_CALLED[kind]}: {values}")
    for failing in tried.failing:
        where = f"{failing.column}: " if failing.column else ""
        values = f", such as {', '.join(map(repr, failing.values))}" if failing.values else ""
        lines.append(
            f"  refused: {where}{failing.reason} in {failing.records:,} record{'s' * (failing.records > 1)}{values}"
        )
    return lines + [f"  breaks the plan: {said} in {count:,} events" for said, count in tried.violations.items()]


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(_shown(each) for each in value)
    if isinstance(value, dict):
        return ":".join(map(_shown, value.values()))
    text = str(value)
    # A pseudonym is as good as its beginning.
    return text[:6] + "…" if re.fullmatch("[0-9a-f]{32}", text) else text[:40]
