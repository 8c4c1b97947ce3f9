"""Killed by `kill -9` at each step of its journal and begun again, `forget` comes to the same end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from helpers.datasets import paths
from helpers.privacy import tombstones
from helpers.stewardship.scan import Scanner
from tests.conftest import settle
from tests.stewardship import world

STEPS = (
    "tombstones", "texts", "raw file", "raw", "decisions", "copies", "folded", "rebuild", "earlier runs", "scan",
    "certificate",
)  # fmt: skip


def forget(*step):
    return subprocess.run(
        [sys.executable, "-m", "tests.stewardship.world", world.ANY[0], *step],
        env=os.environ | {"PYTHONPATH": "."}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def ends(tmp_path_factory):
    """What an undisturbed request leaves."""
    with pytest.MonkeyPatch.context() as patch:
        settle(tmp_path_factory.mktemp("undisturbed"), patch)
        world.write()
        world.rebuild()
        world.leave(world.ANY[0])
        return end()


def end():
    raw = {file.name: file.read_bytes() for file in paths.raw(world.NAME).iterdir()}
    ledger = {table: content for table, content in world.contents().items() if table != "ledger"}
    kept = tombstones.read(world.NAME)
    return raw, ledger, {stone.mark for stone in kept.tombstones}, len(kept.requests), kept.rewritten


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_each_step_and_run_again(home, ends, step):
    world.write()
    world.rebuild()
    killed = forget(step)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert paths.forgetting(world.NAME).exists()
    assert paths.forgetting(world.NAME).stat().st_mode & 0o777 == 0o600
    again = forget()
    assert again.returncode == 0, again.stderr
    assert end() == ends
    assert len(list(paths.certificates(world.NAME).iterdir())) == 1
    assert not paths.forgetting(world.NAME).exists()
    scanner = Scanner([world.MAIL, world.USER, world.DEVICE], ())
    assert [file for file in home.rglob("*") if file.is_file() and scanner.found_in(file)] == []
