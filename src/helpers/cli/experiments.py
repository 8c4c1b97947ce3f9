"""Verbs of experiments: what one needs before it begins, and people put into its arms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.cli.app import Dataset, app, short

if TYPE_CHECKING:
    from helpers.datasets.questions import Experiment


Named = Annotated[str, typer.Argument(help="Experiment of the data set's dataset.toml.")]


@app.command()
def plan(dataset: Dataset, experiment: Named) -> None:
    """Say how many people and days an experiment needs that has not begun, from what people of late did.

    Example: workbench plan myshop free_shipping
    """
    from helpers.lift.beforehand import beforehand
    from helpers.lift.beforehand_words import beforehand_lines
    from helpers.runs import history

    declared = _declared(dataset, experiment)
    shop = history.shop_of_latest(dataset)
    print("\n".join(beforehand_lines(beforehand(shop, declared), currency=shop.settings.currency)))


@app.command()
def assign(
    dataset: Dataset,
    experiment: Named,
    people: Annotated[Path, typer.Argument(help="File with one identifier a line, or a CSV with --column.")],
    to: Annotated[Path, typer.Option(help="CSV to write: identifier, experiment, arm.")],
    column: Annotated[str, typer.Option(help="Column of a CSV with a header that holds the identifiers.")] = "",
) -> None:
    """Give each person of a list an arm of an experiment; the same person gets the same arm every time.

    Example: workbench assign demo welcome_offer people.txt --to arms.csv
    """
    from helpers.lift.assign import assign as write
    from helpers.reporting import number, percent

    shares = _declared(dataset, experiment).sizes
    done = write(people, to, experiment=experiment, shares=shares, column=column)
    for arm, count in done.counts.items():
        print(f"{arm:<20}{number(count):>12}  expected {number(done.ratio.expected[arm])}")
    chance = f"A split at least this far from plan comes by chance in {percent(done.ratio.p)} of lists."
    print(f"{chance} Written: {short(done.file)}")


def _declared(dataset: str, name: str) -> Experiment:
    """The experiment of a data set that is called so."""
    from helpers.datasets import settings
    from helpers.errors import WrongUse, no_such

    declared = {each.name: each for each in settings.load(dataset).experiments}
    if not declared:
        raise WrongUse(f"{dataset!r} declares no experiment. Write an [[experiment]] block into dataset.toml first.")
    if name not in declared:
        raise no_such("experiment", name, declared)
    return declared[name]
