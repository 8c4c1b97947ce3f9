"""Tables that churn writes: what features used, how rungs of the ladder did, everybody's score, what moved since."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count, estimate, flag, moment, text
from helpers.datasets.tables.profiles import PROFILE_ID

CHURN_FEATURES = Table(
    name="churn_features",
    writer="churn",
    meaning="One feature of all customers at one cutoff, and how late what it was made of is.",
    key=("cutoff", "feature"),
    columns=(
        Column(name="cutoff", dtype="date", meaning="Only what happened before this local day may count."),
        Column(name="feature", dtype="string", meaning="Its column in `profiles`."),
        Column(name="meaning", dtype="string", meaning="What it says of a person."),
        count("people", "Customers at the cutoff."),
        count("known", "Of these, those of whom it is known."),
        moment(
            "latest_at",
            "The last event of the latest day that it was made of, of anybody, in UTC; missing where of nobody.",
            nullable=True,
        ),
        count("made_anew", "Customers of whom it was made anew of the log before the cutoff, with the same value."),
    ),
)

CHURN_LADDER = Table(
    name="churn_ladder",
    writer="churn",
    meaning="One measure of one rung for one population, on the people as of the test cutoff.",
    key=("population", "rung", "metric"),
    columns=(
        Column(
            name="population",
            dtype="string",
            meaning="Everybody with an order, or those of them still active at the cutoff: not dormant or churned.",
            isin=("all", "active"),
        ),
        Column(name="rung", dtype="string", meaning="Rule or model, `none` for a fact about the people alone."),
        Column(
            name="metric",
            dtype="string",
            meaning="Measure; one that ends in `_gain` is the paired difference to recency, one that begins with "
            "`held_out_` is of training people with probabilities mended in the way that it names.",
        ),
        *estimate(),
    ),
    version=2,
)

CHURN_SCORES = Table(
    name="churn_scores",
    writer="churn",
    meaning="One person with an order, scored by the recommended rung, or ranked by a plain rule, as of `as_of`.",
    key=("profile_id",),
    columns=(
        PROFILE_ID,
        Column(name="as_of", dtype="date", meaning="Local midnight of this day is the moment of the score."),
        Column(name="horizon_days", dtype="int64", meaning="Days looked at after the moment.", unit="days", ge=1),
        Column(name="label", dtype="string", meaning="What is not done in these days, such as `no_order_90d`."),
        Column(
            name="population",
            dtype="string",
            isin=("all", "active"),
            meaning="Whose models score the person: of the still active, else of all; of the others alone nothing was "
            "judged.",
        ),
        Column(
            name="probability",
            dtype="float64",
            meaning="Probability that it is not done, by the rung as fitted for their population; missing where "
            "nothing could be learned.",
            nullable=True,
            unit="share",
            ge=0,
            le=1,
        ),
        Column(
            name="percentile",
            dtype="float64",
            meaning="Place within the population, 100 = least likely to come back; equal ones share a place.",
            ge=0,
            le=100,
        ),
        Column(name="rung", dtype="string", meaning="Rule or model; `rule` for the plain rule, without probability."),
        text("model_version", "Fingerprint of the models and of what they learned from; missing for the plain rule."),
        text("reasons", "Up to three, strongest first, as in table `churn_reasons`; missing where there is none."),
    ),
    version=2,
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

TABLES = (CHURN_FEATURES, CHURN_LADDER, CHURN_SCORES, DRIFT)
