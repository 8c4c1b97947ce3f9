"""The queries that map the records of one source to events, attributes, products, campaigns and consents."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from helpers.datasets.emits import AttributeBlock, CampaignBlock, ConsentBlock, Emit, EventBlock, ProductBlock
from helpers.datasets.engine import quote
from helpers.datasets.tables.ingestion import CONSENT, PURPOSES
from helpers.ingestion.mapping.events import event_query
from helpers.ingestion.mapping.kinds import CAMPAIGNED, CONSENTED, EVENT, OFFERED, TOLD, Kind
from helpers.ingestion.mapping.rows import Rows, identifier_list, too_long
from helpers.ingestion.sql import condition, name, text

if TYPE_CHECKING:
    from helpers.datasets.plan import TrackingPlan
    from helpers.datasets.settings import Settings, Source


class Mapper:
    """The queries that map the records of one source.

    They read temp table `records`, and put in place of identifiers what temp table `pseudonyms` (type, value,
    pseudonym) says; temp table `rates` (currency, day, rate) must be there where the data set has rates.
    """

    def __init__(self, settings: Settings, source: Source, plan: TrackingPlan, *, latest: datetime) -> None:
        self.rows = Rows(settings, source)
        self.source = source
        self.plan = plan
        self.latest = latest

    @property
    def needs_lines(self) -> bool:
        """Whether an expression uses the line of a record."""
        each = [expression for block in self.source.emits for expression in block.expressions().values()]
        each += [rule.when for rule in self.source.rejects]
        return any('"_line"' in self.rows.sql(expression) for expression in each)

    def refused_by_rule(self) -> list[tuple[str, str]]:
        """The data set's own rules: reason and condition."""
        return [(rule.reason, condition(self.rows.sql(rule.when))) for rule in self.source.rejects]

    def asked_for(self) -> str:
        """Condition for records that a block makes something of."""
        whens = [condition(self.rows.sql(block.when)) if block.when else "true" for block in self.source.emits]
        return " OR ".join(whens)

    def identifiers(self) -> dict[str, list[str]]:
        """Type of identifier to the texts that hold one."""
        found: dict[str, list[str]] = {}
        for block in self.source.emits:
            if not isinstance(block, ProductBlock | CampaignBlock):
                for kind, value in block.identifiers().items():
                    found.setdefault(kind, []).append(text(self.rows.sql(value)))
        return found

    def texts(self) -> dict[str, str]:
        """Column to the text that should give it, as the first block that fills it says."""
        found: dict[str, str] = {}
        for block in self.source.emits:
            own = block.columns | block.properties if isinstance(block, EventBlock) else {}
            if isinstance(block, AttributeBlock):
                own = block.values
            for key, expression in (block.expressions() | own).items():
                found.setdefault(key, text(self.rows.sql(expression)))
        return found

    def queries(self) -> list[tuple[Kind, str]]:
        """What each block makes, and its query: `_row`, the columns that it fills, `fault` as "reason:column"."""
        return [self._query(number, block) for number, block in enumerate(self.source.emits)]

    def _query(self, number: int, block: Emit) -> tuple[Kind, str]:
        match block:
            case EventBlock():
                return EVENT, event_query(self.rows, number, block, plan=self.plan, latest=self.latest)
            case AttributeBlock():
                return self._attributes(block)
            case ConsentBlock():
                return self._consents(block)
        return self._things(block)

    def _attributes(self, block: AttributeBlock) -> tuple[Kind, str]:
        kinds = sorted(block.identifiers())
        values = {f"id {kind}": value for kind, value in block.identifiers().items()} | {
            f"value {key}": value for key, value in block.values.items()
        }
        typed, faults = {"valid_from": "TIMESTAMP '1970-01-01'"}, _nobody(kinds)
        if block.timestamp:
            values["timestamp"] = block.timestamp
            typed = {"valid_from": self.rows.cast("timestamp")}
            faults |= {"valid_from IS NULL": "not_a_time:timestamp"}
        listed = ", ".join(f"{{'name': {quote(key)}, 'value': {name(f'value {key}?')}}}" for key in block.values)
        faults |= too_long({f"value {key}": key for key in block.values})
        columns = {"external_ids": identifier_list(kinds), "said": f"[{listed}]", "valid_from": "valid_from"}
        return TOLD, self.rows.with_fault(self.rows.typed(block.when, values, kinds, typed), columns, faults)

    def _things(self, block: ProductBlock | CampaignBlock) -> tuple[Kind, str]:
        """Products and campaigns: what is known by one id, and said of it."""
        kind, key = (OFFERED, "product_id") if isinstance(block, ProductBlock) else (CAMPAIGNED, "campaign_id")
        values = {key: value for key, value in block.expressions().items() if key != "when"}
        typed = {key: self.rows.cast(key) for key in values}
        faults = {f"{name(f'{key}?')} IS NULL": f"missing:{key}"} | self.rows.cast_faults(list(values))
        faults |= {f"{key} < 0": f"negative:{key}" for key in ("price", "cost") if key in values}
        columns = {key: name(key) for key in typed}
        return kind, self.rows.with_fault(self.rows.typed(block.when, values, [], typed), columns, faults)

    def _consents(self, block: ConsentBlock) -> tuple[Kind, str]:
        kinds = sorted(block.identifiers())
        values = {f"id {kind}": value for kind, value in block.identifiers().items()} | {
            "timestamp": block.timestamp, "purpose": block.purpose, "status": block.status,
        }  # fmt: skip
        typed = {"timestamp": self.rows.cast("timestamp"), "purpose": name("purpose?"), "status": name("status?")}
        if block.version:
            values["version"] = block.version
            typed["version"] = name("version?")
        faults = _nobody(kinds) | {
            "timestamp IS NULL": "not_a_time:timestamp",
            f"purpose IS NULL OR purpose NOT IN {PURPOSES}": "not_a_purpose:purpose",
            f"status IS NULL OR status NOT IN {CONSENT}": "not_a_status:status",
        }
        columns = {"external_ids": identifier_list(kinds), "source_id": quote(self.source.name)}
        columns |= {key: name(key) for key in typed}
        return CONSENTED, self.rows.with_fault(self.rows.typed(block.when, values, kinds, typed), columns, faults)


def _nobody(kinds: list[str]) -> dict[str, str]:
    return {" AND ".join(f"{name(f'id {kind}?')} IS NULL" for kind in kinds): "missing:identifier"}
