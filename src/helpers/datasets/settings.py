"""The dataset.toml of a data set: its grammar, and errors that name file, line, key and what was expected."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, field_validator, model_validator

from helpers.datasets import paths
from helpers.datasets.emits import Emit
from helpers.datasets.expressions import compile_expression
from helpers.datasets.grammar import Name, Span, Strict, hours, like
from helpers.datasets.plan import tracking_plan
from helpers.datasets.questions import Experiment, Funnel
from helpers.datasets.tables.ingestion import CHANNELS
from helpers.datasets.toml_errors import At, line_of, read
from helpers.errors import WrongUse, closest, no_such

# Columns that reading adds to a source's own.
_TAKEN = ("_line", "_row", "rowid", "fault")


# Groups that a score is held against in every data set.
KINDS_OF_GROUPS = ("activity", "tenure", "channel")
_Currency = Annotated[str, like(r"[A-Z]{3}", "three capital letters, such as 'EUR'")]


def _zone(value: str) -> str:
    known = available_timezones()
    if value not in known:
        raise ValueError(f"is {value!r}; expected a time zone such as 'Europe/Berlin'{closest(value, sorted(known))}")
    return value


def _channel(value: str) -> str:
    if value not in CHANNELS:
        raise ValueError(f"is {value!r}; expected one of {', '.join(CHANNELS)}{closest(value, CHANNELS)}")
    return value


def _different(names: list[str]) -> list[str]:
    plain = [name.lower() for name in names]
    twice = [name for name in names if plain.count(name.lower()) > 1]
    if twice:
        raise ValueError(f"{', '.join(twice)}: names of columns must differ in more than upper and lower case")
    taken = [name for name in names if name.lower() in _TAKEN]
    if taken:
        raise ValueError(f"{', '.join(taken)}: the workbench uses these names itself, choose others")
    return names


class Report(Strict):
    """Who answers for the pages, and how old they may get."""

    owner: str
    contact: str
    max_age: Span = "26h"


class Consent(Strict):
    """Where consent comes from: a source, or one stated basis for everybody."""

    source: str | None = None
    basis: str | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Consent:
        if (self.source is None) == (self.basis is None):
            raise ValueError("state either a source, or a basis with its reason")
        if self.basis is not None and not self.reason:
            raise ValueError("a basis needs its reason")
        return self


class Pseudonyms(Strict):
    """A key written down for all to see: only for data that is public or made up."""

    public_key: Annotated[str, Field(min_length=8)]


class Link(Strict):
    """Records without a common identifier that are compared by what they say.

    Attributes:
        of: The type of identifier whose attributes are compared.
        compare: Each attribute and how: as a name, date, postcode, email, or exact.
        threshold: Pairs that are one person's with at least this probability are taken for it.
    """

    of: str
    compare: Annotated[dict[str, Literal["name", "date", "postcode", "email", "exact"]], Field(min_length=3)]
    threshold: Annotated[float, Field(gt=0.5, lt=1)] = 0.95


class Identity(Strict):
    """What one person may have, where a data set differs from the rule.

    Attributes:
        unique: Types of which a person has one value; add "email" where every source verifies it.
        limit: Values of any other type that may come to a person within `within_days`.
        within_days: The days that this is counted over.
        blocked: Values that stand for nobody, beside the usual ones: the shop's own e-mail address, say.
        link: Which records are compared by what they say; without it none are.
    """

    unique: list[str] = Field(default=["user_id", "loyalty_id"])
    limit: Annotated[int, Field(ge=1)] = 5
    within_days: Annotated[int, Field(ge=1)] = 30
    blocked: list[str] = Field(default=[])
    link: Link | None = None

    @model_validator(mode="after")
    def _link_can_join(self) -> Identity:
        if self.link and self.link.of in (*self.unique, "device_id", "anonymous_id"):
            raise At(
                ("link", "of"),
                f"{self.link.of!r} is a device, or a person has one value of it: two of them are never one person's",
            )
        return self


class Fairness(Strict):
    """What people may not be served unevenly by; looked at, never learned from.

    Attributes:
        attributes: Names of attributes that a source says, such as "gender".
    """

    attributes: list[str] = Field(default=[])

    @field_validator("attributes")
    @classmethod
    def _new_and_different(cls, attributes: list[str]) -> list[str]:
        for place, name in enumerate(attributes):
            if name in KINDS_OF_GROUPS:
                raise ValueError(f"{name!r} is a kind of group that every data set is looked at by")
            if name in attributes[:place]:
                raise ValueError(f"names {name!r} twice")
        return attributes


class Retention(Strict):
    """How long events are kept; facts by day, and who is who, outlive them.

    Attributes:
        days: Local days after which an event is folded by `workbench retain`, where the tracking plan does not say.
    """

    days: Annotated[int, Field(gt=0)]


class Profiles(Strict):
    """How profiles are made.

    Attributes:
        half_life_days: Days after which a decayed event weighs half as much.
    """

    half_life_days: Annotated[float, Field(gt=0)] = 90


class Reject(Strict):
    """A rule of the data set: records it holds for are rejected under this reason."""

    reason: Name
    when: str


class Lookup(Strict):
    """A file joined to each record by equality of `on`: record column = lookup column."""

    name: Name
    file: str
    format: Literal["delimited", "parquet"] = "delimited"
    delimiter: str = ","
    columns: list[str]
    on: dict[str, str]


class Rates(Strict):
    """A delimited file under raw/ with columns currency, day, rate: what one unit of it is worth from that day on."""

    file: str


class Source(Strict):
    """Files of one shape and what to make of their records.

    Attributes:
        expect: The file that should be there for each day, as `strftime` writes it: "orders-%Y-%m-%d.csv".
        wait_until: Until when a run waits for the one of the last day, on the data set's clock; else it does not.
        skew: How far a time may lie after the delivery came, for clocks are never quite right.
        earliest: No event of this source can have happened before.
        lag: How long after an event a source with a closed history came to know it.
    """

    name: Name
    files: Annotated[list[str], Field(min_length=1)]
    format: Literal["delimited", "whitespace", "jsonl", "parquet"]
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    header: bool = True
    encoding: Literal["utf-8", "latin-1", "utf-16"] = "utf-8"
    columns: Annotated[list[str], Field(min_length=1), AfterValidator(_different)]
    timestamps: Literal["local", "offset"] = "local"
    channel: Annotated[str, AfterValidator(_channel)] = "web"
    violations: Literal["allow", "drop_property", "quarantine"] = "allow"
    max_bad_share: Annotated[float, Field(ge=0, le=1)] = 0.05
    required: bool = True
    expect: str | None = None
    wait_until: time | None = None
    skew: Span = "24h"
    earliest: date = date(1990, 1, 1)
    lag: Span = "0h"
    rejects: list[Reject] = Field(default=[], alias="reject")
    lookups: list[Lookup] = Field(default=[], alias="lookup")
    emits: Annotated[list[Emit], Field(min_length=1, alias="emit")]

    @property
    def expression_columns(self) -> list[str]:
        """What expressions may name: the source's columns, `_line`, and looked-up ones as `name.column`."""
        looked_up = [f"{lookup.name}.{column}" for lookup in self.lookups for column in lookup.columns]
        return [*self.columns, "_line", *looked_up]

    @property
    def skew_hours(self) -> int:
        """`skew` in hours."""
        return hours(self.skew)

    @property
    def lag_hours(self) -> int:
        """`lag` in hours."""
        return hours(self.lag)

    @model_validator(mode="after")
    def _expressions(self) -> Source:
        if self.wait_until and not self.expect:
            raise At(("wait_until",), "says nothing without `expect`, the name of the file to wait for")
        for number, lookup in enumerate(self.lookups):
            unknown = [name for name in lookup.on if name not in self.columns]
            unknown += [name for name in lookup.on.values() if name not in lookup.columns]
            if unknown:
                raise At(("lookup", number, "on"), f"unknown columns {', '.join(unknown)}; expected ours = theirs")
        for number, rule in enumerate(self.rejects):
            _explain(("reject", number, "when"), rule.when, self.expression_columns)
        for number, emit in enumerate(self.emits):
            for key, text in emit.expressions().items():
                tables = ("external_ids", "properties", "values")
                table = [each for each in tables if key in getattr(emit, each, {})]
                _explain(("emit", number, *table, key), text, self.expression_columns)
        return self


