"""Tables that lift writes: what exposed people did afterwards, and how the arms of an experiment differ."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table
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

TABLES = (LIFT_OUTCOMES, LIFT_READOUT)
