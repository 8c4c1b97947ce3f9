"""The `[[source.emit]]` blocks: what a record becomes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Tag, ValidationInfo, model_validator

from helpers.datasets.plan import tracking_plan
from helpers.datasets.tables.ingestion import EVENTS
from helpers.datasets.toml_errors import At
from helpers.errors import closest

# Columns of `events` that ingestion fills itself.
FILLED = {
    "event", "original_timestamp", "local_time", "loaded_at", "late_s", "clock_change", "source_id", "category",
    "external_ids", "original_currency", "properties", "plan_version", "plan_status", "violations",
}  # fmt: skip
MAPPABLE = [name for name in EVENTS.column_names if name not in FILLED]


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    when: str | None = None
    timestamp: str | None = None
    user_id: str | None = None
    anonymous_id: str | None = None
    external_ids: dict[str, str] = {}

    def identifiers(self) -> dict[str, str]:
        """Identifier type to expression."""
        own = {"user_id": self.user_id, "anonymous_id": self.anonymous_id}
        return {kind: text for kind, text in own.items() if text is not None} | self.external_ids

    def expressions(self) -> dict[str, str]:
        """Every expression of the block by its key, for checking."""
        plain = {"when": self.when, "timestamp": self.timestamp} | self.identifiers()
        return {key: text for key, text in plain.items() if text is not None}


class EventBlock(_Block):
    """An event for each record that `when` holds for; other keys are columns of `events`."""

    model_config = ConfigDict(extra="allow", frozen=True)
    kind: Literal["event"] = "event"
    event: str | None = None
    event_from: str | None = None
    timestamp: str
    properties: dict[str, str] = {}

    @property
    def columns(self) -> dict[str, str]:
        """Canonical column to expression, the columns with a field of their own left out."""
        return dict(self.__pydantic_extra__ or {})

    def expressions(self) -> dict[str, str]:
        """Every expression of the block by its key, for checking."""
        named = {"event_from": self.event_from} if self.event_from else {}
        return super().expressions() | named | self.columns | self.properties

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        for key, value in data.items():
            if key not in MAPPABLE and key not in cls.model_fields:
                raise At((key,), f"is not a column of events{closest(key, MAPPABLE)}")
            if key in MAPPABLE and not isinstance(value, str):
                raise At((key,), "takes a source column or an expression, as text")
        return data

    @model_validator(mode="after")
    def _one_name(self, info: ValidationInfo) -> EventBlock:
        if (self.event is None) == (self.event_from is None):
            raise ValueError("give either event, a name of the tracking plan, or event_from, an expression")
        planned = list((info.context or tracking_plan()).events)
        if self.event is not None and self.event not in planned:
            raise At(("event",), f"{self.event!r} is not in the tracking plan{closest(self.event, planned)}")
        return self


class _Statement(_Block):
    @model_validator(mode="after")
    def _of_somebody(self) -> _Statement:
        if not self.identifiers():
            raise ValueError("say whose it is: user_id, anonymous_id or external_ids")
        return self


class AttributeBlock(_Statement):
    """Values of one person, each an attribute of that name."""

    kind: Literal["attribute"]
    values: dict[str, str]

    def expressions(self) -> dict[str, str]:
        """Every expression of the block by its key, for checking."""
        return super().expressions() | self.values


class ProductBlock(BaseModel):
    """A product."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["product"]
    when: str | None = None
    product_id: str
    product_category: str | None = None
    launched_at: str | None = None
    price: str | None = None
    cost: str | None = None

    def expressions(self) -> dict[str, str]:
        """Every expression of the block by its key, for checking."""
        return {key: text for key, text in self.model_dump(exclude={"kind"}).items() if text is not None}


class CampaignBlock(BaseModel):
    """A campaign."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["campaign"]
    when: str | None = None
    campaign_id: str
    campaign_name: str | None = None
    campaign_channel: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    cost: str | None = None

    def expressions(self) -> dict[str, str]:
        """Every expression of the block by its key, for checking."""
        return {key: text for key, text in self.model_dump(exclude={"kind"}).items() if text is not None}


class ConsentBlock(_Statement):
    """A statement of consent."""

    kind: Literal["consent"]
    timestamp: str
    purpose: str
    status: str
    version: str | None = None

    def expressions(self) -> dict[str, str]:
        """Every expression of the block by its key, for checking."""
        own = {"purpose": self.purpose, "status": self.status, "version": self.version}
        return super().expressions() | {key: text for key, text in own.items() if text is not None}


Emit = Annotated[
    Annotated[EventBlock, Tag("event")]
    | Annotated[AttributeBlock, Tag("attribute")]
    | Annotated[ProductBlock, Tag("product")]
    | Annotated[CampaignBlock, Tag("campaign")]
    | Annotated[ConsentBlock, Tag("consent")],
    Discriminator(lambda block: block.get("kind", "event") if isinstance(block, dict) else block.kind),
]
