"""Raw files to events: reading, mapping, checking, de-duplicating, and books that balance.

People are unknown here: identifiers go in as pseudonyms and nothing joins them.
"""

from helpers.ingestion.delivery import deliveries
from helpers.ingestion.ingest import ingest
from helpers.ingestion.summary import (
    PARTS,
    by_source,
    coverage,
    customers_seen,
    monthly,
    reasons,
    without_identifier,
)

__all__ = [
    "PARTS",
    "by_source",
    "coverage",
    "customers_seen",
    "deliveries",
    "ingest",
    "monthly",
    "reasons",
    "without_identifier",
]
