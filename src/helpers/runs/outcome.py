"""What a run is while it is under way, and what became of one of its stages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from helpers.datasets import Shop, paths
from helpers.errors import WorkbenchError
from helpers.runs.parameters import Value
from helpers.runs.stages import Stage


class Outcome(NamedTuple):
    """What became of one stage: done, skipped, failed or carried forward; why, where it was not done."""

    status: str
    reason: str
    error: WorkbenchError | None = None


class Run(NamedTuple):
    """A run under way.

    Attributes:
        id: Its id, which sorts by time.
        shop: The data set as of its moment.
        started: When it began, in UTC.
        overrides: Parameters that differ from their defaults.
        base: The run whose other stages are carried forward, None for a whole run.
        why_not_latest: Why `latest` shall not point to it; empty where it shall.
    """

    id: str
    shop: Shop
    started: datetime
    overrides: dict[str, dict[str, Value]]
    base: str | None
    why_not_latest: str

    @property
    def aside(self) -> Path:
        """Where its pages are made before anybody can see them."""
        return paths.report_run(self.shop.name, f".{self.id}.aside")

    def notebook(self, stage: Stage) -> Path:
        """The executed notebook of a stage."""
        return self.aside / stage.path.name
