"""Reads one file: its records become rows of events, attributes, products and consents, or are refused."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.datasets.engine import quote, quoted
from helpers.errors import DataRefused
from helpers.ingestion.mapping.identifiers import look_up_pseudonyms
from helpers.ingestion.mapping.mapping import Mapper
from helpers.ingestion.reading import lookups
from helpers.ingestion.reading.delivery import Delivery
from helpers.ingestion.reading.readers import BROKEN, Read, number_lines, read

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.ingestion.mapping.forgotten import Kept
    from helpers.privacy import Pseudonymiser

REFUSED = "refused"
_LONGEST_CAUSE = 200


def admit(
    con: DuckDBPyConnection,
    mapper: Mapper,
    delivery: Delivery,
    folder: Path,
    pseudonymiser: Pseudonymiser,
    *,
    kept: Kept | None = None,
) -> dict[str, object]:
    """Write the rows of one file into a folder as <kind>-<block>.parquet, and its faults as refused.parquet.

    Args:
        con: DuckDB connection with the macros and, where the data set has rates, temp table `rates`.
        mapper: The mapper of its source.
        delivery: The file.
        folder: An empty folder.
        pseudonymiser: Turns its identifiers into pseudonyms.
        kept: What is kept of who was forgotten, if anything is.

    Returns:
        Its book: rows_read, rows_skipped, rows_understood, columns_added, quarantine_reason.

    Raises:
        DataRefused: If a file of a required source is damaged or has another header.
    """
    try:
        found = stage(con, mapper, delivery, pseudonymiser)
    except BROKEN as error:
        cause = str(error).splitlines()[0].rstrip(".")
        source = mapper.source
        if source.required:
            raise DataRefused(
                f"{delivery.path}: this cannot be read as {source.format} text in {source.encoding}: {cause}. The file "
                "was cut short or damaged, or its line ends are mixed; ask for it again, or correct source "
                f"{source.name!r} in dataset.toml."
            ) from None
        return _book(quarantine_reason=cause[:_LONGEST_CAUSE])
    keeps_away = kept is not None and kept.find(con, mapper.identifiers())
    faults = [(row, reason, None) for reason, when in mapper.refused_by_rule() for row in _rows(con, when)]
    for number, (kind, query) in enumerate(mapper.queries()):
        if keeps_away:
            query = kept.without(con, kind, query)  # noqa: PLW2901 - the same query, with less in it
        rows = f"SELECT {quote(delivery.content)} AS _file, * FROM ({query})"
        faults += _write_block(con, rows, folder / f"{kind.name}-{number}.parquet")
    _write_refused(con, delivery, found, faults, folder / f"{REFUSED}.parquet")
    bad = {row for row, _, _ in faults}
    ruled = " OR ".join(when for _, when in mapper.refused_by_rule()) or "false"
    passed_over = f"SELECT count(*) FROM records WHERE NOT ({mapper.asked_for()}) AND NOT ({ruled})"
    rows = con.execute("SELECT count(*) FROM records").fetchone()[0]
    dropped = _left_without_rows(con, folder) - bad if keeps_away else set()
    return _book(
        rows_read=rows if found.places is None else len(found.places.offsets),
        rows_skipped=con.execute(passed_over).fetchone()[0] + len(dropped),
        rows_understood=_understood(con, folder, bad),
        columns_added=found.added,
    )


def stage(con: DuckDBPyConnection, mapper: Mapper, delivery: Delivery, pseudonymiser: Pseudonymiser) -> Read:
    """Read a file into temp tables `records` and `pseudonyms`, as the queries of its mapper need them.

    Raises:
        DataRefused: If it has another header.
        One of BROKEN: If it is not what its source says that it is.
    """
    found = read(con, mapper.source, delivery.path)
    for lookup in mapper.source.lookups:
        lookups.join(con, lookup, delivery.root)
    if mapper.needs_lines:
        number_lines(con, found)
    look_up_pseudonyms(con, mapper.identifiers(), pseudonymiser)
    return found


def _book(
    *,
    rows_read: int = 0,
    rows_skipped: int = 0,
    rows_understood: int = 0,
    columns_added: list[str] | None = None,
    quarantine_reason: str | None = None,
) -> dict[str, object]:
    return {
        "rows_read": rows_read,
        "rows_skipped": rows_skipped,
        "rows_understood": rows_understood,
        "columns_added": columns_added or [],
        "quarantine_reason": quarantine_reason,
    }


def _understood(con: DuckDBPyConnection, folder: Path, bad: set[int]) -> int:
    """Records that gave rows and have no fault, counted by those rows."""
    files = [file for file in folder.glob("*.parquet") if file.stem != REFUSED]
    if not files:
        return 0
    listed = quoted(map(str, files))
    counted = "_row" if len(files) == 1 else "DISTINCT _row"
    rows = con.execute(f"SELECT count({counted}) FROM read_parquet([{listed}], union_by_name = true)").fetchone()[0]
    if not bad:
        return rows
    there = (
        f"SELECT count(DISTINCT _row) FROM read_parquet([{listed}], union_by_name = true) WHERE list_contains(?, _row)"
    )
    return rows - con.execute(there, [sorted(bad)]).fetchone()[0]


def _left_without_rows(con: DuckDBPyConnection, folder: Path) -> set[int]:
    """Records that would have given rows and give none, being of who was forgotten or of what is folded."""
    kept_away = "SELECT _row FROM judged WHERE dropped UNION SELECT _row FROM expired"
    dropped = {row for (row,) in con.execute(kept_away).fetchall()}
    for file in folder.glob("*.parquet"):
        there = f"SELECT DISTINCT _row FROM read_parquet({quote(str(file))}) WHERE list_contains(?, _row)"
        dropped -= {row for (row,) in con.execute(there, [sorted(dropped)]).fetchall()}
    return dropped


def _rows(con: DuckDBPyConnection, when: str) -> list[int]:
    return [row for (row,) in con.execute(f"SELECT rowid FROM records WHERE {when}").fetchall()]


def _write_block(con: DuckDBPyConnection, query: str, file: Path) -> list[tuple[int, str, str | None]]:
    """Store what a block makes of the records; its faults as (row, reason, column)."""
    (count,) = con.execute(f"COPY ({query}) TO {quote(str(file))} (FORMAT parquet)").fetchone()
    if not count:
        file.unlink()
        return []
    found = con.execute(f"SELECT _row, fault FROM read_parquet({quote(str(file))}) WHERE fault IS NOT NULL").fetchall()
    return [(row, *_reason_and_column(fault)) for row, fault in found]


def _reason_and_column(fault: str) -> tuple[str, str | None]:
    reason, _, column = fault.partition(":")
    return reason, column or None


def _write_refused(
    con: DuckDBPyConnection, delivery: Delivery, found: Read, faults: list[tuple[int, str, str | None]], file: Path
) -> None:
    """Store where the records with a fault stand, one row each, the first fault of each."""
    first: dict[int, tuple[int | None, str, str | None]] = {}
    for row, reason, column in faults:
        first.setdefault(row if found.rows is None else int(found.rows[row]), (row, reason, column))
    first |= {fault.place: (None, fault.reason, fault.column) for fault in found.faults}
    if not first:
        return
    at = np.array(sorted(first))
    rows, reasons, columns = zip(*(first[int(place)] for place in at), strict=True)
    known = found.places
    frame = pd.DataFrame(
        {
            "_file": delivery.content,
            "_row": pd.array(rows, "Int64"),
            "line": at + 1 if known is None else known.lines[at],
            "byte_offset": pd.array([pd.NA] * len(at) if known is None else known.offsets[at], "Int64"),
            "byte_length": pd.array([pd.NA] * len(at) if known is None else known.lengths[at], "Int64"),
            "column": pd.array(columns, "string"),
            "reason": pd.array(reasons, "string"),
        }
    )
    con.register("refused_frame", frame)
    con.execute(f"COPY (FROM refused_frame) TO {quote(str(file))} (FORMAT parquet)")
    con.unregister("refused_frame")
