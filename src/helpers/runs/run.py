"""One run of the main job: checked first, done stage by stage, published at the end or not at all."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from helpers.datasets import Shop, lock, paths
from helpers.datasets.folded import require_alike
from helpers.errors import OUR_FAULT, InputOutput, NotebookFailed, NothingToDo, WorkbenchError, WrongUse, disk_refused
from helpers.ingestion import deliveries, expected
from helpers.runs import history
from helpers.runs.durations import in_words
from helpers.runs.execute import end_kernels, execute
from helpers.runs.hooks import Hooks
from helpers.runs.log import Log
from helpers.runs.outcome import Outcome, Run
from helpers.runs.parameters import OURS, Value, declared
from helpers.runs.publish import carry_tables, publish, record_failure
from helpers.runs.stages import STAGES, Stage, waves

BACK_OFF = timedelta(seconds=2)
_RETRIED = (NotebookFailed.exit_code, InputOutput.exit_code)


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of a run.

    Attributes:
        dataset: The data set.
        as_of: The local day at whose first moment the data are looked at; empty for the default.
        only: Run this stage alone, on the latest tables of the others.
        overrides: Checked parameters, {stage: {name: value}}.
        publish: Let a look into the past become `latest`.
        anew: Make anew what earlier runs found as of this moment; `latest` stays.
        workers: How many notebooks may run side by side.
        retries: How often a stage is tried again after exit 5 or 6.
        cell_timeout: How long one cell may take.
        timeout: How long the whole run may take.
    """

    dataset: str
    as_of: str = ""
    only: Stage | None = None
    overrides: dict[str, dict[str, Value]] = field(default_factory=dict)
    publish: bool = False
    anew: bool = False
    workers: int = os.cpu_count() or 1
    retries: int = 0
    cell_timeout: timedelta = timedelta(hours=1)
    timeout: timedelta = timedelta(hours=6)


class Done(NamedTuple):
    """What a run left behind.

    Attributes:
        run: Its id.
        index: Its first page.
        why_not_latest: Why `latest` does not point to it; empty when it does.
    """

    run: str
    index: Path
    why_not_latest: str


def prepare(request: Request) -> tuple[Run, list[Stage]]:
    """Check a request and settle what it means, without touching anything.

    Returns:
        The run to be, and its stages in order.

    Raises:
        WrongUse: If a name, date or parameter is wrong, there is nothing to build on, or what is kept of folded events
            is of other definitions.
    """
    require_alike(request.dataset)
    as_of, base = request.as_of, None
    if request.only is not None:
        last = history.latest(request.dataset)
        if last is None:
            raise history.no_run(request.dataset)
        base, as_of = last.run, as_of or last.as_of.isoformat()
        if as_of != last.as_of.isoformat():
            raise WrongUse(f"--only builds on tables as of {last.as_of}, not {as_of}. Leave --as-of out, or run all.")
    shop = Shop(request.dataset, as_of=as_of)
    default = Shop(request.dataset).as_of
    why_not = "it makes anew what was found of that moment" if request.anew else ""
    if base is None and shop.as_of < default and not request.publish:
        why_not = f"its as_of {shop.as_of} lies before the default, {default}; --publish makes it the latest"
    started = datetime.now(UTC)
    run = Run(
        id=started.strftime("%Y%m%dT%H%M%S%fZ"),
        shop=shop,
        started=started,
        overrides=request.overrides,
        base=base,
        why_not_latest=why_not,
    )
    return run, list(STAGES) if request.only is None else [request.only]


def describe(request: Request) -> list[str]:
    """What a run of `request` would do, as lines that a person reads; nothing is started or written.

    Raises:
        WrongUse: As the run itself would.
        DataRefused: If a required raw file is absent.
    """
    this, stages = prepare(request)
    lines = [f"Data set {this.shop.name} as of {this.shop.as_of}"]
    if this.base is None:
        files = sum(len(found) for found in deliveries(this.shop).values())
        lines.append(f"{files} raw files are there")
    else:
        lines.append(f"Tables of the other stages: run {this.base}")
    for wave in waves(stages):
        for stage in wave:
            values = ", ".join(f"{name} = {value!r}" for name, value in _parameters(this, stage).items())
            lines.append(f"{stage.notebook}: {values}")
    lines.append(
        f"Not the latest report: {this.why_not_latest}" if this.why_not_latest else "Becomes the latest report"
    )
    return lines


def run(request: Request, *, log: Log, hooks: Hooks) -> Done:
    """Run the main job, or one stage of it.

    Args:
        request: What is asked for.
        log: Told what happens.
        hooks: Called when the run fails, or succeeds after one that failed.

    Raises:
        WorkbenchError: If anything goes wrong; `latest` is as it was then, and a page says what failed.
        Locked: If another run of the data set is under way.
    """
    this, stages = prepare(request)
    name = this.shop.name
    if this.base is None:
        expected.wait(
            this.shop,
            tell=lambda what: log("run_waiting", what),
            pause=time.sleep,
            now=lambda: datetime.now(this.shop.settings.zone).replace(tzinfo=None),
        )
    with lock.hold(name, who=f"run {this.id}"):
        for killed in history.sweep(name):
            log("remains_removed", f"run {killed} had been killed; what it left half-made was removed", run=killed)
        before = next(iter(history.past(name)), None)
        log("run_started", f"run {this.id} of {name} as of {this.shop.as_of}", run=this.id, as_of=this.shop.as_of)
        outcomes: dict[str, Outcome] = {}
        try:
            paths.run_tables(name, this.id).mkdir(parents=True)
            if this.base is not None:
                carry_tables(this, without=stages[0])
            _run_stages(this, stages, request, outcomes, log)
            index = publish(this, outcomes)
        except Exception as error:
            ours = _ours(error, name)
            page = record_failure(this, outcomes, ours, log)
            facts = {"run": this.id, "exit_code": ours.exit_code, "error": str(ours), "page": str(page or "")}
            where = f", see {page}" if page else ""
            log("run_failed", f"run {this.id} failed{where}: {ours}", **facts)
            hooks.call("failed", log, dataset=name, **facts)
            raise ours from error
    log("run_done", f"run {this.id} is done", run=this.id, index=str(index), latest=not this.why_not_latest)
    if before is not None and before.status == "failed":
        hooks.call("recovered", log, dataset=name, run=this.id, failed_run=before.run, page=str(index))
    return Done(run=this.id, index=index, why_not_latest=this.why_not_latest)


