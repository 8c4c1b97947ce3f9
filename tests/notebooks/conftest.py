from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from filelock import FileLock

from helpers.datasets import paths
from helpers.runs.hooks import Hooks
from helpers.runs.log import Log
from helpers.runs.run import Request, run
from helpers.simulate import write_shop
from tests.conftest import settle


@pytest.fixture(scope="session")
def demo_home(
    tmp_path_factory: pytest.TempPathFactory, home_at: Callable[[Path], AbstractContextManager[Path]]
) -> Path:
    """A home in which the main job has run on the whole demo shop; the notebooks' kept outputs are of it.

    Made once, however many processes share the tests; each gets a copy of its own, that no test may change.
    """
    base = tmp_path_factory.getbasetemp()
    together = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, own = together / "demo-made", tmp_path_factory.mktemp("demo") / "home"
    with FileLock(together / "demo.lock"):
        if not made.exists():
            with home_at(together / "demo-aside") as home:
                write_shop(paths.raw("demo"), paths.truth("demo"))
                run(Request(dataset="demo"), log=Log("demo", stream=io.StringIO()), hooks=Hooks())
            home.rename(made)
    shutil.copytree(made, own, symlinks=True)
    return own


@pytest.fixture(scope="module")
def changing_home(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo's home for one module of tests that run notebooks, which write tables anew."""
    own = tmp_path_factory.mktemp("changing") / "home"
    shutil.copytree(demo_home, own, symlinks=True)
    return own


@pytest.fixture
def demo(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's home, for this test."""
    return settle(demo_home, monkeypatch)
