"""What a page says of states, in sentences, and the results that it hands on."""

from __future__ import annotations

import pandas as pd

from helpers import reporting
from helpers.datasets.tables.states import STATES
from helpers.profiles.states.show import ALL, LABELS, Month
from helpers.reporting import Record

_MOST = 3


def definitions() -> pd.DataFrame:
    """What each state means, in the order in which they are tested."""
    return pd.DataFrame({"State": [LABELS[state] for state in STATES], "Who": list(STATES.values())})


def title(found: Month) -> str:
    """What the picture shows, as a title."""
    own = found.moved["now"].balance
    return (
        f"{reporting.people(own.after)} people are active, {reporting.people(own.before)} were: "
        f"{reporting.people(own.went_dormant)} fell silent, {reporting.people(own.resurrecting)} came back"
    )


def balanced(found: Month) -> str:
    """Why the active are others than a month before, so that it can be added up."""
    own = found.moved["now"].balance
    parts = [
        f"{reporting.people(own.before)} people were active on {reporting.date(found.then)}, which is neither dormant "
        "nor churned.",
        f"Since then {reporting.people(own.new)} were first seen, {reporting.people(own.resurrecting)} came back after "
        f"a long silence, and {reporting.people(own.went_dormant)} fell into one: that makes "
        f"{reporting.people(own.after)} on {reporting.date(found.now)}.",
    ]
    if own.opted_in or own.opted_out:
        parts.append(
            f"Among these changes, {reporting.people(own.opted_in)} have agreed to be profiled meanwhile, "
            f"{reporting.people(own.opted_out)} have taken that back and agreed again."
        )
    return " ".join(parts)


def largest(found: Month) -> str:
    """The largest moves between two states, where they are large enough to be told."""
    frame = found.flows.frame
    moves = frame.melt(frame.columns[0], var_name="state", value_name="people").set_axis(
        ["was", "state", "people"], axis=1
    )
    apart = ~moves["was"].isin([ALL, LABELS["unseen"]]) & (moves["state"] != ALL) & (moves["was"] != moves["state"])
    moves = moves[apart & (moves["people"] > 0)].astype({"people": "float64"}).nlargest(_MOST, "people")
    if moves.empty:
        return "No move between two states is large enough to be told."
    said = (
        f"from {each.was.lower()} to {each.state.lower()} {reporting.number(each.people)}"
        for each in moves.itertuples()
    )
    return f"The most people went {'; '.join(said)}."


def alt(found: Month) -> str:
    """What the picture shows, for who cannot see it."""
    return f"Bands from the states of {reporting.date(found.then)} to those of now. {largest(found)}"


def add_results(record: Record, found: Month, *, currency: str) -> None:
    """Add the results of states.

    Args:
        record: The record of the notebook.
        found: The month before.
        currency: Of the revenue.
    """
    total = int(found.states.sum())
    for state in STATES:
        record.add(f"states.{state}", int(found.states.get(state, 0)), n=total)
    record.add("states.transitions", found.changes, n=total)
    for moment, moved in found.moved.items():
        for flow, people in moved.balance._asdict().items():
            record.add(f"states.{moment}.{flow}", people)
        if moved.at_risk_revenue is not None:
            record.add(f"states.{moment}.at_risk_revenue", moved.at_risk_revenue, unit=currency)
