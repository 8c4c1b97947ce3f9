"""Opens the notebook that failed on the tables and parameters of its run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from helpers.datasets import paths
from helpers.datasets.settings import load
from helpers.errors import WrongUse
from helpers.runs import history
from helpers.runs.stages import stage_called


class Bench(NamedTuple):
    """A failed notebook, ready to be looked into.

    Attributes:
        notebook: A copy that may be changed.
        environment: Variables under which it reads the tables of the failed run.
    """

    notebook: Path
    environment: dict[str, str]


def prepare(name: str, run: str = "") -> Bench:
    """Copy the failed notebook of a run to notebooks/scratch, with the parameters it ran with.

    What it writes goes to the data set's scratch folder, so that neither the failed run nor `latest` changes.

    Args:
        name: The data set.
        run: A failed run; empty for the newest.

    Raises:
        WrongUse: If the run did not fail, or failed outside a notebook.
    """
    failures = [each for each in history.past(load(name).name) if each.status == "failed"]
    if not failures:
        raise WrongUse(f"No run of {name!r} has failed.")
    found = history.find(name, run) if run else failures[0]
    if found.status != "failed" or not found.failure["stage"]:
        raise WrongUse(f"No notebook failed in run {found.run} of {name!r}; `workbench runs {name}` says how it ended.")
    stage = stage_called(found.failure["stage"])
    executed = found.folder / stage.path.name
    source = executed if executed.exists() else stage.path
    notebook = json.loads(source.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    copy = paths.notebooks() / "scratch" / f"{stage.notebook}-{found.run}.ipynb"
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(json.dumps(notebook, indent=1, ensure_ascii=False), encoding="utf-8")
    return Bench(copy, {**os.environ, "WORKBENCH_LOOK_INTO": found.run})
