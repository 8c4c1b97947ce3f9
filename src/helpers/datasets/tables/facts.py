"""Facts by person and local day: what every window, decay and panel is made of."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count, moment
from helpers.datasets.tables.identity import PROFILE_ID
from helpers.datasets.tables.ingestion import CATEGORIES, CHANNELS, MONEY

# Channels on which people choose the hour themselves.
HOURS_ON = ("web", "app", "email", "sms")
DAY = Column(name="day", dtype="date", meaning="Local day of the data set's zone.")

# Name of a count to what it counts; its condition stands in `helpers.profiles.facts`.
COUNTS = (
    {"events": "Events.", "acts": "Of these, done by the person and not to them."}
    | {f"{category}_events": f"Events of category {category}." for category in CATEGORIES}
    | {f"on_{channel}": f"Events of channel {channel}." for channel in CHANNELS}
    | {
        "product_views": "Products looked at.",
        "searches": "Searches.",
        "cart_adds": "Products put into the cart.",
        "sessions": "Visits with a web event; one over midnight counts on both days.",
        "orders": "Distinct orders.",
        "discounted_orders": "Of these, with a discount on a line.",
        "refunded_orders": "Distinct orders that something was given back of.",
    }
)
SUMS = {
    "order_revenue": "Revenue of the day's orders.",
    "refunds": "Paid back, as a positive amount.",
    "discounts": "Discounts on the day's discounted orders.",
    "discounted_revenue": "Revenue of the day's discounted orders.",
}

DAILY = Table(
    name="daily",
    writer="profiles",
    meaning="What one person did on one local day: the facts that every window and panel is made of.",
    key=("profile_id", "day"),
    version=2,
    columns=(
        PROFILE_ID,
        DAY,
        moment("first_at", "First event of the day, in UTC."),
        moment("last_at", "Last event of the day, in UTC."),
        *(count(name, meaning) for name, meaning in COUNTS.items()),
        Column(name="engagement", dtype="float64", meaning="Weights of the tracking plan, added up.", ge=0),
        *(Column(name=name, dtype=MONEY, meaning=meaning, unit="currency") for name, meaning in SUMS.items()),
    ),
)

# Kind to its meaning and that of its amount; where each comes from stands in `helpers.profiles.kinds`.
KINDS = (
    {
        "email delivered": "Mails that arrived.",
        "email opened": "Mails opened for the first time, within 30 days; hours since they arrived.",
        "email opened again": "Mails opened for the second time, within 30 days; hours since they arrived.",
        "email clicked": "Mails of which a link was first followed, within 30 days; hours since they arrived.",
        "email forwarded": "Mails first passed on, within 30 days; hours since they arrived.",
        "sms delivered": "Text messages that arrived.",
        "sms clicked": "Text messages of which a link was first followed, within 30 days; hours since they arrived.",
        "sms replied": "Text messages first answered, within 30 days; hours since they arrived.",
        "put into cart": "Products put into the cart of a visit.",
        "bought from cart": "Of these, bought within 7 days; hours since they were put there.",
        "bought after looking": "Orders of a product looked at in the 30 days before; hours since the first look.",
        "looked again": "Days with a look at a product that was looked at on an earlier day, 30 days ago at most.",
        "case opened": "Support cases opened.",
        "case reopened": "Support cases opened again.",
        "case resolved": "Support cases resolved; hours since they were opened.",
        "back after case": "Support cases after which the person first did something else, within 90 days; days until.",
        "ordered": "Order lines, by category of product.",
        "ordered new": "Order lines at full price of products with a known launch; hours since that.",
        "ordered reduced": "Orders with a discount; its depth in percent of what they would have cost.",
        "left": "Visits, by the category of their last page of the day.",
    }
    | {f"hour on {channel}": f"Acts on channel {channel}; hour of the local day." for channel in HOURS_ON}
)  # fmt: skip

DAILY_KINDS = Table(
    name="daily_kinds",
    writer="profiles",
    meaning="Things of one kind that one person did on one local day, many of which answer something earlier.",
    key=("profile_id", "day", "began", "kind", "topic", "format", "offer_type", "amount"),
    columns=(
        PROFILE_ID,
        DAY,
        Column(name="began", dtype="date", meaning="Local day of what it answers; its own where it answers nothing."),
        Column(name="kind", dtype="string", meaning="What was done.", isin=tuple(KINDS)),
        Column(
            name="topic", dtype="string",
            meaning="Topic of the message, or category of the product, page or case; empty where there is none.",
        ),
        Column(name="format", dtype="string", meaning="Format of the message; empty where there is none."),
        Column(name="offer_type", dtype="string", meaning="Offer of the message; empty where there is none."),
        Column(name="amount", dtype="float64", meaning="Hours, days or percent, as the kind says; else 0.", ge=0),
        count("n", "How many."),
    ),
)  # fmt: skip
