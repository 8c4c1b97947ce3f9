"""Raw files to events, and events to visits, carts, orders, messages and cases; books that balance.

Begin with `ingest`, which is the order of it all. A file (`delivery`, `expected`) is landed once (`landing`): parsed
by `readers`, beside which `records` counts apart, with `headers` and `stray_quotes`; then mapped by `admit`, with
`lookups`, `rates` and `identifiers`, by queries that `mapping` makes of `kinds`, `rows`, `events`, `contract` and
`sql`. What all files gave is settled (`settling`), the `books` must balance, and events become `sessions`, `carts`,
`orders`, `sends` and `cases`. A data set is begun by `create`, `propose` and `guess` and tried by `validate`;
`rejected` shows what was refused. `erasing` and `rewriting` take records out of raw files, `forgotten` keeps them
out. For notebook 01: `summary`, `quality`, `aggregates`, `words`.

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
