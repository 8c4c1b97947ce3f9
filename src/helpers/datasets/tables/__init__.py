"""Every table of the workbench, declared once: one module a room, gathered here by name.

In the order of the stages: `ingestion`, `identity`, `profiles` with their `facts`, `metrics`, `states` and `moments`,
`overview`, `segmentation` with its `memberships`, `leads`, `churn` with `churn_decisions`, `lift`, `value`.

A table that is not in `TABLES` cannot be read or written; no table is declared anywhere else.
"""

from __future__ import annotations

from helpers.datasets.declare import Table
from helpers.datasets.tables import (
    churn,
    churn_decisions,
    identity,
    ingestion,
    leads,
    lift,
    overview,
    profiles,
    segmentation,
    value,
)
from helpers.errors import no_such

_MODULES = (ingestion, identity, profiles, overview, segmentation, leads, churn, churn_decisions, lift, value)
TABLES: dict[str, Table] = {table.name: table for module in _MODULES for table in module.TABLES}


def declared(name: str) -> Table:
    """The declaration of table `name`.

    Raises:
        WrongUse: If there is no such table.
    """
    if name not in TABLES:
        raise no_such("table", name, sorted(TABLES))
    return TABLES[name]
