"""One source at a time, staged and mapped without a shop around it."""

from __future__ import annotations

import gzip
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from helpers.datasets.engine import connect
from helpers.datasets.settings import Settings

from helpers.ingestion.delivery import Delivery
from helpers.ingestion.ingest import _prepare
from helpers.ingestion.mapping import Mapper
from helpers.ingestion.readers import stage
from helpers.ingestion.records import Records

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
NO_EMIT = """
[[source.emit]]
event = "Order Completed"
timestamp = "'2025-01-01'"
"""


class Staged(NamedTuple):
    """What reading one file gave: records as (line, texts…), faults as (line, reason, column), places."""

    records: list[tuple[Any, ...]]
    faults: list[tuple[int, str, str | None]]
    places: Records | None


class Bench:
    """An engine with the tables of an ingestion, and a folder for one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.con = connect().con
        _prepare(self.con)

    def settings(self, source: str, timezone: str) -> Settings:
        return Settings.model_validate(tomllib.loads(HEAD.format(timezone=timezone) + textwrap.dedent(source)))

    def read(self, source: str, content: str | bytes, *, file: str = "log.txt", emit: str = NO_EMIT) -> Staged:
        """Stage one file of a source that `source` (TOML, its format and columns) describes."""
        data = content.encode() if isinstance(content, str) else content
        path = self.folder / file
        path.write_bytes(gzip.compress(data) if file.endswith(".gz") and isinstance(content, str) else data)
        return self.stage(self.settings(source + emit, "Europe/Berlin"), path)

    def map(self, source: str, content: str | bytes, *, file: str = "log.txt", timezone: str = "Europe/Berlin") -> Any:
        data = content.encode() if isinstance(content, str) else content
        path = self.folder / file
        path.write_bytes(data)
        settings = self.settings(source, timezone)
        self.stage(settings, path)
        for table in ("emitted", "told", "offered", "consented", "asked"):
            self.con.execute(f"DELETE FROM {table}")
        Mapper(self.con, settings, settings.sources[0]).map()
        parts = [self.con.execute(f"SELECT * FROM {table} ORDER BY ALL").to_arrow_table().to_pylist() for table in ("told", "offered", "consented")]; ev=self.con.execute("SELECT * REPLACE (timestamp::VARCHAR AS timestamp) FROM emitted").to_arrow_table().to_pylist(); parts=[ev,*parts]
        faults = self.con.execute("SELECT _line, reason, column_name FROM faults ORDER BY _line, rowid").fetchall()
        return Mapped(*parts, faults)

    def stage(self, settings: Settings, path: Path) -> Staged:
        self.con.execute("DELETE FROM faults")
        delivery = Delivery(number=0, source="log", root=self.folder, path=path, digest="", copy_of=None)
        places = stage(self.con, settings.sources[0], [delivery])[0]
        records = self.con.execute("SELECT * EXCLUDE (_file) FROM records ORDER BY _line").fetchall()
        faults = self.con.execute("SELECT _line, reason, column_name FROM faults ORDER BY _line").fetchall()
        return Staged(records, faults, places)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield Bench(tmp_path)


class Mapped(NamedTuple):
    """What mapping gave: events, attributes, products, consents as dicts, faults as (line, reason, column)."""

    events: list[dict[str, Any]]
    told: list[dict[str, Any]]
    offered: list[dict[str, Any]]
    consented: list[dict[str, Any]]
    faults: list[tuple[int, str, str | None]]
