"""Reads and writes the tables of a data set: a run's, the published ones, or a person's scratch copies.

A run (`WORKBENCH_RUN` is set) reads and writes its own folder. A person in JupyterLab writes to scratch/ and reads
the newer of what they wrote themselves and what the last run published (or, to look into a run that failed, the tables
of the run that `WORKBENCH_LOOK_INTO` names).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import ibis

from helpers.datasets import lock, paths
from helpers.datasets.aside import instead_of
from helpers.datasets.check import check
from helpers.datasets.declare import Table
from helpers.datasets.engine import quote
from helpers.datasets.own_metrics import declared_for
from helpers.datasets.tables import declared
from helpers.errors import WorkbenchError, WrongUse, cannot_write

if TYPE_CHECKING:
    import pandas as pd
    from ibis.backends.duckdb import Backend

MODELS = "models"
_LANDED = "landed"


def current_run() -> str | None:
    """The run that this process works for, None when a person does."""
    return os.environ.get("WORKBENCH_RUN") or None


def published_run(name: str) -> str | None:
    """The run that `latest` points to, None before the first."""
    manifest = paths.latest(name) / "manifest.json"
    return json.loads(manifest.read_text(encoding="utf-8"))["run"] if manifest.exists() else None


class Store:
    """The tables of one data set on disk.

    Attributes:
        key: Fingerprint of the key that the pseudonyms in tables written from now on are made with; None before any is.
    """

    def __init__(self, name: str, *, as_of: date, known_at: date | None = None) -> None:
        self.name = name
        self.as_of = as_of.isoformat()
        self.known_at = known_at and known_at.isoformat()
        self.key: str | None = None
        self.run = current_run()
        self.folder = paths.run_tables(name, self.run) if self.run else paths.scratch(name)

    @property
    def landed(self) -> Path:
        """The folder of what this run or person has read of the raw files."""
        return self.folder / _LANDED

    @property
    def models(self) -> Path:
        """The folder of what this run or person has learned, one folder a stage."""
        return self.folder / MODELS

    def landed_before(self) -> list[Path]:
        """Such folders of earlier loads, the one that counts first."""
        published = published_run(self.name)
        earlier = [paths.run_tables(self.name, published) / _LANDED] if published else []
        return [self.landed, *earlier]

    def published_key(self) -> str | None:
        """Fingerprint of the key of what was published last; None where nothing was."""
        published = published_run(self.name)
        return self._key_of(paths.run_tables(self.name, published)) if published else None

    def own_keys(self) -> set[str | None]:
        """Fingerprints of the keys of what a person or this run has made."""
        return {self._key_of(folder) for folder in (self.folder, paths.scratch(self.name))}

    def _key_of(self, folder: Path) -> str | None:
        return (self._meta(folder, "events") or {}).get("key")

    def find(self, table: str) -> Path:
        """The folder that holds the copy of `table` to read.

        Raises:
            WrongUse: If it has not been written yet, or only for another moment, naming the stage that writes it.
        """
        declaration = declared_for(self.name, table)
        folders = [self.folder]
        published = os.environ.get("WORKBENCH_LOOK_INTO") or published_run(self.name)
        if not self.run and published:
            folders.append(paths.run_tables(self.name, published))
        metas = [meta for folder in folders if (meta := self._meta(folder, table)) is not None]
        if not metas:
            raise WrongUse(
                f"Data set {self.name!r} has no table {table!r} yet. Run `workbench run {self.name}`, "
                f"or the notebook of stage {declaration.writer!r} first."
            )
        own = (self.as_of, self.known_at)
        fitting = [meta for meta in metas if not declaration.dated or (meta["as_of"], meta.get("known_at")) == own]
        if not fitting:
            moments = ", ".join(sorted({_said(meta["as_of"], meta.get("known_at")) for meta in metas}))
            remedy = (
                "Run `helpers.profiles.build(shop)` for those of stage 'profiles'; notebooks look at what is known now."
                if self.known_at
                else f"Run the notebook of stage {declaration.writer!r} with as_of {self.as_of} first."
            )
            raise WrongUse(
                f"Table {table!r} of {self.name!r} was made as of {moments}; this looks at {_said(*own)}. {remedy}"
            )
        readable = [meta for meta in fitting if meta["version"] == declaration.version]
        if not readable:
            written = max(fitting, key=lambda meta: meta["written_at"])["version"]
            raise WrongUse(
                f"Table {table!r} of {self.name!r} was written as version {written}, this code reads "
                f"version {declaration.version}. {self._anew()}"
            )
        return Path(max(readable, key=lambda meta: meta["written_at"])["folder"])

    def published(self, table: str) -> Path | None:
        """The folder of what the last published run wrote of `table`, as of whatever moment; None where none is."""
        run = published_run(self.name)
        meta = self._meta(paths.run_tables(self.name, run), table) if run else None
        return Path(meta["folder"]) if meta and meta["version"] == declared_for(self.name, table).version else None

    def _anew(self) -> str:
        """The command that makes tables of another version anew."""
        return f"Run `workbench {'migrate' if published_run(self.name) else 'run'} {self.name}` to make it anew."

    def read(self, con: Backend, table: str, *, folder: Path | None = None) -> ibis.Table:
        """Table `table` as an Ibis expression, its declared columns in their declared order.

        Args:
            con: The connection to read by.
            table: A declared table.
            folder: The folder that holds it; None for the one that `find` finds.
        """
        declaration = declared_for(self.name, table)
        folder = folder or self.find(table)
        files = f"{folder}/{table}/*/*.parquet" if declaration.by_month else f"{folder}/{table}.parquet"
        rows = con.read_parquet(files, hive_partitioning=False)
        missing = [name for name in declaration.column_names if name not in rows.columns]
        if missing and missing[0] in declared(table).column_names:
            raise WrongUse(
                f"Table {table!r} of {self.name!r} has no column {missing[0]!r}, which this code reads. {self._anew()}"
            )
        if missing:
            raise WrongUse(
                f"Table {table!r} of {self.name!r} lacks {missing[0]!r}, which metrics.py has now. Run "
                f"`workbench run {self.name}`, or the notebook of stage {declaration.writer!r}, to make it anew."
            )
        return rows.select(*declaration.column_names)

    def write(self, con: Backend, table: str, rows: ibis.Table | pd.DataFrame) -> int:
        """Check `rows` against the declaration of `table` and store them in place of what was there.

        Args:
            con: The connection that `rows` belongs to.
            table: A declared table.
            rows: Its rows, with at least the declared columns.

        Returns:
            The number of rows.

        Raises:
            WorkbenchError: If a column is missing or a rule of the declaration is broken; nothing is stored then.
            InputOutput: If the disk refuses.
            Locked: If a person writes while a run is under way.
        """
        declaration = declared_for(self.name, table)
        expression = (
            rows
            if isinstance(rows, ibis.Table)
            else con.create_table(f"{table}_to_write", rows, temp=True, overwrite=True)
        )
        missing = set(declaration.column_names) - set(expression.columns)
        if missing:
            raise WorkbenchError(f"Table {table!r} lacks its declared columns {', '.join(sorted(missing))}.")
        typed = expression.select(**{c.name: expression[c.name].cast(c.dtype) for c in declaration.columns})
        # A view, so that what is in memory of the expression is known to the engine when the disk asks for its rows.
        typed = con.create_view(f"{table}_written", typed, overwrite=True)
        aside = self.folder / f".{table}.aside"
        with self.writing():
            self.folder.mkdir(parents=True, exist_ok=True)
            _remove(aside)
            try:
                _copy(con, declaration, typed, aside)
                pattern = f"{aside}/*/*.parquet" if declaration.by_month else str(aside)
                written = con.read_parquet(pattern, hive_partitioning=False)
                count = check(declaration, written)
                content = content_of(con, written)
                target = self.folder / (table if declaration.by_month else f"{table}.parquet")
                _remove(target)
                aside.rename(target)
            finally:
                _remove(aside)
            self._write_json(
                f"{table}.meta.json",
                {
                    "table": table,
                    "version": declaration.version,
                    "rows": count,
                    "content": content,
                    "as_of": self.as_of,
                    "known_at": self.known_at,
                    "key": self.key,
                    "written_at": _now(),
                },
            )
        return count

    def write_results(self, stage: str, entries: list[dict[str, Any]]) -> None:
        """Keep the result record of one stage beside its tables."""
        with self.writing():
            self._write_json(f"results/{stage}.json", {"results": entries})

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the data set's lock where no run does so for us, and call what the disk refuses by its name."""
        try:
            if self.run:
                yield
            else:
                with lock.hold(self.name, who=lock.NOTEBOOK):
                    yield
        except (OSError, duckdb.IOException) as error:
            raise cannot_write(self.folder, error) from None

    def _write_json(self, name: str, content: dict[str, Any]) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with instead_of(file) as aside:
            aside.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    @staticmethod
    def _meta(folder: Path, table: str) -> dict[str, Any] | None:
        file = folder / f"{table}.meta.json"
        if not file.exists():
            return None
        return json.loads(file.read_text(encoding="utf-8")) | {"folder": str(folder)}


