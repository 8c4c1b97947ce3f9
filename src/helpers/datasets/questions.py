"""What a data set asks beforehand: its experiments and its funnels."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from helpers.datasets.grammar import Name, Span, Strict, hours
from helpers.datasets.plan import tracking_plan
from helpers.datasets.toml_errors import At
from helpers.errors import closest

REVENUE = "revenue"
ROUNDING = 1e-9  # shares may miss 1 by so much: that is how they are written, not what was meant
LEARNERS = ("t_learner", "s_learner", "x_learner")  # ways of listing people that have their names already


def _cap(value: object) -> float | str:
    """An amount above 0, or a share of people such as "99.5%"."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        return float(value)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,2}(\.[0-9]+)?%", value) and float(value[:-1]) > 0:
        return value
    raise ValueError(f"is {value!r}; expected an amount above 0, or a share in quotes such as '99.5%'")


def _end(value: object) -> date | int:
    """A day, or how many people."""
    if (isinstance(value, date) and not isinstance(value, datetime)) or (type(value) is int and value >= 1):
        return value
    raise ValueError(f"is {value!r}; expected a date such as 2026-02-28, or a number of people")


Cap = Annotated[float | str, BeforeValidator(_cap)]
End = Annotated[date | int, BeforeValidator(_end)]
# Keys that each kind of metric needs; all others of these are refused.
NEEDS = {
    "conversion": {"event"},
    "count": {"event"},
    "revenue": set(),
    "ratio": {"numerator", "denominator"},
    "retention": {"event", "after_days"},
    "quantile": {"of", "share"},
}


class Metric(Strict):
    """What an experiment is read by, per exposed person (or session) within the window.

    Attributes:
        kind: "conversion" (did it at all), "count" (how often), "revenue" (net of refunds), "ratio" (a total per
            another total), "retention" (did it again in the window's later part), "quantile" (of an amount or count).
        event: What is done; orders and refunds count once, however many lines they have.
        numerator: "revenue" or an event, above the fraction line.
        denominator: "revenue" or an event, below it.
        of: "revenue" or an event, of which the quantile is asked.
        share: Which quantile, such as 0.9: this share of people lie at or below it.
        after_days: Days after exposure from which an act counts as staying.
        window_days: Days after exposure that count, the experiment's where nothing is said, and never more.
        role: "goal" decides, "guardrail" must not get worse, "secondary" is shown.
        direction: Which way is better.
        smallest_effect: Smallest difference that matters, in the metric's unit (0.01 is one percentage point); for a
            guardrail the loss that is still acceptable.
        cap: What counts at most of one person, an amount or, as "99.5%", a quantile of all people's values.
        pre_days: Days before exposure whose same metric takes known differences between people out (CUPED).
    """

    name: Name
    kind: Literal["conversion", "count", "revenue", "ratio", "retention", "quantile"]
    event: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    of: str | None = None
    share: Annotated[float, Field(gt=0, lt=1)] | None = None
    after_days: Annotated[int, Field(ge=1)] | None = None
    window_days: Annotated[int, Field(ge=1)] | None = None
    role: Literal["goal", "guardrail", "secondary"] | None = None
    direction: Literal["up", "down"] = "up"
    smallest_effect: Annotated[float, Field(gt=0)] | None = None
    cap: Cap | None = None
    pre_days: Annotated[int, Field(ge=1)] | None = None

    @property
    def events(self) -> tuple[str, ...]:
        """What is asked of events, above the fraction line first: names of events, or "revenue"."""
        if self.kind == "ratio":
            return self.numerator, self.denominator
        return (self.event or self.of or REVENUE,)

    @property
    def binary(self) -> bool:
        """Whether a person's value is yes or no."""
        return self.kind in ("conversion", "retention")

    @property
    def per_person(self) -> bool:
        """Whether it is the mean, or the share, of values that each person has."""
        return self.kind not in ("ratio", "quantile")

    @property
    def money(self) -> bool:
        """Whether a person's value is an amount."""
        return self.events[0] == REVENUE and REVENUE not in self.events[1:]

    @model_validator(mode="after")
    def _keys_of_its_kind(self, info: ValidationInfo) -> Metric:
        needs = NEEDS[self.kind]
        for key in sorted(set().union(*NEEDS.values())):
            if key in needs and getattr(self, key) is None:
                raise At((key,), f"is required for a metric of kind {self.kind}, and missing")
            if key not in needs and getattr(self, key) is not None:
                raise At((key,), f"is not for a metric of kind {self.kind}")
        planned = list((info.context or tracking_plan()).events)
        for key in ("event", "numerator", "denominator", "of"):
            found = getattr(self, key)
            allowed = planned if key == "event" else [REVENUE, *planned]
            if found is not None and found not in allowed:
                raise At((key,), f"{found!r} is not in the tracking plan{closest(found, allowed)}")
        if self.cap is not None and self.kind not in ("count", "revenue"):
            raise At(("cap",), f"is not for a metric of kind {self.kind}; only counts and revenue have a cap")
        if self.pre_days is not None and self.kind == "quantile":
            raise At(("pre_days",), "is not for a metric of kind quantile")
        if self.role == "guardrail" and self.smallest_effect is None:
            raise At(("smallest_effect",), "is required for a guardrail, and missing: the loss that is acceptable")
        return self


class Rule(Strict):
    """A list that somebody can name, which any model of whom to target is held against.

    Attributes:
        name: What people call it, such as "bought women's before".
        feature: What is known of a person before exposure: an attribute, as "area=city" where it is text, or acts,
            sessions, orders or order_revenue with _90d or _ever, days_since_seen, days_since_order.
        at_least: Who has at least this is on the list.
    """

    name: Annotated[str, Field(min_length=1)]
    feature: Annotated[str, Field(min_length=1)]
    at_least: float = 1.0


