"""Makes anew what was made by other definitions: of events everything, of folded events nothing.

What is to be done is read from what there is: a moment is done when a run by the present definitions looked at it. So
whatever interrupts the work, the same command goes on from there, and a run is put in place whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import pyarrow.parquet as pq

from helpers.datasets import Shop, folded, paths
from helpers.datasets.folded import Folded
from helpers.datasets.folded_versions import Break
from helpers.datasets.tables import TABLES
from helpers.errors import WrongUse
from helpers.runs import history, stages
from helpers.runs.parameters import declared
from helpers.runs.run import Done, Request
from helpers.stewardship import refold, require_fillable


class Plan(NamedTuple):
    """What is of other definitions than the present ones.

    Attributes:
        latest: The run that `latest` points to.
        reasons: Why it is to be made anew; empty where it is not.
        parts: What is kept of folded events by other definitions.
        anew: Earlier runs whose moments are looked at anew, the earliest first.
        lost: Earlier runs that stay as they are, and why.
    """

    latest: history.Past
    reasons: list[str]
    parts: list[Break]
    anew: list[history.Past]
    lost: list[tuple[history.Past, str]]


def plan(name: str) -> Plan:
    """What would be made anew of a data set, and what cannot be; nothing is written.

    Raises:
        WrongUse: If it has no finished run yet, the latest set a parameter that is gone, or something that was not kept
            of folded events cannot be read as nothing.
    """
    shop, last = Shop(name), history.latest(name)
    if last is None:
        raise history.no_run(name)
    kept = folded(name)
    parts = kept.unlike() if kept else []
    require_fillable(parts)
    found = Plan(last, _reasons(last, kept), parts, [], [])
    if (found.reasons or parts) and (gone := _gone_parameter(last)):
        raise WrongUse(
            f"The latest run of {name!r} set {gone}, a parameter that is gone. Run `workbench run {name}` with those "
            "that its report shall have, then this again."
        )
    # Of the runs that looked at one moment the newest counts; what was made anew is newer than what it stands for.
    newest = {run.moment: run for run in reversed(history.past(name)) if run.status == "done"}
    for moment in sorted(newest.keys() - {last.moment}):
        run = newest[moment]
        if not _other_versions(run):
            continue
        hindrance = _hindrance(shop, run, kept)
        if hindrance:
            found.lost.append((run, hindrance))
        else:
            found.anew.append(run)
    return found


def described(found: Plan) -> list[str]:
    """A plan as lines that a person reads."""
    lines = [f"Run {found.latest.run}, the latest, as of {found.latest.as_of}:"] if found.reasons else []
    lines += [f"  {reason}" for reason in found.reasons]
    lines += ["  It is made anew from the events there are."] if found.reasons else []
    if found.parts:
        lines.append("What is kept of folded events, whose definitions changed, and which are gone:")
        lines += [f"  {each}" for each in found.parts]
        lines.append("  It is kept as it is, what is not there is read as nothing, and every page says so.")
    if found.anew or found.lost:
        lines.append("Earlier runs, made by other definitions:")
    lines += [f"  as of {run.as_of}, run {run.run}: looked at anew ({_versions(run)})" for run in found.anew]
    lines += [f"  as of {run.as_of}, run {run.run}: left out of every series, for {why}" for run, why in found.lost]
    return lines or [f"Nothing is to be made anew: all of {found.latest.dataset!r} is of the present definitions."]


def migrate(found: Plan, *, workers: int, rebuild: Callable[[Request], Done]) -> Iterator[str]:
    """Do what a plan says, past moments before the latest one; each step holds the lock.

    Args:
        found: The plan.
        workers: How many notebooks may run side by side.
        rebuild: Runs the main job.

    Yields:
        A line about each step that is done.
    """
    name = found.latest.dataset
    if found.parts:
        refold(Shop(name))
        yield "Kept of folded events: brought under the present definitions."
    for run in found.anew:
        request = Request(dataset=name, as_of=run.as_of.isoformat(), overrides=run.parameters, workers=workers)
        done = rebuild(replace(request, anew=True))
        yield f"As of {run.as_of}: run {done.run} beside {run.run}."
    if found.reasons or found.parts:
        last = found.latest
        request = Request(dataset=name, as_of=last.as_of.isoformat(), overrides=last.parameters, workers=workers)
        done = rebuild(replace(request, publish=True))
        yield f"As of {last.as_of}: run {done.run} is the latest in place of {last.run}."


def _other_versions(run: history.Past) -> list[str]:
    """Tables of a run that are of another version than the present one."""
    return [name for name, said in run.tables.items() if name in TABLES and said["version"] != TABLES[name].version]


def _versions(run: history.Past) -> str:
    said = [f"{name} {run.tables[name]['version']}, now {TABLES[name].version}" for name in _other_versions(run)]
    return ", ".join(said)


def _reasons(last: history.Past, kept: Folded | None) -> list[str]:
    """Why the latest run is to be made anew."""
    other = _other_versions(last)
    found = [f"{name} is of version {last.tables[name]['version']}, now {TABLES[name].version}" for name in other]
    for name in sorted(last.tables.keys() & TABLES.keys() - set(other)):
        lacks = _lacks(last, name)
        if lacks:
            found.append(f"{name} has no column {lacks[0]}")
    if kept and kept.breaks and kept.folder.name > last.run:
        found.append("it was made before what is kept of folded events was brought under other definitions")
    return found


def _lacks(run: history.Past, name: str) -> list[str]:
    """The columns that a stored table should have and has not."""
    folder = paths.run_tables(run.dataset, run.run)
    files = [folder / f"{name}.parquet", *sorted(folder.glob(f"{name}/*/*.parquet"))]
    there = next((pq.read_schema(file).names for file in files if file.exists()), None)
    return [] if there is None else [each for each in TABLES[name].column_names if each not in there]


def _hindrance(shop: Shop, run: history.Past, kept: Folded | None) -> str:
    """Why a moment cannot be looked at again; empty where it can."""
    if kept and shop.midnight(run.as_of) < kept.first_whole_moment:
        return f"the events before {shop.local_day(kept.first_whole_moment)} are folded"
    gone = _gone_parameter(run)
    return f"it set {gone}, a parameter that is not there any more" if gone else ""


def _gone_parameter(run: history.Past) -> str:
    """A parameter that a run set and that no notebook has now; empty where there is none."""
    known = {stage.name: declared(stage.path) for stage in stages.STAGES}
    set_then = [(stage, name) for stage, values in run.parameters.items() for name in values]
    return next((f"{stage}.{name}" for stage, name in set_then if name not in known.get(stage, {})), "")
