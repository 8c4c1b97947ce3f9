"""Tables that ingestion makes of events that belong together: visits, orders, messages, support cases."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count, flag, moment, seconds, text
from helpers.datasets.tables.ingestion import CHANNELS, MONEY

ORDER_STATUS = ("completed", "partly refunded", "refunded", "cancelled")


def _money(name: str, meaning: str) -> Column:
    return Column(name=name, dtype=MONEY, meaning=meaning, unit="currency")


def _orders(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="int64", meaning=meaning, nullable=True, ge=0)


SESSIONS = Table(
    name="sessions",
    writer="ingestion",
    meaning="One visit of one visitor: events with no more than 30 minutes between them, 24 hours at most.",
    key=("session_id",),
    columns=(
        Column(name="session_id", dtype="string", meaning="Made of the visitor and the first event's message_id."),
        Column(name="visitor", dtype="string", meaning="Pseudonym of the device, else of the customer."),
        Column(name="source_id", dtype="string", meaning="The source of its first event."),
        Column(name="channel", dtype="string", meaning="The channel of its first event.", isin=CHANNELS),
        moment("started_at", "Its first event, in UTC."),
        moment("ended_at", "Its last event, in UTC."),
        moment("local_started_at", "Its first event on the data set's wall clock."),
        seconds("duration_s", "From its first to its last event.", nullable=False),
        count("events", "Events in it."),
        count("views", "Pages and products looked at."),
        count("products_viewed", "Different products looked at."),
        count("searches", "Searches."),
        count("cart_adds", "Products put into the cart."),
        count("orders", "Orders placed in it."),
        _money("revenue", "Revenue of those orders."),
        text("entry_page", "Path of the first page."),
        text("exit_page", "Path of the last page."),
        text("device_type", "Kind of device, as the first event that knows it says."),
        text("referrer_domain", "Domain that led here."),
        text("campaign_name", "Campaign that led here."),
        flag("is_engaged", "At least 2 views, or 20 seconds, or an order."),
        flag("is_bot", "Made by a program."),
        flag("is_test", "The shop's own test traffic."),
    ),
)

ORDERS = Table(
    name="orders",
    writer="ingestion",
    meaning="One order of one source, with what was given back of it since.",
    key=("source_id", "order_id"),
    columns=(
        Column(name="source_id", dtype="string", meaning="The source that told of it."),
        Column(name="order_id", dtype="string", meaning="Its number; the event's message_id where it has none."),
        text("user_id", "Pseudonym of the customer on its first line."),
        text("anonymous_id", "Pseudonym of the device on its first line."),
        Column(name="channel", dtype="string", meaning="Where it was placed.", isin=CHANNELS),
        moment("ordered_at", "Its first line, in UTC."),
        moment("local_ordered_at", "The same on the data set's wall clock."),
        count("lines", "Lines of it."),
        Column(name="pieces", dtype="int64", meaning="Pieces of all lines.", nullable=True),
        _money("revenue", "Of all lines, after discount."),
        _money("discount", "Of all lines."),
        text("coupon", "Coupon used."),
        text("referrer_domain", "Domain that led to it, where the source knows."),
        text("campaign_name", "Campaign that led to it, where the source knows."),
        seconds("browse_to_buy_s", "Since the same customer id first looked at one of its products."),
        _money("refunded", "What was given back, as a positive amount."),
        moment("refunded_at", "When something was last given back, in UTC.", nullable=True),
        Column(name="status", dtype="string", meaning="What became of it.", isin=ORDER_STATUS),
    ),
)

SENDS = Table(
    name="sends",
    writer="ingestion",
    meaning="One message to one customer, and what was done with it by people and by mail programs.",
    key=("send_id",),
    columns=(
        Column(name="send_id", dtype="string", meaning="The message."),
        text("recipient_type", "Kind of the identifier it went to."),
        text("recipient", "Pseudonym of that identifier."),
        Column(name="channel", dtype="string", meaning="The channel it went by.", isin=CHANNELS),
        text("campaign_id", "Campaign."),
        text("creative_id", "Creative."),
        text("topic", "Topic."),
        text("format", "Format."),
        text("offer_type", "Offer."),
        moment("delivered_at", "When it arrived, in UTC; missing where the source does not tell.", nullable=True),
        count("opens", "Times a person opened it."),
        seconds("open_delay_s", "From delivery to the first of these."),
        count("machine_opens", "Times a mail program opened it."),
        count("clicks", "Times a person followed a link."),
        count("links", "Different links that a person followed."),
        seconds("click_delay_s", "From delivery to the first of these."),
        count("machine_clicks", "Links that a mail program followed."),
        count("forwards", "Times it was passed on."),
        count("replies", "Replies; their text is in no table."),
        seconds("reply_delay_s", "From delivery to the first of these."),
        flag("bounced", "It could not be delivered."),
        flag("marked_as_spam", "It was reported as spam."),
        flag("opted_out", "Its reader wants no more of its kind."),
    ),
)

CASES = Table(
    name="cases",
    writer="ingestion",
    meaning="One support case; what was written in it is in no table.",
    key=("source_id", "ticket_id"),
    columns=(
        Column(name="source_id", dtype="string", meaning="The source that told of it."),
        Column(name="ticket_id", dtype="string", meaning="The case."),
        text("user_id", "Pseudonym of the customer."),
        moment("opened_at", "Its first event, in UTC."),
        text("support_category", "What it is about, as its first event that knows says."),
        text("support_outcome", "How it ended, as its last event that knows says."),
        count("replies", "Replies."),
        count("reopened", "Times it was opened again."),
        moment("resolved_at", "When it was resolved for good so far, in UTC; missing while it is open.", nullable=True),
        Column(name="hours_to_resolve", dtype="float64", meaning="Until then.", nullable=True, unit="hours", ge=0),
        _orders("orders_before", "Orders of its customer id in the 90 days before."),
        _orders("orders_after", "The same in the 90 days after; missing until they are over."),
    ),
)

TABLES = (SESSIONS, ORDERS, SENDS, CASES)
