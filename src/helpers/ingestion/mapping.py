"""Queries that turn records into events, attributes, products and consents, with a fault where a value is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from helpers.datasets.emits import MAPPABLE, AttributeBlock, CampaignBlock, ConsentBlock, EventBlock, ProductBlock
from helpers.datasets.expressions import compile_expression
from helpers.datasets.tables.ingestion import CAMPAIGNS, CHANNELS, CONSENT, EVENTS, PRODUCTS, PURPOSES
from helpers.ingestion import contract
from helpers.ingestion.sql import as_wall, changed_clock, condition, moment, name, quote, text, whole_number

if TYPE_CHECKING:
    from helpers.datasets.plan import TrackingPlan
    from helpers.datasets.settings import Settings, Source

GIVES_BACK = ("Order Refunded", "Order Cancelled")
LONGEST_TEXT = 2000
SQL_TYPES = {
    "decimal(18, 4)": "DECIMAL(18, 4)",
    "int64": "BIGINT",
    "timestamp(6)": "TIMESTAMP",
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "float64": "DOUBLE",
}
_REASONS = {
    "timestamp(6)": "not_a_time",
    "decimal(18, 4)": "not_a_number",
    "int64": "not_a_whole_number",
    "float64": "not_a_number",
    "boolean": "not_true_or_false",
}
_DURATIONS = ("dwell_s", "idle_s")
_AMOUNTS = ("price", "revenue", "discount")
# A message sent again is the same message.
_OF_DELIVERY = ("sent_at", "received_at")
_TYPES = {column.name: column.dtype for column in (*EVENTS.columns, *PRODUCTS.columns, *CAMPAIGNS.columns)}
_IDENTIFIER_LIST = "STRUCT(type VARCHAR, value VARCHAR)[]"


class Kind(NamedTuple):
    """What a block makes, and its columns beside `_row` and `fault`: name to SQL type."""

    name: str
    columns: dict[str, str]


EVENT = Kind(
    "events",
    {"_emit": "INTEGER", "key": "UBIGINT", "event": "VARCHAR", "source_id": "VARCHAR"}
    | {column: SQL_TYPES[_TYPES[column]] for column in MAPPABLE}
    | {
        "original_timestamp": "TIMESTAMP", "original_currency": "VARCHAR", "clock_change": "VARCHAR",
        "external_ids": _IDENTIFIER_LIST, "properties": "VARCHAR", "violations": "VARCHAR[]",
    },
)  # fmt: skip
TOLD = Kind(
    "told",
    {
        "external_ids": _IDENTIFIER_LIST,
        "said": "STRUCT(name VARCHAR, value VARCHAR)[]",
        "valid_from": "TIMESTAMP",
    },
)
OFFERED = Kind("offered", {column.name: SQL_TYPES[column.dtype] for column in PRODUCTS.columns})
CAMPAIGNED = Kind("campaigned", {column.name: SQL_TYPES[column.dtype] for column in CAMPAIGNS.columns})
CONSENTED = Kind(
    "consented",
    {"external_ids": _IDENTIFIER_LIST}
    | dict.fromkeys(("purpose", "status", "version", "source_id"), "VARCHAR")
    | {"timestamp": "TIMESTAMP"},
)
KINDS = (EVENT, TOLD, OFFERED, CONSENTED, CAMPAIGNED)


class Mapper:
    """The queries that map the records of one source.

    They read temp table `records`, and put in place of identifiers what temp table `pseudonyms` (type, value,
    pseudonym) says; temp table `rates` (currency, day, rate) must be there where the data set has rates.
    """

    def __init__(self, settings: Settings, source: Source, plan: TrackingPlan, *, latest: datetime) -> None:
        self.settings = settings
        self.source = source
        self.plan = plan
        self.latest = latest

    @property
    def needs_lines(self) -> bool:
        """Whether an expression uses the line of a record."""
        each = [expression for block in self.source.emits for expression in block.expressions().values()]
        each += [rule.when for rule in self.source.rejects]
        return any('"_line"' in self._sql(expression) for expression in each)

    def refused_by_rule(self) -> list[tuple[str, str]]:
        """The data set's own rules: reason and condition."""
        return [(rule.reason, condition(self._sql(rule.when))) for rule in self.source.rejects]

    def asked_for(self) -> str:
        """Condition for records that a block makes something of."""
        whens = [condition(self._sql(block.when)) if block.when else "true" for block in self.source.emits]
        return " OR ".join(whens)

    def identifiers(self) -> dict[str, list[str]]:
        """Type of identifier to the texts that hold one."""
        found: dict[str, list[str]] = {}
        for block in self.source.emits:
            if not isinstance(block, ProductBlock | CampaignBlock):
                for kind, value in block.identifiers().items():
                    found.setdefault(kind, []).append(text(self._sql(value)))
        return found

    def texts(self) -> dict[str, str]:
        """Column to the text that should give it, as the first block that fills it says."""
        found: dict[str, str] = {}
        for block in self.source.emits:
            own = block.columns | block.properties if isinstance(block, EventBlock) else {}
            if isinstance(block, AttributeBlock):
                own = block.values
            for key, expression in (block.expressions() | own).items():
                found.setdefault(key, text(self._sql(expression)))
        return found

    def queries(self) -> list[tuple[Kind, str]]:
        """What each block makes, and its query: `_row`, the columns that it fills, `fault` as "reason:column"."""
        made = {EventBlock: self._events, AttributeBlock: self._attributes, ConsentBlock: self._consents}
        return [made.get(type(block), self._things)(number, block) for number, block in enumerate(self.source.emits)]

    def _sql(self, expression: str) -> str:
        return compile_expression(expression, self.source.expression_columns)

    def _typed(self, when: str | None, values: dict[str, str], kinds: list[str], typed: dict[str, str]) -> str:
        """Records as texts ("key?"), with the pseudonyms of their identifiers ("id kind"), then typed."""
        texts = ", ".join(f"{text(self._sql(value))} AS {name(f'{key}?')}" for key, value in values.items())
        joins = " ".join(
            f"LEFT JOIN pseudonyms p{n} ON p{n}.type = {quote(kind)} AND p{n}.value = {name(f'id {kind}?')}"
            for n, kind in enumerate(kinds)
        )
        found = "".join(f", p{n}.pseudonym AS {name(f'id {kind}')}" for n, kind in enumerate(kinds))
        where = condition(self._sql(when)) if when else "true"
        known = f"SELECT t.*{found} FROM (SELECT rowid AS _row, {texts} FROM records WHERE {where}) t {joins}"
        return f"SELECT *, {_listed(typed)} FROM ({known})"

    @staticmethod
    def _with_fault(rows: str, columns: dict[str, str], faults: dict[str, str]) -> str:
        """The columns as they go out, and the first fault."""
        cases = " ".join(f"WHEN {test} THEN {quote(fault)}" for test, fault in faults.items())
        return f"SELECT _row, {_listed(columns)}, CASE {cases} ELSE NULL END AS fault FROM ({rows})"

    def _cast(self, key: str) -> str:
        """The typed value of the text of `key`."""
        value = name(f"{key}?")
        dtype = _TYPES[key]
        if dtype == "timestamp(6)":
            return moment(value, offset=self.source.timestamps == "offset", zone=self.settings.timezone)
        if dtype == "int64":
            return whole_number(value)
        if dtype == "string":
            return value
        cast = f"TRY_CAST({value} AS {SQL_TYPES[dtype]})"
        # A double may be infinite or no number at all; a decimal may not.
        return f"CASE WHEN isfinite({cast}) THEN {cast} END" if dtype == "float64" else cast

    @staticmethod
    def _cast_faults(keys: list[str]) -> dict[str, str]:
        return {
            f"{name(f'{key}?')} IS NOT NULL AND {name(key)} IS NULL": f"{_REASONS[_TYPES[key]]}:{key}"
            for key in keys
            if _TYPES[key] != "string"
        }

    def _events(self, number: int, block: EventBlock) -> tuple[Kind, str]:
        own = {"timestamp": block.timestamp} | block.columns
        values = own | {f"id {kind}": value for kind, value in block.identifiers().items()}
        values |= {f"property {key}": value for key, value in block.properties.items()}
        if block.event_from:
            values["event"] = block.event_from
        typed = {key: self._cast(key) for key in own}
        typed["event"] = name("event?") if block.event_from else quote(block.event or "")
        typed["source_id"] = quote(self.source.name)
        channel = quote(self.source.channel)
        typed["channel"] = f"coalesce({typed['channel']}, {channel})" if "channel" in own else channel
        if "revenue" in own or "currency" in own:
            given = f"{typed['currency']}, " if "currency" in own else ""
            typed["currency"] = f"coalesce({given}{quote(self.settings.currency)})"
        kinds = list(block.identifiers())
        typed |= {kind: name(f"id {kind}") for kind in ("user_id", "anonymous_id") if kind in kinds}
        listed = sorted(block.external_ids)
        if listed:
            typed["external_ids"] = _identifier_list(listed)
        if block.properties:
            typed["properties"] = _properties(list(block.properties))
        if self.source.timestamps == "local":
            typed["clock_change"] = changed_clock(name("timestamp?"), zone=self.settings.timezone)
        rows = self._typed(block.when, values, kinds, typed)
        faults = self._event_faults(block, list(own))
        told = {key: name(key) for key in typed}
        if "currency" in own and self.settings.rates:
            rows = self._converted(rows, [key for key in _AMOUNTS if key in own])
            told["original_currency"] = "original_currency"
        broken = contract.violations(self.plan, block, set(typed))
        if broken:
            rows = f"SELECT *, {broken} AS violations FROM ({rows})"
            told["violations"] = "violations"
            if self.source.violations == "drop_property" and block.properties:
                told["properties"] = contract.without_violations(list(block.properties))
        if set(_OF_DELIVERY) <= set(own):
            told |= {"timestamp": _moment(own), "original_timestamp": "timestamp"}
        identity = [name(f"id {kind}") for kind in kinds] + [
            name(key) for key in typed if key not in (*_OF_DELIVERY, *kinds, "external_ids", "clock_change")
        ]
        query = self._with_fault(rows, {"_emit": str(number), "key": _key(number, identity, own)} | told, faults)
        if broken and self.source.violations == "quarantine":
            reason = f"coalesce(fault, {quote(contract.QUARANTINED)} || violations[1])"
            query = f"SELECT * REPLACE ({reason} AS fault) FROM ({query})"
        return EVENT, query

    def _event_faults(self, block: EventBlock, own: list[str]) -> dict[str, str]:
        faults = {
            'timestamp IS NULL AND "timestamp?" IS NULL': "missing:timestamp",
            "event IS NULL": "missing:event",
        }
        if "currency" in own:
            unknown = "rate IS NULL" if self.settings.rates else f"currency <> {quote(self.settings.currency)}"
            faults[unknown] = "no_rate:currency"
        faults |= self._cast_faults(own)
        received = "coalesce(received_at, TIMESTAMP {0})" if "received_at" in own else "TIMESTAMP {0}"
        latest = quote(f"{self.latest:%Y-%m-%d %H:%M:%S}")
        known = f"least({received.format(latest)}, TIMESTAMP {latest})"
        faults |= {
            f"{_moment(own)} < DATE '{self.source.earliest}'": "too_early:timestamp",
            f"{_moment(own)} > {known} + INTERVAL '{self.source.skew_hours} hours'": "in_the_future:timestamp",
        }
        gives_back = f"event IN ({', '.join(quote(kind) for kind in GIVES_BACK)})"
        if "quantity" in own:
            faults[f"quantity < 0 AND NOT {gives_back}"] = "negative:quantity"
        faults |= {f"{key} < 0": f"negative:{key}" for key in ("price", *_DURATIONS) if key in own}
        if "scroll_pct" in own:
            faults["scroll_pct NOT BETWEEN 0 AND 100"] = "out_of_range:scroll_pct"
        if "channel" in own:
            faults[f"channel NOT IN {CHANNELS}"] = "not_a_channel:channel"
        texts = {key: key for key in own if _TYPES[key] == "string"} | {
            f"property {key}": key for key in block.properties
        }
        texts |= {f"id {kind}": kind for kind in block.identifiers()} | ({"event": "event"} if block.event_from else {})
        return faults | {
            f"strlen({name(f'{key}?')}) > {LONGEST_TEXT}": f"too_long:{said}" for key, said in texts.items()
        }

    def _converted(self, rows: str, amounts: list[str]) -> str:
        """Amounts in the data set's currency, by the last rate of their currency on or before their local day."""
        house = quote(self.settings.currency)
        rate = f"CASE WHEN e.currency = {house} THEN 1 ELSE r.rate END"
        replaced = [f"CAST(e.{key} * {rate} AS {SQL_TYPES[_TYPES[key]]}) AS {key}" for key in amounts]
        replaced.append(f"{house} AS currency")
        return (
            f"SELECT e.* REPLACE ({', '.join(replaced)}), {rate} AS rate, e.currency AS original_currency FROM "
            f"(SELECT *, CAST({as_wall('timestamp', self.settings.timezone)} AS DATE) AS day FROM ({rows})) e "
            "ASOF LEFT JOIN rates r ON r.currency = e.currency AND r.day <= e.day"
        )

    def _attributes(self, _: int, block: AttributeBlock) -> tuple[Kind, str]:
        kinds = sorted(block.identifiers())
        values = {f"id {kind}": value for kind, value in block.identifiers().items()} | {
            f"value {key}": value for key, value in block.values.items()
        }
        typed, faults = {"valid_from": "TIMESTAMP '1970-01-01'"}, _nobody(kinds)
        if block.timestamp:
            values["timestamp"] = block.timestamp
            typed = {"valid_from": self._cast("timestamp")}
            faults |= {"valid_from IS NULL": "not_a_time:timestamp"}
        listed = ", ".join(f"{{'name': {quote(key)}, 'value': {name(f'value {key}?')}}}" for key in block.values)
        faults |= {f"strlen({name(f'value {key}?')}) > {LONGEST_TEXT}": f"too_long:{key}" for key in block.values}
        columns = {"external_ids": _identifier_list(kinds), "said": f"[{listed}]", "valid_from": "valid_from"}
        return TOLD, self._with_fault(self._typed(block.when, values, kinds, typed), columns, faults)

    def _things(self, _: int, block: ProductBlock | CampaignBlock) -> tuple[Kind, str]:
        """Products and campaigns: what is known by one id, and said of it."""
        kind, key = (OFFERED, "product_id") if isinstance(block, ProductBlock) else (CAMPAIGNED, "campaign_id")
        values = {key: value for key, value in block.expressions().items() if key != "when"}
        typed = {key: self._cast(key) for key in values}
        faults = {f"{name(f'{key}?')} IS NULL": f"missing:{key}"} | self._cast_faults(list(values))
        faults |= {f"{key} < 0": f"negative:{key}" for key in ("price", "cost") if key in values}
        columns = {key: name(key) for key in typed}
        return kind, self._with_fault(self._typed(block.when, values, [], typed), columns, faults)

    def _consents(self, _: int, block: ConsentBlock) -> tuple[Kind, str]:
        kinds = sorted(block.identifiers())
        values = {f"id {kind}": value for kind, value in block.identifiers().items()} | {
            "timestamp": block.timestamp, "purpose": block.purpose, "status": block.status,
        }  # fmt: skip
        typed = {"timestamp": self._cast("timestamp"), "purpose": name("purpose?"), "status": name("status?")}
        if block.version:
            values["version"] = block.version
            typed["version"] = name("version?")
        faults = _nobody(kinds) | {
            "timestamp IS NULL": "not_a_time:timestamp",
            f"purpose IS NULL OR purpose NOT IN {PURPOSES}": "not_a_purpose:purpose",
            f"status IS NULL OR status NOT IN {CONSENT}": "not_a_status:status",
        }
        columns = {"external_ids": _identifier_list(kinds), "source_id": quote(self.source.name)}
        columns |= {key: name(key) for key in typed}
        return CONSENTED, self._with_fault(self._typed(block.when, values, kinds, typed), columns, faults)


