"""How many days of silence say something, against a person's usual gap; and which words say that a case ended badly."""

from __future__ import annotations

import ibis

SHORTEST = 7.0  # days more than a usual gap, below which no silence says anything
# How a source says that a support case ended badly; any other outcome, or none, is no complaint.
BAD_OUTCOMES = (
    "unsolved", "unresolved", "not solved", "not resolved", "failed", "rejected", "refused", "bad", "dissatisfied",
    "escalated",
)  # fmt: skip


def at_risk(usual_gap: ibis.Value) -> ibis.Value:
    """Days beyond which somebody is at risk."""
    return usual_gap + ibis.greatest(0.5 * usual_gap, ibis.literal(SHORTEST))


def dormant(usual_gap: ibis.Value) -> ibis.Value:
    """Days beyond which somebody is dormant."""
    return ibis.greatest(3 * usual_gap, ibis.literal(30.0))


def churned(usual_gap: ibis.Value) -> ibis.Value:
    """Days beyond which somebody has gone."""
    return ibis.greatest(6 * usual_gap, ibis.literal(90.0))