class Experiment(Strict):
    """One experiment: arms, metrics and end fixed beforehand.

    Attributes:
        shares: Share of what is assigned that each arm is planned to get, all together 1; even ones where none is said.
        window_days: Days after a person's first exposure that are waited for before anything of them is read.
        planned_end: Last day on which people come into it, or how many do; who comes later is not read. The end has
            come when the windows of these are over.
        unit: What was assigned to an arm and is read: people, or sessions by themselves.
        cluster: Attribute whose values were assigned as a whole, such as stores; people of one value move together.
        slices: Attributes by which effects are shown apart, as a search for questions and not as an answer.
        rules: Lists that models of whom to target are held against.
    """

    name: Name
    control: str
    arms: Annotated[list[str], Field(min_length=2)]
    shares: dict[str, Annotated[float, Field(gt=0, lt=1)]] | None = None
    window_days: Annotated[int, Field(ge=1)]
    planned_end: End | None = None
    unit: Literal["person", "session"] = "person"
    cluster: Name | None = None
    slices: list[Name] = Field(default=[])
    rules: list[Rule] = Field(default=[], alias="rule")
    metrics: Annotated[list[Metric], Field(min_length=1, alias="metric")]

    @property
    def treatments(self) -> list[str]:
        """The arms that are compared with the control."""
        return [arm for arm in self.arms if arm != self.control]

    @property
    def sizes(self) -> dict[str, float]:
        """Relative size of each arm as planned, in the order of the arms, whatever the order of `shares`."""
        return {arm: self.shares[arm] if self.shares else 1.0 for arm in self.arms}

    @property
    def goal(self) -> Metric:
        """The first of its goals."""
        return next(metric for metric in self.metrics if self.role(metric) == "goal")

    @property
    def clustered(self) -> bool:
        """Whether several rows of outcomes hang together."""
        return self.unit == "session" or self.cluster is not None

    @property
    def assigned(self) -> str:
        """What was assigned to arms, each by itself: "people", "sessions" or "clusters"."""
        return "sessions" if self.unit == "session" else self.counted

    @property
    def counted(self) -> str:
        """What figures of an arm rest on: "people", or "clusters" where these were assigned."""
        return "people" if self.cluster is None else "clusters"

    def role(self, metric: Metric) -> str:
        """Role of one of its metrics; where no goal is declared, the first without a role is the goal."""
        open_ = [each for each in self.metrics if each.role is None]
        if metric.role is None and open_[0] is metric and not any(each.role == "goal" for each in self.metrics):
            return "goal"
        return metric.role or "secondary"

    def share_of(self, *arms: str) -> float:
        """Planned share of what is assigned that these arms get together."""
        return sum(self.sizes[arm] for arm in arms) / sum(self.sizes.values())

    def window_of(self, metric: Metric) -> int:
        """Days after exposure that count for one of its metrics."""
        return metric.window_days or self.window_days

    @model_validator(mode="after")
    def _holds_together(self) -> Experiment:
        if self.control not in self.arms:
            arms = ", ".join(self.arms)
            raise At(
                ("control",), f"is {self.control!r}; expected one of the arms {arms}{closest(self.control, self.arms)}"
            )
        if self.shares is not None:
            self._check_shares(self.shares)
        if self.unit == "session" and self.cluster is not None:
            raise At(("cluster",), "is for people; sessions are assigned by themselves")
        if self.clustered and isinstance(self.planned_end, int):
            raise At(("planned_end",), f"is a number of people, but {self.assigned} are assigned; expected a day")
        for place, metric in enumerate(self.metrics):
            self._check(metric, ("metric", place), [each.name for each in self.metrics[:place]])
        for place, rule in enumerate(self.rules):
            if rule.name in (*LEARNERS, *(each.name for each in self.rules[:place])):
                raise At(("rule", place, "name"), f"another way of listing people is called {rule.name!r} too")
        if not any(self.role(metric) == "goal" for metric in self.metrics):
            raise At(("metric", 0, "role"), "no metric is a goal; expected at least one")
        return self

    def _check_shares(self, shares: dict[str, float]) -> None:
        """Refuse shares that are not one of each arm and 1 together."""
        arms = ", ".join(self.arms)
        for name in shares:
            if name not in self.arms:
                raise At(("shares", name), f"is no arm; expected a share of each of {arms}{closest(name, self.arms)}")
        without = [arm for arm in self.arms if arm not in shares]
        if without:
            raise At(("shares",), f"says nothing of {', '.join(without)}; expected a share of each of {arms}")
        whole = math.fsum(shares.values())
        if abs(whole - 1) > ROUNDING:
            raise At(("shares",), f"add up to {whole:.10g}; expected shares that add up to 1")

    def _check(self, metric: Metric, place: tuple[str | int, ...], before: list[str]) -> None:
        """Refuse a metric that does not go with the experiment."""
        if metric.name in before:
            raise At((*place, "name"), f"another metric is called {metric.name!r} too")
        window = self.window_of(metric)
        if window > self.window_days:
            said = f"is {window}; expected at most the experiment's window_days, {self.window_days}"
            raise At((*place, "window_days"), said)
        if metric.after_days is not None and metric.after_days >= window:
            raise At((*place, "after_days"), f"is {metric.after_days}; expected less than the window of {window} days")
        if metric.kind == "quantile" and self.clustered:
            raise At((*place, "kind"), "a quantile is not read by session or cluster; expected another kind")


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