def _ours(error: Exception, name: str) -> WorkbenchError:
    """Any error as one of ours; a stranger that is neither ours nor the disk's is our fault."""
    if isinstance(error, WorkbenchError):
        return error
    if isinstance(error, OSError):
        # A full disk is reported without a file.
        return disk_refused(error, place=paths.report(name))
    return WorkbenchError(f"{type(error).__name__}: {str(error).rstrip('.')}. {OUR_FAULT}")


def _run_stages(this: Run, stages: list[Stage], request: Request, outcomes: dict[str, Outcome], log: Log) -> None:
    """Run the stages wave by wave and note what became of each in `outcomes`.

    Raises:
        WorkbenchError: The first failure, after the other notebooks of its wave have ended.
    """
    deadline = time.monotonic() + request.timeout.total_seconds()
    for wave in waves(stages):
        ready = [stage for stage in wave if not _rests_on_skipped(stage, outcomes, log)]
        workers = max(1, min(len(ready), request.workers))
        with (
            working_for(this.id, threads=max(1, (os.cpu_count() or 1) // workers)),
            ThreadPoolExecutor(workers) as pool,
        ):
            futures = {stage: pool.submit(_attempt, this, stage, request, log) for stage in ready}
            try:
                late = wait(futures.values(), timeout=max(0, deadline - time.monotonic())).not_done
            except BaseException:
                end_kernels()
                raise
            for future in late:
                future.cancel()
            if late:
                end_kernels()
        _settle(futures, outcomes)
        if late:
            raise NotebookFailed(
                f"The run took longer than {in_words(request.timeout)}; it was stopped. Give it more with --timeout."
            )
        failures = [outcome.error for outcome in outcomes.values() if outcome.error is not None]
        if failures:
            raise failures[0]


def _settle(futures: dict[Stage, Future[Outcome]], outcomes: dict[str, Outcome]) -> None:
    for stage, future in futures.items():
        outcomes[stage.name] = Outcome("failed", "it was not begun in time") if future.cancelled() else future.result()


def _rests_on_skipped(stage: Stage, outcomes: dict[str, Outcome], log: Log) -> bool:
    skipped = [need for need in stage.needs if need in outcomes and outcomes[need].status == "skipped"]
    if skipped:
        outcomes[stage.name] = Outcome("skipped", f"it builds on {skipped[0]}, which was skipped")
        log("stage_skipped", f"{stage.notebook} skipped: {outcomes[stage.name].reason}", stage=stage.name)
    return bool(skipped)


def _attempt(this: Run, stage: Stage, request: Request, log: Log) -> Outcome:
    """Run one stage, again where that may help, and say what became of it."""
    begun = time.monotonic()

    def on_cell(number: int, total: int) -> None:
        seconds = time.monotonic() - begun
        log.progress(stage.name, f"{stage.notebook}: cell {number} of {total}, {seconds:.0f} s")

    for attempt in range(request.retries + 1):
        try:
            execute(
                stage,
                this.notebook(stage),
                parameters=_parameters(this, stage),
                cell_timeout=request.cell_timeout,
                on_cell=on_cell,
            )
        except NothingToDo as reason:
            log("stage_skipped", f"{stage.notebook} skipped: {reason}", stage=stage.name)
            return Outcome("skipped", str(reason))
        except (WorkbenchError, OSError) as error:
            ours = error if isinstance(error, WorkbenchError) else disk_refused(error, place=this.notebook(stage))
            if ours.exit_code not in _RETRIED or attempt == request.retries:
                opened = f"`workbench debug {this.shop.name}` opens it"
                log("stage_failed", f"{stage.notebook} failed; {opened}", stage=stage.name, exit_code=ours.exit_code)
                return Outcome("failed", str(ours), ours)
            pause = BACK_OFF * 2**attempt
            log("stage_retried", f"{stage.notebook} failed ({ours}); again in {in_words(pause)}", stage=stage.name)
            time.sleep(pause.total_seconds())
        else:
            seconds = round(time.monotonic() - begun, 1)
            log("stage_done", f"{stage.notebook} done in {seconds} s", stage=stage.name, seconds=seconds)
            return Outcome("done", "")
    raise AssertionError  # the loop always returns


def _parameters(this: Run, stage: Stage) -> dict[str, Value]:
    ours = {"dataset": this.shop.name, "as_of": this.shop.as_of.isoformat()}
    known = declared(stage.path)
    return {name: ours[name] for name in OURS if name in known} | this.overrides.get(stage.name, {})


@contextmanager
def working_for(run: str, *, threads: int) -> Iterator[None]:
    """Tell whoever reads and writes tables, kernels too, which run they work for and how many threads each may use."""
    pinned = dict.fromkeys(("WORKBENCH_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), str(threads))
    values = pinned | {"WORKBENCH_RUN": run}
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
