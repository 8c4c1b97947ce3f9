"""Tables that ingestion writes: what happened, as the sources told it, and what of it belongs together."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count, flag, moment, seconds, text

CATEGORIES = ("purchase", "engagement", "web", "support", "other")
CHANNELS = ("web", "app", "email", "sms", "push", "support", "pos", "social", "ads", "iot")
FLAGS = ("is_bot", "is_machine_open", "is_test")
CONSENT = ("granted", "denied", "unknown")
PURPOSES = (
    "email_marketing", "sms_marketing", "email_tracking", "sms_tracking", "web_tracking", "support_use", "profiling",
)  # fmt: skip
IDENTIFIERS = "array<struct<type: string, value: string>>"
MONEY = "decimal(18, 4)"
PLAN_STATUS = ("ok", "violating")
ORDER_STATUS = ("completed", "partly refunded", "refunded", "cancelled")


def _money(name: str, meaning: str) -> Column:
    return Column(name=name, dtype=MONEY, meaning=meaning, unit="currency")


def _orders(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="int64", meaning=meaning, nullable=True, ge=0)


EVENTS = Table(
    name="events",
    writer="ingestion",
    meaning="One event of one customer, append-only; an order of several lines is several rows that share order_id.",
    key=("message_id",),
    by_month=True,
    version=3,
    columns=(
        Column(name="message_id", dtype="string", meaning="Idempotency key: the source's, or made of the content."),
        Column(name="event", dtype="string", meaning="Title Case name from the tracking plan."),
        Column(name="timestamp", dtype="timestamp(6)", meaning="When it happened, in UTC."),
        Column(name="local_time", dtype="timestamp(6)", meaning="The same moment on the data set's wall clock."),
        moment("original_timestamp", "What the device said before its clock was corrected, in UTC.", nullable=True),
        moment("sent_at", "When the device sent it, by its own clock, in UTC.", nullable=True),
        moment("received_at", "When the source received it, in UTC.", nullable=True),
        Column(name="loaded_at", dtype="timestamp(6)", meaning="When the workbench came to know it, in UTC."),
        seconds("late_s", "From when it happened to when the source received it."),
        Column(
            name="clock_change", dtype="string", nullable=True, isin=("gap", "overlap"),
            meaning="Its wall-clock time never was (moved on by an hour) or was twice (the first was taken).",
        ),
        Column(name="source_id", dtype="string", meaning="The source of dataset.toml it came from."),
        Column(name="channel", dtype="string", meaning="Where it happened.", isin=CHANNELS),
        Column(name="category", dtype="string", meaning="What kind of behaviour it is.", isin=CATEGORIES),
        text("user_id", "Pseudonym of the source's customer id."),
        text("anonymous_id", "Pseudonym of the device or cookie id."),
        Column(
            name="external_ids", dtype=IDENTIFIERS, meaning="Pseudonyms of the other identifiers.", nullable=True
        ),
        text("session_id", "Session; the source's own name of it is only a hint."),
        text("page_path", "Path of the page, without its query string."),
        text("page_category", "Category of the page."),
        text("referrer_domain", "Domain that led here."),
        text("campaign_source", "Campaign source (utm_source)."),
        text("campaign_medium", "Campaign medium (utm_medium)."),
        text("campaign_name", "Campaign name (utm_campaign)."),
        text("device_type", "Kind of device."),
        text("os", "Operating system."),
        text("browser", "Browser."),
        text("locale", "Language and region."),
        text("country", "Country as the source writes it."),
        text("product_id", "Product."),
        text("product_category", "Category of the product."),
        Column(name="price", dtype=MONEY, meaning="Price of one piece.", nullable=True, unit="currency", ge=0),
        Column(name="quantity", dtype="int64", meaning="Pieces; negative for what came back.", nullable=True),
        text("order_id", "Order; a refund carries the order it undoes, or its own note."),
        Column(
            name="revenue", dtype=MONEY, nullable=True, unit="currency",
            meaning="After discount, before tax and shipping; negative for a refund.",
        ),
        Column(name="discount", dtype=MONEY, meaning="Discount on this row.", nullable=True, unit="currency"),
        text("coupon", "Coupon used."),
        text("currency", "Currency of the amounts."),
        text("original_currency", "Currency they were in before they were converted."),
        text("send_id", "One message to one customer."),
        text("campaign_id", "Campaign of a message."),
        text("creative_id", "Creative of a message."),
        text("topic", "Topic of a message."),
        text("format", "Format of a message."),
        text("offer_type", "Offer in a message."),
        text("link_id", "Link clicked."),
        text("ticket_id", "Support ticket."),
        text("support_category", "What a ticket is about."),
        text("support_outcome", "How a ticket ended."),
        text("search_term", "Normalised search term."),
        Column(
            name="scroll_pct", dtype="float64", meaning="How far down the page was seen.", nullable=True, unit="%",
            ge=0, le=100,
        ),
        seconds("dwell_s", "Time on the page, up to the session's next event where the source does not say."),
        seconds("idle_s", "Time on the page without a sign of life."),
        text("experiment_id", "Experiment of an exposure."),
        text("variation_id", "Arm of an exposure."),
        flag("is_bot", "Made by a program, by its own word or by its pace."),
        flag("is_machine_open", "Opened or clicked by a mail program, not by a person."),
        flag("is_test", "The shop's own test traffic."),
        text("properties", "Remaining mapped properties, as JSON text."),
        Column(name="plan_version", dtype="string", meaning="Version of the tracking plan it was held against."),
        Column(name="plan_status", dtype="string", meaning="Whether it keeps to the plan.", isin=PLAN_STATUS),
        Column(name="violations", dtype="array<string>", meaning="What it breaks: code:column.", nullable=True),
    ),
)  # fmt: skip

ATTRIBUTES = Table(
    name="attributes",
    writer="ingestion",
    meaning="One value of one attribute of one identifier, from a moment on.",
    key=("identifier_type", "identifier", "name", "valid_from"),
    columns=(
        Column(name="identifier_type", dtype="string", meaning="Type of the identifier, such as user_id."),
        Column(name="identifier", dtype="string", meaning="Pseudonym of the identifier."),
        Column(name="name", dtype="string", meaning="Name of the attribute."),
        Column(name="value", dtype="string", meaning="Its value as text."),
        Column(name="valid_from", dtype="timestamp(6)", meaning="From when it holds, in UTC."),
        Column(name="loaded_at", dtype="timestamp(6)", meaning="When the workbench came to know it, in UTC."),
    ),
)

PRODUCTS = Table(
    name="products",
    writer="ingestion",
    meaning="One product.",
    key=("product_id",),
    columns=(
        Column(name="product_id", dtype="string", meaning="Product."),
        text("product_category", "Category of the product."),
        Column(name="launched_at", dtype="timestamp(6)", meaning="First on sale, in UTC.", nullable=True),
        Column(name="price", dtype=MONEY, meaning="List price.", nullable=True, unit="currency", ge=0),
        Column(name="cost", dtype=MONEY, meaning="Cost of one piece.", nullable=True, unit="currency", ge=0),
    ),
)

CONSENT_LOG = Table(
    name="consent_log",
    writer="ingestion",
    meaning="One statement of consent for one purpose.",
    version=2,
    key=("identifier_type", "identifier", "purpose", "timestamp", "status"),
    columns=(
        Column(name="identifier_type", dtype="string", meaning="Type of the identifier."),
        Column(name="identifier", dtype="string", meaning="Pseudonym of the identifier."),
        Column(name="purpose", dtype="string", meaning="What was asked.", isin=PURPOSES),
        Column(name="status", dtype="string", meaning="What was answered.", isin=CONSENT),
        Column(name="timestamp", dtype="timestamp(6)", meaning="When, in UTC."),
        text("version", "Version of the text that was shown."),
        Column(name="source_id", dtype="string", meaning="The source it came from."),
        Column(name="loaded_at", dtype="timestamp(6)", meaning="When the workbench came to know it, in UTC."),
    ),
)

PLAN_VIOLATIONS = Table(
    name="plan_violations",
    writer="ingestion",
    meaning="How often the events of one source break one rule of the tracking plan, quarantined ones among them.",
    key=("source_id", "event", "column", "code"),
    columns=(
        Column(name="source_id", dtype="string", meaning="The source of dataset.toml."),
        Column(name="event", dtype="string", meaning="The event as the source names it, cut at 200 characters."),
        Column(name="column", dtype="string", meaning="The column or property at fault; empty for the event as such."),
        Column(name="code", dtype="string", meaning="What is wrong, as one word."),
        count("events", "Events with this fault."),
        moment("first_seen", "The first of them, in UTC."),
        moment("last_seen", "The last of them, in UTC."),
    ),
)

LEDGER = Table(
    name="ledger",
    writer="ingestion",
    meaning="What became of the records of one file: read = kept + rejected + quarantined + duplicate + skipped.",
    key=("source_id", "file"),
    columns=(
        Column(name="source_id", dtype="string", meaning="The source of dataset.toml."),
        Column(name="file", dtype="string", meaning="Path under raw/."),
        Column(name="sha256", dtype="string", meaning="Hash of the file's bytes as they were delivered."),
        Column(name="bytes", dtype="int64", meaning="Size of the file.", unit="bytes", ge=0),
        Column(name="rows_read", dtype="int64", meaning="Records, counted apart from the parser.", ge=0),
        Column(name="rows_kept", dtype="int64", meaning="Records that gave at least one row.", ge=0),
        Column(name="rows_rejected", dtype="int64", meaning="Records with a fault, each in `rejects`.", ge=0),
        Column(name="rows_quarantined", dtype="int64", meaning="Records set aside with their whole file.", ge=0),
        Column(name="rows_duplicate", dtype="int64", meaning="Records whose events were there already.", ge=0),
        Column(name="rows_skipped", dtype="int64", meaning="Records that no emit block asks for.", ge=0),
        Column(
            name="rows_repeated",
            dtype="int64",
            ge=0,
            meaning="Records kept although they say the same as an earlier one of their file, without an id to tell.",
        ),
        Column(name="events", dtype="int64", meaning="Events made of the kept records.", ge=0),
        moment("first_event", "When the first of them was, in UTC.", nullable=True),
        moment("last_event", "When the last of them was, in UTC.", nullable=True),
        text("columns_added", "Columns that nobody declared; missing where there are none."),
        Column(name="loaded_at", dtype="timestamp(6)", meaning="When its bytes were first read, in UTC."),
        text("quarantine_reason", "Why the file was set aside as a whole, its records uncounted; missing else."),
    ),
)

REJECTS = Table(
    name="rejects",
    writer="ingestion",
    meaning="Where a rejected record stands and why it was rejected; never its text.",
    key=("source_id", "file", "line"),
    columns=(
        Column(name="source_id", dtype="string", meaning="The source of dataset.toml."),
        Column(name="file", dtype="string", meaning="Path under raw/."),
        Column(name="line", dtype="int64", meaning="Line on which the record starts, from 1.", ge=1),
        Column(name="byte_offset", dtype="int64", meaning="Where it starts in the unpacked file.", nullable=True),
        Column(name="byte_length", dtype="int64", meaning="How long it is.", nullable=True, unit="bytes"),
        text("column", "The column at fault, where one is."),
        Column(name="reason", dtype="string", meaning="Why, as one word."),
    ),
)

DUPLICATES = Table(
    name="duplicates",
    writer="ingestion",
    meaning="How often a file tells an event that is there already, by another record.",
    key=("message_id", "source_id", "file"),
    columns=(
        Column(name="message_id", dtype="string", meaning="The event that is kept."),
        Column(name="source_id", dtype="string", meaning="The source of dataset.toml."),
        Column(name="file", dtype="string", meaning="Path under raw/."),
        Column(name="copies", dtype="int64", meaning="Records beside the one that is kept.", ge=1),
        count("differing", "Those of them that say something else than the kept one."),
    ),
)

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

CART_LINES = Table(
    name="cart_lines",
    writer="ingestion",
    meaning="One product that was put into the cart in one visit, and what became of it.",
    key=("session_id", "product_id"),
    columns=(
        Column(name="session_id", dtype="string", meaning="The visit."),
        Column(name="product_id", dtype="string", meaning="The product."),
        text("user_id", "Pseudonym of the customer who was known last in the visit."),
        Column(name="visitor", dtype="string", meaning="Pseudonym of the device, else of the customer."),
        moment("added_at", "First put into the cart, in UTC."),
        count("added", "Pieces put into the cart."),
        count("removed", "Pieces taken out again."),
        count("bought", "Pieces bought by the customer or on the device, in the visit or the 7 days after."),
        count("abandoned", "Added − removed − bought, 0 at least."),
    ),
)

CAMPAIGNS = Table(
    name="campaigns",
    writer="ingestion",
    meaning="One campaign.",
    key=("campaign_id",),
    columns=(
        Column(name="campaign_id", dtype="string", meaning="Campaign."),
        text("campaign_name", "What it is called, or its kind."),
        text("campaign_channel", "How it reaches people, as the source writes it."),
        moment("starts_at", "Its beginning, in UTC.", nullable=True),
        moment("ends_at", "Its end, in UTC.", nullable=True),
        Column(name="cost", dtype=MONEY, meaning="What it cost.", nullable=True, unit="currency", ge=0),
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

TABLES = (
    EVENTS, ATTRIBUTES, PRODUCTS, CAMPAIGNS, CONSENT_LOG, PLAN_VIOLATIONS, LEDGER, REJECTS, DUPLICATES, SESSIONS,
    CART_LINES, ORDERS, SENDS, CASES,
)  # fmt: skip
