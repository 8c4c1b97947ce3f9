"""What the rooms' tests share: a home of their own, tiny shops, logs written by hand, and the demo run once."""

from __future__ import annotations

import gc
import gzip
import os
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest

import helpers
from helpers.datasets import Shop, paths
from helpers.datasets.tables.ingestion import CONSENT_LOG, EVENTS, FLAGS, PRODUCTS

HEAD = """
name = "{name}"
title = "A tiny shop"
currency = "EUR"
timezone = "{timezone}"
{history}

[report]
owner = "Somebody"
contact = "somebody@example.com"

[consent]
{consent}

{pseudonyms}
"""
BASIS = 'basis = "contract"\nreason = "These people are made up."'
ENDED = "history_ends = 2025-12-31"
PUBLIC_KEY = '[pseudonyms]\npublic_key = "public, for tests"'

# A source for shops whose tables are written by hand: it is never read.
UNREAD = """
    [[source]]
    name = "orders"
    files = ["orders.csv"]
    format = "delimited"
    columns = ["at"]
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"
"""


def pytest_configure(config: pytest.Config) -> None:
    """Ibis 12 asks pandas 3 for an option that is going away; only Ibis can stop asking."""
    config.addinivalue_line("filterwarnings", "ignore:The 'future.infer_string' option:DeprecationWarning")


def pytest_collection_finish() -> None:
    """What is imported stays: looking through it for garbage again and again is a fifth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where real data are promised, a test on them that is skipped has failed."""
    report = yield
    if report.skipped and os.environ.get("WORKBENCH_REAL_DATA") and item.get_closest_marker("real"):
        report.outcome = "failed"
        report.longrepr = f"skipped although WORKBENCH_REAL_DATA is set: {report.longrepr[-1]}"
    return report


def settle(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """Make `folder` the home of the workbench, whatever the environment says."""
    for name in ("WORKBENCH_RUN", "WORKBENCH_LOOK_INTO", "WORKBENCH_KEY"):
        patch.delenv(name, raising=False)
    patch.setenv("WORKBENCH_HOME", str(folder))
    patch.setenv("WORKBENCH_KEY_DIR", str(folder / "keys"))
    return folder


@pytest.fixture(scope="session")
def home_at() -> Callable[[Path], AbstractContextManager[Path]]:
    """For fixtures that live longer than one test: `with home_at(folder):` makes it the home."""

    @contextmanager
    def move(folder: Path) -> Iterator[Path]:
        with pytest.MonkeyPatch.context() as patch:
            yield settle(folder, patch)

    return move


def tiny_dataset(home: Path) -> None:
    """Write the settings of data set `tiny` for a shop that many tests share, its tables written by hand."""
    head = HEAD.format(name="tiny", timezone="Europe/Berlin", history=ENDED, consent=BASIS, pseudonyms=PUBLIC_KEY)
    (home / "data" / "tiny").mkdir(parents=True)
    (home / "data" / "tiny" / "dataset.toml").write_text(head + textwrap.dedent(UNREAD), encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: data sets, reports and keys of this test go there."""
    return settle(tmp_path / "home", monkeypatch)


@pytest.fixture
def write_dataset(home: Path) -> Callable[..., Path]:
    """Writes a data set's folder and returns it.

    `write_dataset(sources, {"a.csv": "text or bytes"})` writes dataset.toml (a fixed head, then `sources`) and the
    files under raw/; one that ends with .gz is packed. `name`, `timezone`, `consent`, … change the head.
    """

    def write(
        sources: str = UNREAD,
        files: dict[str, str | bytes] | None = None,
        *,
        name: str = "tiny",
        timezone: str = "Europe/Berlin",
        history: str = ENDED,
        consent: str = BASIS,
        pseudonyms: str = PUBLIC_KEY,
    ) -> Path:
        raw = paths.raw(name)
        raw.mkdir(parents=True, exist_ok=True)
        head = HEAD.format(name=name, timezone=timezone, history=history, consent=consent, pseudonyms=pseudonyms)
        (raw.parent / "dataset.toml").write_text(head + textwrap.dedent(sources), encoding="utf-8")
        for file, content in (files or {}).items():
            data = content.encode() if isinstance(content, str) else content
            packed = file.endswith(".gz") and isinstance(content, str)
            (raw / file).write_bytes(gzip.compress(data, mtime=0) if packed else data)
        return raw.parent

    return write


@pytest.fixture
def make_shop(write_dataset: Callable[..., Path]) -> Callable[..., Shop]:
    """Writes a data set as `write_dataset` does, and opens it as of `as_of`."""

    def make(*args: Any, as_of: str = "", **head: Any) -> Shop:
        return helpers.open(write_dataset(*args, **head).name, as_of=as_of)

    return make


PLANNED = {"plan_version": "1", "plan_status": "ok"}


class Log:
    """Events written by hand, in UTC; what is not said of one is empty."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.products: list[dict[str, Any]] = []

    def add(self, when: str | datetime, event: str = "Page Viewed", category: str = "web", **values: Any) -> Log:
        """An event; `ids` are its external identifiers, as {type: value}."""
        ids = [{"type": kind, "value": value} for kind, value in values.pop("ids", {}).items()]
        stamp = datetime.fromisoformat(when) if isinstance(when, str) else when
        own = {"event": event, "timestamp": stamp, "loaded_at": stamp, "source_id": "orders", "channel": "web"}
        own |= {"category": category, "external_ids": ids or None, "message_id": f"m{len(self.rows):04d}"}
        self.rows.append(dict.fromkeys(EVENTS.column_names) | dict.fromkeys(FLAGS, False) | PLANNED | own | values)
        return self

    def order(self, when: str | datetime, revenue: str | int, **values: Any) -> Log:
        """A line of an order; without an `order_id` it is an order by itself."""
        return self.add(when, "Order Completed", "purchase", revenue=Decimal(revenue), **values)

    def refund(self, when: str | datetime, revenue: str | int, **values: Any) -> Log:
        """A refund; its revenue is negative."""
        return self.add(when, "Order Refunded", "purchase", revenue=Decimal(revenue), **values)

    def says(self, who: str, status: str, when: str, *purposes: str) -> Log:
        """What a user id answered about profiling, or about other purposes; it was known at once."""
        for purpose in purposes or ("profiling",):
            row = {"identifier_type": "user_id", "identifier": who, "purpose": purpose, "status": status}
            row |= dict.fromkeys(("timestamp", "loaded_at"), datetime.fromisoformat(when)) | {"source_id": "orders"}
            self.answers.append(row)
        return self

    def sells(self, product: str, launched: str) -> Log:
        """A product, and when it was first on sale."""
        own = {"product_id": product, "launched_at": datetime.fromisoformat(launched)}
        self.products.append(dict.fromkeys(PRODUCTS.column_names) | own)
        return self

    def write(self, shop: Shop) -> Shop:
        """Store the log as tables `events` (local times by Python's own zones), `consent_log` and `products`."""
        for row in self.rows:
            wall = row["timestamp"].replace(tzinfo=UTC).astimezone(shop.settings.zone)
            row["local_time"] = wall.replace(tzinfo=None)
        for table, rows in ((EVENTS, self.rows), (CONSENT_LOG, self.answers), (PRODUCTS, self.products)):
            schema = ibis.schema({column.name: column.dtype for column in table.columns}).to_pyarrow()
            own = pa.Table.from_pylist(rows, schema=schema)
            shop.write(table.name, shop.engine.create_table(f"own_{table.name}", own, temp=True, overwrite=True))
        return shop


@pytest.fixture
def log() -> Log:
    """An empty log."""
    return Log()
