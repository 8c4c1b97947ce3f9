"""Holds mapped events against the tracking plan, as expressions that run while they are mapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.engine import quote, quoted
from helpers.datasets.plan import Range
from helpers.ingestion.sql import name

if TYPE_CHECKING:
    from helpers.datasets.emits import EventBlock
    from helpers.datasets.plan import PlannedEvent, TrackingPlan

UNKNOWN, MISSING, DEPRECATED = "unknown_event", "missing", "deprecated"
NOT_LISTED, OUT_OF_RANGE = "not_listed", "out_of_range"
_WRONG_KIND = {"number": "not_a_number", "true or false": "not_true_or_false"}
_SQL_KIND = {"number": "DOUBLE", "true or false": "BOOLEAN"}
QUARANTINED = "plan_"

# Condition to what it breaks, as "code:column".
Rules = dict[str, str]


def violations(plan: TrackingPlan, block: EventBlock, columns: set[str]) -> str | None:
    """SQL of what an event breaks of the plan: a sorted list of "code:column", NULL where it keeps to it.

    Args:
        plan: The tracking plan of the data set.
        block: The block that makes the event.
        columns: The columns of `events` that it fills; the text of property p must be there as "property p?".

    Returns:
        The expression, None where the block cannot break anything.
    """
    if block.event is not None:
        return _broken(_rules(plan.events[block.event], block, columns))
    found = {event: _broken(_rules(planned, block, columns)) for event, planned in plan.events.items()}
    cases = " ".join(f"WHEN {quote(event)} THEN {rules or 'NULL'}" for event, rules in found.items())
    return f"CASE event {cases} ELSE [{quote(UNKNOWN)}] END"


def without_violations(properties: list[str]) -> str:
    """SQL of column `properties` without those that column `violations` names."""
    at_fault = "substr(v, strpos(v, ':') + 1)"
    gone = f"[to_json({at_fault}) || ': null' FOR v IN violations IF {at_fault} IN ({quoted(properties)})]"
    patch = f"'{{' || array_to_string({gone}, ', ') || '}}'"
    return (
        f"CASE WHEN violations IS NULL THEN properties ELSE CAST(json_merge_patch(properties, {patch}) AS VARCHAR) END"
    )


def _rules(planned: PlannedEvent, block: EventBlock, columns: set[str]) -> Rules:
    rules = {
        f"{name(column)} IS NULL" if column in columns else f"{quote(column)} IS NOT NULL": f"{MISSING}:{column}"
        for column in planned.required
    }
    for key, allowed in planned.properties.items():
        if key not in block.properties:
            continue
        value = name(f"property {key}?")
        if isinstance(allowed, Range):
            number = f"TRY_CAST({value} AS DOUBLE)"
            wrong, code = f"coalesce({number} NOT BETWEEN {allowed.min} AND {allowed.max}, true)", OUT_OF_RANGE
        elif isinstance(allowed, str):
            wrong, code = f"TRY_CAST({value} AS {_SQL_KIND[allowed]}) IS NULL", _WRONG_KIND[allowed]
        else:
            wrong, code = f"{value} NOT IN ({quoted(allowed)})", NOT_LISTED
        rules[f"({value} IS NOT NULL AND {wrong})"] = f"{code}:{key}"
    return rules | ({"true": DEPRECATED} if planned.deprecated else {})


def _broken(rules: Rules) -> str | None:
    if not rules:
        return None
    each = ", ".join(f"CASE WHEN {condition} THEN {quote(said)} END" for condition, said in rules.items())
    # The list is made for the few events that break something.
    return f"CASE WHEN {' OR '.join(rules)} THEN list_sort([v FOR v IN [{each}] IF v IS NOT NULL]) END"
