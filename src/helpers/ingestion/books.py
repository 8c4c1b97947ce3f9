"""The books: what became of every record. read = kept + rejected + quarantined + duplicate + skipped, always."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.datasets.tables.ingestion import LEDGER, REJECTS
from helpers.errors import DataRefused, WorkbenchError
from helpers.ingestion.contract import QUARANTINED
from helpers.ingestion.delivery import Delivery
from helpers.ingestion.records import Records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.datasets import Shop


def settle_faults(con: DuckDBPyConnection) -> None:
    """Keep one fault a record, the first that was found, in temp table `refused`."""
    con.execute(
        """CREATE OR REPLACE TEMP TABLE refused AS SELECT _file, _line, first(reason ORDER BY rowid) AS reason,
            first(column_name ORDER BY rowid) AS column_name FROM faults GROUP BY _file, _line"""
    )


def note_skipped(con: DuckDBPyConnection) -> None:
    """Count the staged records of a source that no emit block asked for and no rule refused."""
    con.execute(
        """INSERT INTO passed_over SELECT _file, count(*) FROM records
        ANTI JOIN asked USING (_file, _line) ANTI JOIN faults USING (_file, _line) GROUP BY _file"""
    )


# What tables other than events are told; of records that tell the same, the first gives the row.
_TOLD = {
    "told": "external_ids, said, valid_from",
    "offered": "product_id, product_category, launched_at, price, cost",
    "consented": "external_ids, purpose, status, timestamp, version, source_id",
}
_FIRST = " UNION ALL ".join(
    f"SELECT unnest(min({{'_file': _file, '_line': _line}})) FROM {table} ANTI JOIN refused USING (_file, _line) "
    f"GROUP BY {content}"
    for table, content in _TOLD.items()
)
# Of the records asked for without a fault, a duplicate gave nothing that was not there already.
_COUNTS = {
    "rejected": f"SELECT _file, count(*) FROM refused WHERE NOT starts_with(reason, '{QUARANTINED}') GROUP BY _file",
    "quarantined": f"SELECT _file, count(*) FROM refused WHERE starts_with(reason, '{QUARANTINED}') GROUP BY _file",
    "skipped": "SELECT _file, sum(n) FROM passed_over GROUP BY _file",
    "asked": "SELECT _file, count(*) FROM understood GROUP BY _file",
    "duplicate": "SELECT _file, count(*) FROM understood "
    f"ANTI JOIN (SELECT _file, _line FROM ordered WHERE turn = 1 UNION ALL {_FIRST}) USING (_file, _line) "
    "GROUP BY _file",
    "repeated": "SELECT _file, count(DISTINCT _line) FROM identified WHERE place > 1 GROUP BY _file",
    "events": "SELECT _file, count(*) FROM ordered WHERE turn = 1 GROUP BY _file",
}
_SPANS = "SELECT _file, min(timestamp), max(timestamp) FROM ordered WHERE turn = 1 GROUP BY _file"


def ledger(con: DuckDBPyConnection, files: list[Delivery], places: dict[int, Records | None]) -> pd.DataFrame:
    """One row a file, as declared for table `ledger`.

    Args:
        con: DuckDB connection with the temp tables of this ingestion.
        files: Every delivery.
        places: Delivery number to the places of its records, None for Parquet.

    Raises:
        WorkbenchError: If the books of a file do not balance.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE understood AS SELECT DISTINCT _file, _line FROM asked "
        "ANTI JOIN refused USING (_file, _line)"
    )
    counts = {key: dict(con.execute(query).fetchall()) for key, query in _COUNTS.items()}
    aside = dict(con.execute("FROM set_aside").fetchall())
    spans = {number: span for number, *span in con.execute(_SPANS).fetchall()}
    rows = [
        _row(delivery, _read(con, delivery, places), counts, spans.get(delivery.number, (None, None)))
        | {"quarantine_reason": aside.get(delivery.number)}
        for delivery in files
    ]
    for row in rows:
        total = sum(row[f"rows_{part}"] for part in ("kept", "rejected", "quarantined", "duplicate", "skipped"))
        if total != row["rows_read"]:
            raise WorkbenchError(
                f"The books of {row['file']} do not balance: {row['rows_read']:,} records read, {total:,} accounted "
                f"for ({row}). This is a fault of the workbench; earlier tables and reports are as they were."
            )
    # A file without events has no span; a column of those alone would have no type.
    moments = dict.fromkeys(("first_event", "last_event"), "datetime64[us]")
    return pd.DataFrame(rows, columns=LEDGER.column_names).astype(moments | {"quarantine_reason": "string"})


