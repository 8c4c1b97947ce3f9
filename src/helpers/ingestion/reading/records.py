"""Counts and places the records of a text file, apart from any parser (RFC 4180: a newline in quotes is data)."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

_CHUNK = 16 * 2**20
_TAB, _NEWLINE, _RETURN, _BLANK, _QUOTE = 9, 10, 13, 32, 34
# A packed file may grow by this much; text logs grow 5- to 50-fold, a bomb about 1,000-fold.
LARGEST_RATIO = 250
RATIO_FROM = 64 * 2**20
LONGEST_RECORD = 16 * 2**20


class Oversized(ValueError):
    """A file whose text would cost more memory than any log needs."""


class Records(NamedTuple):
    """Where the records of one file stand, blank lines left out.

    Attributes:
        offsets: First byte of each record in the unpacked file, shape (n,).
        lengths: Its bytes without the newline, shape (n,).
        lines: The line it starts on, from 1, shape (n,).
        numbers: Its place, from 1, when a header and blank lines are counted too, shape (n,).
        left_open: Whether the file ends within a quoted text.
    """

    offsets: np.ndarray
    lengths: np.ndarray
    lines: np.ndarray
    numbers: np.ndarray
    left_open: bool = False


def unpacked(file: Path) -> IO[bytes]:
    """The bytes of a file, unpacked where its name ends with .gz."""
    return gzip.open(file) if file.suffix == ".gz" else file.open("rb")


def scan(file: Path, *, quoted: bool, header: bool, encoding: str = "utf-8") -> Records:
    """Find every record of a text file, plain or gzip.

    Args:
        file: The file.
        quoted: Whether quotes may hold newlines, as in delimited text; blanks and tabs alone are then a record.
        header: Whether the first record is a header, which is then left out.
        encoding: One of the encodings of dataset.toml.

    Raises:
        Oversized: If a record is longer than 16 MiB, or packed text grows more than 250-fold.
    """
    parts = list(_record_ends(file, quoted=quoted, encoding=encoding))
    ends, lines, solid, within = (np.concatenate(part) for part in zip(*parts, strict=True))
    width = 2 if encoding == "utf-16" else 1
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1] + 1])
    first_lines = np.concatenate([np.ones(1, dtype=np.int64), lines[:-1] + 1])
    kept = np.flatnonzero(solid)[int(header) :]
    return Records(starts[kept] * width, (ends - starts)[kept] * width, first_lines[kept], kept + 1, bool(within[-1]))


def _record_ends(file: Path, *, quoted: bool, encoding: str) -> Iterator[tuple[np.ndarray, ...]]:
    """For each chunk: place of each newline that ends a record, its line, whether the record holds anything.

    And at last whether it ends within a quoted text.
    """
    offset, line, open_quote, begun, last_end = 0, 0, 0, False, -1
    packed = file.stat().st_size if file.suffix == ".gz" else None
    with unpacked(file) as stream:
        unit = np.dtype(_unit(encoding, stream.peek(2)[:2]))
        while chunk := stream.read(_CHUNK):
            data = np.frombuffer(chunk + bytes(-len(chunk) % unit.itemsize), dtype=unit)
            ends = np.flatnonzero(data == _NEWLINE)
            lines = line + 1 + np.arange(len(ends))
            line += len(ends)
            if quoted:
                quotes = np.flatnonzero(data == _QUOTE)
                outside = (np.searchsorted(quotes, ends) + open_quote) % 2 == 0
                ends, lines = ends[outside], lines[outside]
                open_quote = (open_quote + len(quotes)) % 2
            solid, begun = _solid(data, ends, begun=begun, quoted=quoted)
            _refuse_oversized(np.append(ends + offset, offset + len(data)), last_end, unit.itemsize, packed)
            last_end = int(ends[-1]) + offset if len(ends) else last_end
            yield ends + offset, lines, solid, np.zeros(0, dtype=bool)
            offset += len(data)
    yield np.array([offset]), np.array([line + 1]), np.array([begun]), np.array([bool(open_quote)])


def _solid(data: np.ndarray, ends: np.ndarray, *, begun: bool, quoted: bool) -> tuple[np.ndarray, bool]:
    """Whether each record that ends in a chunk holds anything, and whether the one left open does."""
    nothing = [_NEWLINE, _RETURN] if quoted else [_NEWLINE, _RETURN, _TAB, _BLANK]
    starts = np.concatenate([[0], ends + 1])
    starts = starts[starts < len(data)]
    solid = np.isin(data[starts], nothing, invert=True)
    # What begins with nothing may still hold something: those few are looked at whole.
    for place in np.flatnonzero(~solid):
        stop = ends[place] if place < len(ends) else len(data)
        solid[place] = bool(np.isin(data[starts[place] : stop], nothing, invert=True).any())
    if len(solid):
        solid[0] |= begun
    left_open = len(solid) > len(ends) and bool(solid[-1])
    return solid[: len(ends)], left_open


def _refuse_oversized(ends: np.ndarray, last_end: int, width: int, packed: int | None) -> None:
    longest = int(np.diff(ends, prepend=last_end).max()) * width
    if longest > LONGEST_RECORD:
        raise Oversized(f"a record is longer than {LONGEST_RECORD // 2**20} MiB")
    total = int(ends[-1]) * width
    if packed is not None and total > max(RATIO_FROM, LARGEST_RATIO * packed):
        raise Oversized(f"its text is more than {LARGEST_RATIO} times as large as the packed file")


def _unit(encoding: str, mark: bytes) -> str:
    """The smallest unit of an encoding; UTF-16 says by its byte-order mark which way round it is."""
    if encoding != "utf-16":
        return "u1"
    return ">u2" if mark == codecs.BOM_UTF16_BE else "<u2"
