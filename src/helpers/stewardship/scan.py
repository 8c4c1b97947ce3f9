"""Looks for somebody in files of every kind by decoding them: a search of their bytes finds nothing in a packed one."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import duckdb

from helpers.datasets.engine import quote
from helpers.ingestion.sql import name
from helpers.privacy import forms

_PACKED = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"PAR1": "parquet"}
_CLOSED = (b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"Rar!")
_DEEPEST = 4
_LONG = re.compile(r"[A-Za-z0-9+/_-]{64,}={0,2}")
_RUN = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([\"'/\\])")
_TAG = re.compile(r"<[^<>]*>")
# Of numbers and moments only whole ones can be an identifier.
_LOOKED_INTO = ("VARCHAR", "INT", "DECIMAL", "STRUCT", "MAP", "[]", "UUID", "ENUM", "JSON")


class Unreadable(Exception):
    """Nobody can say what is in a file."""


class Scanner:
    """Knows how somebody would look in a file.

    Args:
        values: Their identifiers; those too short to stand for somebody wherever they are found are not looked for.
        names: What tables call them and their identifiers: found wherever they stand.
    """

    def __init__(self, values: Iterable[str], names: Iterable[str]) -> None:
        telling = sorted({value for value in values if forms.is_telling(value)})
        self._lower = [value.lower() for value in telling]
        self._bounded = forms.finder(telling)
        self._names = sorted({each.lower() for each in names})
        spelt = {form for value in telling for form in (value, value.lower(), value.upper())} | set(self._names)
        self._cores = sorted({core for form in spelt for core in _base64_cores(form)})

    def found_in(self, file: Path) -> bool:
        """Whether they are in a file.

        Raises:
            Unreadable: If it is packed in a way that cannot be unpacked here, or broken.
        """
        if self._in_name(file.name):
            return True
        with file.open("rb") as stream:
            if _kind(stream.read(8)) == "parquet":
                return any(map(self._in_text, _parquet_texts(file)))
        return self._in_bytes(file.read_bytes(), 0)

    def _in_bytes(self, content: bytes, depth: int) -> bool:
        kind = _kind(content[:8])
        if depth > _DEEPEST or content.startswith(_CLOSED):
            raise Unreadable
        try:
            if kind == "gzip":
                return self._in_bytes(gzip.decompress(content), depth + 1)
            if kind == "zip":
                with zipfile.ZipFile(io.BytesIO(content)) as packed:
                    members = packed.namelist()
                    return any(self._in_name(each) or self._in_bytes(packed.read(each), depth + 1) for each in members)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError):
            raise Unreadable from None
        return self._in_text(_decoded(content), depth)

    def _in_name(self, name: str) -> bool:
        """Whether a file is called after them, with the ending of its name or without."""
        return self._in_text(f"{name} {Path(name).stem}")

    def _in_text(self, text: str, depth: int = 0) -> bool:
        """Whether they are in a text as it stands, or behind up to three layers of escaping."""
        for _ in range(3):
            if self._stands_in(text) or self._stands_in_base64(text, depth):
                return True
            bare = _unescaped(text)
            if bare == text:
                break
            text = bare
        # Text in pieces, as spreadsheets and pages keep it.
        return "<" in text and self._stands_in(_TAG.sub("", text))

    def _stands_in(self, text: str) -> bool:
        lower = text.lower()
        if any(each in lower for each in self._names):
            return True
        return any(each in lower for each in self._lower) and bool(self._bounded.search(text))

    def _stands_in_base64(self, text: str, depth: int) -> bool:
        runs = {_around(text, place) for core in self._cores for place in _places(text, core)}
        runs.update(_LONG.findall(text) if depth < _DEEPEST else ())
        return any(self._in_run(run, depth + 1) for run in runs)

    def _in_run(self, run: str, depth: int) -> bool:
        try:
            return self._in_bytes(_from_base64(run), depth)
        except Unreadable:
            return False  # any text looks like base64, and may look like a broken file behind it


def _kind(head: bytes) -> str:
    return next((kind for magic, kind in _PACKED.items() if head.startswith(magic)), "")


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _unescaped(text: str) -> str:
    if "\\" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)) if not found[3] else found[3], text)
    if "%" in text:
        text = unquote(text)
    return html.unescape(text) if "&" in text else text


def _parquet_texts(file: Path) -> Iterator[str]:
    """The different texts of each column, as one text."""
    table = f"read_parquet({quote(str(file))})"
    try:
        with duckdb.connect() as con:
            described = con.execute(f"DESCRIBE FROM {table}").fetchall()
            yield "\n".join(column for column, *_ in described)
            for column, dtype, *_ in described:
                if dtype == "BLOB":
                    values = con.execute(f"SELECT DISTINCT {name(column)} FROM {table}").fetchall()
                    yield "\n".join(_decoded(value) for (value,) in values if value is not None)
                elif any(each in dtype for each in _LOOKED_INTO):
                    values = con.execute(f"SELECT DISTINCT CAST({name(column)} AS VARCHAR) FROM {table}").fetchall()
                    yield "\n".join(value for (value,) in values if value is not None)
    except duckdb.Error:
        raise Unreadable from None


def _base64_cores(value: str) -> Iterator[str]:
    """What a text becomes in base64 whatever stands before and after it, in both alphabets."""
    content = value.encode()
    for shift, encode in itertools.product(range(3), (base64.b64encode, base64.urlsafe_b64encode)):
        coded = encode(bytes(shift) + content).decode()
        yield coded[-(-8 * shift // 6) : 8 * (shift + len(content)) // 6]


def _places(text: str, core: str) -> Iterator[int]:
    place = text.find(core)
    while place >= 0:
        yield place
        place = text.find(core, place + 1)


def _around(text: str, place: int) -> str:
    """The whole run of base64 around a place in a text."""
    begin = place
    while begin and _RUN.fullmatch(text[begin - 1]):
        begin -= 1
    return _RUN.match(text, begin)[0]


def _from_base64(run: str) -> bytes:
    plain = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""
