"""One small shop on disk, read back by means that share nothing with what wrote it."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pytest

from helpers.simulate import write_shop
from helpers.simulate.world import World, draw_world

CUSTOMERS, SEED = 300, 7


@dataclass(frozen=True)
class Disk:
    """The raw files and the truth of a written shop."""

    raw: Path
    truth_folder: Path
    files: list[Path]

    def truth(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.truth_folder / f"{name}.parquet")

    @cached_property
    def faulty(self) -> set[tuple[str, int]]:
        dirt = self.truth("dirt")
        return set(zip(dirt["file"], dirt["line"], strict=True))

    @cached_property
    def owner(self) -> dict[tuple[str, str], str]:
        rows = self.truth("identifiers")
        return {(row.type, row.identifier): row.person_id for row in rows.itertuples()}

    @staticmethod
    def text(path: Path) -> str:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode()

    def records(self, path: Path) -> Iterator[tuple[int, list[str]]]:
        """Line on which each record of a CSV file starts, and its values; the header is the first."""
        reader, line = csv.reader(io.StringIO(self.text(path), newline="")), 1
        for values in reader:
            yield line, values
            line = reader.line_num + 1

    def table(self, pattern: str) -> pd.DataFrame:
        """All clean records of CSV files as text, the listed faults left out."""
        rows = []
        for path in sorted(self.raw.glob(pattern)):
            records = list(self.records(path))
            rows += [
                dict(zip(records[0][1], values, strict=True))
                for line, values in records[1:]
                if (path.name, line) not in self.faulty
            ]
        return pd.DataFrame(rows)

    @cached_property
    def orders(self) -> pd.DataFrame:
        """Order lines with the person behind them, `at` (local) and `net` (EUR)."""
        rows = self.table("orders-*.csv")
        rows["person_id"] = [self.person(row) for row in rows.itertuples()]
        rows["at"] = pd.to_datetime(rows["ordered_at"])
        gross = rows["quantity"].astype(int) * rows["unit_price"].astype(float)
        return rows.assign(net=gross - rows["discount"].astype(float))

    @cached_property
    def bought(self) -> pd.DataFrame:
        return self.orders[self.orders["status"] == "completed"]

    def person(self, row: object) -> str:
        """The one person that the identifiers of a record belong to."""
        known = {
            "customer_id": ("user_id", str),
            "email": ("email", lambda text: text.strip().lower()),
            "phone": ("phone", str),
            "loyalty_card": ("loyalty_id", str),
        }
        people = {
            self.owner[kind, clean(getattr(row, column))]
            for column, (kind, clean) in known.items()
            if getattr(row, column, "")
        }
        assert len(people) == 1
        return people.pop()

    def calls(self, source: str) -> Iterator[dict]:
        """The tracker's calls of all months, the listed faults left out."""
        for path in sorted(self.raw.glob(f"{source}-*.jsonl.gz")):
            for line, text in enumerate(self.text(path).splitlines(), start=1):
                if (path.name, line) not in self.faulty:
                    yield json.loads(text)


@pytest.fixture(scope="session")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Disk:
    folder = tmp_path_factory.mktemp("shop")
    files = write_shop(folder / "raw", folder / "truth", customers=CUSTOMERS, seed=SEED)
    return Disk(folder / "raw", folder / "truth", files)


@pytest.fixture(scope="session")
def world() -> World:
    return draw_world(CUSTOMERS, seed=SEED)
