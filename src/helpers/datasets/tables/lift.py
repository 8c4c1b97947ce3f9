"""Tables that lift writes: what exposed people did, how arms differ, what was decided, whom to target, what came in."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, estimate
from helpers.datasets.tables.ingestion import MONEY

KINDS = ("conversion", "count", "revenue", "ratio", "retention", "quantile")
ROLES = ("goal", "guardrail", "secondary")
SCALES = ("level", "diff", "ratio")

EXPERIMENT = Column(name="experiment", dtype="string", meaning="Experiment of dataset.toml.")
METRIC = Column(name="metric", dtype="string", meaning="Metric of the experiment, as dataset.toml names it.")


def _beside(name: str, meaning: str) -> Column:
    return Column(name=name, dtype=MONEY, meaning=meaning, nullable=True)


def _share(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=True, ge=0, le=1)


LIFT_OUTCOMES = Table(
    name="lift_outcomes",
    writer="lift",
    meaning="One metric of one person, or session, that was exposed to one arm and whose outcome window is complete.",
    version=2,
    key=("experiment", "profile_id", "unit", "metric"),
    columns=(
        EXPERIMENT,
        Column(name="profile_id", dtype="string", meaning="One person after stitching."),
        Column(name="unit", dtype="string", meaning="What was assigned: the person, or one of their sessions."),
        Column(
            name="cluster",
            dtype="string",
            meaning="Within it units hang together: the person, or the value of the experiment's attribute.",
        ),
        Column(name="variation", dtype="string", meaning="Arm that the person was exposed to."),
        Column(
            name="first_exposed_at",
            dtype="timestamp(6)",
            meaning="First exposure, in UTC: the window's start.",
        ),
        METRIC,
        Column(
            name="value",
            dtype=MONEY,
            meaning="Within the window, at most the cap: 1 or 0, a count, or revenue net of refunds in the currency.",
        ),
        _beside("denominator", "Below the fraction line within the window; missing where there is none."),
        _beside("value_before", "The same as `value` in the days before exposure; missing where it is not asked."),
        _beside("denominator_before", "The same as `denominator` in the days before; missing where it is not asked."),
    ),
)

LIFT_READOUT = Table(
    name="lift_readout",
    writer="lift",
    meaning="One estimate of an experiment: an arm's metric, by itself or against the control.",
    version=2,
    key=("experiment", "arm", "metric", "scale"),
    columns=(
        EXPERIMENT,
        Column(name="arm", dtype="string", meaning="Arm that is read."),
        METRIC,
        Column(name="kind", dtype="string", meaning="Kind of the metric.", isin=KINDS),
        Column(name="role", dtype="string", meaning="What it is for: to decide, to guard, or beside.", isin=ROLES),
        Column(
            name="scale",
            dtype="string",
            meaning="Level of the arm, its difference from the control, or its ratio to the control.",
            isin=SCALES,
        ),
        Column(
            name="value",
            dtype="float64",
            meaning="The estimate: a share, an amount a person, or a ratio; missing where there is none.",
            nullable=True,
        ),
        Column(name="lo", dtype="float64", meaning="Lower end of the interval.", nullable=True),
        Column(name="hi", dtype="float64", meaning="Upper end of the interval.", nullable=True),
        Column(name="level", dtype="float64", meaning="Coverage that the interval claims.", ge=0, le=1),
        Column(name="n", dtype="int64", meaning="People (or clusters) behind it, of both arms for a comparison.", ge=0),
        Column(name="numerator", dtype="int64", meaning="People who converted, for a share.", nullable=True, ge=0),
        Column(name="method", dtype="string", meaning="How the interval was made, or why there is no estimate."),
        _share("p", "Two-sided p-value of a difference by itself; missing where there is none."),
        _share("p_holm", "The same against all differences of the experiment that have one, by Holm."),
        _share("p_bh", "The same by Benjamini and Hochberg."),
        _share("removed", "Share of the variance that the time before exposure explains; missing where not asked."),
    ),
)

DECISIONS = ("ship", "stop", "keep running", "do not read")
ARM = Column(name="arm", dtype="string", meaning="Arm that is compared with the control.")


def _end(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=True)


LIFT_VERDICTS = Table(
    name="lift_verdicts",
    writer="lift",
    meaning="What was said of one arm of an experiment on one night; kept from run to run.",
    key=("experiment", "arm", "day"),
    columns=(
        EXPERIMENT,
        ARM,
        Column(name="day", dtype="date", meaning="First day that was not over yet when it was said."),
        Column(name="decision", dtype="string", meaning="What to do with the arm.", isin=DECISIONS),
        Column(name="metric", dtype="string", meaning="Metric that decides it, or not yet; empty where none is read."),
        _end("value", "Difference of that metric from the control, missing where there is none."),
        _end("lo", "Lower end of the interval that decides."),
        _end("hi", "Upper end of the interval that decides."),
        _share("level", "Coverage that the interval claims: over all looks until the planned end, then for one."),
        Column(name="n", dtype="int64", meaning="People of both arms behind it.", nullable=True, ge=0),
        Column(name="method", dtype="string", meaning="How the interval was made; empty where there is none."),
        Column(name="until", dtype="date", meaning="Planned or expected end of what keeps running.", nullable=True),
        Column(name="sentence", dtype="string", meaning="The verdict with its numbers, as the page opens with it."),
        Column(name="definition", dtype="string", meaning="SHA-256 of what dataset.toml declared of the experiment."),
        Column(name="stands", dtype="bool", meaning="Whether it is what stands on the night of this table."),
    ),
)

LIFT_UPLIFT = Table(
    name="lift_uplift",
    writer="lift",
    meaning="What one way of listing people for an arm is worth, by the experiment's goal.",
    key=("experiment", "arm", "way", "scale"),
    columns=(
        EXPERIMENT,
        ARM,
        Column(name="way", dtype="string", meaning="Rule of dataset.toml by its name, or a learner."),
        Column(
            name="scale",
            dtype="string",
            meaning="Area: gain per customer beyond lists drawn blindly, over lists of every length; beyond_rule: that "
            "of a learner minus the best rule's, on the same people; policy: gain per customer of its own list.",
            isin=("area", "beyond_rule", "policy"),
        ),
        _share("chance", "Of an area: chance that the best of as many worthless ways looks so good (Holm)."),
        *estimate(),
    ),
)

LIFT_RETURNS = Table(
    name="lift_returns",
    writer="lift",
    meaning="What an arm brought in beyond its control, over people first exposed in one month, or over all.",
    key=("experiment", "arm", "good", "month"),
    columns=(
        EXPERIMENT,
        ARM,
        Column(name="good", dtype="string", meaning="What is counted.", isin=("orders", "revenue", "margin")),
        Column(name="month", dtype="string", meaning='Month of first exposure, such as "2025-11"; "all" for all.'),
        Column(name="people", dtype="int64", meaning="People of the arm.", ge=0),
        _end("claimed", "All that they did after exposure, as if without the arm nobody had ordered."),
        _end("value", "What they did beyond as many people of the control; missing where there is no estimate."),
        _end("lo", "Lower end of its interval."),
        _end("hi", "Upper end of its interval."),
        _share("level", "Coverage that the interval claims."),
        Column(name="method", dtype="string", meaning="How the interval was made, or why there is no estimate."),
    ),
)

TABLES = (LIFT_OUTCOMES, LIFT_READOUT, LIFT_VERDICTS, LIFT_UPLIFT, LIFT_RETURNS)
