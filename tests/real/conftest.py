"""The public data sets, each fetched into a home of its own and run through the whole main job once."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from helpers.datasets import fetch, paths
from helpers.runs.hooks import Hooks
from helpers.runs.log import Log
from helpers.runs.run import Request, run
from tests.conftest import settle

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder needs the real data."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("real")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with the files as their publishers give them away."""
    named = os.environ.get("WORKBENCH_REAL_DATA")
    folder = Path(named) if named else paths.REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"{folder} does not exist; WORKBENCH_REAL_DATA can name the folder with the real data")
    return folder


@pytest.fixture(scope="session")
def home_of(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Fetches and runs a data set the first time it is asked for; its home."""

    @cache
    def home_of(name: str) -> Path:
        with pytest.MonkeyPatch.context() as patch:
            home = settle(tmp_path_factory.mktemp(name), patch)
            fetch(name, real_data)
            run(Request(dataset=name), log=Log(name, stream=io.StringIO()), hooks=Hooks())
        return home

    return home_of


@pytest.fixture
def results_of(home_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, Any]]:
    """Moves into the home of a data set; its results by their keys."""

    def results_of(name: str) -> dict[str, Any]:
        settle(home_of(name), monkeypatch)
        record = json.loads((paths.latest(name) / "results.json").read_text(encoding="utf-8"))
        return {entry["key"]: entry for entry in record["results"]}

    return results_of
