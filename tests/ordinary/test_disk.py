"""A full disk and folders that may not be written, as an ordinary user: root would not be refused.

`.ci/run` makes that user and a small disk, and names the disk in WORKBENCH_SMALL_DISK.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from helpers.runs import history
from tests.runs import tiny
from tests.runs.conftest import Job


@pytest.fixture(autouse=True)
def ordinary_user():
    assert os.geteuid() != 0, "these tests prove nothing as root; run them as an ordinary user, as .ci/run does"


@pytest.fixture
def small(monkeypatch) -> Job:
    """The tiny job on a disk of a few megabytes."""
    disk = Path(os.environ["WORKBENCH_SMALL_DISK"])
    for old in disk.iterdir():
        shutil.rmtree(old)
    home = disk / "home"
    home.mkdir()
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    job = Job(home)
    tiny.install(job.notebooks, monkeypatch.setattr)
    return job


def fill(disk: Path, *, leave: int) -> Path:
    """Fill a disk up to `leave` bytes."""
    ballast = disk / "ballast"
    ballast.mkdir()
    free = shutil.disk_usage(disk).free
    (ballast / "file").write_bytes(b"\0" * (free - leave))
    return ballast


@pytest.mark.parametrize("leave", [0, 4096, 65536])
def test_a_full_disk_ends_with_6_and_leaves_the_old_report(small, leave):
    assert small.command("run", "tiny")[0] == 0
    good = history.latest("tiny").run
    page = (small.reports / "latest" / "index.html").read_bytes()
    ballast = fill(small.home.parent, leave=leave)
    code, _, told = small.command("run", "tiny")
    assert code == 6, told
    assert "No space left on device" in told
    assert str(small.home) in told
    assert (small.reports / "latest" / "index.html").read_bytes() == page
    shutil.rmtree(ballast)
    assert small.command("run", "tiny")[0] == 0
    assert history.latest("tiny").run != good


@pytest.mark.parametrize("folder", ["reports/tiny/runs", "data/tiny/runs", "data/tiny"])
def test_a_folder_that_may_not_be_written_ends_with_6_and_is_named(job, folder):
    assert job.command("run", "tiny")[0] == 0
    good = history.latest("tiny").run
    forbidden = job.home / folder
    shutil.rmtree(job.home / "data" / "tiny" / "scratch", ignore_errors=True)
    for lock in (job.home / "data" / "tiny").glob(".lock*"):
        lock.unlink()
    forbidden.chmod(0o555)
    try:
        code, _, told = job.command("run", "tiny")
    finally:
        forbidden.chmod(0o755)
    assert code == 6, told
    assert str(forbidden) in told
    assert history.latest("tiny").run == good
