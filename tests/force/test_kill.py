"""Proved by force: `kill -9` at random moments, and whatever is left must be whole. Run by `make test-force`."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import time

import pytest

from helpers.runs import history
from tests.force.striking import SEED, assert_whole, kernels_of, strike, wait_until

MOMENTS = 30


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
