"""Proved by force: cells that hang, memory that ends, two runs at once, a reader during publications."""

from __future__ import annotations

import json
import os
import resource
import threading
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from helpers.datasets import Shop
from helpers.runs import history
from helpers.runs.outcome import Outcome, Run
from helpers.runs.publish import publish
from tests.force.striking import kernels_of, wait_until
from tests.runs import tiny

HANG = "import subprocess, time\nchild = subprocess.Popen(['sleep', '987654'])\ntime.sleep(3600)"


def sleepers() -> list[str]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"987654" in (folder / "cmdline").read_bytes():
                found.append(folder.name)
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


@pytest.mark.parametrize("limit", ["--cell-timeout", "--timeout"])
def test_a_cell_that_hangs_is_stopped_with_all_that_it_started(job, limit):
    assert job.command("run", "tiny")[0] == 0
    good = history.latest("tiny").run
    job.write(first=(HANG, "print('never')"))
    begun = time.monotonic()
    code, _, told = job.command("run", "tiny", limit, "6s")
    assert code == 5
    assert time.monotonic() - begun < 30
    assert "took longer than 6 s; it was stopped" in told
    assert wait_until(lambda: not kernels_of(job.home) and not sleepers(), seconds=5)
    assert history.latest("tiny").run == good
    assert history.past("tiny")[0].status == "failed"


def test_a_kernel_that_runs_out_of_memory_fails_its_stage(job):
    job.write(first=("import numpy as np\nwall = np.ones(2 * 10**9)", "print('never')"))
    limit = 6 * 2**30
    code, _, told = job.command(
        "run", "tiny", preexec_fn=partial(resource.setrlimit, resource.RLIMIT_AS, (limit, limit))
    )
    assert code == 5
    assert "MemoryError" in told or "its kernel died" in told
    assert history.latest("tiny") is None
    assert history.past("tiny")[0].failure["exit_code"] == 5


def test_the_second_of_two_runs_ends_at_once_and_names_the_first(job):
    job.write(second=("import time\ntime.sleep(60)",))
    first = job.start("run", "tiny")
    assert wait_until((job.home / "data" / "tiny" / ".lock.holder").exists, seconds=30)
    code, _, told = job.command("run", "tiny")
    assert first.poll() is None, "the second waited for the first"
    assert code == 4
    assert f"run {datetime.now(UTC):%Y%m%d}" in told
    first.communicate(timeout=120)
    assert first.returncode == 0
    assert len(history.past("tiny")) == 1


def test_a_reader_of_latest_never_sees_a_mixture_during_100_publications(job):
    assert job.command("run", "tiny")[0] == 0
    shop = Shop("tiny")
    executed = {file.name: file.read_text() for file in (job.reports / "latest").glob("*.ipynb")}
    first = history.latest("tiny").run
    seen, torn, stop = set(), [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            folder = (job.reports / "latest").resolve()
            texts = [
                (job.reports / "latest" / name).read_text() for name in ("index.html", "manifest.json", "results.json")
            ]
            manifest, results = (json.loads(text) for text in texts[1:])
            tables = job.home / "data" / "tiny" / "runs" / manifest["run"]
            whole = texts[0].rstrip().endswith("</html>") and (tables / "ledger.parquet").exists()
            # Between two reads by way of the pointer it may have moved on; within one run nothing may differ.
            inside = json.loads((folder / "manifest.json").read_text())["run"] == folder.name
            same = json.loads((folder / "results.json").read_text())["run"] == folder.name
            seen.add(manifest["run"])
            if not (whole and inside and same and results["results"]):
                torn.append(manifest["run"])

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(100):
        run = Run(f"20270101T{number:06d}Z", shop, datetime.now(UTC), {}, None, "")
        tables = job.home / "data" / "tiny" / "runs"
        (tables / run.id / "results").mkdir(parents=True)
        for file in ("ledger.parquet", "ledger.meta.json", "results/ingestion.json"):
            os.link(tables / first / file, tables / run.id / file)
        run.aside.mkdir(parents=True)
        for name, text in executed.items():
            (run.aside / name).write_text(text)
        publish(run, {stage.name: Outcome("done", "") for stage in tiny.TINY})
    stop.set()
    reader.join()
    assert torn == []
    assert len(seen) > 20, "the reader was too slow to see anything"
    assert history.latest("tiny").run == "20270101T000099Z"
