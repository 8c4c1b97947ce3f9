"""Verbs of people: what is known of them, what leaves the house, and who leaves it for good."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from helpers.cli.app import Dataset, LogForm, LogOption, app, short


class Form(StrEnum):
    """What kind of file other tools get."""

    csv = "csv"
    parquet = "parquet"
    json = "json"


Known = Annotated[str, typer.Option(metavar="TYPE:VALUE", help="One identifier of theirs; any will do.")]


@app.command()
def export(
    dataset: Dataset,
    table: Annotated[str, typer.Argument(help="One table, as the data contract of its notebook names it.")],
    to: Annotated[Form, typer.Option(help="Kind of file.")] = Form.csv,
) -> None:
    """Write a table for another tool, with a schema; of people only those who may be profiled are in it.

    Example: workbench export demo segments --to csv
    """
    from helpers.runs import history
    from helpers.stewardship import export as write

    done = write(history.shop_of_latest(dataset), table, to=to.value)
    print(f"{done.rows:,} rows in {short(done.file)}, described in {short(done.schema)}.")
    if done.withheld:
        print(f"{done.withheld:,} rows are of people who may not be profiled, and stay here.")


@app.command()
def card(dataset: Dataset, identifier: Known) -> None:
    """Show what is known of one customer, how sure it is, and the events behind it. It is personal.

    Example: workbench card demo --identifier user_id:C1000
    """
    from helpers.runs import history
    from helpers.stewardship import card as lines

    print("\n".join(lines(history.shop_of_latest(dataset), identifier)))


@app.command()
def forget(dataset: Dataset, identifier: Known, log: LogOption = LogForm.text) -> None:
    """Forget one customer in raw files, tables, exports and reports; a certificate says that it was done.

    Example: workbench forget demo --identifier email:ann@example.com
    """
    from helpers.runs import history
    from helpers.runs.hooks import Hooks
    from helpers.runs.log import Log
    from helpers.runs.run import Request, run
    from helpers.runs.tidy import keep_latest_alone
    from helpers.stewardship import forget as forget_person

    shop = history.shop_of_latest(dataset)
    certificate = forget_person(
        shop,
        identifier,
        rebuild=lambda: run(Request(dataset=dataset), log=Log(dataset, form=log.value), hooks=Hooks()),
        clear=lambda holds: keep_latest_alone(dataset, holds),
    )
    print(f"Forgotten: {short(certificate)} says what was done.")
