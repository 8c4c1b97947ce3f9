"""Tables that profiling writes: how people behave."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, flag
from helpers.datasets.tables.identity import PROFILE_ID
from helpers.datasets.tables.ingestion import MONEY


def _count(name: str, meaning: str, *, nullable: bool = False, unit: str = "") -> Column:
    return Column(name=name, dtype="int64", meaning=meaning, nullable=nullable, unit=unit, ge=0)


def _number(name: str, meaning: str, *, unit: str = "", nullable: bool = True) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=nullable, unit=unit)


DAILY = Table(
    name="daily",
    writer="profiles",
    meaning="What one person did on one local day: the facts that every window and panel is made of.",
    key=("profile_id", "day"),
    columns=(
        PROFILE_ID,
        Column(name="day", dtype="date", meaning="Local day of the data set's zone."),
        Column(name="first_at", dtype="timestamp(6)", meaning="First event of the day, in UTC."),
        Column(name="last_at", dtype="timestamp(6)", meaning="Last event of the day, in UTC."),
        _count("events", "Events."),
        _count("orders", "Distinct orders."),
        Column(name="order_revenue", dtype=MONEY, meaning="Revenue of the day's orders.", unit="currency"),
        Column(name="refunds", dtype=MONEY, meaning="Paid back, as a positive amount.", unit="currency"),
        _count("purchase_events", "Events of category purchase."),
        _count("engagement_events", "Events of category engagement."),
        _count("web_events", "Events of category web."),
        _count("support_events", "Events of category support."),
        Column(name="channels", dtype="array<string>", meaning="Channels seen that day, sorted."),
    ),
)

PROFILES = Table(
    name="profiles",
    writer="profiles",
    meaning="One person as of local midnight of `as_of`, from earlier events only; all metrics are exact facts.",
    key=("profile_id",),
    columns=(
        PROFILE_ID,
        Column(name="first_seen_at", dtype="timestamp(6)", meaning="First event, in UTC."),
        Column(name="last_seen_at", dtype="timestamp(6)", meaning="Last event, in UTC."),
        _count("tenure_days", "Local days from the first event to as_of.", unit="days"),
        _count("n_identifiers", "Identifiers known for this person."),
        _count("n_channels_active", "Channels with an event."),
        _count("orders_count", "Distinct orders."),
        _count("repeat_frequency", "Distinct purchase days minus one.", nullable=True),
        _count("days_since_last_order", "Local days from the last purchase day to as_of.", nullable=True, unit="days"),
        _count("recency_btyd_days", "Days from the first to the last purchase day.", nullable=True, unit="days"),
        _count("T_days", "Days from the first purchase day to as_of.", nullable=True, unit="days"),
        _number("revenue_total", "Revenue net of refunds.", unit="currency", nullable=False),
        _number("aov", "Revenue of orders over their number, refunds not netted.", unit="currency"),
        _number("monetary_repeat", "Mean revenue of the purchase days after the first.", unit="currency"),
        _number("mean_gap_days", "Mean days between purchase days.", unit="days"),
        _number("gap_cv", "Standard deviation of those gaps over their mean; needs two gaps.", unit="ratio"),
        Column(
            name="expected_next_order_at", dtype="date", nullable=True,
            meaning="Last purchase day plus the mean gap, rounded to the day.",
        ),
        Column(
            name="overdue_days", dtype="int64", nullable=True, unit="days",
            meaning="Days past the expected next order; negative while it lies ahead.",
        ),
        _count("orders_30d", "Orders in the last 30 days."),
        _count("orders_90d", "Orders in the last 90 days."),
        _number("revenue_90d", "Revenue net of refunds in the last 90 days.", unit="currency", nullable=False),
        _count("events_7d", "Events in the last 7 days."),
        _count("events_30d", "Events in the last 30 days."),
        _count("events_90d", "Events in the last 90 days."),
        _count("purchase_events_90d", "Purchase events in the last 90 days."),
        _count("engagement_events_90d", "Engagement events in the last 90 days."),
        _count("web_events_90d", "Web events in the last 90 days."),
        _count("support_events_90d", "Support events in the last 90 days."),
        _count("active_days_30d", "Days with an event in the last 30 days.", unit="days"),
        _number("weekend_share", "Share of active days on Saturday or Sunday.", unit="share", nullable=False),
    ),
)  # fmt: skip

CONTACTS = Table(
    name="contacts",
    writer="profiles",
    meaning="One person who may be written to as of `as_of`, with or without a profile.",
    key=("profile_id",),
    columns=(
        PROFILE_ID,
        flag("by_email", "They agreed to e-mail; where nobody is asked, have an address and did not object."),
        flag("by_sms", "They agreed to SMS; where nobody is asked, have a number and did not object."),
        flag("is_profiled", "They have a profile; else they get what everybody gets."),
    ),
)

TABLES = (DAILY, PROFILES, CONTACTS)
