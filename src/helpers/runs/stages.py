"""The stage graph, declared once: which notebook answers which stage, and what it builds on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.datasets import paths
from helpers.errors import no_such


@dataclass(frozen=True)
class Stage:
    """One stage of the main job.

    Attributes:
        name: Also the name of its room, its tables' writer and its tests.
        notebook: File name without its ending.
        needs: Stages whose tables it reads.
    """

    name: str
    notebook: str
    needs: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The notebook's file."""
        return paths.notebooks() / f"{self.notebook}.ipynb"


# In an order in which each stage comes after all that it needs.
STAGES = (
    Stage("ingestion", "01_ingestion"),
    Stage("profiles", "02_profiles", ("ingestion",)),
    Stage("overview", "00_overview", ("profiles",)),
    Stage("segmentation", "03_segmentation", ("profiles",)),
    Stage("churn", "04_churn", ("profiles",)),
    Stage("lift", "05_lift", ("profiles",)),
    Stage("value", "06_value", ("profiles",)),
)


def waves(stages: Sequence[Stage]) -> list[list[Stage]]:
    """Stages in groups that can run side by side, each group after all that it needs of the others."""
    done: set[str] = {need for stage in stages for need in stage.needs} - {stage.name for stage in stages}
    left, groups = list(stages), []
    while left:
        groups.append([stage for stage in left if set(stage.needs) <= done])
        done |= {stage.name for stage in groups[-1]}
        left = [stage for stage in left if stage.name not in done]
    return groups


def dependents(name: str) -> list[Stage]:
    """The stage of that name and every stage that rests on it, in the order of the graph."""
    found = {name}
    for stage in STAGES:
        if found & set(stage.needs):
            found.add(stage.name)
    return [stage for stage in STAGES if stage.name in found]


def foundations(name: str) -> set[str]:
    """The names of a stage and of all stages that it rests on; of every stage where there is none of that name."""
    known = {stage.name: stage for stage in STAGES}
    if name not in known:
        return set(known)
    return {name}.union(*(foundations(need) for need in known[name].needs))


def stage_called(name: str) -> Stage:
    """The stage of that name.

    Raises:
        WrongUse: If there is none.
    """
    for stage in STAGES:
        if stage.name == name:
            return stage
    raise no_such("stage", name, [stage.name for stage in STAGES])
