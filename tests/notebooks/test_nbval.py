"""Each notebook runs as a person runs it, and the output that it keeps in git is what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.datasets import paths
from helpers.runs.stages import STAGES


def nbval(notebook: Path) -> subprocess.CompletedProcess[str]:
    # Without pyproject's options, which switch nbval off for the ordinary tests.
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", "--nbval-lax", "-q"]
    return subprocess.run([*command, str(notebook)], capture_output=True, text=True, check=False, env=dict(os.environ))


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.notebook)
def test_the_kept_output_is_what_the_notebook_says(demo, stage):
    done = nbval(stage.path)
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_kept_output_that_is_not_what_the_notebook_says_is_noticed(demo, tmp_path):
    content = json.loads((paths.notebooks() / "02_profiles.ipynb").read_text(encoding="utf-8"))
    text = content["cells"][-1]["outputs"][0]["text"]
    content["cells"][-1]["outputs"][0]["text"] = [line.replace("1", "2") for line in text]
    wrong = tmp_path / "02_profiles.ipynb"
    wrong.write_text(json.dumps(content))
    done = nbval(wrong)
    assert done.returncode == 1
    assert "1 failed" in done.stdout
