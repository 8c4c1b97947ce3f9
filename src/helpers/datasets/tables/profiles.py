"""Tables that profiling writes: how people behave."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count, flag
from helpers.datasets.tables.facts import DAILY, DAILY_KINDS
from helpers.datasets.tables.identity import PROFILE_ID
from helpers.datasets.tables.metrics import GROUPS
from helpers.datasets.tables.moments import MOMENTS
from helpers.datasets.tables.states import OF_STATES


def _number(name: str, meaning: str, ge: float | None = None) -> Column:
    unit = "log odds" if name.startswith("lift") else ""
    return Column(name=name, dtype="float64", meaning=meaning, unit=unit, ge=ge)


METRICS = tuple(column for group in GROUPS.values() for column in group)

PROFILES = Table(
    name="profiles",
    writer="profiles",
    meaning="One person as of local midnight of `as_of`, from earlier events only; what a data set never tells is "
    "missing, what a person never did is 0.",
    key=("profile_id",),
    version=2,
    columns=(PROFILE_ID, *METRICS),
)

PANEL = Table(
    name="panel",
    writer="profiles",
    meaning="One person as of local midnight of the first day of an earlier month, by the definitions of `profiles`, "
    "from what was known of who is who then.",
    key=("cutoff", "profile_id"),
    columns=(
        Column(name="cutoff", dtype="date", meaning="Only what happened before this local day counts."),
        PROFILE_ID,
        *METRICS,
    ),
)

AFFINITIES = Table(
    name="affinities",
    writer="profiles",
    meaning="How much more, or less, one person answers messages about one thing than their others; for e-mail an "
    "answer is that they opened it, for SMS that they followed a link.",
    key=("profile_id", "about", "value"),
    columns=(
        PROFILE_ID,
        Column(name="about", dtype="string", meaning="How messages differ.", isin=("topic", "format", "offer_type")),
        Column(name="value", dtype="string", meaning="What these messages have of it."),
        count("n", "Messages with it."),
        count("answered", "Of these, answered."),
        _number("expected", "Answers that chance would put here.", ge=0),
        _number("lift_observed", "Log odds of an answer against those of their other messages. As observed."),
        _number("lift", "The same, held against what others are like."),
        _number("lift_lo", "Lower end of the interval that holds the truth of lift in 4 of 5 such cases."),
        _number("lift_hi", "Upper end of the interval that holds the truth of lift in 4 of 5 such cases."),
        Column(
            name="confidence", dtype="float64", unit="share", ge=0, le=1,
            meaning="How sure lift is: 0 knows no more than of anybody, 1 knows it all.",
        ),
    ),
)  # fmt: skip

CONTACTS = Table(
    name="contacts",
    writer="profiles",
    meaning="One person who may be written to as of `as_of`, with or without a profile.",
    key=("profile_id",),
    columns=(
        PROFILE_ID,
        flag("by_email", "They agreed to e-mail; where nobody is asked, have an address and did not object."),
        flag("by_sms", "They agreed to SMS; where nobody is asked, have a number and did not object."),
        flag("is_profiled", "They have a profile; else they get what everybody gets."),
    ),
)

TABLES = (DAILY, DAILY_KINDS, *OF_STATES, MOMENTS, PROFILES, PANEL, AFFINITIES, CONTACTS)
