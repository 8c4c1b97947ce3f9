"""Tables of leads, which segmentation writes: who may order in the next 30 days, and what that is worth."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, estimate, flag
from helpers.datasets.tables.profiles import PROFILE_ID

DIRECTIONS = ("rising", "steady", "falling")


def _points(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="int64", meaning=meaning, nullable=True, unit="points", ge=0, le=100)


LEADS = Table(
    name="leads",
    writer="segmentation",
    meaning="One person still active as of `as_of` (not dormant, churned or without a profile), whether or not they "
    "ever ordered; scores are missing where history is too short or too few order for a model.",
    key=("profile_id",),
    columns=(
        PROFILE_ID,
        Column(name="as_of", dtype="date", meaning="Local midnight of this day is the moment of the score."),
        Column(name="horizon_days", dtype="int64", meaning="Days looked ahead.", unit="days", ge=1),
        Column(
            name="probability", dtype="float64", nullable=True, unit="share", ge=0, le=1,
            meaning="Probability of at least one order in the horizon, calibrated on earlier people.",
        ),
        _points("score", "The probability in hundredths, rounded."),
        Column(
            name="level", dtype="string", isin=("low", "medium", "high"),
            meaning="How much is known of them, by their tracked interactions: 3 are low, 12 medium, 50 high.",
        ),
        Column(
            name="percentile", dtype="float64", nullable=True, ge=0, le=100,
            meaning="Place among all of these people, 100 = most likely to order; equal ones share a place; no "
            "probability.",
        ),
        _points("score_before", "Score 30 days earlier by the same model; missing for who was not active then."),
        Column(
            name="direction", dtype="string", nullable=True, isin=DIRECTIONS,
            meaning="Whether the score changed in 30 days by more points than those of nine in ten people did in the "
            "30 days before, and by at least 5.",
        ),
        flag("declining", "They are in state `declining`: active more rarely than they were used to be."),
    ),
)  # fmt: skip

LEADS_JUDGED = Table(
    name="leads_judged",
    writer="segmentation",
    meaning="One measure of one way to say who will order, on the people still active at the test cutoff, 30 days "
    "before.",
    key=("way", "metric"),
    columns=(
        Column(name="way", dtype="string", meaning="Model or rule, `none` for a fact about the people alone."),
        Column(name="metric", dtype="string", meaning="Measure; with `_gain` it is the model's minus this rule's."),
        *estimate(),
    ),
)

TABLES = (LEADS, LEADS_JUDGED)
