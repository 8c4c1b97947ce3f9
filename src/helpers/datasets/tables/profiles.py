"""Tables that profiling writes: how people behave."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, flag
from helpers.datasets.tables.facts import DAILY, DAILY_KINDS
from helpers.datasets.tables.identity import PROFILE_ID
from helpers.datasets.tables.metrics import GROUPS

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

TABLES = (DAILY, DAILY_KINDS, PROFILES, PANEL, CONTACTS)
