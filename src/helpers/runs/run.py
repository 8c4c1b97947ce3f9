"""One run of the main job: stages in order, pages made aside, `latest` swapped last."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from helpers.datasets import Shop, paths
from helpers.datasets.store import published_run
from helpers.errors import Locked, NothingToDo, WorkbenchError, WrongUse
from helpers.runs.execute import execute
from helpers.runs.parameters import OURS, Value, declared
from helpers.runs.publish import Outcome, Run, carry_tables, publish
from helpers.runs.stages import STAGES, Stage

Progress = Callable[[Stage, str], None]


class Done(NamedTuple):
    """What a run left behind.

    Attributes:
        run: Its id.
        index: Its first page.
        published: Whether `latest` points to it now.
        why_not: Why not, empty when it does.
    """

    run: str
    index: Path
    published: bool
    why_not: str


def run(
    name: str,
    *,
    as_of: str = "",
    only: Stage | None = None,
    overrides: dict[str, dict[str, Value]] | None = None,
    progress: Progress,
) -> Done:
    """Run the main job, or one stage of it, for data set `name`.

    Args:
        name: The data set.
        as_of: The local day at whose first moment the data are looked at; empty for the default.
        only: Run this stage alone, on the other stages' latest tables.
        overrides: Checked parameters, {stage: {name: value}}.
        progress: Called with each stage and what is happening to it.

    Raises:
        WorkbenchError: If anything goes wrong; `latest` is as it was then.
        Locked: If another run of the data set is under way.
    """
    shop = Shop(name, as_of=as_of)
    overrides = overrides or {}
    started = datetime.now(UTC)
    this = Run(id=started.strftime("%Y%m%dT%H%M%S%fZ"), shop=shop, started=started, overrides=overrides, base=None)
    with _locked(name, this.id):
        wanted = STAGES if only is None else (only,)
        if only is not None:
            base = published_run(name)
            if base is None:
                raise WrongUse(f"{name!r} has no finished run yet, so --only has nothing to build on. Run all first.")
            this = this._replace(base=base)
            carry_tables(this, without=only)
        outcomes = _run_stages(this, wanted, progress)
        why_not = _why_not_latest(shop, as_of)
        index = publish(this, outcomes, as_latest=not why_not)
    return Done(run=this.id, index=index, published=not why_not, why_not=why_not)


def _run_stages(this: Run, wanted: Iterable[Stage], progress: Progress) -> dict[str, Outcome]:
    outcomes: dict[str, Outcome] = {}
    for stage in wanted:
        missing = [need for need in stage.needs if need in outcomes and outcomes[need].status == "skipped"]
        if missing:
            outcomes[stage.name] = Outcome("skipped", f"it builds on {missing[0]}, which was skipped")
            progress(stage, f"skipped: {outcomes[stage.name].reason}")
            continue
        progress(stage, "started")
        begun = time.monotonic()
        try:
            execute(stage, this.notebook(stage), run=this.id, parameters=_parameters(this, stage))
        except NothingToDo as reason:
            outcomes[stage.name] = Outcome("skipped", str(reason))
            progress(stage, f"skipped: {reason}")
            continue
        except WorkbenchError as error:
            kept = paths.reports() / this.shop.name / "failed" / this.id
            shutil.rmtree(kept, ignore_errors=True)
            kept.parent.mkdir(parents=True, exist_ok=True)
            this.aside.rename(kept)
            progress(stage, f"failed after {time.monotonic() - begun:.1f} s")
            raise type(error)(f"{error}\nThe notebook as far as it came: {kept / this.notebook(stage).name}") from None
        outcomes[stage.name] = Outcome("done", "")
        progress(stage, f"done in {time.monotonic() - begun:.1f} s")
    return outcomes


def _parameters(this: Run, stage: Stage) -> dict[str, Value]:
    ours = {"dataset": this.shop.name, "as_of": this.shop.as_of.isoformat()}
    known = declared(stage.path)
    return {name: ours[name] for name in OURS if name in known} | this.overrides.get(stage.name, {})


def _why_not_latest(shop: Shop, as_of: str) -> str:
    """A look into the past is kept, and never takes the place of today's report by itself."""
    default: date = Shop(shop.name).as_of
    if as_of and shop.as_of < default:
        return f"its as_of {shop.as_of} lies before the default, {default}"
    return ""


@contextmanager
def _locked(name: str, run_id: str):
    """Hold the data set's lock; whoever comes second is told at once who is first."""
    file = paths.lock(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    holder = file.with_suffix(".holder")
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        first = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise Locked(f"{name!r} is being worked on by run {first}. Wait for it, or stop it first.") from None
    try:
        holder.write_text(run_id, encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
