from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.runs import run as run_module
from helpers.runs.hooks import Hooks
from helpers.runs.log import Log
from tests.runs import tiny

HERE = Path(__file__).parent


class Job:
    """The tiny job in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.notebooks = home / "notebooks"
        tiny.write_shop(home)
        tiny.write_job(self.notebooks)
        self.told = io.StringIO()

    @property
    def reports(self) -> Path:
        return self.home / "reports" / "tiny"

    def write(self, **cells: tuple[str, ...]) -> None:
        tiny.write_job(self.notebooks, **cells)

    def run(self, *, hooks: Hooks | None = None, **request):
        request = run_module.Request(dataset="tiny", **request)
        return run_module.run(request, log=Log("tiny", stream=self.told), hooks=hooks or Hooks())

    def start(self, *arguments: str, **options) -> subprocess.Popen:
        """Start the command line on the tiny job as a process of its own."""
        command = [sys.executable, str(HERE / "tiny.py"), str(self.notebooks), *arguments]
        environment = {**os.environ, "WORKBENCH_HOME": str(self.home), **options.pop("env", {})}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, env=environment, **(pipes | options))

    def command(self, *arguments: str, **options) -> tuple[int, str, str]:
        """Run the command line on the tiny job: exit code, standard output, standard error."""
        process = self.start(*arguments, **options)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err


@pytest.fixture
def job(tmp_path, monkeypatch) -> Job:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    for name in ("WORKBENCH_RUN", "WORKBENCH_ON_FAILED", "WORKBENCH_ON_RECOVERED", "WORKBENCH_ON_LATE"):
        monkeypatch.delenv(name, raising=False)
    made = Job(tmp_path)
    tiny.install(made.notebooks, monkeypatch.setattr)
    return made