def _listed(columns: dict[str, str]) -> str:
    return ", ".join(f"{value} AS {name(key)}" for key, value in columns.items())


def _moment(own: Iterable[str]) -> str:
    """When it happened: a device's clock is off by as much as its sending was, measured by ours (Segment's rule)."""
    corrected = "coalesce(received_at - (sent_at - timestamp), timestamp)"
    return corrected if set(_OF_DELIVERY) <= set(own) else "timestamp"


def _nobody(kinds: list[str]) -> dict[str, str]:
    return {" AND ".join(f"{name(f'id {kind}?')} IS NULL" for kind in kinds): "missing:identifier"}


def _identifier_list(kinds: list[str]) -> str:
    """Pseudonyms as a list sorted by type, NULL where there is none."""
    pairs = ", ".join(f"{{'type': {quote(kind)}, 'value': {name(f'id {kind}')}}}" for kind in kinds)
    some = " OR ".join(f"{name(f'id {kind}')} IS NOT NULL" for kind in kinds)
    return f"CASE WHEN {some} THEN [x FOR x IN [{pairs}] IF x.value IS NOT NULL] END"


def _properties(keys: list[str]) -> str:
    pairs = ", ".join(f"{name(key)} := {name(f'property {key}?')}" for key in keys)
    return f"CAST(to_json(struct_pack({pairs})) AS VARCHAR)"


def _key(number: int, identity: list[str], own: dict[str, str]) -> str:
    """64 bits that tell events apart: of the source's own id, or of what the record says (MD5, RFC 1321)."""
    content = ", ".join(f"coalesce(CAST({each} AS VARCHAR), '')" for each in identity)
    made = f"md5_number_lower(concat_ws(chr(31), '{number}', {content}))"
    if "message_id" not in own:
        return made
    suffix = f" || '#{number}'" if number else ""
    return f"CASE WHEN message_id IS NULL THEN {made} ELSE md5_number_lower(message_id{suffix}) END"
