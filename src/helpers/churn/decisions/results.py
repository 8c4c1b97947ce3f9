"""What decisions hand on to the result record."""

from __future__ import annotations

import math

from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.money import POLICIES, RIVALS
from helpers.reporting import Record
from helpers.reporting.keys import safe


def add_results(record: Record, found: Decisions, currency: str) -> None:
    """Add reasons, groups and money to a notebook's result record.

    Args:
        record: The record of stage churn.
        found: The decisions.
        currency: ISO 4217 code of the data set's amounts.
    """
    stable, today = found.stability, found.today
    record.add("churn.reasons.same_first", stable.same_first)
    record.add("churn.reasons.shared", stable.shared)
    record.add("churn.reasons.agreement", stable.agreement)
    record.add("churn.groups.misjudged", sum(each.misjudged for each in found.groups))
    for each in found.groups:
        record.add(
            f"churn.groups.{safe(each.kind)}.{safe(each.name)}.gap", each.gap, numerator=each.base_rate.numerator
        )
    if math.isfinite(found.contact.threshold):
        record.add("churn.money.threshold", found.contact.threshold)
    record.add("churn.money.contacted", today.contacted, n=today.contacted + today.alone)
    for policy in POLICIES:
        record.add(f"churn.money.{policy}.saving", found.savings.per_1000[policy], unit=currency)
    for policy in RIVALS:
        record.add(f"churn.money.{policy}.gain", found.savings.gains[policy], unit=currency)
    for (scheme, part), difference in found.weighed.test.items():
        record.add(f"churn.weights.{scheme}.{part}.brier", difference)
