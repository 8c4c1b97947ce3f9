"""Raw files to events, and events to visits, carts, orders, messages and cases; books that balance.

Begin with `ingest`, the order of it all. A file is read (`reading`) and landed once (`landing`): `admit` maps its
records (`mapping`) and notes what is refused. What all files gave is settled (`settling`), the `books` must balance,
and what events add up to is `derived`. A data set is begun in `proposing` and tried by `validate`; `rejected` shows
what was refused, and `removing` takes records out of raw files. `sql` is what reading and mapping share. For notebook
01: `summary`, `quality`, `aggregates`, `words`.

People are unknown here: identifiers go in as pseudonyms and nothing joins them.
"""

from helpers.ingestion import words
from helpers.ingestion.aggregates import belonging, preceded
from helpers.ingestion.ingest import ingest
from helpers.ingestion.proposing.create import create
from helpers.ingestion.quality import last_days, newest_files, plot_months, visits
from helpers.ingestion.reading import expected
from helpers.ingestion.reading.delivery import deliveries
from helpers.ingestion.reading.expected import missing_days
from helpers.ingestion.rejected import rejected
from helpers.ingestion.removing.erasing import Texts, erase, texts
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
