"""At a cluster: a master and a worker, found by `SPARK_MASTER`; a process that names them gets its answer."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pyspark
import pytest

import helpers
from helpers import profiles
from tests.profiles.test_snapshot import random_log
from tests.spark.comparing import differences
from tests.spark.conftest import settings_of

ROOT = Path(__file__).parents[2]
LAUNCH = Path(pyspark.__file__).parent / "bin" / "spark-class"
DEPLOY = "org.apache.spark.deploy"
ASK = """
import sys
import pyarrow.parquet as pq
import helpers
from helpers.profiles.folded_facts import all_days, events_at_hand
from pyspark.sql import SparkSession

shop = helpers.open("tiny", as_of="2025-07-01")
with events_at_hand(shop) as events:
    pq.write_table(all_days(shop, events).to_pyarrow(), sys.argv[1])
print(SparkSession.getActiveSession().sparkContext.master)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def cluster(tmp_path) -> Iterator[str]:
    """The address of a master that has one worker."""
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    own = ("--host", "127.0.0.1", "--webui-port", "0")
    settings = os.environ | {"SPARK_NO_DAEMONIZE": "1", "SPARK_DAEMON_MEMORY": "256m"}
    worker = ("--cores", "1", "--memory", "1g", "--work-dir", str(tmp_path / "work"), address)
    started = [
        subprocess.Popen([LAUNCH, f"{DEPLOY}.{role}", *own, *more], env=settings, stderr=subprocess.DEVNULL)
        for role, more in (("master.Master", ("--port", str(port))), ("worker.Worker", worker))
    ]
    yield address
    for process in reversed(started):
        process.terminate()
        process.wait(timeout=30)


def asked(address: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Another process, whose workers would find no Python: none is needed."""
    named = {"SPARK_MASTER": address, "PYSPARK_PYTHON": "/nowhere/python", "WORKBENCH_HOME": str(home)}
    command = [sys.executable, "-c", ASK, *arguments]
    return subprocess.run(
        command, env=os.environ | named, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def test_a_cluster_gives_the_same_days(home, tmp_path, cluster):
    settings_of(home, "duckdb")
    shop = random_log(4).write(helpers.open("tiny", as_of="2025-07-01"))
    profiles.build(shop)
    settings_of(home, "spark")
    done = asked(cluster, home, str(tmp_path / "days.parquet"))
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip().endswith(cluster)
    # In a notebook it would stand on the page.
    assert done.stderr == ""
    assert [*(tmp_path / "work").glob("app-*")]
    days = pq.read_table(tmp_path / "days.parquet")
    assert differences(shop.table("daily").to_pyarrow().select(days.column_names), days, "profile_id", "day") == []


def test_a_cluster_that_is_not_there_is_told(home, tmp_path):
    settings_of(home, "duckdb")
    profiles.build(random_log(4).write(helpers.open("tiny", as_of="2025-07-01")))
    settings_of(home, "spark")
    done = asked("nowhere", home, str(tmp_path / "days.parquet"))
    assert done.returncode != 0
    assert "WrongUse: Spark does not start: " in done.stderr
    assert "SPARK_MASTER is nowhere" in done.stderr
    assert "Master must either be yarn or start with spark" in done.stderr
