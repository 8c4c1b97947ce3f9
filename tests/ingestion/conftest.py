"""One source and one file at a time, without a shop around them; whole deliveries with their books."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import textwrap
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import ibis
import pyarrow as pa
import pytest
from duckdb import DuckDBPyConnection

from helpers.datasets import Shop
from helpers.datasets.engine import connect
from helpers.datasets.plan import tracking_plan
from helpers.datasets.settings import Settings
from helpers.datasets.tables.ingestion import EVENTS
from helpers.ingestion import ingest
from helpers.ingestion.admit import admit
from helpers.ingestion.derived.sends import find_machines
from helpers.ingestion.derived.sessions import open_visits
from helpers.ingestion.landing import Landed
from helpers.ingestion.mapping.kinds import KINDS
from helpers.ingestion.mapping.mapping import Mapper
from helpers.ingestion.reading.delivery import Delivery
from helpers.ingestion.reading.readers import lines_of, read
from helpers.ingestion.reading.records import Records
from helpers.ingestion.settling import finish, gather
from helpers.ingestion.sql import define_macros
from helpers.privacy import Pseudonymiser
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
NAME = Pseudonymiser(b"a key for tests")
PARTS = ("read", "kept", "rejected", "quarantined", "duplicate", "skipped")
# Under the key of whole shops.
SHOP_NAME = Pseudonymiser(b"public, for tests")
LATEST = datetime(2026, 1, 1)
NO_MATTER = """
[[source.emit]]
event = "Order Completed"
timestamp = "'2025-01-01'"
"""

ORDERS = 'format = "delimited"\ncolumns = ["a"]\n' + NO_MATTER

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
    campaigns: list[dict[str, Any]]
    faults: list[Fault]


class Bench:
    """An engine, and a folder for the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.con = connect().con
        define_macros(self.con)

    def read(self, source: str, content: str | bytes, *, file: str = "log.txt") -> Staged:
        """Read one file of the source that `source` (TOML: format, columns …) describes."""
        settings = _settings(source + NO_MATTER, "UTC")
        found = read(self.con, settings.sources[0], self.put(file, content))
        texts = self.con.execute("SELECT * FROM records ORDER BY rowid").fetchall()
        lines = range(1, len(texts) + 1) if found.places is None else found.places.lines[found.rows].tolist()
        faults = [(int(found.places.lines[place]), reason, column) for place, reason, column in found.faults]
        return Staged([(line, *row) for line, row in zip(lines, texts, strict=True)], faults, found.places)

    def admit(self, source: str, content: str | bytes, *, timezone: str = "UTC", file: str = "log.txt") -> Landed:
        """Land one file of a whole source, emit blocks and all, in the folder landed/."""
        settings = _settings(source, timezone)
        mapper = Mapper(settings, settings.sources[0], tracking_plan(), latest=LATEST)
        digest = hashlib.sha256(self.put(file, content).read_bytes()).hexdigest()
        delivery = Delivery(
            number=0,
            source="log",
            root=self.folder,
            path=self.folder / file,
            digest=digest,
            stored=digest,
            copy_of=None,
        )
        landed = self.folder / "landed"
        shutil.rmtree(landed, ignore_errors=True)
        landed.mkdir()
        book = admit(self.con, mapper, delivery, landed, NAME)
        return Landed(delivery=delivery, folder=landed, landed_at=LATEST, **book)

    def map(self, source: str, content: str, *, timezone: str = "Europe/Berlin") -> Mapped:
        """Land one file, and what its records became."""
        gather(self.con, [self.admit(source, content, timezone=timezone)])
        emit = {"events": ", _emit"}
        parts = [self._rows(f"SELECT * FROM landed_{k.name} ORDER BY _row{emit.get(k.name, '')}") for k in KINDS]
        lines = lines_of(read(self.con, _settings(source, timezone).sources[0], self.folder / "log.txt"))
        for row in (row for part in parts for row in part):
            row["_line"] = int(lines[row["_row"]])
        return Mapped(*parts, self.con.execute('SELECT line, reason, "column" FROM refused ORDER BY line').fetchall())

    def put(self, file: str, content: str | bytes) -> Path:
        """Write a file; text in one that ends with .gz is packed."""
        data = content.encode() if isinstance(content, str) else content
        path = self.folder / file
        path.write_bytes(gzip.compress(data) if file.endswith(".gz") and isinstance(content, str) else data)
        return path

    def _rows(self, query: str) -> list[dict[str, Any]]:
        return self.con.execute(query).to_arrow_table().to_pylist()


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
    """A connection whose `settled` holds the log, or other rows like it, and whose `events_ready` is made of it."""

    def make(rows: list[dict[str, Any]] | None = None) -> DuckDBPyConnection:
        rows = [dict(row) for row in (log.rows if rows is None else rows)]
        schema = ibis.schema({column.name: column.dtype for column in EVENTS.columns}).to_pyarrow()
        con = connect().con
        define_macros(con)
        con.register("given", pa.Table.from_pylist(rows, schema=schema))
        con.execute(
            """CREATE TEMP TABLE settled AS SELECT * EXCLUDE (local_time, loaded_at, late_s, category, plan_version,
            plan_status), hash(message_id) AS uid, loaded_at AS landed_at FROM given"""
        )
        open_visits(con)
        find_machines(con)
        finish(con, SimpleNamespace(settings=_settings(ORDERS, "Europe/Berlin")), tracking_plan())
        return con

    return make


@pytest.fixture
def rows() -> Callable[..., list[dict[str, Any]]]:
    """The rows of a temp table, in an order."""

    def fetch(con: DuckDBPyConnection, table: str, order: str) -> list[dict[str, Any]]:
        return con.execute(f"FROM {table} ORDER BY {order}").to_arrow_table().to_pylist()

    return fetch


@pytest.fixture
def ingested(make_shop: Callable[..., Shop]) -> Callable[..., Shop]:
    """Ingests the files of a data set and gives the shop: `ingested(sources, files, **head)`."""

    def ingested(sources: str, files: dict[str, str | bytes], **head: Any) -> Shop:
        shop = make_shop(sources, files, **head)
        ingest(shop)
        return shop

    return ingested


def book(shop: Shop) -> dict[str, tuple[int, ...]]:
    """The ledger's counts of each file: read, kept, rejected, quarantined, duplicate, skipped, events."""
    frame = shop.frame("ledger").set_index("file")
    columns = [f"rows_{part}" for part in PARTS] + ["events"]
    counts = {
        file: tuple(int(n) for n in row) for file, row in zip(frame.index, frame[columns].to_numpy(), strict=True)
    }
    assert all(
        read == kept + bad + aside + twice + skipped for read, kept, bad, aside, twice, skipped, _ in counts.values()
    )
    return counts
