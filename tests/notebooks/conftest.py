from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.datasets import paths
from helpers.runs.hooks import Hooks
from helpers.runs.log import Log
from helpers.runs.run import Request, run
from helpers.simulate import write_shop
from tests.conftest import settle


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home in which the main job has run on the whole demo shop; the notebooks' kept outputs are of it."""
    with pytest.MonkeyPatch.context() as patch:
        home = settle(tmp_path_factory.mktemp("demo"), patch)
        write_shop(paths.raw("demo"), paths.truth("demo"))
        run(Request(dataset="demo"), log=Log("demo"), hooks=Hooks())
        yield home


@pytest.fixture
def demo(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's home, for this test."""
    return settle(demo_home, monkeypatch)