def _read(con: DuckDBPyConnection, delivery: Delivery, places: dict[int, Records | None]) -> int:
    found = places[delivery.number]
    if found is not None:
        return len(found.offsets)
    return con.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(delivery.path)]).fetchone()[0]


def _row(
    delivery: Delivery, read: int, counts: dict[str, dict[int, int]], span: Sequence[datetime | None]
) -> dict[str, str | int | datetime | None]:
    mine = {key: int(found.get(delivery.number, 0)) for key, found in counts.items()}
    if delivery.copy_of is not None:
        mine |= {"duplicate": read, "asked": read}
    return {
        "source_id": delivery.source,
        "file": delivery.name,
        "sha256": delivery.digest,
        "bytes": delivery.path.stat().st_size,
        "rows_read": read,
        "rows_kept": mine["asked"] - mine["duplicate"],
        "rows_rejected": mine["rejected"],
        "rows_quarantined": mine["quarantined"],
        "rows_duplicate": mine["duplicate"],
        "rows_skipped": mine["skipped"],
        "rows_repeated": mine["repeated"],
        "events": mine["events"],
        "first_event": span[0],
        "last_event": span[1],
    }


def refuse_bad_sources(shop: Shop, books: pd.DataFrame) -> None:
    """Refuse the whole delivery when too many records of one source are bad.

    Raises:
        DataRefused: Naming the source, the share and its limit.
    """
    sums = books.groupby("source_id")[["rows_read", "rows_rejected", "rows_quarantined"]].sum()
    for source in shop.settings.sources:
        if source.name not in sums.index:
            continue
        bad = int(sums.loc[source.name, ["rows_rejected", "rows_quarantined"]].sum())
        read = int(sums.loc[source.name, "rows_read"])
        if bad > source.max_bad_share * read:
            raise DataRefused(
                f"Source {source.name!r} of {shop.name!r}: {bad:,} of {read:,} records are bad ({bad / read:.1%}), "
                f"more than max_bad_share = {source.max_bad_share:.1%}. Nothing was changed. Look at the reasons in "
                "notebook 01_ingestion, correct dataset.toml, or ask for the files again."
            )


def rejects(con: DuckDBPyConnection, files: list[Delivery], places: dict[int, Records | None]) -> pd.DataFrame:
    """One row a rejected record, as declared for table `rejects`: its place and the reason, never its text."""
    query = "SELECT _file, _line, reason, column_name FROM refused ORDER BY _file, _line"
    refused = con.execute(query).to_arrow_table().to_pandas()
    by_number = {delivery.number: delivery for delivery in files}
    parts = [_placed(group, by_number[int(number)], places[int(number)]) for number, group in refused.groupby("_file")]
    frame = pd.concat(parts) if parts else pd.DataFrame(columns=REJECTS.column_names)
    types = {"line": "int64", "byte_offset": "Int64", "byte_length": "Int64"}
    text = dict.fromkeys(("source_id", "file", "column", "reason"), "string")
    return frame[REJECTS.column_names].astype(types | text)


def _placed(group: pd.DataFrame, delivery: Delivery, found: Records | None) -> pd.DataFrame:
    lines = group["_line"].to_numpy()
    known = found is not None
    at = np.searchsorted(found.lines, lines) if known else lines
    return pd.DataFrame(
        {
            "source_id": delivery.source,
            "file": delivery.name,
            "line": lines,
            "byte_offset": found.offsets[at] if known else pd.NA,
            "byte_length": found.lengths[at] if known else pd.NA,
            "column": group["column_name"].to_numpy(),
            "reason": group["reason"].to_numpy(),
        }
    )
