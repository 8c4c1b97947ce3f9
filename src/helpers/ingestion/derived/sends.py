"""Messages: one row a message to one customer, people and mail programs apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.tables.ingestion import SENDS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Programs that load images ahead or check links do so as the mail arrives; people take longer to get to it.
AT_ONCE_S = 10
# A person follows one link and reads; a scanner follows all of them.
BURST_LINKS, BURST_S = 3, 5


def find_machines(con: DuckDBPyConnection) -> None:
    """Make temp table `machine` (uid): the opens and clicks of view `settled` that mail programs made.

    An open or a click is a program's where the source says so, where it comes within 10 seconds of delivery, or where
    three different links of one message are followed within 5 seconds.
    """
    con.execute(_MESSAGES)
    con.execute(_MACHINE)


def build(con: DuckDBPyConnection) -> None:
    """Make temp table `sends_ready` of the events in `events_ready`; what programs did is counted apart."""
    con.execute(_SENDS)


_OPENED, _CLICKED = "'Email Opened'", "'Email Link Clicked', 'SMS Link Clicked'"
_DELIVERED = "'Email Delivered', 'SMS Delivered'"

_MESSAGES = f"""CREATE OR REPLACE TEMP TABLE messages AS
SELECT uid, send_id, event, channel, timestamp, link_id FROM settled
WHERE send_id IS NOT NULL AND event IN ({_DELIVERED}, {_OPENED}, {_CLICKED})"""

_MACHINE = f"""CREATE OR REPLACE TEMP TABLE machine AS
WITH delivered AS (
    SELECT send_id, min(timestamp) AS delivered_at FROM messages WHERE event IN ({_DELIVERED}) GROUP BY send_id),
done AS (SELECT * FROM messages WHERE channel = 'email' AND event IN ({_OPENED}, {_CLICKED}))
SELECT uid FROM done JOIN delivered USING (send_id)
WHERE timestamp BETWEEN delivered_at AND delivered_at + INTERVAL {AT_ONCE_S} SECOND
UNION
SELECT uid FROM (
    SELECT uid, count(DISTINCT link_id) OVER (PARTITION BY send_id ORDER BY timestamp
        RANGE BETWEEN INTERVAL {BURST_S} SECOND PRECEDING AND INTERVAL {BURST_S} SECOND FOLLOWING) AS links
    FROM done WHERE event IN ({_CLICKED}))
WHERE links >= {BURST_LINKS}"""


def _delay(what: str) -> str:
    return f"date_diff('microsecond', delivered_at, {what}) / 1e6"


_FIRST = "(timestamp, message_id)"
_SENDS = f"""CREATE OR REPLACE TEMP TABLE sends_ready AS
SELECT {", ".join(SENDS.column_names)} FROM (
    SELECT *, {_delay("first_open")} AS open_delay_s, {_delay("first_click")} AS click_delay_s,
        {_delay("first_reply")} AS reply_delay_s
    FROM (
        SELECT send_id, arg_min(CASE WHEN external_ids[1] IS NULL AND user_id IS NOT NULL THEN 'user_id'
                ELSE external_ids[1].type END, {_FIRST}) AS recipient_type,
            arg_min(coalesce(external_ids[1].value, user_id), {_FIRST}) AS recipient,
            arg_min(channel, {_FIRST}) AS channel, arg_min(campaign_id, {_FIRST}) AS campaign_id,
            arg_min(creative_id, {_FIRST}) AS creative_id, arg_min(topic, {_FIRST}) AS topic,
            arg_min(format, {_FIRST}) AS format, arg_min(offer_type, {_FIRST}) AS offer_type,
            min(timestamp) FILTER (WHERE event IN ({_DELIVERED})) AS delivered_at,
            count(*) FILTER (WHERE event = {_OPENED} AND NOT is_machine_open) AS opens,
            min(timestamp) FILTER (WHERE event = {_OPENED} AND NOT is_machine_open) AS first_open,
            count(*) FILTER (WHERE event = {_OPENED} AND is_machine_open) AS machine_opens,
            count(*) FILTER (WHERE event IN ({_CLICKED}) AND NOT is_machine_open) AS clicks,
            count(DISTINCT link_id) FILTER (WHERE event IN ({_CLICKED}) AND NOT is_machine_open) AS links,
            min(timestamp) FILTER (WHERE event IN ({_CLICKED}) AND NOT is_machine_open) AS first_click,
            count(*) FILTER (WHERE event IN ({_CLICKED}) AND is_machine_open) AS machine_clicks,
            count(*) FILTER (WHERE event = 'Email Forwarded') AS forwards,
            count(*) FILTER (WHERE event = 'SMS Replied') AS replies,
            min(timestamp) FILTER (WHERE event = 'SMS Replied') AS first_reply,
            bool_or(event = 'Email Bounced') AS bounced, bool_or(event = 'Email Marked as Spam') AS marked_as_spam,
            bool_or(event IN ('Unsubscribed', 'SMS Opted Out')) AS opted_out
        FROM events_ready WHERE send_id IS NOT NULL GROUP BY send_id))"""
