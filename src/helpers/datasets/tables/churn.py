"""Tables that churn writes: how the rungs of the ladder did, everybody's score, and what moved since."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, estimate, flag
from helpers.datasets.tables.profiles import PROFILE_ID

CHURN_LADDER = Table(
    name="churn_ladder",
    writer="churn",
    meaning="One measure of one rung for one population, on the people as of the test cutoff.",
    key=("population", "rung", "metric"),
    columns=(
        Column(
            name="population",
            dtype="string",
            meaning="Everybody with an order, or those with one in the 90 days before the cutoff.",
            isin=("all", "active"),
        ),
        Column(name="rung", dtype="string", meaning="Rule or model, `none` for a fact about the people alone."),
        Column(name="metric", dtype="string", meaning="Measure; `auc_gain` is the paired difference to recency."),
        *estimate(),
    ),
)

CHURN_SCORES = Table(
    name="churn_scores",
    writer="churn",
    meaning="One person with an order, scored by the recommended rung as of `as_of`.",
    key=("profile_id",),
    columns=(
        PROFILE_ID,
        Column(name="as_of", dtype="date", meaning="Local midnight of this day is the moment of the score."),
        Column(name="horizon_days", dtype="int64", meaning="Days looked ahead.", unit="days", ge=1),
        Column(
            name="probability",
            dtype="float64",
            meaning="Probability of no order in the horizon, by the rung as fitted for their population.",
            unit="share",
            ge=0,
            le=1,
        ),
        Column(
            name="percentile",
            dtype="float64",
            meaning="Place among all scored people, 100 = least likely to order; equal ones share a place.",
            ge=0,
            le=100,
        ),
    ),
)


def _missing(when: str) -> Column:
    meaning = f"Share of people on a mean day of {when} of whom it is not known."
    return Column(name=f"missing_{when}", dtype="float64", unit="share", ge=0, le=1, meaning=meaning)


DRIFT = Table(
    name="drift",
    writer="churn",
    meaning="One feature, or the score, of people on the days up to as_of against those up to the test cutoff.",
    key=("kind", "feature"),
    columns=(
        Column(name="kind", dtype="string", meaning="What is compared.", isin=("input", "score")),
        Column(name="feature", dtype="string", meaning="Name of the feature; `probability` is the score."),
        Column(
            name="psi", dtype="float64", ge=0,
            meaning="Population stability index over tenths of the people of then, with bins for what is missing, and "
            "for what is beyond all of then.",
        ),
        Column(name="chance", dtype="float64", ge=0, meaning="What it stays below in 19 of 20 splits of all days."),
        Column(
            name="ks", dtype="float64", nullable=True, ge=0, le=1,
            meaning="Largest difference of the shares at or below a value; missing where nothing is known on one side.",
        ),
        _missing("then"),
        _missing("now"),
        Column(
            name="p", dtype="float64", ge=0, le=1,
            meaning="Chance of an index at least as large were nothing different, by days and by people, the larger.",
        ),
        Column(name="adjusted", dtype="float64", ge=0, le=1, meaning="The same among all of its kind (Holm)."),
        flag("moved", "It is beyond chance, and large enough to matter."),
    ),
)  # fmt: skip

TABLES = (CHURN_LADDER, CHURN_SCORES, DRIFT)
