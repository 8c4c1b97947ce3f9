"""Ibis's Spark as the workbench needs it: tables in memory by Arrow, and results that keep what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from ibis.backends.pyspark import Backend
from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

if TYPE_CHECKING:
    import ibis
    from ibis.expr import operations as ops

_PARTS = "spark.sql.shuffle.partitions"
FAILURES = (PySparkException, Py4JError)


class SparkBackend(Backend):
    """The backend of Ibis 12.0.0, without its detours over pandas, which takes what is missing for NaN.

    Attributes:
        failures: What Spark raises.
    """

    failures = FAILURES

    @property
    def master(self) -> str:
        """The address of the cluster, or local[…]."""
        return self._session.sparkContext.master

    def to_pyarrow(self, expr: ibis.Expr, /, *, params: Any = None, limit: Any = None, **_: Any) -> Any:
        """The rows of an expression, or its value, in the types that it declares."""
        self._run_pre_execute_hooks(expr)
        rows = expr.as_table()
        found = self._session.sql(self.compile(rows, params=params, limit=limit)).toArrow()
        return expr.__pyarrow_result__(found.cast(rows.schema().to_pyarrow()))

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        self._session.createDataFrame(op.data.to_pyarrow(op.schema)).createOrReplaceTempView(op.name)

    def _create_cached_table(self, name: str, expr: ibis.Table) -> ibis.Table:
        # Ibis forgets tables in memory here.
        self._run_pre_execute_hooks(expr)
        return super()._create_cached_table(name, expr)


def start(master: str | None, meanings: dict[str, str], log: BinaryIO) -> SparkBackend:
    """A session with settings of its own; Spark itself is started once and stays as long as this process.

    Args:
        master: The address of the cluster; None where Spark's own settings name it.
        meanings: Settings of the session.
        log: A file for what Spark writes, where it is not told to write elsewhere.
    """
    context = SparkContext._active_spark_context or _started(master, log)
    if context.master.startswith("local") and not context.getConf().contains(_PARTS):
        # 200 by default, which is for clusters: on one machine most of the time goes into starting their tasks.
        meanings = meanings | {_PARTS: str(context.defaultParallelism)}
    backend = SparkBackend()
    # Options of the backend are known to Ibis from here on.
    backend.register_options()
    backend.do_connect(SparkSession(context).newSession(), **meanings)
    return backend


def _started(master: str | None, log: BinaryIO) -> SparkContext:
    settings = {"spark.app.name": "behavior-workbench", "spark.ui.showConsoleProgress": "false"}
    conf = SparkConf(loadDefaults=False).setAll(list((settings | ({"spark.master": master} if master else {})).items()))
    # In a notebook, what Java writes while it starts would stand on the page.
    context = SparkContext(conf=conf, gateway=launch_gateway(conf, {"stderr": log}))
    context.setLogLevel("ERROR")
    return context
