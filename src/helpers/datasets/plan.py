"""The tracking plan: which events there are and what kind of behaviour each one is."""

from __future__ import annotations

import difflib
import tomllib

from pydantic import BaseModel, ConfigDict, ValidationError

from helpers.datasets import paths
from helpers.datasets.tables.ingestion import CATEGORIES
from helpers.errors import WrongUse


class PlannedEvent(BaseModel):
    """One event of the plan."""

    model_config = ConfigDict(extra="forbid")
    category: str
    meaning: str


def tracking_plan() -> dict[str, PlannedEvent]:
    """Read data/tracking_plan.toml: event name to what is planned for it.

    Raises:
        WrongUse: If the plan cannot be read or names an unknown category.
    """
    file = paths.tracking_plan_file()
    try:
        plan = tomllib.loads(file.read_text(encoding="utf-8"))
        events = {name: PlannedEvent.model_validate(body) for name, body in plan["event"].items()}
    except (tomllib.TOMLDecodeError, ValidationError, KeyError) as error:
        raise WrongUse(f"{file}: not a tracking plan: {error}") from None
    for name, event in events.items():
        if event.category not in CATEGORIES:
            raise WrongUse(f"{file}: event {name!r}: category is {event.category!r}, expected one of {CATEGORIES}.")
    return events


def closest(name: str, known: list[str]) -> str:
    """A ", did you mean …?" for a misspelt name, or nothing."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
