"""The pages of a run: one a stage, the data set's first page, the list of data sets, the page about a failure."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from helpers import reporting
from helpers.datasets import Shop, known_datasets, paths
from helpers.datasets.aside import instead_of
from helpers.datasets.tables.lift import LIFT_VERDICTS
from helpers.runs import compare, history
from helpers.runs.caveats import warning
from helpers.runs.outcome import Outcome, Run
from helpers.runs.series import series
from helpers.runs.stages import STAGES, Stage, dependents
from helpers.runs.version import code_version

_SHELF = reporting.PageLink(title="All reports", href="../../../index.html")
_GLOSSARY = reporting.PageLink(title="What the words mean", href="glossary.html")
_UNSAID = (
    "What the error says holds a personal value and is not shown here. Who may see it finds it in the log of the run, "
    "or by `workbench debug {name} {run}`."
)


def carry(this: Run, outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    """Copy the base run's executed notebooks and pages of the stages that did not run now."""
    if this.base is None:
        return {}
    base = history.find(this.shop.name, this.base)
    carried = {}
    for stage in STAGES:
        if stage.name in outcomes:
            continue
        if stage.name not in base.stages:
            why = f"run {this.base} did not know this stage yet; `workbench run {this.shop.name}` makes it"
            carried[stage.name] = Outcome("skipped", why)
            continue
        before = Outcome(**base.stages[stage.name])
        if before.status == "skipped":
            carried[stage.name] = before
            continue
        for suffix in (".ipynb", ".html"):
            shutil.copyfile(base.folder / f"{stage.notebook}{suffix}", this.aside / f"{stage.notebook}{suffix}")
        reason = before.reason if before.status == "carried forward" else f"from run {this.base}"
        carried[stage.name] = Outcome("carried forward", reason)
    return carried


def render(this: Run, outcomes: dict[str, Outcome], results: list[dict[str, Any]]) -> None:
    """One page for each stage that has something to show, the data set's first page, and the glossary."""
    shown = [stage for stage in _as_read() if outcomes[stage.name].status != "skipped"]
    links = [
        reporting.PageLink(title=reporting.title_of(this.notebook(stage)), href=f"{stage.notebook}.html")
        for stage in shown
    ]
    index = reporting.PageLink(title=this.shop.settings.title, href="index.html")
    careful = warning(this.shop, this.id)
    tables = history.tables_of(this.shop.name, this.id)
    found = compare.with_latest(this.shop.name, results, tables)
    remembered = series(this.shop.name, this.shop.as_of, results, tables)
    for place, stage in enumerate(shown):
        if outcomes[stage.name].status != "done":
            continue
        reporting.render_page(
            this.notebook(stage),
            out_path=this.aside / f"{stage.notebook}.html",
            stamp=_stamp(this, stage, careful),
            navigation=reporting.Navigation(
                previous=links[place - 1] if place else None,
                following=links[place + 1] if place + 1 < len(shown) else None,
                index=index,
                shelf=_SHELF,
                notebook=reporting.PageLink(title="The executed notebook", href=stage.path.name),
                glossary=_GLOSSARY,
            ),
            changes=_changes(this, found, prefix=f"{stage.name}."),
        )
    reporting.render_index(
        out_path=this.aside / "index.html",
        stamp=_stamp(this, None, careful),
        entries=[_entry(this, stage, outcomes[stage.name]) for stage in _as_read()],
        navigation=reporting.Navigation(shelf=_SHELF, glossary=_GLOSSARY),
        changes=_changes(this, found, prefix=""),
        results=results,
        verdicts=_verdicts(this, tables),
        history=remembered.rows,
        left_out=remembered.left_out,
    )
    reporting.render_glossary(
        out_path=this.aside / _GLOSSARY.href, navigation=reporting.Navigation(index=index, shelf=_SHELF)
    )


def _changes(this: Run, found: list[compare.Change] | None, *, prefix: str) -> list[str] | None:
    """What a page says about the run before: figures and definitions that moved, and code that is not the same."""
    if found is None:
        return None
    before = history.latest(this.shop.name).code
    code = [] if before == code_version() else [f"The code changed, from {before} to {code_version()}."]
    return compare.sentences(found, prefix=prefix) + code


