"""The table of who was in which group from when to when."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table
from helpers.datasets.tables.identity import PROFILE_ID

MEMBERSHIPS = Table(
    name="memberships",
    writer="segmentation",
    meaning="One stretch of the days on which people are placed during which one person was in one group of one way of "
    "grouping, the groups being those that were learned at the reference day. Of groups by rule several may hold at "
    "once; of every other way exactly one does while somebody has a profile.",
    key=("scheme", "profile_id", "segment", "valid_from"),
    columns=(
        Column(name="scheme", dtype="string", meaning="The way of grouping, such as rfm, clusters or rules."),
        PROFILE_ID,
        Column(name="segment", dtype="string", meaning="Name of the group."),
        Column(name="valid_from", dtype="date", meaning="The first day at whose first moment they were found in it."),
        Column(
            name="valid_to", dtype="date", nullable=True,
            meaning="The first day after it at whose first moment they were not; missing while they still are.",
        ),
    ),
)  # fmt: skip
