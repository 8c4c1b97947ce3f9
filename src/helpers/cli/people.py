"""Verbs of people: what is known of them, what leaves the house, and who leaves it for good."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.cli.app import Dataset, LogForm, LogOption, app, short

if TYPE_CHECKING:
    from helpers.workbench import Shop


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
        print(f"{done.withheld:,} rows stay here: they are nobody's, or their use was not agreed to.")


@app.command()
def score(
    dataset: Dataset,
    as_of: Annotated[str, typer.Option(help="Local day at whose first moment people are described.")] = "",
    to: Annotated[Form, typer.Option(help="Kind of file.")] = Form.parquet,
) -> None:
    """Score everybody by the models of the latest report, without learning anew; only who may be profiled is scored.

    Example: workbench score demo --as-of 2026-04-01
    """
    from helpers.runs.scoring import score as score_people

    done, models, verdict = score_people(dataset, as_of=as_of, to=to.value)
    print(f"{done.rows:,} scores in {short(done.file)}, described in {short(done.schema)}.")
    print(f"Models {models.version}, learned from what came until {models.about['test_cutoff']}. {verdict}")


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
    from helpers.stewardship import forget as forget_person

    shop, again = history.shop_of_latest(dataset), _Again(dataset, log)
    certificate = forget_person(shop, identifier, rebuild=again.rebuild, clear=again.clear)
    print(f"Forgotten: {short(certificate)} says what was done.")


@app.command()
def retain(dataset: Dataset, log: LogOption = LogForm.text) -> None:
    """Fold events that are older than the data set keeps them into facts by day, and remove them, raw records too.

    Example: workbench retain demo
    """
    from helpers.runs import history
    from helpers.stewardship import retain as fold

    again = _Again(dataset, log)
    done = fold(history.shop_of_latest(dataset), rebuild=again.rebuild, clear=again.clear)
    for event, day in done.cutoffs.items():
        print(f"{event or 'Events':<28} kept since {day}")
    equal = f"Equal before and after: {', '.join(done.compared)}." if done.compared else ""
    print(f"{done.events:,} events folded. {equal}".strip())


@app.command(name="rotate-key")
def rotate_key(dataset: Dataset, log: LogOption = LogForm.text) -> None:
    """Give a data set another pseudonym key, and run the main job under it.

    Example: workbench rotate-key myshop
    """
    from helpers.runs import history
    from helpers.stewardship import rotate_key as rotate

    again = _Again(dataset, log)
    fingerprint = rotate(history.shop_of_latest(dataset), rebuild=again.rebuild, clear=again.clear)
    print(f"The present key has the fingerprint {fingerprint}. Keep a copy of the key file.")


class _Again:
    """How the main job is run anew, and what is left of its past then."""

    def __init__(self, dataset: str, log: LogForm) -> None:
        self._dataset, self._log = dataset, log

    def rebuild(self) -> Shop:
        from helpers.runs import history
        from helpers.runs.hooks import Hooks
        from helpers.runs.log import Log
        from helpers.runs.run import Request, run

        run(Request(dataset=self._dataset), log=Log(self._dataset, form=self._log.value), hooks=Hooks())
        return history.shop_of_latest(self._dataset)

    def clear(self, holds: Callable[[Path], bool]) -> None:
        from helpers.runs.tidy import keep_latest_alone

        keep_latest_alone(self._dataset, holds)
