"""Runs one notebook through papermill, and decides by itself what became of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from helpers import errors
from helpers.errors import NotebookFailed
from helpers.runs.parameters import Value
from helpers.runs.stages import Stage

# Sockets in the file system: nobody else on the machine can listen to a kernel.
_LOCAL = Config({"KernelManager": {"transport": "ipc"}})


def execute(stage: Stage, output: Path, *, run: str, parameters: dict[str, Value]) -> None:
    """Run the notebook of `stage` in a kernel of its own and keep it, executed, at `output`.

    Args:
        stage: The stage.
        output: Where the executed notebook goes, also when it fails.
        run: The run that its tables belong to.
        parameters: Checked parameters.

    Raises:
        WorkbenchError: Ours, as the notebook raised it; `NothingToDo` among them.
        NotebookFailed: For any other cause, with the cell that failed.
    """
    output.parent.mkdir(parents=True, exist_ok=True)
    with _environment(WORKBENCH_RUN=run):
        try:
            papermill.execute_notebook(
                str(stage.path),
                str(output),
                parameters=parameters,
                cwd=str(stage.path.parent),
                kernel_name="python3",
                progress_bar=False,
                log_output=False,
                config=_LOCAL,
                extra_arguments=["--IPKernelApp.log_level=50"],  # being told to stop is no error
            )
        except PapermillExecutionError as failure:
            ours = errors.by_name(failure.ename)
            if ours is not None:
                raise ours(failure.evalue) from None
            raise NotebookFailed(
                f"{stage.notebook}, code cell {failure.exec_count}: {failure.ename}: {failure.evalue}"
            ) from None
        except (DeadKernelError, CellTimeoutError) as failure:
            raise NotebookFailed(f"{stage.notebook}: {failure}") from None
    _require_all_cells_ran(stage, output)


def _require_all_cells_ran(stage: Stage, output: Path) -> None:
    """Refuse a notebook that papermill calls finished although its kernel died or exited: each cell must have run."""
    cells = nbformat.read(output, as_version=4).cells
    missed = [cell for cell in cells if cell.cell_type == "code" and cell.source and cell.execution_count is None]
    if missed:
        raise NotebookFailed(f"{stage.notebook}: {len(missed)} code cells did not run; its kernel ended early.")


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Set environment variables that the kernel inherits, and put the old ones back."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
