"""What a data set asks beforehand: its experiments and its funnels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, model_validator

from helpers.datasets.grammar import Name, Span, Strict, hours
from helpers.datasets.plan import tracking_plan
from helpers.datasets.toml_errors import At
from helpers.errors import closest


class Metric(Strict):
    """What an experiment is read by, per exposed person within the window."""

    name: Name
    kind: Literal["conversion", "revenue"]
    event: str | None = None

    @model_validator(mode="after")
    def _event_where_needed(self) -> Metric:
        if (self.kind == "conversion") != (self.event is not None):
            raise ValueError("a conversion names its event; revenue has none")
        return self


class Experiment(Strict):
    """One experiment: arms and metrics fixed beforehand."""

    name: Name
    control: str
    arms: Annotated[list[str], Field(min_length=2)]
    window_days: Annotated[int, Field(ge=1)]
    metrics: Annotated[list[Metric], Field(min_length=1, alias="metric")]

    @model_validator(mode="after")
    def _control_is_an_arm(self) -> Experiment:
        if self.control not in self.arms:
            arms = ", ".join(self.arms)
            raise At(
                ("control",), f"is {self.control!r}; expected one of the arms {arms}{closest(self.control, self.arms)}"
            )
        return self


class Funnel(Strict):
    """Steps that people are to take one after the other, and where they stop.

    Attributes:
        steps: Names of events of the tracking plan, each once.
        window: How long after its beginning an attempt counts.
        order: Whether the steps count in this order, with other things in between; in this order with nothing in
            between; or in any.
        exclude: Events that take a person out who does one of them on the way.
    """

    name: Name
    steps: Annotated[list[str], Field(min_length=2)]
    window: Span = "7d"
    order: Literal["sequential", "strict", "any"] = "sequential"
    exclude: list[str] = Field(default=[])

    @property
    def window_hours(self) -> int:
        """`window` in hours."""
        return hours(self.window)

    @model_validator(mode="after")
    def _events(self, info: ValidationInfo) -> Funnel:
        planned = list((info.context or tracking_plan()).events)
        for key, names in (("steps", self.steps), ("exclude", self.exclude)):
            for place, name in enumerate(names):
                if name not in planned:
                    raise At((key,), f"{name!r} is not in the tracking plan{closest(name, planned)}")
                if name in names[:place]:
                    raise At((key,), f"names {name!r} twice")
        both = [name for name in self.exclude if name in self.steps]
        if both:
            raise At(("exclude",), f"{both[0]!r} is a step of the funnel and cannot take people out of it")
        if not self.window_hours:
            raise At(("window",), f"is {self.window!r}; expected a window of at least 1 hour")
        return self
