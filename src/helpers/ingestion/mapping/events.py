"""The query that makes events of records: typed, converted, put right in time, held against the plan, and named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from helpers.datasets.engine import quote, quoted
from helpers.datasets.tables.ingestion import CHANNELS
from helpers.ingestion.mapping import contract
from helpers.ingestion.mapping.kinds import GIVES_BACK, SQL_TYPES, TYPES
from helpers.ingestion.mapping.rows import Rows, identifier_list, too_long
from helpers.ingestion.sql import as_wall, changed_clock, name

if TYPE_CHECKING:
    from helpers.datasets.emits import EventBlock
    from helpers.datasets.plan import TrackingPlan

_DURATIONS = ("dwell_s", "idle_s")
_AMOUNTS = ("price", "revenue", "discount")
# A message sent again is the same message.
_OF_DELIVERY = ("sent_at", "received_at")


def event_query(made: Rows, number: int, block: EventBlock, *, plan: TrackingPlan, latest: datetime) -> str:
    """The query of one event block, its columns those of `kinds.EVENT` that the block fills.

    Args:
        made: The pieces for its source; temp table `rates` must be there where the data set has rates.
        number: The block's place among those of its source.
        block: The block.
        plan: The tracking plan.
        latest: The last moment that an event of this load can have.
    """
    own = {"timestamp": block.timestamp} | block.columns
    values = own | {f"id {kind}": value for kind, value in block.identifiers().items()}
    values |= {f"property {key}": value for key, value in block.properties.items()}
    if block.event_from:
        values["event"] = block.event_from
    typed = {key: made.cast(key) for key in own}
    typed["event"] = name("event?") if block.event_from else quote(block.event or "")
    typed["source_id"] = quote(made.source.name)
    channel = quote(made.source.channel)
    typed["channel"] = f"coalesce({typed['channel']}, {channel})" if "channel" in own else channel
    if "revenue" in own or "currency" in own:
        given = f"{typed['currency']}, " if "currency" in own else ""
        typed["currency"] = f"coalesce({given}{quote(made.settings.currency)})"
    kinds = list(block.identifiers())
    typed |= {kind: name(f"id {kind}") for kind in ("user_id", "anonymous_id") if kind in kinds}
    listed = sorted(block.external_ids)
    if listed:
        typed["external_ids"] = identifier_list(listed)
    if block.properties:
        typed["properties"] = _properties(list(block.properties))
    if made.source.timestamps == "local":
        typed["clock_change"] = changed_clock(name("timestamp?"), zone=made.settings.timezone)
    rows = made.typed(block.when, values, kinds, typed)
    faults = _faults(made, block, list(own), latest)
    told = {key: name(key) for key in typed}
    if "currency" in own and made.settings.rates:
        rows = _converted(made, rows, [key for key in _AMOUNTS if key in own])
        told["original_currency"] = "original_currency"
    broken = contract.violations(plan, block, set(typed))
    if broken:
        rows = f"SELECT *, {broken} AS violations FROM ({rows})"
        told["violations"] = "violations"
        if made.source.violations == "drop_property" and block.properties:
            told["properties"] = contract.without_violations(list(block.properties))
    if set(_OF_DELIVERY) <= set(own):
        told |= {"timestamp": _moment(own), "original_timestamp": "timestamp"}
    # The texts as they came: to write typed values as text again would cost as much as all casts.
    texts = [key for key in values if not key.startswith("id ") and key not in _OF_DELIVERY]
    identity = [name(f"id {kind}") for kind in kinds] + [name(f"{key}?") for key in texts]
    query = made.with_fault(
        rows, {"_emit": str(number), "key": _key(made.source.name, number, identity, own)} | told, faults
    )
    if broken and made.source.violations == "quarantine":
        reason = f"coalesce(fault, {quote(contract.QUARANTINED)} || violations[1])"
        query = f"SELECT * REPLACE ({reason} AS fault) FROM ({query})"
    return query


def _faults(made: Rows, block: EventBlock, own: list[str], latest: datetime) -> dict[str, str]:
    faults = {
        'timestamp IS NULL AND "timestamp?" IS NULL': "missing:timestamp",
        "event IS NULL": "missing:event",
    }
    if "currency" in own:
        unknown = "rate IS NULL" if made.settings.rates else f"currency <> {quote(made.settings.currency)}"
        faults[unknown] = "no_rate:currency"
    faults |= made.cast_faults(own)
    received = "coalesce(received_at, TIMESTAMP {0})" if "received_at" in own else "TIMESTAMP {0}"
    latest = quote(f"{latest:%Y-%m-%d %H:%M:%S}")
    known = f"least({received.format(latest)}, TIMESTAMP {latest})"
    faults |= {
        f"{_moment(own)} < DATE '{made.source.earliest}'": "too_early:timestamp",
        f"{_moment(own)} > {known} + INTERVAL '{made.source.skew_hours} hours'": "in_the_future:timestamp",
    }
    gives_back = f"event IN ({quoted(GIVES_BACK)})"
    if "quantity" in own:
        faults[f"quantity < 0 AND NOT {gives_back}"] = "negative:quantity"
    faults |= {f"{key} < 0": f"negative:{key}" for key in ("price", *_DURATIONS) if key in own}
    if "scroll_pct" in own:
        faults["scroll_pct NOT BETWEEN 0 AND 100"] = "out_of_range:scroll_pct"
    if "channel" in own:
        faults[f"channel NOT IN {CHANNELS}"] = "not_a_channel:channel"
    texts = {key: key for key in own if TYPES[key] == "string"} | {f"property {key}": key for key in block.properties}
    texts |= {f"id {kind}": kind for kind in block.identifiers()} | ({"event": "event"} if block.event_from else {})
    return faults | too_long(texts)


def _converted(made: Rows, rows: str, amounts: list[str]) -> str:
    """Amounts in the data set's currency, by the last rate of their currency on or before their local day."""
    house = quote(made.settings.currency)
    rate = f"CASE WHEN e.currency = {house} THEN 1 ELSE r.rate END"
    replaced = [f"CAST(e.{key} * {rate} AS {SQL_TYPES[TYPES[key]]}) AS {key}" for key in amounts]
    replaced.append(f"{house} AS currency")
    return (
        f"SELECT e.* REPLACE ({', '.join(replaced)}), {rate} AS rate, e.currency AS original_currency FROM "
        f"(SELECT *, CAST({as_wall('timestamp', made.settings.timezone)} AS DATE) AS day FROM ({rows})) e "
        "ASOF LEFT JOIN rates r ON r.currency = e.currency AND r.day <= e.day"
    )


def _moment(own: Iterable[str]) -> str:
    """When it happened: a device's clock is off by as much as its sending was, measured by ours (Segment's rule)."""
    corrected = "coalesce(received_at - (sent_at - timestamp), timestamp)"
    return corrected if set(_OF_DELIVERY) <= set(own) else "timestamp"


def _properties(keys: list[str]) -> str:
    pairs = ", ".join(f"{name(key)} := {name(f'property {key}?')}" for key in keys)
    return f"CAST(to_json(struct_pack({pairs})) AS VARCHAR)"


def _key(source: str, number: int, identity: list[str], own: dict[str, str]) -> str:
    """64 bits that tell events apart: of the source's own id, or of what the record says (MD5, RFC 1321)."""
    content = ", ".join(f"coalesce({each}, '')" for each in identity)
    made = f"md5_number_lower(concat_ws(chr(31), {quote(source)}, '{number}', {content}))"
    if "message_id" not in own:
        return made
    suffix = f" || '#{number}'" if number else ""
    return f"CASE WHEN message_id IS NULL THEN {made} ELSE md5_number_lower(message_id{suffix}) END"
