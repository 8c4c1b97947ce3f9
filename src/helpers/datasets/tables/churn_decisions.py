"""Tables of what churn scores lead to: why they are what they are, how they do by group, what lists are worth."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, estimate
from helpers.datasets.tables.profiles import PROFILE_ID

CHURN_REASONS = Table(
    name="churn_reasons",
    writer="churn",
    meaning="One reason of one person's score by boosted trees as of `as_of`: up to three families of features that "
    "speak for not coming back, and the strongest that speaks against it.",
    key=("profile_id", "direction", "rank"),
    columns=(
        PROFILE_ID,
        Column(name="as_of", dtype="date", meaning="Local midnight of this day is the moment of the score."),
        Column(name="direction", dtype="string", meaning="Towards not coming back or against it.", isin=("up", "down")),
        Column(name="rank", dtype="int64", meaning="Place among those of its direction, 1 = strongest.", ge=1, le=3),
        Column(name="family", dtype="string", meaning="Features that tell much the same, taken together."),
        Column(
            name="contribution", dtype="float64", unit="log odds",
            meaning="What the family adds to the trees' log odds of not coming back.",
        ),
        Column(name="sentence", dtype="string", meaning="The person's own figures of this family, in words."),
    ),
)  # fmt: skip

CHURN_GROUPS = Table(
    name="churn_groups",
    writer="churn",
    meaning="One measure of the scores in one group of the people at the test cutoff.",
    key=("kind", "name", "metric"),
    columns=(
        Column(name="kind", dtype="string", meaning="How people are grouped: activity, tenure, channel or attribute."),
        Column(name="name", dtype="string", meaning="The group, of at least 10 people."),
        Column(
            name="metric", dtype="string", isin=("base_rate", "gap", "auc", "flagged", "precision"),
            meaning="Measure; `gap` is mean probability of not coming back minus the share that did not.",
        ),
        Column(
            name="p", dtype="float64", nullable=True, ge=0, le=1, unit="probability",
            meaning="Chance of a gap this far from everybody's, or of an auc this far from all others', if the group "
            "were like all, adjusted for all tests; missing where none was made.",
        ),
        *estimate(),
    ),
)  # fmt: skip

CHURN_SAVINGS = Table(
    name="churn_savings",
    writer="churn",
    meaning="What one way of choosing whom to contact saves, as assumed, on the people of the test cutoff who may be "
    "written to; on all of them where fewer than 10 may, or may not. Empty where the value kept is not known.",
    key=("policy", "metric"),
    columns=(
        Column(name="policy", dtype="string", meaning="Whom it contacts."),
        Column(
            name="metric", dtype="string", isin=("saving", "gain"),
            meaning="In the currency, for 1,000 customers: `saving` against contacting nobody, `gain` of the threshold "
            "in use over this policy.",
        ),
        *estimate(),
    ),
)  # fmt: skip

TABLES = (CHURN_REASONS, CHURN_GROUPS, CHURN_SAVINGS)
