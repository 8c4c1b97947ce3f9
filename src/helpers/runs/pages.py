"""The pages of a run: one a stage, the data set's first page, the list of data sets, the page about a failure."""

from __future__ import annotations

import shutil
from datetime import datetime
from typing import Any

from helpers import reporting
from helpers.datasets import Shop, known_datasets, paths
from helpers.runs import compare, history
from helpers.runs.outcome import Outcome, Run
from helpers.runs.stages import STAGES, Stage, dependents
from helpers.runs.version import code_version

_SHELF = reporting.PageLink(title="All reports", href="../../../index.html")


def carry(this: Run, outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    """Copy the base run's executed notebooks and pages of the stages that did not run now."""
    if this.base is None:
        return {}
    base = history.find(this.shop.name, this.base)
    carried = {}
    for stage in STAGES:
        if stage.name in outcomes or stage.name not in base.stages:
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
    """One page for each stage that has something to show, and the data set's first page."""
    shown = [stage for stage in STAGES if outcomes[stage.name].status != "skipped"]
    links = [
        reporting.PageLink(title=reporting.title_of(this.notebook(stage)), href=f"{stage.notebook}.html")
        for stage in shown
    ]
    changes = compare.with_latest(this.shop.name, results)
    for place, stage in enumerate(shown):
        if outcomes[stage.name].status != "done":
            continue
        reporting.render_page(
            this.notebook(stage),
            out_path=this.aside / f"{stage.notebook}.html",
            stamp=_stamp(this, stage),
            navigation=reporting.Navigation(
                previous=links[place - 1] if place else None,
                following=links[place + 1] if place + 1 < len(shown) else None,
                index=reporting.PageLink(title=this.shop.settings.title, href="index.html"),
                shelf=_SHELF,
                notebook=reporting.PageLink(title="The executed notebook", href=stage.path.name),
            ),
            changes=None if changes is None else compare.sentences(changes, prefix=f"{stage.name}."),
        )
    reporting.render_index(
        out_path=this.aside / "index.html",
        stamp=_stamp(this, None),
        entries=[_entry(this, stage, outcomes[stage.name]) for stage in STAGES],
        navigation=reporting.Navigation(shelf=_SHELF),
        changes=None if changes is None else compare.sentences(changes, prefix=""),
        results=results,
    )


def _entry(this: Run, stage: Stage, outcome: Outcome) -> reporting.IndexEntry:
    has_page = outcome.status != "skipped"
    return reporting.IndexEntry(
        name=stage.notebook,
        status=outcome.status,
        notebook=this.notebook(stage) if has_page else stage.path,
        href=f"{stage.notebook}.html" if has_page else None,
        reason=outcome.reason,
    )


def render_failure(this: Run, failed: history.Past, *, trace: str) -> None:
    """The page about a failed run: what, since when, which pages now show older figures, and where the last good is."""
    name, settings = this.shop.name, this.shop.settings
    good = history.latest(name)
    stage = failed.failure["stage"]
    affected = dependents(stage) if stage else list(STAGES)
    reporting.render_failure(
        out_path=this.aside / "index.html",
        stamp=_stamp(this, None),
        stage=next((each.notebook for each in STAGES if each.name == stage), "publication"),
        since=_failing_since(name, this.started),
        message=failed.failure["message"],
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
    aside = paths.reports() / ".index.html.aside"
    reporting.render_shelf(out_path=aside, entries=entries)
    aside.replace(paths.reports() / "index.html")


def _stamp(this: Run, stage: Stage | None) -> reporting.Stamp:
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
    )
