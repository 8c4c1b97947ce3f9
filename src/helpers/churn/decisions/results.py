"""What decisions hand on to the result record: what the page shows, and nothing that it hides."""

from __future__ import annotations

import hashlib
import math
from collections import Counter

from helpers.churn.decisions.audit import Group
from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.money import RIVALS
from helpers.churn.decisions.paying import Money, told
from helpers.reporting import Record
from helpers.reporting.keys import safe


def add_results(record: Record, found: Decisions, currency: str) -> None:
    """Add reasons, groups and money to a notebook's result record.

    Args:
        record: The record of stage churn.
        found: The decisions, as `by_group` gives them.
        currency: ISO 4217 code of the data set's amounts.
    """
    stable = found.stability
    record.add("churn.reasons.same_first", stable.same_first)
    record.add("churn.reasons.shared", stable.shared)
    record.add("churn.reasons.agreement", stable.agreement)
    record.add("churn.groups.misjudged", sum(each.misjudged for each in found.groups))
    keys = group_keys(found.groups)
    for each in found.groups:
        record.add(keys[each.kind, each.name], each.gap, numerator=each.base_rate.numerator)
    if found.assumed.worth is not None:
        record.add("churn.money.value_kept", found.assumed.worth, unit=currency)
    if found.money is not None:
        _add_money(record, found.money, currency)
    for (scheme, part), difference in found.weighed.test.items():
        record.add(f"churn.weights.{scheme}.{part}.brier", difference)


def group_keys(groups: list[Group]) -> dict[tuple[str, str], str]:
    """The key of each group's gap by kind and name; names that look alike in a key are told apart by a hash."""
    plain = {(each.kind, each.name): f"{safe(each.kind)}.{safe(each.name)}" for each in groups}
    times = Counter(plain.values())
    return {own: f"churn.groups.{key if times[key] == 1 else f'{key}_{_hash(*own)}'}.gap" for own, key in plain.items()}


def _add_money(record: Record, found: Money, currency: str) -> None:
    savings, today, may = found.savings, found.today, told(found.savings)
    if math.isfinite(savings.thresholds["threshold"]):
        record.add("churn.money.threshold", savings.thresholds["threshold"])
    record.add("churn.money.contacted", today.contacted, n=today.contacted + today.alone)
    for policy in may:
        record.add(f"churn.money.{policy}.saving", savings.per_1000[policy], unit=currency)
    for policy in (each for each in RIVALS if {each, "threshold"} <= set(may)):
        record.add(f"churn.money.{policy}.gain", savings.gains[policy], unit=currency)


def _hash(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}\n{name}".encode()).hexdigest()[:8]
