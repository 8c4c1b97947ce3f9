"""Delimited text with quotes that are never closed: the line at fault is taken out, and reading resumes after it."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers.datasets.settings import Source
from helpers.ingestion.reading.records import Records, unpacked

# A quoted text of more lines than this is taken for one that nobody closed.
LONGEST_TEXT = 1000


class Line(NamedTuple):
    """One physical line: its number from 1, its first byte, its bytes with the newline."""

    number: int
    offset: int
    text: bytes


class Mended(NamedTuple):
    """What mending found.

    Attributes:
        good: Places of the records that were written out, shape (n,) each; numbers count a header.
        stray: Places of the lines that were taken out.
        columns: The column at fault of each of these, None where it is beyond the last.
    """

    good: Records
    stray: Records
    columns: list[str | None]


def mend(file: Path, source: Source, columns: list[str], target: Path) -> Mended:
    """Copy a delimited file without the physical lines on which a quote is stray or left open.

    A quote opens a field where the field begins, and closes it before a delimiter or the end of a line (RFC 4180);
    twice, it stands for itself. A text over several lines is a record only if it is closed and its columns are as many
    as they should be.

    Args:
        file: The file, plain or gzip, in an encoding of one byte a unit.
        source: Its source, which says how it is delimited.
        columns: The file's columns.
        target: Where to write the copy.
    """
    grammar = _Grammar(source.delimiter.encode("latin-1"), columns)
    good, stray, names = [], [], []
    with unpacked(file) as stream, target.open("wb") as out:
        for record, fault in _records(_lines(stream), grammar):
            if fault is None:
                out.writelines(line.text for line in record)
                good.append(_place(record))
            else:
                stray.append(_place(record))
                names.append(grammar.column(fault))
    header = int(source.header)
    return Mended(_as_records(good[header:], first=header + 1), _as_records(stray, first=1), names)


class _Grammar:
    """What a whole record looks like, and what one whose last text is still open does."""

    def __init__(self, delimiter: bytes, columns: list[str]) -> None:
        mark = re.escape(delimiter)
        field = rb'(?:"(?:[^"]|"")*+"|[^"\r\n' + mark + rb"]*+)"
        self._columns = columns
        self._delimiter = delimiter.decode("latin-1")
        self._whole = re.compile(rb"%b(?:%b%b)*+\r?\n?" % (field, mark, field))
        self._begun = re.compile(rb'(?:%b%b)*+"(?:[^"]|"")*+' % (field, mark))
        self._field = re.compile(rb"%b%b" % (field, mark))

    def whole(self, text: bytes, lines: int) -> bool:
        """Whether the text is a record; over several lines, only with the columns that it should have."""
        if not self._whole.fullmatch(text):
            return False
        return lines == 1 or self._count(text) == len(self._columns)

    def begun(self, text: bytes) -> bool:
        """Whether the text could be the beginning of a record over several lines."""
        return self._begun.fullmatch(text) is not None

    def column(self, text: bytes) -> str | None:
        """The first column of a line that is not as it should be."""
        count, place = 0, 0
        while found := self._field.match(text, place):
            count, place = count + 1, found.end()
        return self._columns[count] if count < len(self._columns) else None

    def _count(self, text: bytes) -> int:
        lines = text.decode("latin-1").splitlines(keepends=True)
        return len(next(csv.reader(lines, delimiter=self._delimiter)))


def _records(lines: Iterator[Line], grammar: _Grammar) -> Iterator[tuple[list[Line], bytes | None]]:
    """Records that hold anything, as their lines, and beside one that is taken out its text."""
    waiting: deque[Line] = deque()
    while line := waiting.popleft() if waiting else next(lines, None):
        record = [line]
        while True:
            text = b"".join(each.text for each in record)
            if b'"' not in text or grammar.whole(text, len(record)):
                if text.strip(b"\r\n"):
                    yield record, None
                break
            further = waiting.popleft() if waiting else next(lines, None)
            if further is None or len(record) == LONGEST_TEXT or not grammar.begun(text):
                waiting.extendleft(reversed(record[1:] + ([further] if further else [])))
                yield [line], line.text
                break
            record.append(further)


def _lines(stream: Iterator[bytes]) -> Iterator[Line]:
    offset = 0
    for number, text in enumerate(stream, 1):
        yield Line(number, offset, text)
        offset += len(text)


def _place(record: list[Line]) -> tuple[int, int, int]:
    length = sum(len(line.text) for line in record) - record[-1].text.endswith(b"\n")
    return record[0].offset, length, record[0].number


def _as_records(places: list[tuple[int, int, int]], *, first: int) -> Records:
    table = np.array(places, dtype=np.int64).reshape(-1, 3)
    return Records(table[:, 0], table[:, 1], table[:, 2], np.arange(first, first + len(table)))
