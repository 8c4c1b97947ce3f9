"""What the runner costs: the demo run beside the sum of its kernel starts, imports and the helpers' own compute.

Named alternative: the same notebooks' cells executed one after the other in one process, to which five kernel starts
and each notebook's own imports in a fresh process are added. Run by `make bench`; prints a table, asserts nothing about
time.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from jupyter_client.manager import start_new_kernel

from helpers.datasets import paths
from helpers.runs.stages import STAGES

WORKBENCH = [sys.executable, "-m", "helpers.cli"]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def start_kernel() -> None:
    """Start a kernel, wait until it answers, end it."""
    manager, client = start_new_kernel(kernel_name="python3")
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def cells(notebook: Path) -> str:
    """All code of a notebook, with the demo's own parameters."""
    found = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in found if cell["cell_type"] == "code")


def imports(notebook: Path) -> str:
    """The import statements of a notebook."""
    statements = ast.parse(cells(notebook)).body
    return "\n".join(ast.unparse(each) for each in statements if isinstance(each, ast.Import | ast.ImportFrom))


def compute(stages: list[str]) -> None:
    """Run the notebooks' code in this process, which has imported all that they need."""
    mpl.use("agg")
    for stage in stages:
        exec(compile(cells(paths.notebooks() / f"{stage}.ipynb"), stage, "exec"), {"__name__": stage})


def timed(program: str, *, home: str, before: str = "") -> float:
    """Wall seconds of a program in a fresh process, what runs before it not counted."""
    text = f"import time\n{before}\nbegun = time.perf_counter()\n{program}\nprint()\nprint(time.perf_counter() - begun)"
    environment = {**os.environ, "WORKBENCH_HOME": home, "WORKBENCH_RUN": "bench"}
    done = subprocess.run(
        [sys.executable, "-c", text], env=environment, capture_output=True, text=True, check=True, cwd=paths.REPOSITORY
    )
    return float(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "WORKBENCH_HOME": home}
        subprocess.run([*WORKBENCH, "simulate", "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        whole = seconds(
            lambda: subprocess.run(
                [*WORKBENCH, "run", "demo", "--workers", "1"], env=environment, check=True, capture_output=True
            )
        )
        own_imports = [imports(stage.path) for stage in STAGES]
        imported = sum(timed(each, home=home) for each in own_imports)
        everything = "\n".join([*own_imports, "from tests.benchmarks.bench_runs import compute"])
        computed = timed(f"compute({[stage.notebook for stage in STAGES]})", home=home, before=everything)
    kernels = sum(seconds(start_kernel) for _ in STAGES)
    total = kernels + imported + computed
    for name, value in (
        ("workbench run demo --workers 1", whole),
        (f"{len(STAGES)} kernel starts", kernels),
        ("each notebook's imports", imported),
        ("the notebooks' code in one process", computed),
        ("sum of the three", total),
    ):
        print(f"{name:<36} {value:7.1f} s")
    print(f"{'ratio (aim: at most 1.4)':<36} {whole / total:7.2f}")


if __name__ == "__main__":
    main()
