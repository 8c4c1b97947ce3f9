"""What a page says of states, in sentences, and the results that it hands on."""

from __future__ import annotations

import pandas as pd

from helpers import reporting
from helpers.datasets.tables.states import STATES
from helpers.privacy import Published, publish
from helpers.profiles.states.show import LABELS, Month
from helpers.reporting import Record
from helpers.reporting.flows import ALL

_MOST = 3


def meanings() -> Published:
    """What each state means, in the order in which they are tested."""
    said = pd.DataFrame({"State": [LABELS[state] for state in STATES], "Who": list(STATES.values())})
    return publish(said, people=None, why="definitions")


def _now(found: Month) -> dict[str, str]:
    """The balance of the month in words; what is withheld of it is “some”."""
    return {flow: "some" if n is None else reporting.number(n) for flow, n in found.told["now"].items()}


def title(found: Month) -> str:
    """What the picture shows, as a title."""
    own = _now(found)
    return (
        f"{own['after']} people are active, {own['before']} were: "
        f"{own['went_dormant']} fell silent, {own['resurrecting']} came back"
    )


def balanced(found: Month) -> str:
    """Why the active are others than a month before, so that it can be added up."""
    own, balance = _now(found), found.moved["now"].balance
    consented = ""
    if balance.opted_in or balance.opted_out:
        consented = f", {own['opted_in']} have agreed to be profiled, {own['opted_out']} had taken that back for a time"
    return (
        f"{own['before']} people were active on {reporting.date(found.then)}, which is neither dormant nor churned. "
        f"Since then {own['new']} were first seen, {own['resurrecting']} came back after a long silence{consented}, "
        f"and {own['went_dormant']} fell into one: that makes {own['after']} on {reporting.date(found.now)}."
    )


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
    """Add the results of states; what a page withholds is no result either.

    Args:
        record: The record of the notebook.
        found: The month before.
        currency: Of the revenue.
    """
    total = int(found.states.sum())
    shown = found.flows.frame.set_index(found.flows.frame.columns[0]).loc[ALL]
    for state in STATES:
        people = shown.get(LABELS[state], 0)
        if not pd.isna(people):
            record.add(f"states.{state}", int(people), n=total)
    record.add("states.transitions", found.changes, n=total)
    for moment, moved in found.moved.items():
        for flow, people in found.told[moment].items():
            if people is not None:
                record.add(f"states.{moment}.{flow}", people)
        if moved.at_risk_revenue is not None:
            record.add(f"states.{moment}.at_risk_revenue", moved.at_risk_revenue, unit=currency)
