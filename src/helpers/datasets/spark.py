"""Another engine for what is computed of people: Spark, given tables as Parquet, giving back Arrow.

Everything is stored, and read from raw files, by DuckDB. Only who asks for this engine needs pyspark and Java.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO

import duckdb
from ibis.util import gen_name

from helpers.errors import WorkbenchError, WrongUse, cannot_write

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa
    from ibis.backends.duckdb import Backend

    from helpers.datasets.spark_backend import SparkBackend

MASTER = "SPARK_MASTER"
_INSTEAD = 'or take `engine = "spark"` out of its dataset.toml'
_LAST = 4
# What answers depend on: as Spark 4 has it by default, whatever a cluster's own settings say.
_MEANINGS = {"spark.sql.ansi.enabled": "true", "spark.sql.parquet.inferTimestampNTZ.enabled": "true"}


def computed(
    make: Callable[..., ibis.Table], tables: tuple[ibis.Table | None, ...], *, con: Backend, beside: Path
) -> ibis.Table:
    """What `make` makes of tables, computed by Spark.

    Args:
        make: Of as many tables as are given, one; it is called with Spark's.
        tables: Expressions on `con`; None stays None.
        con: The connection of DuckDB that the result shall live on.
        beside: The folder in which the tables lie as Parquet meanwhile; on a cluster all machines must see it.

    Returns:
        The rows, in DuckDB; they are let go with the expression.

    Raises:
        WrongUse: If pyspark or Java is missing, or Spark does not start.
        InputOutput: If the disk refuses.
        WorkbenchError: If Spark fails.
    """
    spark = connect()
    folder = beside / f".{gen_name('spark')}"
    try:
        folder.mkdir(parents=True)
        moved = [table if table is None else _moved(table, folder, con, spark) for table in tables]
        return _kept(make(*moved).to_pyarrow(), con)
    except (OSError, duckdb.IOException) as error:
        raise cannot_write(folder, error) from None
    except spark.failures as error:
        raise WorkbenchError(
            f"Spark at {spark.master} failed: {_first_line(error)} If it is a cluster, see that all its machines read "
            f"{beside} under this name."
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _moved(table: ibis.Table, folder: Path, con: Backend, spark: SparkBackend) -> ibis.Table:
    name = gen_name("moved")
    # Spark makes out a path as an address: without file:, a cluster may look for it in its own store.
    con.to_parquet(table, folder / f"{name}.parquet")
    return spark.read_parquet((folder / f"{name}.parquet").absolute().as_uri(), table_name=name)


def _kept(rows: pa.Table, con: Backend) -> ibis.Table:
    """Rows as a table of DuckDB, which may lay them on the disk and drops them with the last that asks for them."""
    name = gen_name("from_spark")
    con.con.register(name, rows)
    try:
        return con.table(name).cache()
    finally:
        con.con.unregister(name)


def connect() -> SparkBackend:
    """Ibis on Spark: at the master that `SPARK_MASTER` names, else where Spark's own settings say.

    Raises:
        WrongUse: If pyspark or Java is missing, or Spark does not start.
    """
    if find_spec("pyspark") is None:
        raise WrongUse(
            "This data set is computed on Spark, and pyspark is not installed. Install it with `.venv/bin/pip install "
            f"--requirement requirements-spark.txt`, {_INSTEAD}."
        )
    if _java() is None:
        raise WrongUse(
            f"This data set is computed on Spark, and there is no Java ({_where()}). Install Java 17, for instance "
            f"with `sudo apt-get install openjdk-17-jre-headless`, {_INSTEAD}."
        )
    # Spark's workers must run the Python that has our packages, not the first one of the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from helpers.datasets.spark_backend import FAILURES, start  # noqa: PLC0415 - pyspark is not always there

    with TemporaryFile() as log:
        try:
            return start(os.environ.get(MASTER), _MEANINGS, log)
        except FAILURES as error:
            raise WrongUse(
                f"Spark does not start: {_first_line(error)} {MASTER} is {os.environ.get(MASTER) or 'not set'}; "
                f"Java is {_java()}, which must be 17 or 21 (`java -version`). Last it wrote: {_last_lines(log)}"
            ) from error


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None)


def _where() -> str:
    home = os.environ.get("JAVA_HOME")
    return f"JAVA_HOME is {home}, which has no bin/java" if home else "JAVA_HOME is not set, and PATH has none"


def _last_lines(log: BinaryIO) -> str:
    log.seek(0)
    # Where in its code Spark was is for those who make it.
    said = [line.strip() for line in log.read().decode(errors="replace").splitlines()]
    return " / ".join([line for line in said if line and not line.startswith(("at ", "... "))][-_LAST:]) or "nothing"


def _first_line(error: BaseException) -> str:
    # What is said of a call to Java stands before what happened in it.
    lines = [line.strip(" :.") for line in str(error).splitlines() if not line.startswith("An error occurred while")]
    return next(filter(None, lines), type(error).__name__) + "."
