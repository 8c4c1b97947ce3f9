"""Raw files to events, and events to visits, carts, orders, messages and cases; books that balance.

A data set is begun here too, and raw files are written anew. People are unknown: identifiers go in as pseudonyms and
nothing joins them.
"""

from helpers.ingestion import expected, words
from helpers.ingestion.aggregates import belonging, preceded
from helpers.ingestion.create import create
from helpers.ingestion.delivery import deliveries
from helpers.ingestion.erasing import Texts, erase, texts
from helpers.ingestion.expected import missing_days
from helpers.ingestion.ingest import ingest
from helpers.ingestion.quality import last_days, newest_files, plot_months, visits
from helpers.ingestion.rejected import rejected
from helpers.ingestion.summary import (
    PARTS,
    by_source,
    coverage,
    customers_seen,
    figures,
    monthly,
    reasons,
    spoken,
    verdict,
    without_identifier,
)
from helpers.ingestion.validate import described, validate

__all__ = [
    "PARTS",
    "Texts",
    "belonging",
    "by_source",
    "coverage",
    "create",
    "customers_seen",
    "deliveries",
    "described",
    "erase",
    "expected",
    "figures",
    "ingest",
    "last_days",
    "missing_days",
    "monthly",
    "newest_files",
    "plot_months",
    "preceded",
    "reasons",
    "rejected",
    "spoken",
    "texts",
    "validate",
    "verdict",
    "visits",
    "without_identifier",
    "words",
]
