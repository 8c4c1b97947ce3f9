"""What happened before: the runs of a data set, read from their manifests. Without a manifest a run never happened."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from helpers.datasets import paths
from helpers.datasets.settings import load
from helpers.datasets.store import published_run
from helpers.errors import WrongUse
from helpers.workbench import Shop

MANIFEST = "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Past:
    """One run that ended, well or not.

    Attributes:
        dataset: The data set.
        run: Its id, which sorts by time.
        status: "done" or "failed".
        as_of: The moment it looked at.
        started: When it began.
        ended: When it ended.
        code: Version of the code.
        base: The run it carried the other stages forward from, None for a whole run.
        as_latest: Whether `latest` was to point to it.
        parameters: Those that differed from their defaults, {stage: {name: value}}.
        stages: Stage name to status and reason.
        tables: Table name to version, rows and fingerprint.
        failure: For a failed run: stage, exit code, message; None else.
    """

    dataset: str
    run: str
    status: str
    as_of: date
    started: datetime
    ended: datetime
    code: str
    base: str | None
    as_latest: bool
    parameters: dict[str, dict[str, Any]]
    stages: dict[str, dict[str, str]]
    tables: dict[str, dict[str, Any]]
    failure: dict[str, Any] | None = None

    @property
    def moment(self) -> tuple[date, str]:
        """What it looked at and how: runs of one moment and the same parameters can stand for each other."""
        return self.as_of, json.dumps(self.parameters, sort_keys=True)

    @property
    def folder(self) -> Path:
        """Where its pages are."""
        place = paths.report_run if self.status == "done" else paths.failed_run
        return place(self.dataset, self.run)

    def as_json(self) -> dict[str, Any]:
        """What its manifest holds."""
        dates = {
            "as_of": self.as_of.isoformat(),
            "started": self.started.isoformat(timespec="seconds"),
            "ended": self.ended.isoformat(timespec="seconds"),
        }
        return asdict(self) | dates


def read(folder: Path) -> Past:
    """The run whose manifest is in `folder`."""
    found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    found["as_of"] = date.fromisoformat(found["as_of"])
    found |= {key: datetime.fromisoformat(found[key]) for key in ("started", "ended")}
    return Past(**found)


def results_of(run: Past) -> list[dict[str, Any]]:
    """The entries of a published run's results.json."""
    return json.loads((run.folder / "results.json").read_text(encoding="utf-8"))["results"]


def tables_of(name: str, run: str) -> dict[str, dict[str, Any]]:
    """Version, rows and fingerprint of every table of a run."""
    found = {}
    for meta in sorted(paths.run_tables(name, run).glob("*.meta.json")):
        said = json.loads(meta.read_text(encoding="utf-8"))
        found[said["table"]] = {key: said[key] for key in ("version", "rows", "content")}
    return found


def past(name: str) -> list[Past]:
    """Every run of a data set that ended, the newest first."""
    root = paths.report(name)
    folders = [file.parent for kind in ("runs", "failed") for file in root.glob(f"{kind}/*/{MANIFEST}")]
    hidden = [folder for folder in folders if folder.name.startswith(".")]
    return sorted((read(f) for f in folders if f not in hidden), key=lambda run: run.run, reverse=True)


def find(name: str, run: str) -> Past:
    """The run of that id.

    Raises:
        WrongUse: If there is none.
    """
    for each in past(name):
        if each.run == run:
            return each
    raise WrongUse(f"{name!r} has no run {run!r}. `workbench runs {name}` lists them.")


def latest(name: str) -> Past | None:
    """The run that `latest` points to, None before the first."""
    run = published_run(name)
    return None if run is None else read(paths.report_run(name, run))


def shop_of_latest(name: str) -> Shop:
    """The data set as its latest report looked at it.

    Raises:
        WrongUse: If it has none yet.
    """
    last = latest(load(name).name)
    if last is None:
        raise no_run(name)
    return Shop(name, as_of=last.as_of.isoformat())


def no_run(name: str) -> WrongUse:
    """The refusal of what needs a report, where there is none yet."""
    return WrongUse(f"{name!r} has no finished run yet. Run `workbench run {name}` first.")


def sweep(name: str) -> list[str]:
    """Remove what killed runs left half-made. Call it while holding the lock.

    Returns:
        The ids of the runs whose remains were removed.
    """
    known = {run.run for run in past(name)}
    root = paths.report(name)
    asides = [*root.glob("runs/.*.aside"), *root.glob("failed/.*.aside")]
    half_made = [folder for folder in asides if folder.is_dir()]
    half_made += [folder for folder in paths.tables(name).glob("*") if folder.name not in known]
    for folder in half_made:
        shutil.rmtree(folder)
    for file in root.glob(".*.aside"):
        file.unlink()
    return sorted({folder.name.removeprefix(".").removesuffix(".aside") for folder in half_made})
