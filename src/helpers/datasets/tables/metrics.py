"""The metrics of a profile, declared once, by the group that DATA_MODEL gives them."""

from __future__ import annotations

from helpers.datasets.declare import Column, moment
from helpers.datasets.tables.ingestion import CATEGORIES, CHANNELS

WINDOWS = (7, 30, 90)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _count(name: str, meaning: str, *, nullable: bool = False, unit: str = "") -> Column:
    return Column(name=name, dtype="int64", meaning=meaning, nullable=nullable, unit=unit, ge=0)


def _number(name: str, meaning: str, *, unit: str = "", nullable: bool = True, ge: float | None = None) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=nullable, unit=unit, ge=ge)


def _share(name: str, meaning: str, *, nullable: bool = True) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=nullable, unit="share", ge=0, le=1)


PARTS = ("observed", "n", "lo", "hi", "confidence")


def _estimate(name: str, meaning: str, *, of: str, unit: str = "share") -> tuple[Column, ...]:
    """What is believed of a person, what was observed, of how many observations, and how sure that is."""
    bounds = {"share": {"ge": 0, "le": 1}, "log odds": {}}.get(unit, {"ge": 0})
    value = {"dtype": "float64", "nullable": True, "unit": unit, **bounds}
    ends = f"of the interval that holds the truth of {name} in 4 of 5 such cases"
    return (
        Column(
            name=name, meaning=f"{meaning} An estimate: what was observed, held against what others are like.", **value
        ),
        Column(name=f"{name}_observed", meaning=f"{meaning} As observed.", **value),
        _count(f"{name}_n", f"{of} that {name} rests on.", nullable=True),
        Column(name=f"{name}_lo", meaning=f"Lower end {ends}.", **value),
        Column(name=f"{name}_hi", meaning=f"Upper end {ends}.", **value),
        _share(f"{name}_confidence", f"How sure {name} is: 0 knows no more than of anybody, 1 knows it all."),
    )


IDENTITY = (
    moment("first_seen_at", "First event, in UTC."),
    moment("last_seen_at", "Last event, in UTC."),
    _count("tenure_days", "Local days from the first event to as_of.", unit="days"),
    _count("n_identifiers", "Identifiers known for this person."),
    _count("n_devices", "Of these, devices and cookies."),
    _count("n_channels_active", "Channels with an event."),
    Column(
        name="identity_confidence", dtype="float64", unit="probability", ge=0, le=1,
        meaning="Of the weakest link that joins their identifiers, as it was told; 1 where every one is an event or a "
        "decision.",
    ),
)  # fmt: skip

PURCHASE = (
    _count("orders_count", "Distinct orders."),
    _count("repeat_frequency", "Distinct purchase days minus one.", nullable=True),
    _count("days_since_last_order", "Local days from the last purchase day to as_of.", nullable=True, unit="days"),
    _count("recency_btyd_days", "Days from the first to the last purchase day.", nullable=True, unit="days"),
    _count("T_days", "Days from the first purchase day to as_of.", nullable=True, unit="days"),
    _number("revenue_total", "Revenue net of refunds.", unit="currency", nullable=False),
    *_estimate("aov", "Revenue of orders over their number, refunds not netted.", of="Orders", unit="currency"),
    _number("monetary_repeat", "Mean revenue of the purchase days after the first.", unit="currency"),
    *_estimate("mean_gap_days",
        "Mean days between purchase days; the days since the last count as time without one, so that who left unseen "
        "looks slow.",
        of="Gaps",
        unit="days",),
    _number("gap_cv", "Standard deviation of those gaps over their mean; needs two gaps.", unit="ratio"),
    Column(
        name="expected_next_order_at", dtype="date", nullable=True,
        meaning="Last purchase day plus the mean gap as observed, rounded to the day.",
    ),
    Column(
        name="expected_next_order_lo", dtype="date", nullable=True,
        meaning="Earliest day of the range that holds the next purchase day in 4 of 5 such cases, if the person goes "
        "on as in the gaps so far; needs two gaps.",
    ),
    Column(name="expected_next_order_hi", dtype="date", nullable=True, meaning="Latest day of that range."),
    Column(
        name="overdue_days", dtype="int64", nullable=True, unit="days",
        meaning="Days past the expected next order; negative while it lies ahead.",
    ),
    Column(
        name="season_peak_month", dtype="int64", nullable=True, ge=1, le=12,
        meaning="Month of the year with more orders than chance would give (1 in 100); needs two years of orders.",
    ),
    _count("orders_30d", "Orders in the last 30 days."),
    _count("orders_90d", "Orders in the last 90 days."),
    _number("revenue_90d", "Revenue net of refunds in the last 90 days.", unit="currency", nullable=False),
)  # fmt: skip

