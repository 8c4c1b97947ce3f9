"""Puts a finished run in place: made aside, synced, renamed, and one pointer swapped last."""

from __future__ import annotations

import json
import os
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers import privacy, reporting
from helpers.datasets import paths
from helpers.datasets.tables import TABLES
from helpers.errors import WorkbenchError
from helpers.runs import history, pages
from helpers.runs.log import Log
from helpers.runs.outcome import Outcome, Run
from helpers.runs.stages import STAGES, Stage
from helpers.runs.version import code_version


def carry_tables(this: Run, *, without: Stage) -> None:
    """Link the base run's tables, models and results into this run, those that `without` will write left out."""
    source, target = paths.run_tables(this.shop.name, this.base), paths.run_tables(this.shop.name, this.id)
    written_anew = {table.name for table in TABLES.values() if table.writer == without.name}
    others = {Path("results", f"{without.name}.json"), Path("models", without.name)}
    for file in sorted(source.rglob("*")):
        relative = file.relative_to(source)
        table = relative.parts[0].split(".")[0]
        if file.is_file() and table not in written_anew and not others & {relative, *relative.parents}:
            (target / relative).parent.mkdir(parents=True, exist_ok=True)
            os.link(file, target / relative)


def publish(this: Run, outcomes: dict[str, Outcome]) -> Path:
    """Render every page, write results.json and, last, manifest.json; then put the run in place.

    Args:
        this: The run.
        outcomes: Stage name to what became of it; the other stages are carried forward from the base run.

    Returns:
        The run's first page, by way of `latest` where it is that.

    Raises:
        PrivacyRefused: If a page, notebook or result holds a personal value or tells of a small group.
        WorkbenchError: If a page fails its own form.
    """
    this.aside.mkdir(parents=True, exist_ok=True)
    outcomes = outcomes | pages.carry(this, outcomes)
    results = _results(this)
    pages.render(this, outcomes, results["results"])
    write_json(this.aside / "results.json", results)
    reporting.gate.require(this.aside, allowed=_printed(this))
    write_json(this.aside / history.MANIFEST, _past(this, outcomes, status="done").as_json())
    sync(paths.run_tables(this.shop.name, this.id))
    sync(this.aside)
    final = paths.report_run(this.shop.name, this.id)
    this.aside.rename(final)
    sync(final.parent, below=False)
    if not this.why_not_latest:
        point(paths.latest(this.shop.name), final)
    pages.render_shelf()
    return (final if this.why_not_latest else paths.latest(this.shop.name)) / "index.html"


def record_failure(this: Run, outcomes: dict[str, Outcome], error: WorkbenchError, log: Log) -> Path | None:
    """Keep what is left of a failed run and write a page that says what failed; `latest` stays as it is.

    Returns:
        The page, None where the disk refuses even that, which the log then tells.
    """
    failed = [name for name, outcome in outcomes.items() if outcome.status == "failed"]
    stage = failed[0] if failed else ""
    failure = {"stage": stage, "exit_code": error.exit_code, "message": str(error)}
    final = paths.failed_run(this.shop.name, this.id)
    try:
        this.aside.mkdir(parents=True, exist_ok=True)
        past = _past(this, outcomes, status="failed", failure=failure)
        pages.render_failure(this, past, trace="".join(traceback.format_exception(error)), allowed=_printed(this))
        write_json(this.aside / history.MANIFEST, past.as_json())
        final.parent.mkdir(parents=True, exist_ok=True)
        this.aside.rename(final)
        pages.render_shelf()
    except OSError as second:
        log("failure_not_recorded", f"no page could be written about this failure: {second}")
        return None
    return final / "index.html"


def _printed(this: Run) -> list[str]:
    """What dataset.toml wants on every page, although it may look like somebody's address."""
    settings = this.shop.settings
    return [settings.title, settings.report.owner, settings.report.contact]


def _past(
    this: Run, outcomes: dict[str, Outcome], *, status: str, failure: dict[str, Any] | None = None
) -> history.Past:
    return history.Past(
        dataset=this.shop.name,
        run=this.id,
        status=status,
        as_of=this.shop.as_of,
        started=this.started,
        ended=datetime.now(UTC),
        code=code_version(),
        base=this.base,
        as_latest=not this.why_not_latest,
        parameters=this.overrides,
        stages={name: {"status": outcome.status, "reason": outcome.reason} for name, outcome in outcomes.items()},
        tables=history.tables_of(this.shop.name, this.id),
        failure=failure,
    )


def _results(this: Run) -> dict[str, Any]:
    """The results of all stages, in the order of the stage graph."""
    folder = paths.run_tables(this.shop.name, this.id) / "results"
    files = [folder / f"{stage.name}.json" for stage in STAGES]
    parts = [json.loads(file.read_text(encoding="utf-8"))["results"] for file in files if file.exists()]
    return {
        "dataset": this.shop.name,
        "as_of": this.shop.as_of.isoformat(),
        "run": this.id,
        "results": [*(entry for part in parts for entry in part), *_of_the_whole(this)],
    }


def _of_the_whole(this: Run) -> list[dict[str, Any]]:
    """Results that no one stage can know."""
    record = reporting.Record(this.shop, "run")
    hidden, cells = privacy.suppressed(paths.run_tables(this.shop.name, this.id))
    record.add("privacy.suppressed_cells", hidden, n=cells)
    record.add("privacy.forgotten", len(privacy.tombstones.read(this.shop.name).requests))
    return record.entries


def write_json(file: Path, content: dict[str, Any]) -> None:
    """Write one JSON file."""
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def point(pointer: Path, target: Path) -> None:
    """Let a link point to `target` in one step that a reader never sees half done."""
    aside = pointer.with_name(f".{pointer.name}.aside")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target.relative_to(pointer.parent))
    aside.replace(pointer)
    sync(pointer.parent, below=False)


def sync(folder: Path, *, below: bool = True) -> None:
    """Have the disk keep a folder, and all files below it, before anything points there."""
    for path in [*(folder.rglob("*") if below else ()), folder]:
        if path.is_symlink():
            continue
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
