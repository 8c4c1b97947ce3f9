"""What was put into the cart and not bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.tables.ingestion import CART_LINES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAYS_TO_BUY = 7


def build(con: DuckDBPyConnection) -> None:
    """Make temp table `cart_lines_ready` of the events in `events_ready`: abandoned = added − removed − bought.

    What is bought is matched by product and by who buys: the customer whom the visit knew last, or its device. A shop
    whose tracker and order system tell of the same order does not sell twice: of the sources, the one that tells of
    most pieces counts.
    """
    con.execute(_LINES)


_LINES = f"""CREATE OR REPLACE TEMP TABLE cart_lines_ready AS
WITH steps AS (
    SELECT session_id, product_id, event, timestamp, coalesce(quantity, 1) AS pieces,
        coalesce(anonymous_id, user_id) AS visitor FROM events_ready
    WHERE event IN ('Product Added', 'Product Removed') AND session_id IS NOT NULL AND product_id IS NOT NULL
        AND NOT is_bot AND NOT is_test),
known AS (
    SELECT session_id, arg_max(user_id, (timestamp, message_id)) AS user_id FROM events_ready
    WHERE session_id IN (SELECT session_id FROM steps) AND user_id IS NOT NULL GROUP BY session_id),
lines AS (
    SELECT session_id, product_id, any_value(visitor) AS visitor,
        min(timestamp) FILTER (WHERE event = 'Product Added') AS added_at,
        coalesce(sum(pieces) FILTER (WHERE event = 'Product Added'), 0) AS added,
        coalesce(sum(pieces) FILTER (WHERE event = 'Product Removed'), 0) AS removed
    FROM steps GROUP BY ALL HAVING added_at IS NOT NULL),
sold AS (
    SELECT source_id, product_id, user_id, anonymous_id, timestamp, coalesce(quantity, 1) AS pieces FROM events_ready
    WHERE event = 'Order Completed' AND product_id IS NOT NULL AND NOT is_test),
matched AS (
    SELECT session_id, product_id, max(pieces) AS bought FROM (
        SELECT l.session_id, l.product_id, s.source_id, sum(s.pieces) AS pieces
        FROM lines l LEFT JOIN known USING (session_id) JOIN sold s ON s.product_id = l.product_id
            AND s.timestamp BETWEEN l.added_at AND l.added_at + INTERVAL {DAYS_TO_BUY} DAY
        WHERE s.user_id = known.user_id OR coalesce(s.anonymous_id, s.user_id) = l.visitor GROUP BY ALL)
    GROUP BY ALL)
SELECT {", ".join(CART_LINES.column_names)} FROM (
    SELECT l.*, known.user_id, coalesce(bought, 0) AS bought,
        greatest(added - removed - coalesce(bought, 0), 0) AS abandoned
    FROM lines l LEFT JOIN known USING (session_id) LEFT JOIN matched USING (session_id, product_id))"""
