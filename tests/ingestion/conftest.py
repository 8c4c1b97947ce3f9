"""One source and one file at a time, staged and mapped without a shop around them."""

from __future__ import annotations

import gzip
import textwrap
import tomllib
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest
from duckdb import DuckDBPyConnection

from helpers.datasets.engine import connect
from helpers.datasets.plan import tracking_plan
from helpers.datasets.settings import Settings
from helpers.datasets.tables.ingestion import EVENTS
from helpers.ingestion.delivery import Delivery
from helpers.ingestion.ingest import _prepare
from helpers.ingestion.mapping import Mapper
from helpers.ingestion.readers import stage
from helpers.ingestion.records import Records
from tests.conftest import Log

HEAD = """
name = "tiny"
title = "A tiny shop"
currency = "EUR"
timezone = "{timezone}"
[report]
owner = "Somebody"
contact = "somebody@example.com"
[[source]]
name = "log"
files = ["*"]
"""
NO_MATTER = """
[[source.emit]]
event = "Order Completed"
timestamp = "'2025-01-01'"
"""

Fault = tuple[int, str, str | None]


class Staged(NamedTuple):
    """What reading one file gave: records as (line, texts …), faults as (line, reason, column), places."""

    records: list[tuple[Any, ...]]
    faults: list[Fault]
    places: Records | None


class Mapped(NamedTuple):
    """What mapping gave, each row a dict, and faults as (line, reason, column)."""

    events: list[dict[str, Any]]
    attributes: list[dict[str, Any]]
    products: list[dict[str, Any]]
    consents: list[dict[str, Any]]
    faults: list[Fault]


class Bench:
    """An engine with the temp tables of an ingestion, and a folder for the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.con = connect().con

    def read(self, source: str, content: str | bytes, *, file: str = "log.txt") -> Staged:
        """Stage one file of the source that `source` (TOML: format, columns …) describes."""
        return self._stage(_settings(source + NO_MATTER, "UTC"), self.put(file, content))

    def map(self, source: str, content: str, *, timezone: str = "Europe/Berlin") -> Mapped:
        """Stage one file of a whole source, emit blocks and all, and map its records."""
        settings = _settings(source, timezone)
        self._stage(settings, self.put("log.txt", content))
        Mapper(self.con, settings, settings.sources[0]).map()
        parts = [self._rows(table) for table in ("emitted", "told", "offered", "consented")]
        return Mapped(*parts, self._faults())

    def put(self, file: str, content: str | bytes) -> Path:
        """Write a file; text in one that ends with .gz is packed."""
        data = content.encode() if isinstance(content, str) else content
        path = self.folder / file
        path.write_bytes(gzip.compress(data) if file.endswith(".gz") and isinstance(content, str) else data)
        return path

    def _stage(self, settings: Settings, path: Path) -> Staged:
        _prepare(self.con, tracking_plan())
        delivery = Delivery(number=0, source="log", root=self.folder, path=path, digest="", copy_of=None)
        places = stage(self.con, settings.sources[0], [delivery])[0]
        records = self.con.execute("SELECT * EXCLUDE (_file) FROM records ORDER BY _line").fetchall()
        return Staged(records, self._faults(), places)

    def _faults(self) -> list[Fault]:
        return self.con.execute("SELECT _line, reason, column_name FROM faults ORDER BY _line, rowid").fetchall()

    def _rows(self, table: str) -> list[dict[str, Any]]:
        return self.con.execute(f"SELECT * FROM {table} ORDER BY _line, rowid").to_arrow_table().to_pylist()


def _settings(source: str, timezone: str) -> Settings:
    return Settings.model_validate(tomllib.loads(HEAD.format(timezone=timezone) + textwrap.dedent(source)))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


@pytest.fixture
def source() -> Callable[..., str]:
    """A source in TOML: a format, its columns, and further lines."""

    def write(form: str, *columns: str, **more: object) -> str:
        lines = {"format": form, "columns": list(columns)} | more
        texts = {True: "true", False: "false"}
        return "".join(
            f"{key} = {texts.get(value) if isinstance(value, bool) else value!r}\n" for key, value in lines.items()
        )

    return write


@pytest.fixture
def ready(log: Log) -> Callable[..., DuckDBPyConnection]:
    """A connection whose `events_ready` holds the log, or other rows like it, as ingestion would have made it."""

    def make(rows: list[dict[str, Any]] | None = None) -> DuckDBPyConnection:
        rows = [dict(row) for row in (log.rows if rows is None else rows)]
        for row in rows:
            wall = row["timestamp"].replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
            row["local_time"] = wall.replace(tzinfo=None)
        schema = ibis.schema({column.name: column.dtype for column in EVENTS.columns}).to_pyarrow()
        con = connect().con
        con.register("given", pa.Table.from_pylist(rows, schema=schema))
        con.execute("CREATE TEMP TABLE events_ready AS FROM given")
        return con

    return make


@pytest.fixture
def rows() -> Callable[..., list[dict[str, Any]]]:
    """The rows of a temp table, in an order."""

    def fetch(con: DuckDBPyConnection, table: str, order: str) -> list[dict[str, Any]]:
        return con.execute(f"FROM {table} ORDER BY {order}").to_arrow_table().to_pylist()

    return fetch
