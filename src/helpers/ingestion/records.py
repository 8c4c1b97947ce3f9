"""Counts and places the records of a text file, apart from any parser (RFC 4180: a newline in quotes is data)."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

_CHUNK = 16 * 2**20
_TAB, _NEWLINE, _RETURN, _BLANK, _QUOTE = 9, 10, 13, 32, 34


class Records(NamedTuple):
    """Where the records of one file stand, blank lines left out.

    Attributes:
        offsets: First byte of each record in the unpacked file, shape (n,).
        lengths: Its bytes without the newline, shape (n,).
        lines: The line it starts on, from 1, shape (n,).
        numbers: Its place, from 1, when a header and blank lines are counted too, shape (n,).
    """

    offsets: np.ndarray
    lengths: np.ndarray
    lines: np.ndarray
    numbers: np.ndarray


_NOWHERE = np.zeros(0, dtype=np.int64)
NO_RECORDS = Records(_NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE)


def scan(file: Path, *, quoted: bool, header: bool, encoding: str = "utf-8") -> Records:
    """Find every record of a text file, plain or gzip.

    Args:
        file: The file.
        quoted: Whether quotes may hold newlines, as in delimited text; blanks and tabs alone are then a record.
        header: Whether the first record is a header, which is then left out.
        encoding: One of the encodings of dataset.toml.
    """
    parts = list(_record_ends(file, quoted=quoted, encoding=encoding))
    ends, lines, solid = (np.concatenate(part) for part in zip(*parts, strict=True))
    width = 2 if encoding == "utf-16" else 1
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1] + 1])
    first_lines = np.concatenate([np.ones(1, dtype=np.int64), lines[:-1] + 1])
    kept = np.flatnonzero(solid)[int(header) :]
    return Records(starts[kept] * width, (ends - starts)[kept] * width, first_lines[kept], kept + 1)


def _record_ends(file: Path, *, quoted: bool, encoding: str) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each chunk: place of each newline that ends a record, its line, whether the record holds anything."""
    offset, line, open_quote, begun = 0, 0, 0, False
    nothing = [_NEWLINE, _RETURN] if quoted else [_NEWLINE, _RETURN, _TAB, _BLANK]
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
        unit = np.dtype(_unit(encoding, stream.peek(2)[:2]))
        while chunk := stream.read(_CHUNK):
            data = np.frombuffer(chunk + bytes(-len(chunk) % unit.itemsize), dtype=unit)
            is_end = data == _NEWLINE
            line_of = line + np.cumsum(is_end)
            if quoted:
                inside = (np.cumsum(data == _QUOTE) + open_quote) % 2
                is_end &= inside == 0
                open_quote = int(inside[-1])
            ends = np.flatnonzero(is_end)
            starts = np.concatenate([[0], ends + 1])
            solid = np.logical_or.reduceat(np.isin(data, nothing, invert=True), starts[starts < len(data)])
            solid[0] |= begun
            begun = len(solid) > len(ends) and bool(solid[-1])
            yield ends + offset, line_of[ends], solid[: len(ends)]
            offset, line = offset + len(data), int(line_of[-1])
    yield np.array([offset]), np.array([line + 1]), np.array([begun])


def _unit(encoding: str, mark: bytes) -> str:
    """The smallest unit of an encoding; UTF-16 says by its byte-order mark which way round it is."""
    if encoding != "utf-16":
        return "u1"
    return ">u2" if mark == codecs.BOM_UTF16_BE else "<u2"
