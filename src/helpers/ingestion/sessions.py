"""Visits: the events of a tracker, cut where a visitor was silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.tables.ingestion import SESSIONS
from helpers.ingestion.mapping import GIVES_BACK
from helpers.ingestion.sql import quote

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

VIEWS = ("Page Viewed", "Product Viewed", "Product List Viewed")
# The defaults of Google Analytics and of most trackers since.
SILENCE = "30 MINUTE"
LONGEST = "24 HOUR"
STUCK = "3 DAY"
ENGAGED_VIEWS, ENGAGED_SECONDS = 2, 20
# Nobody reads a page in a second: a visit of many events at such a pace is a program's.
BOT_EVENTS, BOT_PACE_S = 20, 1.0


def build(con: DuckDBPyConnection) -> None:
    """Give the events of visits their session, and make temp table `sessions_ready`.

    Visits are made of the web and app events of sources that report views: an order system or a register, which
    reports none, does not watch anybody come and go. A visitor is a device, or a customer where no device is known;
    people are not known here. A new session begins after more than 30 minutes of silence, where the source's own name
    of the session changes, and every 24 hours. What a source calls one session for more than 3 days is none: its
    events stay and belong to no session.

    The result depends on the set of events alone, so that a late event remakes the whole of its session.

    Args:
        con: DuckDB connection with temp table `events_ready`; its `session_id`, `dwell_s` and `is_bot` are filled.
    """
    con.execute(_SEEN)
    con.execute(_NUMBERED)
    con.execute(_OPENED)
    con.execute(
        """CREATE OR REPLACE TEMP TABLE events_ready AS SELECT e.* REPLACE (
            n.session_id AS session_id, coalesce(e.dwell_s, n.dwell) AS dwell_s, e.is_bot OR coalesce(n.fast, false)
            AS is_bot) FROM events_ready e LEFT JOIN opened n ON e.rowid = n.place"""
    )
    con.execute(_SESSIONS)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(quote(each) for each in names)


_SEEN = f"""CREATE OR REPLACE TEMP TABLE seen AS
SELECT rowid AS place, coalesce(anonymous_id, user_id) AS visitor, session_id AS named, timestamp, message_id
FROM events_ready
WHERE channel IN ('web', 'app') AND coalesce(anonymous_id, user_id) IS NOT NULL AND event NOT IN ({_listed(GIVES_BACK)})
    AND source_id IN (SELECT DISTINCT source_id FROM events_ready WHERE event IN ({_listed(VIEWS)}))
    AND (session_id IS NULL OR (coalesce(anonymous_id, user_id), session_id) NOT IN (
        SELECT (coalesce(anonymous_id, user_id), session_id) FROM events_ready
        WHERE session_id IS NOT NULL AND coalesce(anonymous_id, user_id) IS NOT NULL
        GROUP BY ALL HAVING max(timestamp) - min(timestamp) > INTERVAL {STUCK}))"""

_NUMBERED = f"""CREATE OR REPLACE TEMP TABLE numbered AS
SELECT place, visitor, timestamp, message_id, next - timestamp AS pause,
    count(*) FILTER (WHERE begins) OVER (PARTITION BY visitor ORDER BY timestamp, message_id) AS stay
FROM (SELECT *, lead(timestamp) OVER visits AS next,
        coalesce(timestamp - lag(timestamp) OVER visits > INTERVAL {SILENCE}, true)
        OR named <> lag(named) OVER visits AS begins
    FROM seen WINDOW visits AS (PARTITION BY visitor ORDER BY timestamp, message_id))"""

_OPENED = f"""CREATE OR REPLACE TEMP TABLE opened AS
WITH parts AS (
    SELECT n.*, CAST(date_diff('microsecond', s.start, timestamp) // {24 * 3600 * 1_000_000} AS INTEGER) AS part
    FROM numbered n JOIN (SELECT visitor, stay, min(timestamp) AS start FROM numbered GROUP BY ALL) s
        USING (visitor, stay)),
first AS (
    SELECT visitor, stay, part, left(md5(visitor || ' ' || arg_min(message_id, (timestamp, message_id))), 16)
        AS session_id, max(timestamp) AS last, count(*) >= {BOT_EVENTS} AND date_diff('microsecond', min(timestamp),
        max(timestamp)) / 1e6 / count(*) < {BOT_PACE_S} AS fast
    FROM parts GROUP BY visitor, stay, part)
SELECT place, session_id, fast,
    CASE WHEN timestamp + pause <= last THEN date_diff('microsecond', timestamp, timestamp + pause) / 1e6 END AS dwell
FROM parts JOIN first USING (visitor, stay, part)"""

_ORDER = "(timestamp, message_id)"
_SESSIONS = f"""CREATE OR REPLACE TEMP TABLE sessions_ready AS
SELECT {", ".join(SESSIONS.column_names)} FROM (
    SELECT *, views >= {ENGAGED_VIEWS} OR duration_s >= {ENGAGED_SECONDS} OR orders > 0 AS is_engaged FROM (
        SELECT session_id, any_value(coalesce(anonymous_id, user_id)) AS visitor,
            arg_min(source_id, {_ORDER}) AS source_id, arg_min(channel, {_ORDER}) AS channel,
            min(timestamp) AS started_at, max(timestamp) AS ended_at,
            arg_min(local_time, {_ORDER}) AS local_started_at,
            date_diff('microsecond', min(timestamp), max(timestamp)) / 1e6 AS duration_s,
            count(*) AS events, count(*) FILTER (WHERE event IN ({_listed(VIEWS)})) AS views,
            count(DISTINCT product_id) FILTER (WHERE event = 'Product Viewed') AS products_viewed,
            count(*) FILTER (WHERE event = 'Products Searched') AS searches,
            count(*) FILTER (WHERE event = 'Product Added') AS cart_adds,
            count(DISTINCT coalesce(order_id, message_id)) FILTER (WHERE event = 'Order Completed') AS orders,
            coalesce(sum(revenue) FILTER (WHERE event = 'Order Completed'), 0) AS revenue,
            arg_min(page_path, {_ORDER}) AS entry_page, arg_max(page_path, {_ORDER}) AS exit_page,
            arg_min(device_type, {_ORDER}) AS device_type, arg_min(referrer_domain, {_ORDER}) AS referrer_domain,
            arg_min(campaign_name, {_ORDER}) AS campaign_name, bool_or(is_bot) AS is_bot, bool_or(is_test) AS is_test
        FROM events_ready WHERE session_id IS NOT NULL GROUP BY session_id))"""
