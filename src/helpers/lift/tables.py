"""Tables of an experiment's page, as `reporting.table` takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.datasets.questions import Experiment, Metric
from helpers.lift.checks import Check
from helpers.lift.guardrails import Guard
from helpers.lift.planning import POWER, Plan
from helpers.lift.readout import Reading
from helpers.lift.slicing import Slice
from helpers.lift.words import amount, measured, told
from helpers.privacy import publish
from helpers.reporting import date, number, percent
from helpers.reporting import level as in_words

if TYPE_CHECKING:
    from helpers.lift.nights import Night

CHANCE = (
    "By chance alone: who calls each difference real of which this is at most 5% errs about any of this table in at "
    "most 5 of 100 experiments (Holm). The verdict rests on goals alone, which were named beforehand, and on an "
    "interval a little wider than this one: it pays for the looks before, and for other arms."
)
CHECKS = {
    "srm_day_p": "Arms day by day",
    "srm_slice_p": "Arms slice by slice",
    "mixed": "People in two arms",
    "silent_days": "Days of exposure",
    "missing_p": "Missing outcomes",
    "balance": "Alike before",
}
ALWAYS = (
    "These intervals hold the truth however often one looks. Ratios, and intervals for one look, which are narrower, "
    "are told at the planned end."
)


def metrics_table(experiment: Experiment, *, currency: str) -> dict[str, Any]:
    """What was declared of each metric before anybody looked."""
    rows = [
        (
            metric.name,
            experiment.role(metric),
            measured(metric, experiment),
            metric.direction,
            _matters(metric, currency),
        )
        for metric in experiment.metrics
    ]
    columns = ["Metric", "Role", "What it is", "Better", "Smallest difference that matters"]
    end = experiment.planned_end
    planned = (
        "No end was planned." if end is None else f"Planned end: {number(end) if isinstance(end, int) else date(end)}"
    )
    units = "sessions" if experiment.unit == "session" else "people"
    planned = f"{planned}{f' {units} exposed' if isinstance(end, int) else ''}".rstrip(".")
    shares = ", ".join(f"{arm} {percent(share)}" for arm, share in (experiment.shares or {}).items())
    return {
        "published": publish(pd.DataFrame(rows, columns=columns), people=None, why="definitions"),
        "caption": f"{experiment.name}: what was declared beforehand",
        "notes": f"{planned}.{f' Planned shares of the arms: {shares}.' if shares else ''} A goal decides; a "
        "guardrail must not get worse by more than its smallest difference; the others are shown.",
    }


def levels_table(night: Night, *, currency: str, level: float) -> dict[str, Any]:
    """Level of each metric and arm: its people, how many of them converted (where that is counted), its level."""
    experiment, readings = night.experiment, night.readings
    brackets = f"In brackets: the interval, made so that {in_words(level)} of its kind hold the truth."
    rows = [
        (each.metric, each.arm, each.n, each.estimate and each.estimate.numerator, told(each, currency))
        for each in readings
        if (each.experiment, each.scale) == (experiment.name, "level")
    ]
    whom = experiment.counted.capitalize()
    frame = pd.DataFrame(rows, columns=["Metric", "Arm", whom, "Converted", "Level"]).astype({"Converted": "Int64"})
    counted = (whom, "Converted")
    return {
        "published": publish(frame, people=[*counted], names=["Metric", "Arm"], parts=[counted], totals="none"),
        "caption": f"{experiment.name}: how each arm did in {experiment.window_days} days after exposure",
        "formats": {"Level": str},
        "notes": f"{brackets if night.final else 'Their intervals are told at the planned end.'} Amounts are net of "
        "refunds in the window. How each interval is made: behind the figure below.",
    }


def comparisons_table(night: Night, *, currency: str) -> dict[str, Any]:
    """Difference from the control and ratio to it, of each metric and other arm."""
    experiment, readings = night.experiment, night.readings
    mine = {(each.metric, each.arm, each.scale): each for each in readings if each.experiment == experiment.name}
    rows = [
        (metric, arm, told(each, currency), told(mine[metric, arm, "ratio"], currency), _chance(each))
        for (metric, arm, scale), each in mine.items()
        if scale == "diff"
    ]
    against = f"Difference from {experiment.control}", f"Ratio to {experiment.control}"
    frame = pd.DataFrame(rows, columns=["Metric", "Arm", *against, "By chance alone"])
    if not night.final:
        frame = frame[["Metric", "Arm", against[0]]]
    removed = [
        f"{each.metric} {percent(each.removed)}"
        for (_, arm, scale), each in mine.items()
        if scale == "diff" and each.removed is not None and arm == experiment.treatments[0]
    ]
    known = f" What was known from before explains of the variance: {'; '.join(removed)}." if removed else ""
    return {
        "published": publish(frame, people=None, why="differences; `publishable` withholds those of small groups"),
        "caption": f"{experiment.name}: how far each arm lies from the control arm",
        # why there is no ratio is a sentence, which breaks over lines where it stands as text
        "formats": {name: str for name in frame.columns[2:] if name != against[1]},
        "notes": f"{CHANCE if night.final else ALWAYS}{known}",
    }


def guards_table(experiment: Experiment, guards: Sequence[Guard], *, currency: str) -> dict[str, Any]:
    """Each guardrail of each other arm, with the loss that was accepted and whether a larger one is ruled out."""
    said = {
        "holds": "yes, a larger loss is ruled out",
        "broken": "no, the loss is larger",
        "open": "not yet: a larger loss is possible",
        "unknown": "nothing can be said",
    }
    declared = {metric.name: metric for metric in experiment.metrics}
    rows = [
        (
            each.reading.metric, each.reading.arm, told(each.reading, currency),
            amount(each.margin, declared[each.reading.metric], currency), said[each.state],
        )
        for each in guards
    ]  # fmt: skip
    against = f"Difference from {experiment.control}"
    frame = pd.DataFrame(rows, columns=["Guardrail", "Arm", against, "Accepted loss", "Holds"])
    return {
        "published": publish(frame, people=None, why="differences; `publishable` withholds those of small groups"),
        "caption": f"{experiment.name}: what must not get worse",
        "formats": dict.fromkeys(frame.columns[2:4], str),
    }


def plans_table(
    experiment: Experiment, plans: Sequence[Plan], readings: Sequence[Reading], *, currency: str
) -> dict[str, Any]:
    """What can be found with the people there are, and what is missing for what matters, where differences are told."""
    told_of = {(each.metric, each.arm) for each in readings if each.experiment == experiment.name and each.estimate}
    declared = {metric.name: metric for metric in experiment.metrics}
    rows = [
        (
            each.metric, each.arm, amount(each.detectable, declared[each.metric], currency),
            _matters(declared[each.metric], currency), "–" if each.power is None else percent(each.power),
            "–" if each.needed is None else number(each.needed), "–" if each.days is None else number(each.days),
        )
        for each in plans
        if {(each.metric, each.arm), (each.metric, experiment.control)} <= told_of
    ]  # fmt: skip
    often, whom = in_words(POWER), experiment.counted.capitalize()
    columns = [
        f"Found {often} times",
        "Smallest that matters",
        "Found so often",
        f"{whom} for {often} times",
        "Days more",
    ]
    frame = pd.DataFrame(rows, columns=["Metric", "Arm", *columns])
    return {
        "published": publish(frame, people=None, why="what an experiment can find, not people"),
        "caption": f"{experiment.name}: how large a difference it can find",
        "formats": dict.fromkeys(frame.columns[2:], str),
        "notes": "From how much people differ in the control arm, and from how many came in a day so far; found by the "
        "interval that decides at the planned end. "
        f"{whom}: of an arm and the control together. Days more are told as if they went on coming in; after the "
        "planned end they are what another experiment needs.",
    }


def slices_table(experiment: Experiment, slices: Sequence[Slice], *, currency: str) -> dict[str, Any]:
    """Differences by attribute, marked as the search that they are."""
    rows = [
        (
            each.attribute, each.value, each.reading.metric, each.reading.arm, each.reading.n,
            told(each.reading, currency), _chance(each.reading),
        )
        for each in slices
    ]  # fmt: skip
    against = f"Difference from {experiment.control}"
    columns = ["Known before", "Value", "Metric", "Arm", "People", against, "By chance alone"]
    frame = pd.DataFrame(rows, columns=columns)
    return {
        "published": publish(frame, people="People", names=columns[:4], totals="none"),
        "caption": f"{experiment.name}: exploratory, the same by what was known of people before",
        "formats": {against: str, "By chance alone": str},
        "notes": "Exploratory: such a table shows differences between groups by chance alone; how often is said of all "
        "rows together (Holm). It is a place to find the question of the next experiment, not the answer of this one.",
    }


def _chance(difference: Reading) -> str:
    """How often chance alone brings such a difference among all that are looked at."""
    return "no test" if difference.p_holm is None else percent(difference.p_holm)


def _matters(metric: Metric, currency: str) -> str:
    """The smallest difference that matters, without a sign."""
    return "–" if metric.smallest_effect is None else amount(metric.smallest_effect, metric, currency)


def verdicts_table(night: Night) -> dict[str, Any]:
    """What to do with each arm, since when that stands, and until when an arm keeps running."""
    rows = [
        (each.arm, each.decision, date(each.day), "–" if each.until is None else date(each.until))
        for each in night.verdicts
    ]
    return {
        "published": publish(
            pd.DataFrame(rows, columns=["Arm", "Verdict", "Said as of", "Until"]), people=None, why="decisions"
        ),
        "caption": f"{night.experiment.name}: what to do with each arm",
        "notes": "The rule was fixed beforehand: ship where each goal is better beyond chance and no guardrail is "
        "worse by more than it may be; stop where that cannot be reached any more, or an interval at the planned end "
        "does not show it; do not read where there is no interval at that end. What "
        f"was declared has the fingerprint `{night.verdicts[0].definition[:12]}`; a change of it would show.",
    }


def checks_table(experiment: Experiment, checks: Sequence[Check]) -> dict[str, Any]:
    """What else was looked at before reading."""
    state = {True: "fine", False: "look", None: "nothing to check"}
    rows = [(CHECKS[each.name], state[each.fine], each.sentence) for each in checks]
    return {
        "published": publish(
            pd.DataFrame(rows, columns=["Check", "Result", "What it says"]), people=None, why="sentences of checks"
        ),
        "caption": f"{experiment.name}: where else to look before reading",
    }
