"""Verbs of running: the main job, its past, and whether it is well."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from helpers.cli.app import Dataset, LogForm, LogOption, app, short, tell
from helpers.errors import Stale, WrongUse


class Step(StrEnum):
    """How far the dates of a backfill lie apart."""

    day = "day"
    week = "week"
    month = "month"


Parameters = Annotated[
    list[str] | None, typer.Option("--parameter", "-p", metavar="STAGE.NAME=VALUE", help="Set a parameter.")
]
Workers = Annotated[int, typer.Option(min=1, help="Notebooks that may run side by side.")]
Retries = Annotated[int, typer.Option(min=0, help="How often to try a stage again after exit code 5 or 6.")]
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
        cell_timeout=duration(cell_timeout, "--cell-timeout"),
        timeout=duration(timeout, "--timeout"),
    )
    hooks = Hooks(failed=on_failed, recovered=on_recovered)
    if dry_run:
        print("\n".join(describe(request)))
        return
    done = run_stages(request, log=Log(dataset, form=log.value), hooks=hooks)
    if done.why_not_latest:
        tell(f"Kept, but not the latest report: {done.why_not_latest}.")
    print(short(done.index))


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
        print(short(done.index))


@app.command()
def migrate(
    dataset: Dataset,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be made anew, and what cannot.")
    ] = False,
    workers: Workers = CORES,
    log: LogOption = LogForm.text,
) -> None:
    """Make reports of older definitions anew, the latest and those of past moments; say what cannot be.

    Example: workbench migrate demo --dry-run
    """
    from helpers.runs.hooks import Hooks
    from helpers.runs.log import Log
    from helpers.runs.migrate import described, plan
    from helpers.runs.migrate import migrate as make_anew
    from helpers.runs.run import Done, Request
    from helpers.runs.run import run as run_stages

    found = plan(dataset)
    print("\n".join(described(found)))
    if dry_run:
        return

    def rebuild(request: Request) -> Done:
        return run_stages(request, log=Log(dataset, form=log.value), hooks=Hooks())

    for line in make_anew(found, workers=workers, rebuild=rebuild):
        print(line, flush=True)


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

    hooks, found = Hooks(late=on_late), status_of(dataset)
    limit = duration(max_age or load(dataset).report.max_age, "--max-age")
    if found.is_late(limit):
        age = None if found.age is None else round(found.age.total_seconds())
        facts = {"age_seconds": age, "max_age_seconds": limit.total_seconds()}
        hooks.call("late", Log(dataset), dataset=dataset, **facts)
        raise Stale(f"{dataset}: {found.sentence()}. It may be {in_words(limit)} old at most. {found.remedy()}")
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
    latest, past = history.latest(dataset), history.past(dataset)
    if not past:
        tell(f"{dataset!r} has no run yet. `workbench run {dataset}` makes the first.")
    for each in past:
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
    tell(f"Opening {short(bench.notebook)}; it reads the tables of the failed run and writes to scratch.")
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
