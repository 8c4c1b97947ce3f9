"""The demo shop's main job, killed by `kill -9` at random moments."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.force.striking import SEED, assert_whole, strike

MOMENTS = 3


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
    for _ in range(MOMENTS):
        code = strike(start, demo, "demo", victim=victim, moment=chance.uniform(3, 20))
        assert code in (0, 5, -signal.SIGKILL)
        if code:
            assert assert_whole(demo, "demo") == before
        before = assert_whole(demo, "demo")
