"""Settles what was landed: which rows count, which are there already, and under which id each event is kept.

All of it is a function of the set of landed files, so that no order, split or repetition of deliveries matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from helpers.datasets.engine import quote, quoted
from helpers.datasets.tables.ingestion import FLAGS
from helpers.ingestion.admit import REFUSED
from helpers.ingestion.landing import Landed
from helpers.ingestion.mapping.kinds import KINDS, Kind
from helpers.ingestion.sql import as_wall

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.datasets import Shop
    from helpers.datasets.plan import TrackingPlan

_REFUSED = Kind(
    REFUSED,
    {
        "line": "BIGINT", "byte_offset": "BIGINT", "byte_length": "BIGINT", "column": "VARCHAR", "reason": "VARCHAR",
    },
)  # fmt: skip


def gather(con: DuckDBPyConnection, landed: list[Landed]) -> None:
    """Make views of what was landed.

    `landed_events`, `landed_told`, `landed_offered`, `landed_consented` hold the rows of records without a fault,
    `all_events` those of the others too, `refused` the faults; `files` says of each `_file` its `source`,
    its `number` in the order of names, and when it was first read.
    """
    numbers = pa.table(
        {
            "_file": pa.array([each.delivery.content for each in landed], pa.string()),
            "source": pa.array([each.delivery.source for each in landed], pa.string()),
            "number": pa.array([each.delivery.number for each in landed], pa.int64()),
            "landed_at": pa.array([each.landed_at for each in landed], pa.timestamp("us")),
        }
    )
    con.register("files_given", numbers)
    con.execute("CREATE OR REPLACE TEMP TABLE files AS FROM files_given")
    con.unregister("files_given")
    _view(con, "refused", _REFUSED, landed)
    for kind in KINDS:
        _view(con, f"all_{kind.name}", kind, landed)
        # Most loads refuse some records; those have their rows here as well, of the blocks that found no fault.
        con.execute(
            f"""CREATE OR REPLACE TEMP VIEW landed_{kind.name} AS SELECT * FROM all_{kind.name} rows
            ANTI JOIN (SELECT _file, _row FROM refused WHERE _row IS NOT NULL) bad USING (_file, _row)"""
        )


def _view(con: DuckDBPyConnection, view: str, kind: Kind, landed: list[Landed]) -> None:
    """All rows of a kind; a column that no file has is missing in all of them."""
    columns = {"_file": "VARCHAR", "_row": "BIGINT"} | kind.columns | {"fault": "VARCHAR"}
    typed = ", ".join(f'"{column}" {dtype}' for column, dtype in columns.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE no_{kind.name} ({typed})")
    files = [file for each in landed for file in each.files(kind.name)]
    rows = f" UNION ALL BY NAME SELECT * FROM read_parquet([{quoted(files)}], union_by_name = true)" if files else ""
    con.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS FROM no_{kind.name}{rows}")


def settle(con: DuckDBPyConnection) -> None:
    """Make view `settled`: each event once, with `uid`, its 64-bit identity, and `landed_at`.

    Equal records of one file without an id are different events, told apart by their place among each other; an equal
    record of another file is the same event again. Of the rows with one identity the first counts: the smallest
    (timestamp, file, row). Temp table `fate` holds what became of the rows whose identity occurs more than once.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE twice AS SELECT key FROM landed_events GROUP BY key HAVING count(*) > 1")
    con.execute(
        """CREATE OR REPLACE TEMP TABLE fate AS
        WITH again AS (
            SELECT _file, _row, _emit, key, timestamp, landed_at, CASE WHEN message_id IS NULL
                THEN row_number() OVER (PARTITION BY _file, key ORDER BY _row, _emit) ELSE 1 END AS place
            FROM landed_events SEMI JOIN twice USING (key) JOIN files USING (_file))
        SELECT _file, _row, _emit, key, place, min(landed_at) OVER same AS landed_at,
            row_number() OVER (same ORDER BY timestamp, _file, _row, _emit) AS turn,
            first_value({'_file': _file, '_row': _row, '_emit': _emit})
                OVER (same ORDER BY timestamp, _file, _row, _emit) AS kept
        FROM again WINDOW same AS (PARTITION BY key, place)"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP VIEW settled AS
        SELECT e.* REPLACE (CASE
                WHEN message_id IS NOT NULL THEN message_id || CASE WHEN e._emit > 0 THEN '#' || e._emit ELSE '' END
                ELSE as_id(e.key) || CASE WHEN place > 1 THEN '#' || place ELSE '' END
            END AS message_id, {", ".join(f"coalesce({flag}, false) AS {flag}" for flag in FLAGS)}),
            CASE WHEN place > 1 THEN md5_number_lower(e.key || '#' || place) ELSE e.key END AS uid,
            coalesce(f.landed_at, files.landed_at) AS landed_at
        FROM landed_events e LEFT JOIN fate f ON f._file = e._file AND f._row = e._row AND f._emit = e._emit
        JOIN files ON files._file = e._file WHERE coalesce(turn, 1) = 1"""
    )


def came_to_be_known(shop: Shop, at: str, *, received: str = "NULL") -> str:
    """When a row came to be known, as SQL over its columns, source_id and landed_at among them.

    A history that has ended was known as it happened; a living log is known from when it was first read.

    Args:
        shop: An open data set.
        at: The column that says when it happened.
        received: The column that says when its source received it.
    """
    if not shop.settings.history_ends:
        return "landed_at"
    lags = " ".join(
        f"WHEN {quote(source.name)} THEN INTERVAL '{source.lag_hours} hours'"
        for source in shop.settings.sources
        if source.lag_hours
    )
    lag = f" + coalesce(CASE source_id {lags} END, INTERVAL 0 HOUR)" if lags else ""
    return f"coalesce({received}, {at}{lag})"


def finish(con: DuckDBPyConnection, shop: Shop, plan: TrackingPlan) -> None:
    """Make view `events_ready`: settled events with their visit, their verdicts and when they came to be known."""
    categories = " ".join(f"WHEN {quote(event)} THEN {quote(each.category)}" for event, each in plan.events.items())
    known = came_to_be_known(shop, "timestamp", received="received_at")
    con.execute(
        f"""CREATE OR REPLACE TEMP VIEW events_ready AS SELECT s.* REPLACE (as_id(v.visit) AS session_id,
            coalesce(dwell_s, v.dwell) AS dwell_s, is_bot OR coalesce(fast, false) AS is_bot,
            is_machine_open OR m.uid IS NOT NULL AS is_machine_open),
            {as_wall("timestamp", shop.settings.timezone)} AS local_time, {known} AS loaded_at,
            CASE WHEN received_at IS NOT NULL
                THEN greatest(date_diff('microsecond', timestamp, received_at) / 1e6, 0) END AS late_s,
            CASE event {categories} ELSE 'other' END AS category, {quote(plan.version)} AS plan_version,
            CASE WHEN violations IS NULL THEN 'ok' ELSE 'violating' END AS plan_status
        FROM settled s LEFT JOIN visits v USING (uid) LEFT JOIN machine m USING (uid)"""
    )
