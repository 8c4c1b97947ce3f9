"""Orders: the lines that share a number, and what was given back of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.engine import quoted
from helpers.datasets.tables.ingestion import ORDERS
from helpers.ingestion.mapping.kinds import GIVES_BACK

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def build(con: DuckDBPyConnection) -> None:
    """Make temp table `orders_ready` of `events_ready`; test traffic is left out.

    An order is what one source calls by one number: two sources may count alike, and customers who share a number
    within a source share an order, which belongs to the customer on its first line. A refund belongs to the order
    whose number it carries; one whose order is unknown stays an event, and belongs to none.
    """
    con.execute(_ORDERS)


_FIRST = "(timestamp, message_id)"
_ORDERS = f"""CREATE OR REPLACE TEMP TABLE orders_ready AS
WITH lines AS (
    SELECT *, coalesce(order_id, message_id) AS number FROM events_ready WHERE event = 'Order Completed' AND NOT is_test
),
looked AS (
    SELECT user_id, product_id, min(timestamp) AS first_seen FROM events_ready
    WHERE event = 'Product Viewed' AND user_id IS NOT NULL AND NOT is_bot GROUP BY ALL),
bought AS (
    SELECT source_id, number AS order_id, arg_min(l.user_id, {_FIRST}) AS user_id,
        arg_min(anonymous_id, {_FIRST}) AS anonymous_id, arg_min(channel, {_FIRST}) AS channel,
        min(timestamp) AS ordered_at, arg_min(local_time, {_FIRST}) AS local_ordered_at, count(*) AS lines,
        sum(quantity) AS pieces, coalesce(sum(revenue), 0) AS revenue, coalesce(sum(discount), 0) AS discount,
        arg_min(coupon, {_FIRST}) AS coupon, arg_min(referrer_domain, {_FIRST}) AS referrer_domain,
        arg_min(campaign_name, {_FIRST}) AS campaign_name,
        max(date_diff('microsecond', first_seen, timestamp)) FILTER (WHERE first_seen <= timestamp) / 1e6
            AS browse_to_buy_s
    FROM lines l LEFT JOIN looked USING (user_id, product_id) GROUP BY source_id, number),
returned AS (
    SELECT source_id, order_id, -coalesce(sum(revenue), 0) AS refunded, max(timestamp) AS refunded_at,
        bool_or(event = 'Order Cancelled') AS cancelled
    FROM events_ready WHERE event IN ({quoted(GIVES_BACK)}) AND NOT is_test GROUP BY source_id, order_id)
SELECT {", ".join(ORDERS.column_names)} FROM (
    SELECT bought.*, coalesce(refunded, 0) AS refunded, refunded_at,
        CASE WHEN cancelled THEN 'cancelled' WHEN refunded >= revenue AND refunded > 0 THEN 'refunded'
            WHEN refunded > 0 THEN 'partly refunded' ELSE 'completed' END AS status
    FROM bought LEFT JOIN returned USING (source_id, order_id))"""