def _copy(con: Backend, table: Table, rows: ibis.Table, target: Path) -> None:
    """Write rows in key order; a table by month goes to one folder a month."""
    options = "FORMAT parquet, COMPRESSION zstd"
    columns = "*"
    if table.by_month:
        columns = "*, strftime(timestamp, '%Y-%m') AS month"
        options += ", PARTITION_BY (month)"
    order = ", ".join(f'"{name}"' for name in (("timestamp",) if table.by_month else ()) + table.key)
    query = f"SELECT {columns} FROM ({ibis.to_sql(rows, dialect='duckdb')}) ORDER BY {order}"
    con.con.execute(f"COPY ({query}) TO {quote(str(target))} ({options})")
    if table.by_month and not any(target.glob("*/*.parquet")):
        # A log without events still has its columns: one empty file keeps them readable.
        (target / "month=none").mkdir(parents=True)
        query = f"SELECT * FROM ({ibis.to_sql(rows, dialect='duckdb')}) LIMIT 0"
        empty = quote(str(target / "month=none" / "data_0.parquet"))
        con.con.execute(f"COPY ({query}) TO {empty} (FORMAT parquet)")


def content_of(con: Backend, rows: ibis.Table) -> str:
    """A fingerprint of the rows in any order; equal rows give equal ones. When they were loaded does not count.

    Floats count to seven digits: threads add them up in an order of their own, which shows in the last of sixteen.
    """
    counted = rows.drop("loaded_at") if "loaded_at" in rows.columns else rows
    floats = [name for name, dtype in counted.schema().items() if dtype.is_floating()]
    counted = counted.mutate(**{name: counted[name].try_cast("float32") for name in floats})
    # Hashed twice: of a row once hashed, what two rows have in their last column could be swapped unseen.
    query = f"SELECT bit_xor(hash(hash(r))) FROM ({ibis.to_sql(counted, dialect='duckdb')}) AS r"
    return f"{con.con.execute(query).fetchone()[0] or 0:016x}"


def _said(as_of: str, known_at: str | None) -> str:
    return f"{as_of} as known at {known_at}" if known_at else as_of


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
