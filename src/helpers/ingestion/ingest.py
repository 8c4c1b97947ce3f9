"""Raw files to tables: stage, map, check, pseudonymise, remove what came twice, and keep the books."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from helpers import privacy
from helpers.datasets import tracking_plan
from helpers.datasets.tables.ingestion import EVENTS, FLAGS
from helpers.ingestion import books, cases, contract, orders, sends, sessions
from helpers.ingestion.delivery import Delivery, deliveries
from helpers.ingestion.identifiers import pseudonymise
from helpers.ingestion.mapping import Mapper, emitted_columns
from helpers.ingestion.readers import stage
from helpers.ingestion.records import Records
from helpers.ingestion.sql import define_macros, quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from helpers.datasets import Shop
    from helpers.datasets.plan import TrackingPlan

_LIST = "STRUCT(type VARCHAR, value VARCHAR)[]"
_MONEY = "DECIMAL(18, 4)"


def ingest(shop: Shop) -> None:
    """Read every raw file of a data set and write the tables that ingestion declares.

    Raises:
        DataRefused: If a required file is absent, a header differs, or too many records of a source are bad.
    """
    con = shop.engine.con
    pseudonymiser = privacy.for_shop(shop)
    plan = tracking_plan(shop.name)
    _prepare(con, plan)
    files = deliveries(shop)
    places: dict[int, Records | None] = {}
    for source in shop.settings.sources:
        new = [delivery for delivery in files[source.name] if delivery.copy_of is None]
        places |= stage(con, source, new)
        Mapper(con, shop.settings, source).map()
        contract.check(con, source, plan)
        books.note_skipped(con)
        for copy in (delivery for delivery in files[source.name] if delivery.copy_of is not None):
            places[copy.number] = places[copy.copy_of]
    everything = [delivery for source in shop.settings.sources for delivery in files[source.name]]
    _register(con, everything)
    books.settle_faults(con)
    pseudonymise(con, pseudonymiser)
    _finish_events(con, shop, plan.version)
    ledger = books.ledger(con, everything, places)
    books.refuse_bad_sources(shop, ledger)
    for room in (sessions, orders, sends, cases):
        room.build(con)
    con.execute(_ATTRIBUTES.format(loaded=quote(_now())))
    con.execute(_PRODUCTS)
    con.execute(_CONSENTS)
    con.execute(_VIOLATIONS)
    for table in _TABLES:
        shop.write(table, shop.engine.table(f"{table}_ready"))
    shop.write("ledger", ledger)
    shop.write("rejects", books.rejects(con, everything, places))


def _prepare(con: DuckDBPyConnection, plan: TrackingPlan) -> None:
    define_macros(con)
    emitted = ", ".join(f"{column} {dtype}" for column, dtype in emitted_columns().items())
    for table, columns in {
        "emitted": emitted,
        "faults": "_file INTEGER, _line BIGINT, reason VARCHAR, column_name VARCHAR",
        "violated": "_file INTEGER, _line BIGINT, _emit INTEGER, source_id VARCHAR, event VARCHAR, "
        "timestamp TIMESTAMP, column_name VARCHAR, code VARCHAR",
        "asked": "_file INTEGER, _line BIGINT",
        "set_aside": "_file INTEGER, reason VARCHAR",
        "passed_over": "_file INTEGER, n BIGINT",
        "told": f"_file INTEGER, _line BIGINT, external_ids {_LIST}, "
        "said STRUCT(name VARCHAR, value VARCHAR)[], valid_from TIMESTAMP",
        "offered": "_file INTEGER, _line BIGINT, product_id VARCHAR, product_category VARCHAR, launched_at TIMESTAMP, "
        f"price {_MONEY}, cost {_MONEY}",
        "consented": f"_file INTEGER, _line BIGINT, external_ids {_LIST}, purpose VARCHAR, status VARCHAR, "
        "timestamp TIMESTAMP, version VARCHAR, source_id VARCHAR",
    }.items():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
    con.execute("CREATE OR REPLACE TEMP TABLE plan (event VARCHAR, category VARCHAR)")
    con.executemany("INSERT INTO plan VALUES (?, ?)", [(name, e.category) for name, e in plan.events.items()])


def _register(con: DuckDBPyConnection, files: list[Delivery]) -> None:
    con.execute("CREATE OR REPLACE TEMP TABLE deliveries (_file INTEGER, digest VARCHAR)")
    con.executemany("INSERT INTO deliveries VALUES (?, ?)", [(f.number, f.digest) for f in files])


def _finish_events(con: DuckDBPyConnection, shop: Shop, plan_version: str) -> None:
    """Give each event its id, keep the first of each id in `events_ready`, and note the records of the others."""
    content = ", ".join(
        f"coalesce(CAST({column} AS VARCHAR), '')"
        for column in emitted_columns()
        if column not in ("_file", "_line", "message_id")
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE identified AS
        SELECT * REPLACE (CASE
            WHEN message_id IS NOT NULL THEN message_id || CASE WHEN _emit > 0 THEN '#' || _emit ELSE '' END
            ELSE content || CASE WHEN place > 1 THEN '#' || place ELSE '' END END AS message_id)
        FROM (SELECT *, CASE WHEN content IS NULL THEN 1
                ELSE row_number() OVER (PARTITION BY _file, content ORDER BY _line) END AS place
            FROM (SELECT e.*,
                    CASE WHEN message_id IS NULL THEN left(md5(concat_ws(chr(31), {content})), 16) END AS content
                FROM emitted e ANTI JOIN refused USING (_file, _line)))"""
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE ordered AS SELECT *, row_number() OVER
            (PARTITION BY message_id ORDER BY timestamp, digest, _line) AS turn
        FROM identified JOIN deliveries USING (_file)"""
    )
    zone = quote(shop.settings.timezone)
    # A history that has ended was known as it happened; a living log is known from now on.
    loaded = "timestamp" if shop.settings.history_ends else f"TIMESTAMP {quote(_now())}"
    flags = ", ".join(f"coalesce({flag}, false) AS {flag}" for flag in FLAGS)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE events_ready AS SELECT {", ".join(EVENTS.column_names)} FROM
        (SELECT ordered.* REPLACE ({flags}), to_wall(timestamp, {zone}) AS local_time, {loaded} AS loaded_at,
            coalesce(plan.category, 'other') AS category, {quote(plan_version)} AS plan_version, violations,
            CASE WHEN violations IS NULL THEN 'ok' ELSE 'violating' END AS plan_status
        FROM ordered LEFT JOIN plan USING (event) LEFT JOIN (
            SELECT _file, _line, _emit, list(concat_ws(':', code, column_name) ORDER BY code, column_name) AS violations
            FROM violated GROUP BY _file, _line, _emit) USING (_file, _line, _emit) WHERE turn = 1)"""
    )