class Settings(Strict):
    """A whole dataset.toml.

    Attributes:
        engine: What computes days, profiles, panel and overview; all else is DuckDB's.
    """

    name: str
    title: str
    currency: _Currency
    timezone: Annotated[str, AfterValidator(_zone)]
    history_ends: date | None = None
    engine: Literal["duckdb", "spark"] = "duckdb"
    report: Report
    consent: Consent | None = None
    pseudonyms: Pseudonyms | None = None
    identity: Identity = Identity()
    retention: Retention | None = None
    profiles: Profiles = Profiles()
    fairness: Fairness = Fairness()
    rates: Rates | None = None
    sources: Annotated[list[Source], Field(min_length=1, alias="source")]
    experiments: list[Experiment] = Field(default=[], alias="experiment")
    funnels: list[Funnel] = Field(default=[], alias="funnel")

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the shop's wall clock."""
        return ZoneInfo(self.timezone)

    @property
    def default_as_of(self) -> date | None:
        """The day after the history ends, None where it goes on."""
        return self.history_ends and self.history_ends + timedelta(days=1)

    @model_validator(mode="after")
    def _names(self) -> Settings:
        names = [source.name for source in self.sources]
        for number, name in enumerate(names):
            if name in names[:number]:
                raise At(("source", number, "name"), f"another source is called {name!r} too")
        funnels = [funnel.name for funnel in self.funnels]
        for number, name in enumerate(funnels):
            if name in funnels[:number]:
                raise At(("funnel", number, "name"), f"another funnel is called {name!r} too")
        experiments = [experiment.name for experiment in self.experiments]
        said = {name for source in self.sources for emit in source.emits for name in getattr(emit, "values", {})}
        asked = {("fairness", "attributes"): self.fairness.attributes}
        if self.identity.link:
            asked["identity", "link", "compare"] = self.identity.link.compare
        for number, experiment in enumerate(self.experiments):
            if experiment.name in experiments[:number]:
                raise At(("experiment", number, "name"), f"another experiment is called {experiment.name!r} too")
            asked["experiment", number, "cluster"] = [experiment.cluster] if experiment.cluster else []
            asked["experiment", number, "slices"] = experiment.slices
        for place, attributes in asked.items():
            unknown = [name for name in attributes if name not in said]
            if unknown:
                raise At(place, f"no source says the attribute {', '.join(unknown)}{closest(unknown[0], sorted(said))}")
        if self.consent and self.consent.source and self.consent.source not in names:
            source = self.consent.source
            said = f"is {source!r}; expected one of the sources {', '.join(names)}{closest(source, names)}"
            raise At(("consent", "source"), said)
        return self


def _explain(place: tuple[str | int, ...], text: str, columns: list[str]) -> None:
    try:
        compile_expression(text, columns)
    except ValueError as error:
        raise At(place, str(error)) from None


def load(name: str) -> Settings:
    """Read and check the dataset.toml of data set `name`.

    Raises:
        WrongUse: With file, line, key and what was expected, one line a fault.
    """
    file = paths.settings_file(name)
    if not file.exists():
        own = paths.dataset(name) / "dataset.toml"
        raise no_such("data set", name, known_datasets(), why=f"{own} does not exist")
    settings = read(file, Settings, context=tracking_plan(name))
    if settings.name != name:
        line = line_of(file.read_text(encoding="utf-8"), ("name",))
        raise WrongUse(f"{file}, line {line}: name: is {settings.name!r}; expected {name!r}, the name of its folder.")
    return settings


def known_datasets() -> list[str]:
    """Names of all data sets that have a dataset.toml."""
    roots = {paths.home() / "data", paths.REPOSITORY / "data"}
    return sorted({file.parent.name for root in roots for file in root.glob("*/dataset.toml")})
