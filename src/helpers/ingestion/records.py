"""Counts and places the records of a text file, apart from any parser (RFC 4180: a newline in quotes is data)."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

_CHUNK = 16 * 2**20
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34


class Records(NamedTuple):
    """Where the records of one file stand, blank lines left out.

    Attributes:
        offsets: First byte of each record in the unpacked file, shape (n,).
        lengths: Its bytes without the newline, shape (n,).
        lines: The line it starts on, from 1, shape (n,).
    """

    offsets: np.ndarray
    lengths: np.ndarray
    lines: np.ndarray


def scan(file: Path, *, quoted: bool, header: bool) -> Records:
    """Find every record of a text file, plain or gzip.

    Args:
        file: The file.
        quoted: Whether quotes may hold newlines, as in delimited text.
        header: Whether the first record is a header, which is then left out.
    """
    parts = list(_record_ends(file, quoted=quoted))
    ends, lines, blank = (np.concatenate(part) for part in zip(*parts, strict=True))
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1] + 1])
    first_lines = np.concatenate([np.ones(1, dtype=np.int64), lines[:-1] + 1])
    lengths = ends - starts
    kept = (lengths > 0) & ~((lengths == 1) & blank)
    if header and kept.any():
        kept[np.argmax(kept)] = False
    return Records(starts[kept], lengths[kept], first_lines[kept])


def _record_ends(file: Path, *, quoted: bool) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """For each chunk: offset of each newline that ends a record, its line, whether a carriage return precedes it."""
    offset, line, open_quote, last = 0, 0, 0, _NEWLINE
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            data = np.frombuffer(chunk, dtype=np.uint8)
            newline = data == _NEWLINE
            line_of = line + np.cumsum(newline)
            is_end = newline
            if quoted:
                inside = (np.cumsum(data == _QUOTE) + open_quote) % 2
                is_end = newline & (inside == 0)
                open_quote = int(inside[-1])
            ends = np.flatnonzero(is_end)
            before = np.where(ends > 0, data[ends - 1], last)
            yield ends + offset, line_of[ends], before == _RETURN
            offset, line, last = offset + len(data), int(line_of[-1]), int(data[-1])
    if last != _NEWLINE or open_quote:
        yield np.array([offset]), np.array([line + 1]), np.array([last == _RETURN])
    elif offset == 0:
        yield np.array([0]), np.array([1]), np.array([False])
