"""Verbs of data: raw files put into place, described, tried and looked into."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers.cli.app import Dataset, app, short, tell


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
    print(f"{count} files in {short(paths.raw(dataset))}, every hash as listed.")


@app.command()
def new(
    dataset: Dataset,
    files: Annotated[list[Path], typer.Argument(help="Its files, of one or more shapes; they are copied.")],
) -> None:
    """Begin a data set: copy its files, and propose a dataset.toml from their headers and a sample.

    Example: workbench new myshop ~/Downloads/orders-*.csv
    """
    from helpers.datasets import paths
    from helpers.ingestion import create

    print("\n".join(create(dataset, files)))
    print(f"\nWritten: {short(paths.dataset(dataset) / 'dataset.toml')}. Next: workbench validate {dataset}")


@app.command()
def validate(
    dataset: Dataset,
    lines: Annotated[int, typer.Option(min=10, help="How many lines of the first file of each source.")] = 10_000,
) -> None:
    """Try dataset.toml on a sample and show what it makes of it; nothing is loaded. What it shows may be personal.

    Example: workbench validate myshop
    """
    import helpers
    from helpers.ingestion import described, validate

    for tried in validate(helpers.open(dataset), lines=lines):
        print("\n".join(described(tried)))


@app.command()
def rejects(
    dataset: Dataset,
    source: Annotated[str, typer.Option(help="Only records of this source.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many records.")] = 20,
) -> None:
    """Show the text of rejected records, from the raw files: it may be personal.

    Example: workbench rejects demo --source orders
    """
    import helpers
    from helpers.ingestion import rejected

    record = None
    for record in rejected(helpers.open(dataset), source=source, limit=limit):
        print(f"{record.place}: {record.reason}\n    {record.text}")
    if record is None:
        tell("No record was rejected.")


@app.command()
def simulate(
    dataset: Dataset,
    customers: Annotated[int, typer.Option(min=50, help="How many customers the shop has had.")] = 2000,
    seed: Annotated[int, typer.Option(help="Equal seeds give equal shops.")] = 7,
) -> None:
    """Make up a shop: raw files as a real one would have them, and the truth behind them.

    Example: workbench simulate demo
    """
    from helpers.datasets import paths
    from helpers.simulate import write_shop

    files = write_shop(paths.raw(dataset), paths.truth(dataset), customers=customers, seed=seed)
    print(f"{len(files)} raw files of {customers:,} customers in {short(paths.raw(dataset))}.")
    if not paths.settings_file(dataset).exists():
        own = short(paths.dataset(dataset) / "dataset.toml")
        tell(f"Before it can run: copy {short(paths.settings_file('demo'))} to {own}, and change its name.")
