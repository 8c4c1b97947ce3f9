"""Tables of what people are in now, and were in before: states, transitions, and what is learned to tell them."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count
from helpers.datasets.tables.identity import PROFILE_ID
from helpers.datasets.tables.ingestion import CHANNELS

# In the order in which they are tested: the first that fits is the state.
STATES = {
    "generic": "Profiling was not allowed.",
    "new": "In the first 14 days, with fewer than 3 active days.",
    "returned": "In the 14 days from the first act after dormant or churned.",
    "churned": "Silent for more than 90 days and 6 usual gaps.",
    "dormant": "Silent for more than 30 days and 3 usual gaps.",
    "at_risk": "Silent for more than a usual gap and the half of one, at least 7 days, or so long after a support case "
    "that was left open or ended badly.",
    "declining": "Active more rarely than they were used to, by a detector that tells this falsely once in ten years.",
    "active_engaged": "At least 2 active days within 30 days or 2 usual gaps.",
    "quiet": "Everyone else.",
}
GONE = ("generic", "dormant", "churned")


def _day(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name=name, dtype="date", meaning=meaning, nullable=nullable)


def _state(name: str, meaning: str, *, nullable: bool = False) -> Column:
    return Column(name=name, dtype="string", meaning=meaning, isin=tuple(STATES), nullable=nullable)


STATES_TABLE = Table(
    name="states",
    writer="profiles",
    meaning="One stretch of local midnights at which one person was in one lifecycle state; at each midnight since the "
    "day after they were first seen they are in exactly one.",
    key=("profile_id", "since"),
    columns=(
        PROFILE_ID,
        _state("state", "The state."),
        _day("since", "The day at whose first moment it was first true."),
        _day("until", "The day at whose first moment another was; missing for the state of now.", nullable=True),
    ),
)

TRANSITIONS = Table(
    name="transitions",
    writer="profiles",
    meaning="One change of state of one person, the first state included.",
    key=("profile_id", "at"),
    columns=(
        PROFILE_ID,
        _state("was", "The state before; missing where it is the first.", nullable=True),
        _state("state", "The state from then on."),
        _day("at", "The day at whose first moment it had changed, by when things happened."),
        _day("detected_at", "The day on which the workbench first knew enough to tell: later for late events."),
        Column(name="evidence", dtype="string", meaning="What told so, in words."),
    ),
)

REEVALUATE = Table(
    name="reevaluate",
    writer="profiles",
    meaning="One request to think again about how to approach one person, made by one transition.",
    key=("profile_id", "at"),
    columns=(
        PROFILE_ID,
        _day("at", "The transition that asks."),
        _day("asked_at", "The day on which it asked."),
        _state("state", "The state to decide for."),
        _day("moot_at", "When the next state made it moot; missing while it stands.", nullable=True),
    ),
)

STATE_RULES = Table(
    name="state_rules",
    writer="profiles",
    meaning="What was learned of the whole population at the start of one quarter, from the days before it, for people "
    "of one band of usual gaps.",
    key=("quarter", "band"),
    columns=(
        _day("quarter", "First day of the quarter in which it holds."),
        Column(name="band", dtype="float64", meaning="Usual gap from which the band begins.", unit="days", ge=0),
        Column(name="prior_events", dtype="float64", meaning="Active days that it weighs as much as.", ge=0),
        Column(name="prior_time", dtype="float64", meaning="Days in which they came.", unit="days", ge=0),
        Column(name="threshold", dtype="float64", meaning="Score at which a decline is told.", ge=0),
        Column(
            name="false_per_year", dtype="float64", ge=0,
            meaning="False declines per customer and year that it gives on people's own gaps in random order.",
        ),
        Column(name="years", dtype="float64", meaning="Customer years looked at; 0 where none were enough.", ge=0),
    ),
)  # fmt: skip

OUTAGES = Table(
    name="outages",
    writer="profiles",
    meaning="One local day on which one channel told of far fewer people than before; silence then says nothing.",
    key=("channel", "day"),
    columns=(
        Column(name="channel", dtype="string", meaning="The channel.", isin=CHANNELS),
        _day("day", "Local day of the data set's zone."),
        count("people", "People seen on it that day."),
    ),
)

OF_STATES = (STATES_TABLE, TRANSITIONS, REEVALUATE, STATE_RULES, OUTAGES)
