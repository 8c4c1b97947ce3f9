"""The stage graph, declared once: which notebook answers which stage, and what it builds on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.datasets import paths
from helpers.datasets.plan import closest
from helpers.errors import WrongUse


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
    Stage("segmentation", "03_segmentation", ("profiles",)),
    Stage("churn", "04_churn", ("profiles",)),
    Stage("lift", "05_lift", ("profiles",)),
)


def stage_called(name: str) -> Stage:
    """The stage of that name.

    Raises:
        WrongUse: If there is none.
    """
    for stage in STAGES:
        if stage.name == name:
            return stage
    names = [stage.name for stage in STAGES]
    raise WrongUse(f"There is no stage {name!r}; stages are {', '.join(names)}{closest(name, names) or '.'}")
