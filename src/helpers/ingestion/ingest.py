"""Raw files to tables: land what is new, settle what counts, and keep the books."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ibis

from helpers.datasets import folded, tracking_plan
from helpers.datasets.folded import SAID
from helpers.datasets.tables import declared
from helpers.datasets.tables.ingestion import CAMPAIGNS, PRODUCTS
from helpers.ingestion import books, settling
from helpers.ingestion.derived import carts, cases, orders, sends, sessions
from helpers.ingestion.landing import land
from helpers.ingestion.reading.delivery import deliveries
from helpers.ingestion.sql import define_macros

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.declare import Table


def ingest(shop: Shop) -> None:
    """Read the new raw files of a data set and write the tables that ingestion declares.

    Raises:
        DataRefused: If a required file is absent, a header differs, or too many records of a source are bad.
    """
    con = shop.engine.con
    define_macros(con)
    files = deliveries(shop)
    with shop.store.writing():
        landed = land(shop, files)
    settling.gather(con, landed)
    settling.settle(con)
    every = [each for source in files.values() for each in source]
    ledger = books.ledger(con, every, landed)
    emptied = {each.source for each in every if each.stored != each.digest}
    books.refuse_bad_sources(shop, ledger, partial(books.rejects, con, landed), emptied=emptied)
    # The optimizer would keep the wide events in memory and look up the narrow tables in them.
    con.execute("SET disabled_optimizers = 'build_side_probe_side'")
    sessions.open_visits(con)
    sends.find_machines(con)
    settling.finish(con, shop, tracking_plan(shop.name))
    shop.write("events", shop.engine.table("events_ready"))
    con.execute("RESET disabled_optimizers; DROP TABLE visits")
    # What belongs together is added up from the stored table: it is narrow to read.
    stored = ibis.to_sql(shop.table("events"), dialect="duckdb")
    con.execute(f"CREATE OR REPLACE TEMP VIEW events_ready AS {stored}")
    for room in (sessions, carts, orders, sends, cases):
        room.build(con)
    con.execute(_ATTRIBUTES.format(known=settling.came_to_be_known(shop, "valid_from")))
    con.execute(_newest(PRODUCTS, "offered"))
    con.execute(_newest(CAMPAIGNS, "campaigned"))
    con.execute(_CONSENTS.format(known=settling.came_to_be_known(shop, "timestamp")))
    con.execute(_VIOLATIONS)
    kept = folded(shop.name)
    for table in SAID if kept else ():
        key = ", ".join(declared(table).key)
        shop.engine.create_view("said_before", kept.table(shop.engine, table), overwrite=True)
        con.execute(
            f"INSERT INTO {table}_ready BY NAME SELECT * FROM said_before ANTI JOIN {table}_ready USING ({key})"
        )
    for table in _TABLES:
        shop.write(table, shop.engine.table(f"{table}_ready"))
    shop.write("ledger", ledger)
    shop.write("rejects", books.rejects(con, landed))
    shop.write("duplicates", books.duplicates(con, landed))


_TABLES = (
    "sessions", "cart_lines", "orders", "sends", "cases", "attributes", "products", "campaigns", "consent_log",
    "plan_violations",
)  # fmt: skip


def _newest(table: Table, landed: str) -> str:
    """Of what files say of one thing, the last of the last file that says something, column by column."""
    (key,) = table.key
    columns = "".join(f", arg_max({each}, (number, _row)) AS {each}" for each in table.column_names if each != key)
    return (
        f"CREATE OR REPLACE TEMP TABLE {table.name}_ready AS SELECT {key}{columns} "
        f"FROM landed_{landed} JOIN files USING (_file) GROUP BY {key}"
    )


_VIOLATIONS = """CREATE OR REPLACE TEMP TABLE plan_violations_ready AS
SELECT source_id, left(event, 200) AS event, split_part(said, ':', 1) AS code,
    CASE WHEN contains(said, ':') THEN substr(said, strpos(said, ':') + 1) ELSE '' END AS column, count(*) AS events,
    min(timestamp) AS first_seen, max(timestamp) AS last_seen
FROM (SELECT source_id, event, timestamp, unnest(violations) AS said FROM settled
    UNION ALL SELECT source_id, event, timestamp, unnest(violations) FROM all_events WHERE starts_with(fault, 'plan_'))
GROUP BY ALL"""

_ATTRIBUTES = """CREATE OR REPLACE TEMP TABLE attributes_ready AS
SELECT i.type AS identifier_type, i.value AS identifier, s.name AS name,
    arg_max(s.value, (number, _row)) AS value, valid_from, min({known}) AS loaded_at
FROM (SELECT unnest(external_ids) AS i, source AS source_id, *
    FROM (SELECT unnest(said) AS s, * FROM landed_told JOIN files USING (_file)))
WHERE s.value IS NOT NULL GROUP BY ALL"""

_CONSENTS = """CREATE OR REPLACE TEMP TABLE consent_log_ready AS
SELECT i.type AS identifier_type, i.value AS identifier, purpose, status, timestamp,
    max(version) AS version, min(source_id) AS source_id, min(loaded_at) AS loaded_at
FROM (SELECT unnest(external_ids) AS i, purpose, status, timestamp, version, source_id, {known} AS loaded_at
        FROM landed_consented JOIN files USING (_file)
    UNION ALL SELECT i, unnest(CASE event WHEN 'Unsubscribed' THEN ['email_marketing']
            ELSE ['sms_marketing', 'sms_tracking'] END), 'denied', timestamp, NULL, source_id, loaded_at
        FROM (SELECT unnest(external_ids) AS i, * FROM events_ready WHERE event IN ('SMS Opted Out', 'Unsubscribed')))
GROUP BY ALL"""
