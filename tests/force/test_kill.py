"""Proved by force: `kill -9` at random moments, and whatever is left must be whole. Run by `make test-force`."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from helpers.runs import history

SEED = 20261122
MOMENTS = 30
DEMO_MOMENTS = 3


def kernels_of(home: Path) -> list[int]:
    """Process ids of the kernels that work for a data set under `home`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            command = (folder / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if f"WORKBENCH_HOME={home}".encode() in environment and b"ipykernel_launcher" in command:
            found.append(int(folder.name))
    return found


def assert_whole(home: Path, name: str) -> str | None:
    """What `latest` shows is of one run and complete; returns that run."""
    latest = home / "reports" / name / "latest"
    if not latest.exists():
        return None
    manifest = json.loads((latest / "manifest.json").read_text())
    assert manifest["status"] == "done"
    assert latest.resolve().name == manifest["run"]
    assert json.loads((latest / "results.json").read_text())["run"] == manifest["run"]
    pages = sorted(latest.glob("*.html"))
    done = [stage for stage in manifest["stages"].values() if stage["status"] != "skipped"]
    assert len(pages) == len(done) + len(("index", "glossary"))
    assert all(page.read_text().rstrip().endswith("</html>") for page in pages)
    tables = home / "data" / name / "runs" / manifest["run"]
    for table, facts in manifest["tables"].items():
        files = (
            [tables / f"{table}.parquet"]
            if (tables / f"{table}.parquet").exists()
            else (tables / table).rglob("*.parquet")
        )
        assert sum(len(pd.read_parquet(file)) for file in files) == facts["rows"]
    if name == "tiny":
        stamped = pd.read_parquet(tables / "ledger.parquet")["file"][0]
        assert stamped == manifest["run"]
        assert f"made by {stamped}" in (latest / "01_ingestion.html").read_text()
        assert f"made from {stamped}" in (latest / "02_profiles.html").read_text()
    return manifest["run"]


def wait_until(true, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return bool(true())


def strike(start, home: Path, name: str, *, victim: str, moment: float) -> int:
    """Start a run, kill its runner after `moment` seconds, or a kernel so long after the first is there.

    Returns:
        The runner's exit code.
    """
    process = start()
    if victim == "kernel":
        assert wait_until(lambda: kernels_of(home), seconds=60)
    time.sleep(moment)
    if victim == "runner":
        process.kill()
    else:
        for pid in kernels_of(home)[:1]:
            os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=180)
    assert wait_until(lambda: not kernels_of(home), seconds=10), "a kernel outlives its runner"
    assert_whole(home, name)
    return process.returncode


@pytest.mark.parametrize("victim", ["runner", "kernel"])
def test_nothing_half_made_is_ever_published_and_no_status_is_wrong(job, victim, record_property):
    begun = time.monotonic()
    assert job.command("run", "tiny")[0] == 0
    length = time.monotonic() - begun
    chance = random.Random(SEED)
    # A kernel lives for the middle part of a run only.
    share = 1.0 if victim == "runner" else 0.4
    counts = {"published": 0, "failed": 0, "left no trace": 0}
    for _ in range(MOMENTS):
        before = {run.run for run in history.past("tiny")}
        code = strike(
            lambda: job.start("run", "tiny"), job.home, "tiny", victim=victim, moment=chance.uniform(0, length * share)
        )
        new = [run for run in history.past("tiny") if run.run not in before]
        if not new:
            assert code == -signal.SIGKILL, "only a killed runner leaves no record"
            counts["left no trace"] += 1
        elif new[0].status == "done":
            assert code == 0 or victim == "runner"
            counts["published"] += 1
        else:
            assert code == 5
            assert new[0].failure["exit_code"] == 5
            assert (new[0].folder / "index.html").read_text().rstrip().endswith("</html>")
            counts["failed"] += 1
    assert job.command("run", "tiny")[0] == 0
    assert assert_whole(job.home, "tiny") == history.past("tiny")[0].run
    assert not list(job.reports.glob("runs/.*"))
    print(f"\n{victim}: {MOMENTS} moments over {length:.1f} s: {counts}")
    record_property(f"{victim} kills", str(counts))
    assert sum(counts.values()) == MOMENTS
    assert counts["failed" if victim == "kernel" else "left no trace"] > 0, "no blow struck"


def test_the_run_after_a_kill_says_what_it_found(job):
    process = job.start("run", "tiny", stdout=subprocess.DEVNULL)
    assert wait_until(lambda: kernels_of(job.home), seconds=60)
    process.kill()
    process.communicate()
    assert wait_until(lambda: not kernels_of(job.home), seconds=10)
    code, _, told = job.command("run", "tiny")
    assert code == 0
    assert re.search(r"run \S+Z had been killed; what it left half-made was removed", told)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "WORKBENCH_HOME": str(home)}
    command = [sys.executable, "-m", "helpers.cli"]
    subprocess.run([*command, "simulate", "demo", "--customers", "600"], env=environment, check=True)
    subprocess.run([*command, "run", "demo"], env=environment, check=True)
    return home


@pytest.mark.parametrize("victim", ["runner", "kernel"])
def test_the_demo_survives_too(demo, victim, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(demo))
    chance = random.Random(SEED + 1)

    def start() -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "helpers.cli", "run", "demo"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    before = assert_whole(demo, "demo")
    for _ in range(DEMO_MOMENTS):
        code = strike(start, demo, "demo", victim=victim, moment=chance.uniform(3, 20))
        assert code in (0, 5, -signal.SIGKILL)
        if code:
            assert assert_whole(demo, "demo") == before
        before = assert_whole(demo, "demo")
