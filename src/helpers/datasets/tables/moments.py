"""Moments: what somebody is in the middle of, from what they did, told while it lasts."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, moment, text
from helpers.datasets.tables.identity import PROFILE_ID

# Name of a moment to what it says; the rule behind each stands in `helpers.profiles.moments`.
MOMENTS_SAID = {
    "browsing_category": "Looks at one category: 3 product views in 24 hours that are 60 % of all in them; until "
    "24 hours after the last such view, or until it is less than 60 % of what is looked at.",
    "hesitating": "Came back to one product without buying: 3 views on 2 days within 7; until 7 days after the last "
    "such view, or until they order anything.",
    "cart_abandoned": "Put something into the cart and did nothing more in the shop for 60 minutes; for 7 days, or "
    "until they order, fill the cart again or take all of it out.",
    "checkout_abandoned": "Entered the checkout and did not order in 30 minutes; for 7 days, or until they order or "
    "enter it again.",
    "post_purchase": "Ordered lately: for half their own usual gap between active days, 30 days at most, or until "
    "the order is cancelled or paid back as a whole.",
    "support_open": "Has a support case that is open; until it is resolved.",
    "support_silent_risk": "Fell silent after a support case that was left open, took more than 48 hours or ended "
    "badly, for their usual gap and half of it more (7 days more at least); until they do anything else than ask "
    "support, or are silent for six usual gaps and 90 days, which state churned takes for gone.",
    "loyal_despite_friction": "Ordered within 60 days after a support case that was resolved well in 48 hours; for 60 "
    "days, or until the case is opened again.",
    "needs_assistance": "Looked at 3 help pages or met 2 errors in one visit; until 24 hours after the last of them, "
    "or until they order.",
    "price_waiting": "Hesitates over a product and looked for a price in these days: a coupon or sale searched for, a "
    "sale page, a list filtered or sorted by price; as long as they hesitate.",
    "accelerating": "Was active on more of the last 14 days than their usual gap lets chance bring about once in a "
    "thousand times; until 7 days after the last such day.",
    "stalled_onboarding": "Registered or took a step of the introduction, and nothing followed in 7 days; for 30 days, "
    "or until something does.",
}
ENDED_BY = ("expiry", "order", "activity", "resolved", "reopened", "cancelled", "refunded")

MOMENTS = Table(
    name="moments",
    writer="profiles",
    meaning="One moment that one person is or was in, from events before `as_of` alone; several may hold at once.",
    key=("profile_id", "moment", "about", "starts_at"),
    columns=(
        PROFILE_ID,
        Column(name="moment", dtype="string", meaning="Which one.", isin=tuple(MOMENTS_SAID)),
        Column(
            name="about", dtype="string",
            meaning="Category, product, order, case, visit or step that it is about; empty where it is about none.",
        ),
        moment("starts_at", "Since when it holds, in UTC."),
        moment(
            "expires_at",
            "When it ended, or ends at the latest, in UTC; missing while nothing but an event can end it.",
            nullable=True,
        ),
        Column(
            name="ended_by", dtype="string", nullable=True, isin=ENDED_BY,
            meaning="What ended it; missing while it holds.",
        ),
        text("evidence", "What was counted when it began."),
    ),
)  # fmt: skip
