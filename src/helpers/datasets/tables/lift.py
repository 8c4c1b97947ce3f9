"""Tables that lift writes: what exposed people did afterwards, and how the arms of an experiment differ."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table
from helpers.datasets.tables.ingestion import MONEY

KINDS = ("conversion", "revenue")
SCALES = ("level", "diff", "ratio")

EXPERIMENT = Column(name="experiment", dtype="string", meaning="Experiment of dataset.toml.")
METRIC = Column(name="metric", dtype="string", meaning="Metric of the experiment, as dataset.toml names it.")

LIFT_OUTCOMES = Table(
    name="lift_outcomes",
    writer="lift",
    meaning="One metric of one person who was exposed to one arm and whose outcome window is complete.",
    key=("experiment", "profile_id", "metric"),
    columns=(
        EXPERIMENT,
        Column(name="profile_id", dtype="string", meaning="One person after stitching."),
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
            meaning="Within the window: 1 or 0 for a conversion, revenue net of refunds in the currency.",
        ),
    ),
)

LIFT_READOUT = Table(
    name="lift_readout",
    writer="lift",
    meaning="One estimate of an experiment: an arm's metric, by itself or against the control.",
    key=("experiment", "arm", "metric", "scale"),
    columns=(
        EXPERIMENT,
        Column(name="arm", dtype="string", meaning="Arm that is read."),
        METRIC,
        Column(name="kind", dtype="string", meaning="Kind of the metric.", isin=KINDS),
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
        Column(name="n", dtype="int64", meaning="People it rests on, of both arms for a comparison.", ge=0),
        Column(name="numerator", dtype="int64", meaning="People who converted, for a share.", nullable=True, ge=0),
        Column(name="method", dtype="string", meaning="How the interval was made, or why there is no estimate."),
    ),
)

TABLES = (LIFT_OUTCOMES, LIFT_READOUT)
