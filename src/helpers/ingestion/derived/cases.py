"""Support cases: one row a ticket, with what its customer bought before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.tables.ingestion import CASES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DAYS = 90


def build(con: DuckDBPyConnection) -> None:
    """Make temp table `cases_ready` of `events_ready` and `orders_ready`.

    A case is resolved when nothing opened it again after it was; the days after it are over when the log reaches
    beyond them. Orders are counted by the customer id of the case, for people are not known here.
    """
    con.execute(_CASES)


_FIRST = "(timestamp, message_id)"
_CASES = f"""CREATE OR REPLACE TEMP TABLE cases_ready AS
WITH told AS (
    SELECT source_id, ticket_id, arg_min(user_id, {_FIRST}) AS user_id, min(timestamp) AS opened_at,
        arg_min(support_category, {_FIRST}) AS support_category,
        arg_max(support_outcome, {_FIRST}) AS support_outcome,
        count(*) FILTER (WHERE event = 'Support Ticket Replied') AS replies,
        count(*) FILTER (WHERE event = 'Support Ticket Reopened') AS reopened,
        max(timestamp) FILTER (WHERE event = 'Support Ticket Resolved') AS last_resolved,
        max(timestamp) FILTER (WHERE event = 'Support Ticket Reopened') AS last_reopened
    FROM events_ready WHERE ticket_id IS NOT NULL GROUP BY ALL),
counted AS (
    SELECT t.source_id, t.ticket_id,
        count(*) FILTER (WHERE ordered_at < opened_at AND ordered_at >= opened_at - INTERVAL {DAYS} DAY) AS before,
        count(*) FILTER (WHERE ordered_at >= opened_at AND ordered_at < opened_at + INTERVAL {DAYS} DAY) AS after
    FROM told t JOIN orders_ready o USING (user_id) GROUP BY ALL)
SELECT {", ".join(CASES.column_names)} FROM (
    SELECT *, date_diff('microsecond', opened_at, resolved_at) / 3.6e9 AS hours_to_resolve,
        CASE WHEN user_id IS NOT NULL THEN coalesce(before, 0) END AS orders_before,
        CASE WHEN user_id IS NOT NULL AND opened_at + INTERVAL {DAYS} DAY <= (SELECT max(timestamp) FROM events_ready)
            THEN coalesce(after, 0) END AS orders_after
    FROM (SELECT told.*, before, after,
            CASE WHEN last_reopened > last_resolved THEN NULL ELSE last_resolved END AS resolved_at
        FROM told LEFT JOIN counted USING (source_id, ticket_id)))"""
