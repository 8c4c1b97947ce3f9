"""`workbench`: one short function a verb."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from helpers.errors import InputOutput, Stale, WorkbenchError, WrongUse

app = typer.Typer(
    help="Customer behaviour, from raw logs to pages people act on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
STOPPED = 130


class LogForm(StrEnum):
    """How a run tells what it does."""

    text = "text"
    json = "json"


class Step(StrEnum):
    """How far the dates of a backfill lie apart."""

    day = "day"
    week = "week"
    month = "month"


Dataset = Annotated[str, typer.Argument(help="Data set: the name of a folder under data/.")]
Parameters = Annotated[
    list[str] | None, typer.Option("--parameter", "-p", metavar="STAGE.NAME=VALUE", help="Set a parameter.")
]
Workers = Annotated[int, typer.Option(min=1, help="Notebooks that may run side by side.")]
Retries = Annotated[int, typer.Option(min=0, help="How often to try a stage again after exit code 5 or 6.")]
LogOption = Annotated[LogForm, typer.Option("--log", help="Lines for people, or JSON lines.")]
OnFailed = Annotated[str, typer.Option(metavar="COMMAND", help="Called with JSON when a run fails.")]
OnRecovered = Annotated[str, typer.Option(metavar="COMMAND", help="Called when a run succeeds after a failed one.")]
CORES = os.cpu_count() or 1


@app.command()
def run(
    dataset: Dataset,
    as_of: Annotated[str, typer.Option(help="Local day at whose first moment the data are looked at.")] = "",
    only: Annotated[str, typer.Option(help="Run this stage alone, on the latest tables of the others.")] = "",
    parameter: Parameters = None,
    publish: Annotated[bool, typer.Option("--publish", help="Let a past --as-of become the latest report.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything and say what would run.")] = False,
    workers: Workers = CORES,
    retries: Retries = 0,
    cell_timeout: Annotated[str, typer.Option(help="How long one cell may take.")] = "1h",
    timeout: Annotated[str, typer.Option(help="How long the whole run may take.")] = "6h",
    log: LogOption = LogForm.text,
    on_failed: OnFailed = "",
    on_recovered: OnRecovered = "",
) -> None:
    """Run the notebooks of a data set and publish their pages.

    Example: workbench run demo -p churn.horizon_days=60
    """
    from helpers.runs.durations import duration
    from helpers.runs.hooks import Hooks
    from helpers.runs.log import Log
    from helpers.runs.parameters import parse
    from helpers.runs.run import Request, describe
    from helpers.runs.run import run as run_stages
    from helpers.runs.stages import stage_called

    request = Request(
        dataset=dataset,
        as_of=as_of,
        only=stage_called(only) if only else None,
        overrides=parse(parameter or []),
        publish=publish,
        workers=workers,
        retries=retries,
        cell_timeout=duration(cell_timeout),
        timeout=duration(timeout),
    )
    if dry_run:
        print("\n".join(describe(request)))
        return
    hooks = Hooks(failed=on_failed, recovered=on_recovered)
    done = run_stages(request, log=Log(dataset, form=log.value), hooks=hooks)
    if done.why_not_latest:
        _tell(f"Kept, but not the latest report: {done.why_not_latest}.")
    print(_short(done.index))


@app.command()
def backfill(
    dataset: Dataset,
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First date.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last date.")],
    every: Annotated[Step, typer.Option(help="Distance of the dates.")] = Step.month,
    parameter: Parameters = None,
    workers: Workers = CORES,
    retries: Retries = 0,
    log: LogOption = LogForm.text,
) -> None:
    """Run the notebooks as of past dates; the pages are kept, the latest report stays.

    Example: workbench backfill demo --from 2025-10-01 --to 2026-03-01 --every month
    """
    from helpers.runs.backfill import backfill as fill
    from helpers.runs.backfill import dates
    from helpers.runs.hooks import Hooks
    from helpers.runs.log import Log
    from helpers.runs.parameters import parse
    from helpers.runs.run import Request

    request = Request(dataset=dataset, overrides=parse(parameter or []), workers=workers, retries=retries)
    days = dates(first.date(), last.date(), every.value)
    for done in fill(request, days, log=Log(dataset, form=log.value), hooks=Hooks()):
        print(_short(done.index))


@app.command()
def status(
    dataset: Dataset,
    max_age: Annotated[str, typer.Option(help="Oldest report that will do; else the data set's own.")] = "",
    on_late: Annotated[str, typer.Option(metavar="COMMAND", help="Called with JSON when the report is late.")] = "",
) -> None:
    """Say how old the report is; exit code 8 when it is older than it may be.

    Example: workbench status demo --max-age 26h
    """
    from helpers.datasets.settings import load
    from helpers.runs.durations import duration, in_words
    from helpers.runs.hooks import Hooks
    from helpers.runs.log import Log
    from helpers.runs.status import status as status_of

    found, limit = status_of(dataset), duration(max_age or load(dataset).report.max_age)
    if found.is_late(limit):
        age = None if found.age is None else round(found.age.total_seconds())
        facts = {"age_seconds": age, "max_age_seconds": limit.total_seconds()}
        Hooks(late=on_late).call("late", Log(dataset), dataset=dataset, **facts)
        raise Stale(f"{dataset}: {found.sentence()}. It may be {in_words(limit)} old at most.")
    print(f"{dataset}: {found.sentence()}.")


@app.command(name="list")
def list_datasets() -> None:
    """List the data sets and where each stands.

    Example: workbench list
    """
    from helpers.runs.status import all_statuses

    for found in all_statuses():
        print(f"{found.dataset:<16} {found.title}: {found.sentence()}")


@app.command()
def runs(dataset: Dataset) -> None:
    """List the runs of a data set, the newest first.

    Example: workbench runs demo
    """
    from helpers.datasets.settings import load
    from helpers.runs import history

    load(dataset)
    latest = history.latest(dataset)
    for each in history.past(dataset):
        seconds = (each.ended - each.started).total_seconds()
        ending = each.status if each.failure is None else f"failed with {each.failure['exit_code']}"
        notes = ["latest"] if latest and latest.run == each.run else []
        notes += [f"{name} {stage['status']}" for name, stage in each.stages.items() if stage["status"] != "done"]
        print(f"{each.run}  as of {each.as_of}  {ending:<13} {seconds:5.0f} s  {', '.join(notes)}")


@app.command()
def compare(
    dataset: Dataset,
    before: Annotated[str, typer.Argument(help="Earlier run; without both, the last two published.")] = "",
    after: Annotated[str, typer.Argument(help="Later run.")] = "",
) -> None:
    """Say what differs between two runs: figures, definitions, code, tables.

    Example: workbench compare demo
    """
    from helpers.runs.compare import pair, report

    print("\n".join(report(*pair(dataset, before, after))))


@app.command()
def gc(
    dataset: Dataset,
    keep: Annotated[int, typer.Option(min=1, help="How many of the newest runs stay.")] = 14,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Remove old runs; the newest and the last of each month stay.

    Example: workbench gc demo --dry-run
    """
    from helpers.datasets.settings import load
    from helpers.runs.tidy import tidy

    load(dataset)
    found = tidy(dataset, keep_last=keep, dry_run=dry_run)
    for each in found:
        print(f"{each.run}  as of {each.as_of}  {each.status}")
    print(f"{len(found)} runs {'would go' if dry_run else 'removed'}.")