def _verdicts(this: Run, tables: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What the page on experiments opens with: the verdict on each arm, as far as this code can read their table."""
    if tables.get(LIFT_VERDICTS.name, {}).get("version") != LIFT_VERDICTS.version:
        return []
    said = pd.read_parquet(paths.run_tables(this.shop.name, this.id) / f"{LIFT_VERDICTS.name}.parquet")
    return said.loc[said["stands"], "sentence"].tolist()


def _as_read() -> list[Stage]:
    """The stages in the order in which their pages are read: by the number of the notebook."""
    return sorted(STAGES, key=lambda stage: stage.notebook)


def _entry(this: Run, stage: Stage, outcome: Outcome) -> reporting.IndexEntry:
    has_page = outcome.status != "skipped"
    return reporting.IndexEntry(
        name=stage.notebook,
        status=outcome.status,
        notebook=this.notebook(stage) if has_page else stage.path,
        href=f"{stage.notebook}.html" if has_page else None,
        reason=outcome.reason,
    )


def render_failure(this: Run, failed: history.Past, *, trace: str, allowed: list[str]) -> None:
    """The page about a failed run: what, since when, which pages now show older figures, and where the last good is.

    An error may quote the value that it broke on: where the gate finds a personal one, the page does without the words
    of the error, which the log and the manifest keep.
    """
    _write_failure(this, failed, message=failed.failure["message"], trace=trace)
    page = this.aside / "index.html"
    found = reporting.gate.check_page(page.read_text(encoding="utf-8"), allowed=allowed)
    if any(fault.kind == "privacy" for fault in found):
        _write_failure(this, failed, message=_UNSAID.format(name=this.shop.name, run=this.id), trace="")


def _write_failure(this: Run, failed: history.Past, *, message: str, trace: str) -> None:
    name, settings = this.shop.name, this.shop.settings
    good = history.latest(name)
    stage = failed.failure["stage"]
    affected = dependents(stage) if stage else list(STAGES)
    reporting.render_failure(
        out_path=this.aside / "index.html",
        stamp=_stamp(this, None),
        stage=next((each.notebook for each in STAGES if each.name == stage), "publication"),
        since=_failing_since(name, this.started),
        message=message,
        trace=trace,
        affected=[reporting.title_of(each.path) for each in affected],
        last_good=good
        and reporting.PageLink(
            title=f"{settings.title} as of {reporting.date(good.as_of)}", href="../../latest/index.html"
        ),
        navigation=reporting.Navigation(shelf=_SHELF),
    )


def _failing_since(name: str, now: datetime) -> datetime:
    """When the first of the failures in a row began."""
    since = now
    for run in history.past(name):
        if run.status != "failed":
            break
        since = run.started
    return since


def render_shelf() -> None:
    """Write reports/index.html, the list of all data sets that have a report or a failure to tell of."""
    entries = []
    for name in known_datasets():
        runs, good = history.past(name), history.latest(name)
        if not runs:
            continue
        problem = None
        if runs[0].status == "failed":
            href = f"{name}/failed/{runs[0].run}/index.html"
            problem = reporting.PageLink(title="The last run failed; what is shown is older", href=href)
        shown = good or runs[0]
        href = f"{name}/latest/index.html" if good else f"{name}/failed/{shown.run}/index.html"
        entries.append(
            reporting.ShelfEntry(
                index=reporting.PageLink(title=Shop(name).settings.title, href=href),
                as_of=shown.as_of,
                ran_at=shown.started,
                problem=problem,
            )
        )
    proved = paths.proof() / "index.html"
    proof = reporting.PageLink(title="How we know that these numbers are right", href=f"proof/{proved.name}")
    with instead_of(paths.reports() / "index.html") as aside:
        reporting.render_shelf(out_path=aside, entries=entries, proof=proof if proved.exists() else None)


def _stamp(this: Run, stage: Stage | None, careful: str = "") -> reporting.Stamp:
    settings = this.shop.settings
    changed = this.overrides.get(stage.name, {}) if stage else {}
    return reporting.Stamp(
        dataset=settings.title,
        as_of=this.shop.as_of,
        ran_at=this.started,
        version=code_version(),
        parameters=[(name, str(value)) for name, value in sorted(changed.items())],
        owner=settings.report.owner,
        contact=settings.report.contact,
        warning=careful,
    )
