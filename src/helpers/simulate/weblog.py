"""The events of visits as the shop's tracker logs them: one JSON object a line, shaped like Segment's calls."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from helpers.simulate.clock import month_text, utc_text
from helpers.simulate.identifiers import random_ids

_BROWSERS = {
    "bot": "ExampleBot/2.1 (+https://bot.example.net/about)",
    "desktop": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0",
    "mobile": "Mozilla/5.0 (Linux; Android 14) Mobile Chrome/126.0",
    "tablet": "Mozilla/5.0 (iPad; CPU OS 17_5) Safari/605.1",
}
_CONTEXT = (
    "anonymous_id", "user_id", "known_from", "device", "source", "referrer", "campaign", "agent", "email", "category",
    "order",
)  # fmt: skip
_COLOURS = ("red", "blue", "green", "black", "gift", "small")
_PATHS = {
    "Products Searched": "/search",
    "Product Removed": "/cart",
    "Cart Viewed": "/cart",
    "Signed In": "/login",
    "Checkout Started": "/checkout",
}
_HELP = ("/help/returns", "/help/shipping", "/help/payment")


def log_lines(
    steps: pd.DataFrame,
    sessions: pd.DataFrame,
    products: pd.DataFrame,
    order_ids: np.ndarray,
    *,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Write steps as JSON.

    Args:
        steps: From `browsing.draw_steps`.
        sessions: The sessions they belong to.
        products: The catalogue.
        order_ids: Order id by the `order` of a session.
        rng: Source of randomness.

    Returns:
        One row an event in the order of time: `source` (web, app), `month`, `text` (one line of JSON).
    """
    steps = steps.sort_values(["at", "session", "step"], kind="stable", ignore_index=True)
    session = steps["session"].to_numpy()
    opening = ~steps["session"].duplicated().to_numpy()
    rows = pd.DataFrame(
        {
            "message_id": random_ids(len(steps), rng=rng),
            "timestamp": utc_text(steps["at"], unit="ms"),
            "event": steps["event"],
            "step": steps["step"],
            "product": steps["product"],
            "quantity": steps["quantity"],
            "opening": opening,
            "spice": rng.integers(0, 600, size=len(steps)),
        }
    )
    context = sessions[list(_CONTEXT)].iloc[session].reset_index(drop=True)
    rows = pd.concat([rows, context], axis=1)
    order = rows["order"].to_numpy()
    rows["order_id"] = np.where(order >= 0, order_ids[np.maximum(order, 0)], "")
    catalogue = list(zip(products["product_id"], products["category"], products["price"] / 100, strict=True))
    encode = json.JSONEncoder(separators=(",", ":")).encode
    texts = [encode(_call(row, catalogue)) for row in rows.astype(object).itertuples(index=False)]
    return pd.DataFrame({"source": rows["source"], "month": month_text(steps["at"]), "text": texts})


def _call(row: Any, catalogue: list[tuple[str, str, float]]) -> dict[str, Any]:
    """One track call."""
    call: dict[str, Any] = {
        "messageId": row.message_id,
        "type": "track",
        "event": row.event,
        "anonymousId": row.anonymous_id,
    }
    if row.step >= row.known_from:
        call["userId"] = row.user_id
    call["timestamp"] = row.timestamp
    page: dict[str, str] = {"path": _path(row, catalogue)}
    if row.opening and row.referrer:
        page["referrer"] = row.referrer
    context: dict[str, Any] = {"page": page, "device": {"type": row.device}}
    if row.opening and row.campaign:
        context["campaign"] = {"name": row.campaign}
    context["userAgent"] = _BROWSERS["bot" if row.agent == "bot" else row.device]
    call["context"] = context
    call["properties"] = _properties(row, catalogue)
    return call


def _path(row: Any, catalogue: list[tuple[str, str, float]]) -> str:
    """The path of the page on which it happened."""
    if row.event in _PATHS:
        return _PATHS[row.event]
    if row.product >= 0:
        return f"/p/{catalogue[row.product][0]}"
    if row.step <= 1:
        return "/"
    return _HELP[row.spice % 3] if _asks_for_help(row) else f"/c/{row.category}"


def _asks_for_help(row: Any) -> bool:
    """Whether a page view is one of a help page, 6 in 100 are, and not of a category."""
    return row.event == "Page Viewed" and row.step == 3 and row.spice < 36


def _properties(row: Any, catalogue: list[tuple[str, str, float]]) -> dict[str, Any]:
    """The properties that the event has in Segment's spec, and `test` on the shop's own traffic."""
    properties: dict[str, Any] = {}
    if row.product >= 0:
        product_id, category, price = catalogue[row.product]
        properties = {"product_id": product_id, "category": category, "price": price}
        if row.quantity:
            properties["quantity"] = row.quantity
    elif row.event == "Products Searched":
        properties["query"] = f"{row.category} {_COLOURS[row.spice % len(_COLOURS)]}"
    elif row.event == "Product List Filtered":
        properties |= {"category": row.category, "filter": ("price", "rating", "new")[row.spice % 3]}
    elif row.event == "Page Viewed" and row.step == 3 and not _asks_for_help(row):
        properties["category"] = row.category
    elif row.event == "Ad Clicked":
        properties["campaign"] = f"ad-{row.category}"
    elif row.event == "Checkout Started" and row.order_id:
        properties["order_id"] = row.order_id
        if row.email:
            properties["email"] = row.email
    if row.agent == "test":
        properties["test"] = True
    return properties
