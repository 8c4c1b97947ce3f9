"""Runs one notebook through papermill, and decides by itself what became of it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import papermill
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from helpers import errors
from helpers.errors import NotebookFailed
from helpers.runs.durations import in_words
from helpers.runs.parameters import Value
from helpers.runs.stages import Stage

_started: dict[int, int] = {}
_guard = threading.Lock()


class _Kernel(AsyncKernelManager):
    """A kernel whose process group is known to `end_kernels`, so that nothing it started outlives it."""

    async def _async_start_kernel(self, **kw: object) -> None:
        await super()._async_start_kernel(**kw)
        with _guard:
            _started[self.provisioner.pgid] = threading.get_ident()

    start_kernel = _async_start_kernel


def end_kernels(*, of_thread: int | None = None) -> None:
    """Kill every kernel that was started here, or by one thread, with all processes of its group."""
    with _guard:
        groups = [group for group, thread in _started.items() if of_thread in (None, thread)]
        for group in groups:
            del _started[group]
    for group in groups:
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            continue


def execute(
    stage: Stage,
    output: Path,
    *,
    parameters: dict[str, Value],
    cell_timeout: timedelta,
    on_cell: Callable[[int, int], None],
) -> None:
    """Run the notebook of `stage` in a kernel of its own and keep it, executed, at `output`.

    Args:
        stage: The stage.
        output: Where the executed notebook goes, also when it fails.
        parameters: Checked parameters.
        cell_timeout: How long one cell may take.
        on_cell: Called with the number of each code cell that starts, and how many there are.

    Raises:
        WorkbenchError: Ours, as the notebook raised it; `NothingToDo` among them.
        NotebookFailed: For any other cause, with the cell that failed.
    """
    cells = nbformat.read(stage.path, as_version=4).cells
    # papermill puts the parameters into a cell of their own behind the tagged one.
    total = 1 + sum(cell.cell_type == "code" for cell in cells)
    started = iter(range(1, total + 1))

    def count(cell: nbformat.NotebookNode, cell_index: int) -> None:  # noqa: ARG001 - the names are nbclient's
        if cell.cell_type == "code":
            on_cell(next(started, total), total)

    output.parent.mkdir(parents=True, exist_ok=True)
    # Reached through sockets in a folder of its own, so that nobody else on the machine can listen to the kernel.
    with TemporaryDirectory(prefix="workbench-") as sockets:
        config = Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}})
        _in_kernel(stage, output, parameters=parameters, cell_timeout=cell_timeout, on_cell_start=count, config=config)
    _require_all_cells_ran(stage, output)


def _in_kernel(
    stage: Stage,
    output: Path,
    *,
    parameters: dict[str, Value],
    cell_timeout: timedelta,
    on_cell_start: Callable[..., None],
    config: Config,
) -> None:
    """Let papermill run the notebook, and give every way in which it can end its name."""
    try:
        papermill.execute_notebook(
            str(stage.path),
            str(output),
            parameters=parameters,
            resources={"metadata": {"path": str(stage.path.parent)}},
            kernel_name="python3",
            kernel_manager_class=_Kernel,
            extra_arguments=["--IPKernelApp.log_level=50"],  # being told to stop is no error
            execution_timeout=max(1, round(cell_timeout.total_seconds())),
            on_cell_start=on_cell_start,
            progress_bar=False,
            log_output=False,
            config=config,
        )
    except PapermillExecutionError as failure:
        ours = errors.by_name(failure.ename)
        if ours is not None:
            raise ours(failure.evalue) from None
        raise NotebookFailed(
            f"{stage.notebook}, code cell {failure.exec_count}: {failure.ename}: {failure.evalue}"
        ) from None
    except CellTimeoutError:
        raise NotebookFailed(
            f"{stage.notebook}: a cell took longer than {in_words(cell_timeout)}; it was stopped. Give it more with "
            "--cell-timeout."
        ) from None
    except DeadKernelError:
        raise NotebookFailed(
            f"{stage.notebook}: its kernel died (killed, or out of memory); the cells after that did not run. Run "
            "again with fewer --workers, or on a machine with more memory."
        ) from None
    except (RuntimeError, NoSuchKernel) as failure:
        said = str(failure).rstrip(".")
        raise NotebookFailed(f"{stage.notebook}: no kernel started: {said}. Run `workbench doctor`.") from None
    finally:
        end_kernels(of_thread=threading.get_ident())
        ensure_event_loop().close()  # made for this thread by Jupyter, which leaves it open


def _require_all_cells_ran(stage: Stage, output: Path) -> None:
    """Refuse a notebook that papermill calls finished although it exited half-way: each cell must have run well."""
    cells = [cell for cell in nbformat.read(output, as_version=4).cells if cell.cell_type == "code" and cell.source]
    missed = [cell for cell in cells if cell.execution_count is None]
    exited = [cell for cell in cells if any(out.output_type == "error" for out in cell.outputs)]
    if missed or exited:
        raise NotebookFailed(f"{stage.notebook} ended early: {len(missed)} of its {len(cells)} code cells did not run.")
