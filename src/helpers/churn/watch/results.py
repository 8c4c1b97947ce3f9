"""What the watch hands on to the result record."""

from __future__ import annotations

from helpers.churn.watch.drift import Drift
from helpers.churn.watch.retraining import Watched
from helpers.reporting import Record


def add_results(record: Record, watched: Watched) -> None:
    """Add drifts of inputs and scores, what came of what was said, and whether to learn anew."""
    _add(record, "drift.inputs.largest_psi", watched.inputs)
    record.add("drift.inputs.moved", len(watched.inputs.moved))
    _add(record, "drift.scores.psi", watched.scores)
    if (matured := watched.matured) is not None:
        record.add("drift.calibration.intercept", matured.intercept)
        if matured.slope is not None:
            record.add("drift.calibration.slope", matured.slope)
        record.add("drift.auc_minus_rule", matured.over_rule)
    record.add("drift.learn_anew", int(bool(watched.reasons)))


def _add(record: Record, key: str, drift: Drift) -> None:
    record.add(key, float(drift.tests["psi"].max()), n=round(sum(drift.people)))
