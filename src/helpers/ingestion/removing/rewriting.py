"""Writes one raw file anew, without the records of who is forgotten and their identifiers in those of others."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from helpers.datasets.engine import quote, quoted
from helpers.ingestion.mapping.mapping import Mapper
from helpers.ingestion.reading.delivery import Delivery
from helpers.ingestion.reading.readers import Read
from helpers.ingestion.reading.records import unpacked
from helpers.ingestion.sql import name
from helpers.privacy import forms

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Verdict(NamedTuple):
    """What becomes of the rows of a file.

    Attributes:
        gone: Records of who is forgotten.
        masked: Records of others that hold one of their identifiers.
        old: Records of folded events alone; what else they said is kept elsewhere.
        live: Records of events that are not folded; only told where some are.
        undated: Records of events whose time cannot be read.
    """

    gone: set[int]
    masked: set[int]
    old: set[int]
    live: set[int]
    undated: set[int]


NOTHING = Verdict(set(), set(), set(), set(), set())


class Staged(NamedTuple):
    """A file that has been read, with what is known of who is forgotten in it."""

    delivery: Delivery
    mapper: Mapper
    found: Read
    verdict: Verdict


def text(staged: Staged, telling: set[str], known: set[str], aside: Path) -> bool:
    """Write a text file without them; whether anything had to change."""
    with unpacked(staged.delivery.path) as stream:
        content = stream.read()
    encoding = _unit_encoding(staged.mapper.source.encoding, content)
    places, rows = staged.found.places, staged.found.rows
    gone = {int(rows[row]) for row in staged.verdict.gone | staged.verdict.old}
    masked = {int(rows[row]) for row in staged.verdict.masked}
    unread = {fault.place for fault in staged.found.faults} - set(rows.tolist())
    everything, anywhere = forms.finder(known), forms.finder(telling)
    edits: dict[int, bytes] = {}

    def record(place: int) -> str:
        begin = int(places.offsets[place])
        return content[begin : begin + int(places.lengths[place])].decode(encoding, "surrogateescape")

    gone |= _among_old(staged, unread)
    for place in gone:
        edits[place] = _line_ends(record(place)).encode(encoding)
    for place in unread - gone:
        # What no parser could read is nobody's, and holds no row that somebody would miss.
        if everything and everything.search(record(place)):
            edits[place] = _line_ends(record(place)).encode(encoding)
    holding = masked | _holding(content, encoding, places.offsets, telling) - edits.keys()
    for place in holding - edits.keys():
        left = record(place)
        for pattern in (everything if place in masked else None, anywhere):
            left = pattern.sub("", left) if pattern else left
        if left != record(place):
            edits[place] = left.encode(encoding, "surrogateescape")
    if not edits:
        return False
    parts, end = [], 0
    for place in sorted(edits):
        begin = int(places.offsets[place])
        parts += [content[end:begin], edits[place]]
        end = begin + int(places.lengths[place])
    changed = b"".join([*parts, content[end:]])
    aside.write_bytes(gzip.compress(changed, mtime=0) if staged.delivery.path.suffix == ".gz" else changed)
    return True


def _among_old(staged: Staged, unread: set[int]) -> set[int]:
    """Places of records without a time that can be read, whose nearest neighbours with one are folded."""
    verdict, rows = staged.verdict, staged.found.rows
    if not verdict.old:
        return set()
    dated = np.sort(rows[sorted(verdict.old | verdict.live)])
    is_old = np.isin(dated, rows[sorted(verdict.old)])
    asked = np.array(sorted(unread | set(rows[sorted(verdict.undated)].tolist())), dtype=np.int64)
    after = np.searchsorted(dated, asked)
    old_before = np.where(after > 0, is_old[np.maximum(after - 1, 0)], True)
    old_after = np.where(after < len(dated), is_old[np.minimum(after, len(dated) - 1)], True)
    return set(asked[old_before & old_after].tolist())


def _unit_encoding(encoding: str, content: bytes) -> str:
    """An encoding for a part of a file; UTF-16 says at its beginning which way round it is."""
    if encoding == "utf-16":
        return "utf-16-be" if content[:2] == b"\xfe\xff" else "utf-16-le"
    return encoding


def _line_ends(text: str) -> str:
    """The line ends within a record, and what of its own belongs to it."""
    return "".join(re.findall("\r?\n", text)) + ("\r" if text.endswith("\r") else "")


def _holding(content: bytes, encoding: str, offsets: np.ndarray, telling: set[str]) -> set[int]:
    """The records in which such a text may stand, in any case."""
    listed = {form.encode(encoding) for value in telling for form in (value, value.lower(), value.upper())}
    if not listed or not len(offsets):
        return set()
    pattern = re.compile(b"|".join(map(re.escape, sorted(listed, key=len, reverse=True))), re.IGNORECASE)
    found = np.array([match.start() for match in pattern.finditer(content)], dtype=np.int64)
    return set((np.searchsorted(offsets, found, side="right") - 1).clip(min=0).tolist())


def parquet(con: DuckDBPyConnection, staged: Staged, telling: set[str], known: set[str], aside: Path) -> bool:
    """Write a Parquet file without them; whether anything had to change.

    Where an expression uses the place of a record, an empty record stays in its place.
    """
    table = f"read_parquet({quote(str(staged.delivery.path))}, file_row_number = true)"
    types = {column: dtype for column, dtype, *_ in con.execute(f"DESCRIBE FROM {table}").fetchall()}
    del types["file_row_number"]
    pattern = "|".join(re.escape(value.lower()) for value in sorted(telling, key=len, reverse=True))
    # The bounds of `forms.finder`, for an engine that cannot look ahead.
    held = f"(^|[^\\pL\\pN_.%+-])({pattern})([.]?$|[.]?[^\\pL\\pN_.-])" if telling else "a^"
    con.execute("CREATE OR REPLACE TEMP TABLE judged_rows (row BIGINT, gone BOOLEAN)")
    leaving = staged.verdict.gone | staged.verdict.old
    for rows, gone in ((leaving, True), (staged.verdict.masked, False)):
        con.execute("INSERT INTO judged_rows SELECT unnest(?::BIGINT[]), ?", [sorted(rows), gone])
    exact = quoted(value.lower() for value in sorted(known)) or "NULL"
    cells = {column: f"lower(CAST({name(column)} AS VARCHAR))" for column in types}
    bad = {
        column: f"(gone IS FALSE AND {cell} IN ({exact})) OR regexp_matches({cell}, {quote(held)})"
        for column, cell in cells.items()
    }
    keep_place = staged.mapper.needs_lines
    columns = ", ".join(
        f"CASE WHEN NOT coalesce({test}, false){' AND gone IS NOT TRUE' if keep_place else ''} "
        f"THEN {name(column)} END AS {name(column)}"
        for column, test in bad.items()
    )
    rows = f"FROM {table} LEFT JOIN judged_rows ON row = file_row_number"
    changed = f"SELECT count(*) {rows} WHERE gone OR {' OR '.join(f'({test})' for test in bad.values())}"
    if not con.execute(changed).fetchone()[0]:
        return False
    where = "" if keep_place else "WHERE gone IS NOT TRUE"
    con.execute(
        f"COPY (SELECT {columns} {rows} {where} ORDER BY file_row_number) TO {quote(str(aside))} (FORMAT parquet)"
    )
    return True


def lines(file: Path, telling: set[str], aside: Path) -> bool:
    """Write a lookup file without the lines that hold them; whether there were any."""
    pattern = forms.finder(telling)
    with file.open(encoding="utf-8", errors="surrogateescape", newline="") as stream:
        there = stream.readlines()
    left = [line for line in there if not (pattern and pattern.search(line))]
    if len(left) == len(there):
        return False
    with aside.open("w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        stream.writelines(left)
    return True