def _now() -> str:
    return datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")


_TABLES = (
    "events", "sessions", "orders", "sends", "cases", "attributes", "products", "consent_log", "plan_violations",
)  # fmt: skip

_VIOLATIONS = """CREATE OR REPLACE TEMP TABLE plan_violations_ready AS
SELECT source_id, left(event, 200) AS event, coalesce(column_name, '') AS column, code, count(*) AS events,
    min(timestamp) AS first_seen, max(timestamp) AS last_seen
FROM violated GROUP BY ALL"""

_ATTRIBUTES = """CREATE OR REPLACE TEMP TABLE attributes_ready AS
SELECT i.type AS identifier_type, i.value AS identifier, s.name AS name,
    arg_max(s.value, (_file, _line)) AS value, valid_from, TIMESTAMP {loaded} AS loaded_at
FROM (SELECT unnest(external_ids) AS i, * FROM (SELECT unnest(said) AS s, * FROM told
    ANTI JOIN refused USING (_file, _line)))
WHERE s.value IS NOT NULL GROUP BY ALL"""

_PRODUCTS = """CREATE OR REPLACE TEMP TABLE products_ready AS
SELECT product_id, arg_max(product_category, (_file, _line)) AS product_category,
    arg_max(launched_at, (_file, _line)) AS launched_at, arg_max(price, (_file, _line)) AS price,
    arg_max(cost, (_file, _line)) AS cost
FROM offered ANTI JOIN refused USING (_file, _line) GROUP BY product_id"""

_CONSENTS = """CREATE OR REPLACE TEMP TABLE consent_log_ready AS
SELECT i.type AS identifier_type, i.value AS identifier, purpose, status, timestamp,
    max(version) AS version, min(source_id) AS source_id
FROM (SELECT unnest(external_ids) AS i, purpose, status, timestamp, version, source_id
        FROM consented ANTI JOIN refused USING (_file, _line)
    UNION ALL SELECT unnest(external_ids), CASE WHEN channel = 'sms' THEN 'sms_marketing' ELSE 'email_marketing' END,
        'denied', timestamp, NULL, source_id
        FROM events_ready WHERE event IN ('SMS Opted Out', 'Unsubscribed'))
GROUP BY ALL"""
