"""Verbs of experiments: people put into arms before it begins."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers.cli.app import Dataset, app, short


@app.command()
def assign(
    dataset: Dataset,
    experiment: Annotated[str, typer.Argument(help="Experiment of the data set's dataset.toml.")],
    people: Annotated[Path, typer.Argument(help="File with one identifier a line, or a CSV with --column.")],
    to: Annotated[Path, typer.Option(help="CSV to write: identifier, experiment, arm.")],
    column: Annotated[str, typer.Option(help="Column of a CSV with a header that holds the identifiers.")] = "",
) -> None:
    """Give each person of a list an arm of an experiment; the same person gets the same arm every time.

    Example: workbench assign demo welcome_offer people.txt --to arms.csv
    """
    from helpers.datasets import settings
    from helpers.errors import no_such
    from helpers.lift.assign import assign as write
    from helpers.reporting import number, percent

    declared = {each.name: each for each in settings.load(dataset).experiments}
    if experiment not in declared:
        raise no_such("experiment", experiment, declared)
    done = write(people, to, experiment=experiment, shares=declared[experiment].sizes, column=column)
    for arm, count in done.counts.items():
        print(f"{arm:<20}{number(count):>12}  expected {number(done.ratio.expected[arm])}")
    chance = f"A split at least this far from plan comes by chance in {percent(done.ratio.p)} of lists."
    print(f"{chance} Written: {short(done.file)}")
