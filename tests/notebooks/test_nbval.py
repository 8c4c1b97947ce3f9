"""Each notebook runs as a person runs it, and the output that it keeps in git is what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from helpers.datasets import paths
from helpers.runs.stages import STAGES

WRONG = "wrong"


@pytest.fixture(scope="module")
def failures(changing_home, home_at, tmp_path_factory) -> dict[str, list[str]]:
    """What nbval finds wrong with each notebook, and with one whose kept output is not what it says."""
    folder = tmp_path_factory.mktemp("nbval")
    content = json.loads((paths.notebooks() / "02_profiles.ipynb").read_text(encoding="utf-8"))
    kept = content["cells"][-1]["outputs"][0]
    kept["text"] = [line.replace("1", "2") for line in kept["text"]]
    (folder / f"{WRONG}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    # Without pyproject's options, which switch nbval off for the ordinary tests.
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "no:cacheprovider", "--nbval-lax", "-q"]
    notebooks = [*(stage.path for stage in STAGES), folder / f"{WRONG}.ipynb"]
    with home_at(changing_home):
        done = subprocess.run(
            [*command, f"--junitxml={folder / 'report.xml'}", *map(str, notebooks)],
            capture_output=True, text=True, check=False, env=dict(os.environ), cwd=paths.REPOSITORY,
        )  # fmt: skip
    found: dict[str, list[str]] = {}
    for cell in ET.parse(folder / "report.xml").iter("testcase"):
        # pytest names no file outside its folder.
        notebook = next((stage.notebook for stage in STAGES if stage.notebook in cell.get("classname", "")), WRONG)
        faults = [*cell.iter("failure"), *cell.iter("error")]
        found.setdefault(notebook, []).extend(f"{cell.get('name')}: {fault.text}" for fault in faults)
    assert set(found) == {notebook.stem for notebook in notebooks}, done.stdout[-3000:]
    return found


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.notebook)
def test_the_kept_output_is_what_the_notebook_says(failures, stage):
    assert failures[stage.notebook] == []


def test_a_kept_output_that_is_not_what_the_notebook_says_is_noticed(failures):
    (fault,) = failures[WRONG]
    assert "Cell outputs differ" in fault
