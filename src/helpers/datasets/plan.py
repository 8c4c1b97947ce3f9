"""The tracking plan: which events there are, what kind of behaviour each one is, what it must and may carry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from helpers.datasets import paths
from helpers.datasets.tables.ingestion import CATEGORIES, EVENTS, PURPOSES
from helpers.datasets.toml_errors import read

Kind = Literal["number", "true or false"]


class Range(BaseModel):
    """A number between two ends, both allowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    min: float
    max: float


class PlannedEvent(BaseModel):
    """One event of the plan.

    Attributes:
        category: What kind of behaviour it is.
        meaning: What happened, in one sentence.
        goal: What it leads to, such as "order"; None for an end in itself.
        weight: What it adds to engagement; 0 where it is done to a person, not by them.
        required: Columns of `events` that it cannot do without.
        properties: Values that a further property may have, or their kind or range.
        personal: Columns and properties of it that can lead to a person, beside the identifiers.
        purpose: The consent that covers it; None where none is needed.
        days_kept: Days after which it is folded into daily facts; None for as long as the data set is.
        deprecated: What to send instead; None for an event in use.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    category: Literal[CATEGORIES]
    meaning: Annotated[str, Field(min_length=1)]
    goal: str | None = None
    weight: Annotated[int, Field(ge=0)] = 1
    required: tuple[Literal[tuple(EVENTS.column_names)], ...] = ()
    properties: dict[str, Kind | list[str] | Range] = {}
    personal: tuple[str, ...] = ()
    purpose: Literal[PURPOSES] | None = None
    days_kept: Annotated[int, Field(gt=0)] | None = None
    deprecated: str | None = None


class TrackingPlan(BaseModel):
    """The whole plan of one data set.

    Attributes:
        version: Version of the shared plan that it rests on.
        events: Event name to what is planned for it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: Annotated[str, Field(min_length=1)]
    events: Annotated[dict[str, PlannedEvent], Field(alias="event")]

    def precursors(self, goal: str) -> list[str]:
        """Events that lead to a goal, in the order of the plan."""
        return [name for name, event in self.events.items() if event.goal == goal]


def tracking_plan(name: str | None = None) -> TrackingPlan:
    """The shared plan, with what a data set adds or replaces.

    Args:
        name: The data set whose own plan counts too; None for the shared one alone.

    Raises:
        WrongUse: With file, line, key and what was expected, one line a fault.
    """
    shared = read(paths.tracking_plan_file(), TrackingPlan)
    own = paths.settings_file(name).with_name("tracking_plan.toml") if name else None
    if own is None or not own.exists():
        return shared
    # A plan of its own has the version of the shared one.
    added = read(own, TrackingPlan, beside={"version": shared.version})
    return TrackingPlan(version=added.version, event=shared.events | added.events)
