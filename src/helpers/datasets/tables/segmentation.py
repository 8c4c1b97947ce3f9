"""Tables that segmentation writes: the groups that people are in."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table
from helpers.datasets.tables.memberships import MEMBERSHIPS
from helpers.datasets.tables.profiles import PROFILE_ID


def _score(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="int64", meaning=meaning, nullable=True, ge=1, le=5)


SEGMENTS = Table(
    name="segments",
    writer="segmentation",
    meaning="The groups of one person, from the profiles as of the same moment.",
    key=("profile_id",),
    version=2,
    columns=(
        PROFILE_ID,
        _score(
            "recency_score",
            "Fifth by days since the last purchase, of the buyers of the day when groups were learned, 5 = latest.",
        ),
        _score("frequency_score", "Fifth of the same by purchase days, 5 = most."),
        _score("monetary_score", "Fifth of the same by revenue net of refunds, 5 = most."),
        Column(
            name="rfm_group",
            dtype="string",
            meaning="Name by the stated table of recency and frequency groups.",
        ),
        Column(
            name="cluster",
            dtype="string",
            meaning="Name of the natural group, found by k-means; missing where there are none.",
            nullable=True,
        ),
    ),
)

TABLES = (SEGMENTS, MEMBERSHIPS)