@app.command()
def debug(
    dataset: Dataset,
    run: Annotated[str, typer.Argument(help="A failed run; empty for the newest.")] = "",
) -> None:
    """Open the notebook that failed in JupyterLab, on the tables and parameters of its run.

    Example: workbench debug demo
    """
    from helpers.runs.debug import prepare

    bench = prepare(dataset, run)
    _tell(f"Opening {_short(bench.notebook)}; it reads the tables of the failed run and writes to scratch.")
    command = [sys.executable, "-m", "jupyter", "lab", str(bench.notebook)]
    os.execve(command[0], command, bench.environment)  # noqa: S606 - the command is ours


@app.command()
def doctor() -> None:
    """Look for what this machine lacks, and say what to do about it.

    Example: workbench doctor
    """
    from helpers.runs.doctor import examine

    findings = examine()
    for finding in findings:
        remedy = f": {finding.remedy}" if finding.remedy else ""
        print(f"{'lacking' if remedy else 'ok':<8} {finding.subject}{remedy}")
    lacking = sum(bool(finding.remedy) for finding in findings)
    if lacking:
        raise WrongUse(f"{lacking} of {len(findings)} things need attention.")


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
    print(f"\nWritten: {_short(paths.dataset(dataset) / 'dataset.toml')}. Next: workbench validate {dataset}")


@app.command()
def validate(
    dataset: Dataset,
    lines: Annotated[int, typer.Option(min=10, help="How many lines of the first file of each source.")] = 10_000,
) -> None:
    """Try dataset.toml on a sample and show what it makes of it; nothing is loaded. What it shows may be personal.

    Example: workbench validate myshop
    """
    from helpers.datasets import open as open_shop
    from helpers.ingestion import described, validate

    for tried in validate(open_shop(dataset), lines=lines):
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
    from helpers.datasets import open as open_shop
    from helpers.ingestion import rejected

    for record in rejected(open_shop(dataset), source=source, limit=limit):
        print(f"{record.place}: {record.reason}\n    {record.text}")


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
    print(f"{len(files)} raw files of {customers:,} customers in {_short(paths.raw(dataset))}.")


def _short(path: Path) -> str:
    """A path as a person would type it from where they stand."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


def main() -> None:
    """Run the command line; every error of ours ends with its own exit code and one readable message."""
    try:
        app()
    except WorkbenchError as error:
        _tell(f"{type(error).__name__}: {error}")
        sys.exit(error.exit_code)
    except OSError as error:
        _tell(f"{InputOutput.__name__}: {error}")
        sys.exit(InputOutput.exit_code)
    except KeyboardInterrupt:
        _tell("Stopped.")
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
