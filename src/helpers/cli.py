"""`workbench`: one short function a verb."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from helpers.errors import InputOutput, WorkbenchError

app = typer.Typer(
    help="Customer behaviour, from raw logs to pages people act on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Dataset = Annotated[str, typer.Argument(help="Data set: the name of a folder under data/.")]
console = Console(stderr=True, highlight=False)


@app.command()
def run(
    dataset: Dataset,
    as_of: Annotated[str, typer.Option(help="Local day at whose first moment the data are looked at.")] = "",
    only: Annotated[str, typer.Option(help="Run this stage alone, on the latest tables of the others.")] = "",
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", metavar="STAGE.NAME=VALUE", help="Set a parameter."),
    ] = None,
) -> None:
    """Run the notebooks of a data set and publish their pages.

    Example: workbench run demo -p churn.horizon_days=60
    """
    from helpers.runs.parameters import parse
    from helpers.runs.run import run as run_stages
    from helpers.runs.stages import stage_called

    overrides = parse(parameter or [])
    stage = stage_called(only) if only else None
    with console.status("Starting …") as status:

        def progress(current, what: str) -> None:
            if what == "started":
                status.update(f"{current.notebook} …")
            else:
                console.print(f"{current.notebook:<16} {what}", markup=False, soft_wrap=True)

        done = run_stages(dataset, as_of=as_of, only=stage, overrides=overrides, progress=progress)
    if not done.published:
        console.print(f"Kept, but not the latest report: {done.why_not}.", markup=False, soft_wrap=True)
    print(_short(done.index))


@app.command()
def fetch(
    dataset: Dataset,
    source: Annotated[Path, typer.Option("--from", help="Folder that holds the downloaded files, in any layout.")],
) -> None:
    """Copy the raw files of a public data set into place, each checked by its SHA-256.

    Example: workbench fetch cdnow --from ~/Downloads
    """
    from helpers.datasets import fetch as fetch_files
    from helpers.datasets import paths

    count = fetch_files(dataset, source)
    print(f"{count} files in {_short(paths.raw(dataset))}, every hash as listed.")


@app.command()
def simulate(
    dataset: Dataset,
    customers: Annotated[int, typer.Option(min=50, help="How many customers the shop has had.")] = 2000,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal shops.")] = 7,
) -> None:
    """Make up a shop: raw files as a real one would have them, and the truth behind them.

    Example: workbench simulate demo
    """
    from helpers.simulate import simulate as make_shop

    files = make_shop(dataset, customers=customers, seed=seed)
    print(f"{len(files)} raw files of {customers:,} customers in {_short(files[0].parent)}.")


def _short(path: Path) -> str:
    """A path as a person would type it from where they stand."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def main() -> None:
    """Run the command line; every error of ours ends with its own exit code and one readable message."""
    try:
        app()
    except WorkbenchError as error:
        console.print(f"{type(error).__name__}: {error}", markup=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except OSError as error:
        console.print(f"{InputOutput.__name__}: {error}", markup=False, soft_wrap=True)
        sys.exit(InputOutput.exit_code)


if __name__ == "__main__":
    main()
