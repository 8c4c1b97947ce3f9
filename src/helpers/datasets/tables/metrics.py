"""The metrics of a profile, declared once, group by group."""

from __future__ import annotations

from helpers.datasets.declare import Column, moment, text
from helpers.datasets.tables.facts import HOURS_ON
from helpers.datasets.tables.ingestion import CATEGORIES, CHANNELS

WINDOWS = (7, 30, 90)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _count(name: str, meaning: str, *, nullable: bool = False, unit: str = "") -> Column:
    return Column(name=name, dtype="int64", meaning=meaning, nullable=nullable, unit=unit, ge=0)


def _number(name: str, meaning: str, *, unit: str = "", nullable: bool = True, ge: float | None = None) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=nullable, unit=unit, ge=ge)


def _share(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=True, unit="share", ge=0, le=1)


def _best_hour(channel: str) -> tuple[Column, ...]:
    name = f"best_hour_{channel}"
    ends = f"of the interval that holds the truth of {name}_share in 4 of 5 such cases"
    return (
        Column(
            name=name, dtype="int64", nullable=True, unit="hour of the day", ge=0, le=23,
            meaning=f"Local hour about which they act most on channel {channel}, held against what others do.",
        ),
        _count(f"{name}_n", f"Hours of days with an act on channel {channel}.", nullable=True),
        _share(f"{name}_share", "Share of these that is believed to lie in that hour or one beside it."),
        _share(f"{name}_lo", f"Lower end {ends}."),
        _share(f"{name}_hi", f"Upper end {ends}."),
    )  # fmt: skip


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
    text("top_category", "Category of product of most of their order lines."),
    _number("category_entropy", "How evenly their order lines spread over categories; 0 where all are of one.",
            unit="bits", ge=0),
    _number("browse_to_buy_median_h",
            "Median hours from the first look at a product, in the 30 days before, to an order of it.",
            unit="hours", ge=0),
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
    _number(
        "launch_buyer_h",
        "Median hours from the launch of a product to their order of it at full price.",
        unit="hours",
        ge=0,
    ),
    _number(
        "discount_threshold_pct",
        "Depth of discount that nine in ten of their discounted orders reached; needs three.",
        unit="%",
        ge=0,
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

MESSAGES = (
    *_estimate("email_open_rate", "Share of mails that they opened within 30 days.", of="Mails that arrived"),
    _number("email_open_delay_h", "Geometric mean of the hours until they opened those.", unit="hours", ge=0),
    *_estimate("email_click_rate", "Share of mails of which they followed a link.", of="Mails that arrived"),
    *_estimate("email_reopen_rate", "Share of mails that they opened more than once.", of="Mails that arrived"),
    *_estimate("email_forward_rate", "Share of mails that they passed on.", of="Mails that arrived"),
    *_estimate("sms_click_rate", "Share of text messages of which they followed a link.", of="Messages that arrived"),
    *_estimate("sms_reply_rate", "Share of text messages that they answered.", of="Messages that arrived"),
    _number("sms_reply_delay_h", "Geometric mean of the hours until they answered those.", unit="hours", ge=0),
)

PREFERENCE = (
    text("channel_rank", "Channels by the believed share of messages of which they follow a link, the best first."),
    text(
        "top_topic",
        "Topic that they answer beyond what is expected of them, so far as chance would hardly do that; "
        "all topics stand in table `affinities`.",
    ),
    text("top_format", "Format of which the same is true."),
    text("top_offer_type", "Offer of which the same is true."),
)

SUPPORT = (
    _count("cases_180d", "Support cases opened in the last 180 days.", nullable=True),
    _count("unresolved_cases", "Support cases opened, or opened again, and not resolved since.", nullable=True),
    _number(
        "hours_to_resolve_last",
        "Hours that the case took that was resolved last; of one day the longest.",
        unit="hours",
        ge=0,
    ),
    _number(
        "post_support_gap_ratio",
        "Days from the last case to the next thing that they did, or until as_of, over visit_gap_median_d.",
        unit="ratio",
        ge=0,
    ),
)

CONSENT = (
    _count(
        "channels_subscribed",
        "Channels on which they agreed to be written to; missing where nobody is asked.",
        nullable=True,
    ),
    _count("tracking_allowed", "Kinds of tracking that they agreed to; missing where nobody is asked.", nullable=True),
    _count(
        "profiling_allowed",
        "Whether they agreed to a profile, 1 for yes; missing where nobody is asked.",
        nullable=True,
    ),
)

WEB = (
    _count("product_views_7d", "Products looked at in the last 7 days.", nullable=True),
    _number("search_rate", "Searches over visits."),
    _count(
        "repeat_view_days",
        "Days with a look at a product that was looked at on a day of the 30 before.",
        nullable=True,
        unit="days",
    ),
    *_estimate(
        "cart_abandon_rate",
        "Share of what was put into the cart that was not bought within 7 days.",
        of="Products put into the cart",
    ),
    text("exit_page_mode", "Category of the page from which most of their visits left."),
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
    *(column for channel in HOURS_ON for column in _best_hour(channel)),
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
    "engagement": (*ENGAGEMENT, *MESSAGES),
    "web": WEB,
    "timing": TIMING,
    "preference": PREFERENCE,
    "support": SUPPORT,
    "windows": COUNTED,
    "consent": CONSENT,
}
