"""Blows against a run, and what must be whole after them."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pandas as pd

SEED = 20261122


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
