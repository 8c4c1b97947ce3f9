"""The books: what became of every record. read = kept + rejected + quarantined + duplicate + skipped, always."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.datasets.tables.ingestion import LEDGER, REJECTS
from helpers.errors import OUR_FAULT, DataRefused, WorkbenchError
from helpers.ingestion.landing import Landed
from helpers.ingestion.mapping.contract import QUARANTINED
from helpers.ingestion.reading.delivery import Delivery

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.datasets import Shop


# What tables other than events are told; of records that tell the same, the first gives the row.
_TOLD = {
    "told": "external_ids, said, valid_from",
    "offered": "product_id, product_category, launched_at, price, cost",
    "campaigned": "campaign_id, campaign_name, campaign_channel, starts_at, ends_at, cost",
    "consented": "external_ids, purpose, status, timestamp, version, source_id",
}
_STATEMENTS = " UNION ALL ".join(
    f"SELECT _file, _row, row_number() OVER (PARTITION BY {content} ORDER BY _file, _row) AS turn FROM landed_{table}"
    for table, content in _TOLD.items()
)
_TURNS = f"CREATE OR REPLACE TEMP TABLE turns AS SELECT _file, _row, turn FROM fate UNION ALL {_STATEMENTS}"
# A duplicate gave nothing that was not there already.
_DUPLICATE = """WITH late AS (SELECT DISTINCT _file, _row FROM turns WHERE turn > 1)
SELECT _file, count(*) FROM late ANTI JOIN (
    SELECT _file, _row FROM turns WHERE turn = 1
    UNION ALL SELECT _file, _row FROM landed_events e SEMI JOIN late USING (_file, _row)
        ANTI JOIN twice USING (key)) USING (_file, _row) GROUP BY _file"""
_COUNTS = {
    "rejected": f"SELECT _file, count(*) FROM refused WHERE NOT starts_with(reason, '{QUARANTINED}') GROUP BY _file",
    "quarantined": f"SELECT _file, count(*) FROM refused WHERE starts_with(reason, '{QUARANTINED}') GROUP BY _file",
    "duplicate": _DUPLICATE,
    "repeated": "SELECT _file, count(DISTINCT _row) FROM fate WHERE place > 1 GROUP BY _file",
}
_SPAN = ("events", "first_event", "last_event")
_EVENTS = "SELECT _file, count(*), min(timestamp), max(timestamp) FROM settled GROUP BY _file"


def ledger(con: DuckDBPyConnection, files: list[Delivery], landed: list[Landed]) -> pd.DataFrame:
    """One row a file, as declared for table `ledger`.

    Args:
        con: DuckDB connection with what `gather` and `settle` made.
        files: Every delivery, copies among them.
        landed: What was read of them.

    Raises:
        WorkbenchError: If the books of a file do not balance.
    """
    con.execute(_TURNS)
    counts = {key: dict(con.execute(query).fetchall()) for key, query in _COUNTS.items()}
    events = {file: found for file, *found in con.execute(_EVENTS).fetchall()}
    by_content = {each.delivery.content: each for each in landed}
    rows = []
    for delivery in files:
        one = by_content[delivery.content]
        row = _row(delivery, one, {key: found.get(delivery.content, 0) for key, found in counts.items()})
        row |= dict(zip(_SPAN, events.get(delivery.content, (0, None, None)), strict=True))
        if delivery.copy_of is not None:
            row |= _COPY | {"rows_duplicate": one.rows_read}
        rows.append(row)
    for row in rows:
        total = sum(row[f"rows_{part}"] for part in ("kept", "rejected", "quarantined", "duplicate", "skipped"))
        if total != row["rows_read"]:
            raise WorkbenchError(
                f"The books of {row['file']} do not balance: {row['rows_read']:,} records read, {total:,} accounted "
                f"for ({row}). {OUR_FAULT} Earlier tables and reports are as they were."
            )
    # A file without events has no span; a column of those alone would have no type.
    moments = dict.fromkeys(("first_event", "last_event", "loaded_at"), "datetime64[us]")
    words = dict.fromkeys(("quarantine_reason", "columns_added"), "string")
    return pd.DataFrame(rows, columns=LEDGER.column_names).astype(moments | words)


# A copy of a file gives nothing, and no reason either: those of the first stand for both.
_COPY = dict.fromkeys(
    ("rows_kept", "rows_rejected", "rows_quarantined", "rows_skipped", "rows_repeated", "events"), 0
) | {"first_event": None, "last_event": None}


def _row(delivery: Delivery, one: Landed, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "source_id": delivery.source,
        "file": delivery.name,
        "sha256": delivery.digest,
        "bytes": delivery.path.stat().st_size,
        "rows_read": one.rows_read,
        "rows_kept": one.rows_understood - counts["duplicate"],
        "rows_rejected": counts["rejected"],
        "rows_quarantined": counts["quarantined"],
        "rows_duplicate": counts["duplicate"],
        "rows_skipped": one.rows_skipped,
        "rows_repeated": counts["repeated"],
        "columns_added": ", ".join(one.columns_added) or None,
        "loaded_at": one.landed_at,
        "quarantine_reason": one.quarantine_reason,
    }


def refuse_bad_sources(
    shop: Shop, books: pd.DataFrame, rejects: Callable[[], pd.DataFrame], *, emptied: Collection[str] = ()
) -> None:
    """Refuse the whole delivery when a required source is empty, or too many records of one are bad.

    Args:
        shop: The data set.
        books: Table `ledger`.
        rejects: Makes table `rejects`.
        emptied: Sources of which people were forgotten: there may be nobody left in them.

    Raises:
        DataRefused: Naming the source, the share and its limit, and the commonest reason with its first place.
    """
    sums = books.groupby("source_id")[["rows_read", "rows_rejected", "rows_quarantined"]].sum()
    for source in shop.settings.sources:
        if source.name not in sums.index:
            continue
        bad = int(sums.loc[source.name, ["rows_rejected", "rows_quarantined"]].sum())
        read = int(sums.loc[source.name, "rows_read"])
        if source.required and not read and source.name not in emptied:
            raise DataRefused(
                f"Source {source.name!r} of {shop.name!r}: its files hold no record at all. Nothing was changed. Ask "
                "for them again, or write `required = false` in dataset.toml if that may be."
            )
        if bad > source.max_bad_share * read:
            raise DataRefused(
                f"Source {source.name!r} of {shop.name!r}: {bad:,} of {read:,} records are bad ({bad / read:.1%}), "
                f"more than max_bad_share = {source.max_bad_share:.1%}.{_commonest(rejects(), source.name)} Nothing "
                f"was changed. `workbench validate {shop.name}` shows more; correct dataset.toml, or ask for the "
                "files again."
            )


def _commonest(rejects: pd.DataFrame, source: str) -> str:
    """A sentence about the reason for which most records of a source are rejected; empty where none is."""
    mine = rejects[rejects["source_id"] == source]
    if mine.empty:
        return ""
    reason = mine["reason"].mode()[0]
    first = mine[mine["reason"] == reason].iloc[0]
    column = f" in {first['column']}" if isinstance(first["column"], str) else ""
    return f" Most often: {reason}{column}, first in {first['file']}, line {first['line']}."


def rejects(con: DuckDBPyConnection, landed: list[Landed]) -> pd.DataFrame:
    """One row a rejected record, as declared for table `rejects`: its place and the reason, never its text."""
    refused = con.execute("FROM refused ORDER BY _file, line").to_arrow_table().to_pandas()
    by_content = {each.delivery.content: each.delivery for each in landed}
    refused["source_id"] = [by_content[file].source for file in refused["_file"]]
    refused["file"] = [by_content[file].name for file in refused["_file"]]
    types = {"line": "int64", "byte_offset": "Int64", "byte_length": "Int64"}
    text = dict.fromkeys(("source_id", "file", "column", "reason"), "string")
    return refused[REJECTS.column_names].astype(types | text).sort_values(["file", "line"], ignore_index=True)


# Delivery times differ from one sending to the next.
_SAID = "* EXCLUDE (_file, _row, _emit, key, fault, timestamp, sent_at, received_at)"
_DUPLICATES = f"""WITH said AS (
    SELECT _file, _row, _emit, source_id, hash(*COLUMNS({_SAID})) AS body
    FROM landed_events SEMI JOIN twice USING (key))
SELECT s.message_id, l.source_id, f._file, count(*) AS copies, count(*) FILTER (WHERE l.body <> k.body) AS differing
FROM fate f JOIN said l USING (_file, _row, _emit)
JOIN said k ON k._file = f.kept._file AND k._row = f.kept._row AND k._emit = f.kept._emit
JOIN settled s ON s._file = f.kept._file AND s._row = f.kept._row AND s._emit = f.kept._emit
WHERE turn > 1 GROUP BY ALL"""


def duplicates(con: DuckDBPyConnection, landed: list[Landed]) -> pd.DataFrame:
    """One row an event and file that tells it again, as declared for table `duplicates`."""
    frame = con.execute(_DUPLICATES).to_arrow_table().to_pandas()
    by_content = {each.delivery.content: each.delivery for each in landed}
    return frame.assign(file=[by_content[file].name for file in frame["_file"]])
