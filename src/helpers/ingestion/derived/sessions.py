"""Visits: the events of a tracker, cut where a visitor was silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.engine import quoted
from helpers.datasets.tables.ingestion import SESSIONS
from helpers.ingestion.mapping.kinds import GIVES_BACK

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VIEWS = ("Page Viewed", "Product Viewed", "Product List Viewed")
# The defaults of Google Analytics and of most trackers since.
SILENCE = "30 MINUTE"
LONGEST_US = 24 * 3600 * 1_000_000
STUCK = "3 DAY"
ENGAGED_VIEWS, ENGAGED_SECONDS = 2, 20
# Nobody reads a page in a second: a visit of many events at such a pace is a program's.
BOT_EVENTS, BOT_PACE_S = 20, 1.0
# What is kept of each session until its last event would not fit into memory for all at once.
EVENTS_AT_ONCE = 4_000_000


def open_visits(con: DuckDBPyConnection) -> None:
    """Make temp table `visits` (uid, visit, dwell, fast) of the events in view `settled`.

    Visits are made of the web and app events of sources that report views: an order system or a register, which
    reports none, does not watch anybody come and go. A visitor is a device, or a customer where no device is known;
    people are not known here. A new session begins after more than 30 minutes of silence, where the source's own name
    of the session changes, and every 24 hours. What a source calls one session for more than 3 days is none: its
    events stay and belong to no session.

    The result depends on the set of events alone, so that a late event remakes the whole of its session.
    """
    con.execute(_WATCHED)
    con.execute(_SEEN)
    con.execute(_STUCK)
    con.execute(_STAYS)
    con.execute("DROP TABLE seen")
    con.execute(_VISITS)
    con.execute("DROP TABLE stays")


def build(con: DuckDBPyConnection) -> None:
    """Make temp table `sessions_ready` of the events in `events_ready`, a share of the sessions at a time."""
    events = con.execute("SELECT count(*) FROM events_ready WHERE session_id IS NOT NULL").fetchone()[0]
    shares = events // EVENTS_AT_ONCE + 1
    for share in range(shares):
        into = "INSERT INTO sessions_ready" if share else "CREATE OR REPLACE TEMP TABLE sessions_ready AS"
        con.execute(f"{into} {_SESSIONS} WHERE hash(session_id) % {shares} = {share} GROUP BY session_id))")


_WATCHED = f"""CREATE OR REPLACE TEMP TABLE watched AS
SELECT DISTINCT source_id FROM settled WHERE event IN ({quoted(VIEWS)})"""

_SEEN = f"""CREATE OR REPLACE TEMP TABLE seen AS
SELECT uid, hash(coalesce(anonymous_id, user_id)) AS visitor, session_id AS named, timestamp
FROM settled
WHERE channel IN ('web', 'app') AND coalesce(anonymous_id, user_id) IS NOT NULL AND event NOT IN ({quoted(GIVES_BACK)})
    AND source_id IN (FROM watched)"""

_STUCK = f"""CREATE OR REPLACE TEMP TABLE stuck AS SELECT visitor, named FROM seen WHERE named IS NOT NULL
GROUP BY ALL HAVING max(timestamp) - min(timestamp) > INTERVAL {STUCK}"""

# uid stands for message_id, which is longer to sort by.
_BY_VISITOR = "(PARTITION BY visitor ORDER BY timestamp, uid)"
_UP_TO_HERE = "(PARTITION BY visitor ORDER BY timestamp, uid ROWS UNBOUNDED PRECEDING)"
_STAYS = f"""CREATE OR REPLACE TEMP TABLE stays AS
SELECT uid, timestamp, CASE WHEN NOT lead(begins) OVER {_BY_VISITOR} THEN next END AS next,
    last_value(CASE WHEN begins THEN uid END IGNORE NULLS) OVER {_UP_TO_HERE} AS first_uid,
    max(CASE WHEN begins THEN timestamp END) OVER {_UP_TO_HERE} AS start
FROM (SELECT uid, visitor, timestamp, lead(timestamp) OVER visitors AS next,
        coalesce(timestamp - lag(timestamp) OVER visitors > INTERVAL {SILENCE}, true)
        OR coalesce(named <> lag(named) OVER visitors, false) AS begins
    FROM seen ANTI JOIN stuck USING (visitor, named) WINDOW visitors AS {_BY_VISITOR})"""

_VISITS = f"""CREATE OR REPLACE TEMP TABLE visits AS
WITH parts AS (
    SELECT uid, timestamp, first_uid, date_diff('microsecond', start, timestamp) // {LONGEST_US} AS part,
        CASE WHEN date_diff('microsecond', start, timestamp) // {LONGEST_US} = date_diff('microsecond', start, next)
            // {LONGEST_US} THEN date_diff('microsecond', timestamp, next) / 1e6 END AS dwell
    FROM stays),
hurried AS (
    SELECT first_uid, part, true AS fast FROM parts GROUP BY ALL HAVING count(*) >= {BOT_EVENTS}
        AND date_diff('microsecond', min(timestamp), max(timestamp)) / 1e6 / count(*) < {BOT_PACE_S})
SELECT uid, md5_number_lower(first_uid || ' ' || part) AS visit, dwell, fast
FROM parts LEFT JOIN hurried USING (first_uid, part)"""

_ORDER = "(timestamp, message_id)"
_SESSIONS = f"""SELECT {", ".join(SESSIONS.column_names)} FROM (
    SELECT *, views >= {ENGAGED_VIEWS} OR duration_s >= {ENGAGED_SECONDS} OR orders > 0 AS is_engaged FROM (
        SELECT session_id, any_value(coalesce(anonymous_id, user_id)) AS visitor,
            arg_min(source_id, {_ORDER}) AS source_id, arg_min(channel, {_ORDER}) AS channel,
            min(timestamp) AS started_at, max(timestamp) AS ended_at,
            arg_min(local_time, {_ORDER}) AS local_started_at,
            date_diff('microsecond', min(timestamp), max(timestamp)) / 1e6 AS duration_s,
            count(*) AS events, count(*) FILTER (WHERE event IN ({quoted(VIEWS)})) AS views,
            count(DISTINCT product_id) FILTER (WHERE event = 'Product Viewed') AS products_viewed,
            count(*) FILTER (WHERE event = 'Products Searched') AS searches,
            count(*) FILTER (WHERE event = 'Product Added') AS cart_adds,
            count(DISTINCT coalesce(order_id, message_id)) FILTER (WHERE event = 'Order Completed') AS orders,
            coalesce(sum(revenue) FILTER (WHERE event = 'Order Completed'), 0) AS revenue,
            arg_min(page_path, {_ORDER}) AS entry_page, arg_max(page_path, {_ORDER}) AS exit_page,
            arg_min(device_type, {_ORDER}) AS device_type, arg_min(referrer_domain, {_ORDER}) AS referrer_domain,
            arg_min(campaign_name, {_ORDER}) AS campaign_name, bool_or(is_bot) AS is_bot, bool_or(is_test) AS is_test
        FROM (FROM events_ready WHERE session_id IS NOT NULL)"""
