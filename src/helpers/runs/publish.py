"""Makes a run's pages aside and puts them in place at the end: one rename, one pointer."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from helpers import reporting
from helpers.datasets import Shop, paths
from helpers.datasets.tables import TABLES
from helpers.runs.parameters import Value
from helpers.runs.stages import STAGES, Stage
from helpers.runs.version import code_version


class Outcome(NamedTuple):
    """What became of one stage: done, skipped or carried forward, and why where it was not done."""

    status: str
    reason: str


class Run(NamedTuple):
    """A run under way.

    Attributes:
        id: Its id, which sorts by time.
        shop: The data set as of its moment.
        started: When it began, in UTC.
        overrides: Parameters that differ from their defaults.
        base: The run whose other stages are carried forward, None for a whole run.
    """

    id: str
    shop: Shop
    started: datetime
    overrides: dict[str, dict[str, Value]]
    base: str | None

    @property
    def aside(self) -> Path:
        """Where its pages are made before anybody can see them."""
        return paths.report_run(self.shop.name, f".{self.id}.aside")

    def notebook(self, stage: Stage) -> Path:
        """The executed notebook of a stage."""
        return self.aside / stage.path.name


def carry_tables(this: Run, *, without: Stage) -> None:
    """Link the base run's tables and results into this run, those that `without` will write left out."""
    source, target = paths.run_tables(this.shop.name, this.base), paths.run_tables(this.shop.name, this.id)
    written_anew = {table.name for table in TABLES.values() if table.writer == without.name}
    for file in sorted(source.rglob("*")):
        relative = file.relative_to(source)
        table = relative.parts[0].split(".")[0]
        if file.is_file() and table not in written_anew and relative != Path("results", f"{without.name}.json"):
            (target / relative).parent.mkdir(parents=True, exist_ok=True)
            os.link(file, target / relative)


def publish(this: Run, outcomes: dict[str, Outcome], *, as_latest: bool) -> Path:
    """Render every page, write results.json and, last, manifest.json; then put the run in place.

    Args:
        this: The run.
        outcomes: Stage name to what became of it; the other stages are carried forward from the base run.
        as_latest: Whether `latest` shall point to it.

    Returns:
        The run's first page, by way of `latest` where it is that.
    """
    name = this.shop.name
    this.aside.mkdir(parents=True, exist_ok=True)
    carried = _carry_pages(this, outcomes)
    outcomes = outcomes | carried
    stamp = _stamp(this, None)
    _render(this, outcomes, stamp)
    results = _results(this)
    _write_json(this.aside / "results.json", results)
    _write_json(
        this.aside / "manifest.json",
        {
            "dataset": name,
            "run": this.id,
            "as_of": this.shop.as_of.isoformat(),
            "started": this.started.isoformat(timespec="seconds"),
            "code": stamp.version,
            "base": this.base,
            "parameters": this.overrides,
            "stages": {stage: outcome._asdict() for stage, outcome in outcomes.items()},
        },
    )
    final = paths.report_run(name, this.id)
    this.aside.rename(final)
    if as_latest:
        _point(paths.latest(name), final)
        render_shelf()
        return paths.latest(name) / "index.html"
    return final / "index.html"


def _carry_pages(this: Run, outcomes: dict[str, Outcome]) -> dict[str, Outcome]:
    """Copy the base run's executed notebooks and pages of the stages that did not run now."""
    if this.base is None:
        return {}
    base = paths.report_run(this.shop.name, this.base)
    before = json.loads((base / "manifest.json").read_text(encoding="utf-8"))["stages"]
    carried = {}
    for stage in STAGES:
        if stage.name in outcomes or stage.name not in before:
            continue
        past = Outcome(**before[stage.name])
        if past.status == "skipped":
            carried[stage.name] = past
            continue
        for suffix in (".ipynb", ".html"):
            shutil.copyfile(base / f"{stage.notebook}{suffix}", this.aside / f"{stage.notebook}{suffix}")
        reason = past.reason if past.status == "carried forward" else f"from run {this.base}"
        carried[stage.name] = Outcome("carried forward", reason)
    return carried


def _render(this: Run, outcomes: dict[str, Outcome], stamp: reporting.Stamp) -> None:
    """One page a stage that has something to show, and the data set's index."""
    shown = [stage for stage in STAGES if outcomes[stage.name].status != "skipped"]
    index = reporting.PageLink(title=this.shop.settings.title, href="index.html")
    shelf = reporting.PageLink(title="All reports", href="../../../index.html")
    links = {
        stage.name: reporting.PageLink(title=reporting.title_of(this.notebook(stage)), href=f"{stage.notebook}.html")
        for stage in shown
    }
    for place, stage in enumerate(shown):
        if outcomes[stage.name].status != "done":
            continue
        reporting.render_page(
            this.notebook(stage),
            out_path=this.aside / f"{stage.notebook}.html",
            stamp=_stamp(this, stage),
            navigation=reporting.Navigation(
                previous=links[shown[place - 1].name] if place else None,
                following=links[shown[place + 1].name] if place + 1 < len(shown) else None,
                index=index,
                shelf=shelf,
                notebook=reporting.PageLink(title="The executed notebook", href=stage.path.name),
            ),
        )
    entries = [
        reporting.IndexEntry(
            name=stage.notebook,
            status=outcomes[stage.name].status,
            notebook=this.notebook(stage) if stage in shown else stage.path,
            href=f"{stage.notebook}.html" if stage in shown else None,
            reason=outcomes[stage.name].reason,
        )
        for stage in STAGES
    ]
    reporting.render_index(
        out_path=this.aside / "index.html", stamp=stamp, entries=entries,
        navigation=reporting.Navigation(shelf=shelf),
    )  # fmt: skip


def render_shelf() -> None:
    """Write reports/index.html, the list of all data sets that have a report."""
    entries = []
    for manifest in sorted(paths.reports().glob("*/latest/manifest.json")):
        found = json.loads(manifest.read_text(encoding="utf-8"))
        entries.append(
            reporting.ShelfEntry(
                index=reporting.PageLink(
                    title=Shop(found["dataset"]).settings.title, href=f"{found['dataset']}/latest/index.html"
                ),
                as_of=date.fromisoformat(found["as_of"]),
                ran_at=datetime.fromisoformat(found["started"]),
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


def _results(this: Run) -> dict[str, Any]:
    """The results of all stages, in the order of the stage graph."""
    folder = paths.run_tables(this.shop.name, this.id) / "results"
    files = [folder / f"{stage.name}.json" for stage in STAGES]
    parts = [json.loads(file.read_text(encoding="utf-8"))["results"] for file in files if file.exists()]
    return {
        "dataset": this.shop.name,
        "as_of": this.shop.as_of.isoformat(),
        "run": this.id,
        "results": [entry for part in parts for entry in part],
    }


def _point(pointer: Path, target: Path) -> None:
    """Let a link point to `target` in one step that a reader never sees half done."""
    aside = pointer.with_name(f".{pointer.name}.aside")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target.relative_to(pointer.parent))
    aside.replace(pointer)


def _write_json(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
