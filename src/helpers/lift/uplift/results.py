"""What uplift hands on to the result record."""

from __future__ import annotations

from helpers.lift.uplift.judge import Judged
from helpers.reporting import Record, keys


def add_results(record: Record, judged: Judged, *, experiment: str, arm: str, unit: str) -> None:
    """Add each way's area, and each learner's beyond the best rule.

    Args:
        record: The record of stage lift.
        judged: The judged ways.
        experiment: Name of the experiment.
        arm: The arm.
        unit: Unit of the metric, per customer.
    """
    place = f"lift.{keys.safe(experiment)}.{keys.safe(arm)}.uplift"
    for name, area in judged.areas.items():
        record.add(f"{place}.{keys.safe(name)}", area, unit=unit)
    for (learner, rule), estimate in judged.beyond_rule.items():
        if rule == judged.best_rule:
            record.add(f"{place}.{learner}.beyond_rule", estimate, unit=unit)
