"""Facts by person and local day: what every window, decay and panel is made of."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count, moment
from helpers.datasets.tables.identity import PROFILE_ID
from helpers.datasets.tables.ingestion import CATEGORIES, CHANNELS, MONEY

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