PRICE = (
    *_estimate("discounted_order_share", "Share of orders with a discount.", of="Orders"),
    _share("mean_discount_depth", "Discount over what the discounted orders would have cost without it."),
    *_estimate(
        "price_sensitivity",
        "Odds that an order of theirs is at a discount against those of all customers' orders, as a logarithm: 0 is "
        "like all, above 0 waits for discounts.",
        of="Orders",
        unit="log odds",
    ),
    *_estimate("refund_rate", "Orders that something was given back of, over orders.", of="Orders"),
)

ENGAGEMENT = (
    _count("sessions_30d", "Visits in the last 30 days.", nullable=True),
    _count("active_days_30d", "Days with an act of theirs in the last 30 days.", unit="days"),
    _number(
        "engagement_score", "Weights of the tracking plan added up, each halving with every half-life since.",
        nullable=False, ge=0,
    ),
    _number("engagement_ratio_30d", "Acts in the last 30 days over those in the 30 before; missing where none were."),
    _number(
        "engagement_velocity", "Slope of weekly acts over the last 8 weeks, by least squares.",
        unit="acts a week, each week", nullable=False,
    ),
)  # fmt: skip

WEB = (
    _count("product_views_7d", "Products looked at in the last 7 days.", nullable=True),
    _number("searches_per_session", "Searches over visits."),
)

TIMING = (
    *(_share(f"{day}_share", f"Share of active days on a {day.capitalize()}.") for day in WEEKDAYS),
    *_estimate("weekend_share", "Share of active days on Saturday or Sunday.", of="Active days"),
    Column(
        name="rhythm_period_d",
        dtype="int64",
        nullable=True,
        unit="days",
        meaning="Weekly rhythm: 7 where their active days keep to weekdays more than everybody's do by chance (1 in "
        "100); needs 14 days.",
    ),
    _number("visit_gap_median_d", "Median days between active days; needs one gap.", unit="days", ge=0),
)

COUNTED = (
    *(_count(f"events_{days}d", f"Events in the last {days} days.") for days in WINDOWS),
    _count("events_total", "Events."),
    _number("events_decayed", "Events, each weighing half as much with every half-life since.", nullable=False, ge=0),
    *(
        _count(f"{category}_events_{days}d", f"Events of category {category} in the last {days} days.", nullable=True)
        for category in CATEGORIES
        for days in WINDOWS
    ),
    *(_count(f"{each}_events_total", f"Events of category {each}.", nullable=True) for each in CATEGORIES),
    *(
        _number(
            f"{each}_events_decayed",
            f"Events of category {each}, each weighing half as much with every half-life since.",
            ge=0,
        )
        for each in CATEGORIES
    ),
    *(
        _count(f"days_since_{each}", f"Local days since the last event of category {each}.", nullable=True, unit="days")
        for each in CATEGORIES
    ),
    *(
        _count(f"on_{channel}_{days}d", f"Events of channel {channel} in the last {days} days.", nullable=True)
        for channel in CHANNELS
        for days in WINDOWS
    ),
    *(_count(f"on_{each}_total", f"Events of channel {each}.", nullable=True) for each in CHANNELS),
)

GROUPS = {
    "identity": IDENTITY,
    "purchase": PURCHASE,
    "price": PRICE,
    "engagement": ENGAGEMENT,
    "web": WEB,
    "timing": TIMING,
    "windows": COUNTED,
}
