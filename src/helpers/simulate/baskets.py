"""What is in an order: products, quantities, prices, discounts, and what comes back as a refund."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate import experiment
from helpers.simulate.clock import DAY, END
from helpers.simulate.products import CATEGORIES, choose_products

REFUND_CHANCE = 0.04  # per line
_DEPTHS = (0.10, 0.15, 0.20, 0.30)


def draw_lines(
    people: pd.DataFrame, orders: pd.DataFrame, products: pd.DataFrame, *, rng: np.random.Generator
) -> pd.DataFrame:
    """Fill orders with lines.

    Args:
        people: The people.
        orders: `person`, `at`, `channel`, `extra` (caused by the offer).
        products: The catalogue.
        rng: Source of randomness.

    Returns:
        One row a line: the order's columns and `order` (row of `orders`), `line`, `product` (row of
        `products`), `quantity`, `price`, `discount`, `net` (cents), `coupon`, `refund` (false).
    """
    n = len(orders)
    size = 1 + rng.poisson(0.6, size=n)
    order = np.repeat(np.arange(n), size)
    lines = orders.iloc[order].reset_index(drop=True).assign(order=order)
    lines["line"] = lines.groupby("order").cumcount() + 1
    person = lines["person"].to_numpy()

    launch_buyer = rng.random(n) < people["newest_share"].to_numpy()[orders["person"]]
    newest = launch_buyer[order] & (lines["line"] == 1).to_numpy()
    favourite = people["preferred_category"].to_numpy()[person]
    category = np.where(rng.random(len(lines)) < 0.55, favourite, rng.choice(CATEGORIES, size=len(lines)))
    at = lines["at"].to_numpy()
    lines["product"] = choose_products(products, category=category, at=at, newest=newest, rng=rng)
    lines["quantity"] = rng.geometric(0.75, size=len(lines)).clip(max=6)
    lines["price"] = products["price"].to_numpy()[lines["product"]]

    depth, coupon = _discounts(people, orders, rng=rng)
    full = newest & ~lines["extra"].to_numpy()
    gross = lines["quantity"] * lines["price"]
    lines["discount"] = np.where(full, 0, np.round(gross * depth[order])).astype("int64")
    lines["coupon"] = np.where(full, "", coupon[order])
    lines["net"] = gross - lines["discount"]
    lines["refund"] = False
    return lines


def _discounts(
    people: pd.DataFrame, orders: pd.DataFrame, *, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Depth and coupon of each order: the price sensitive wait for a discount, and for a deep one."""
    n = len(orders)
    sensitivity = people["price_sensitivity"].to_numpy()[orders["person"]]
    discounted = rng.random(n) < 0.04 + 0.85 * sensitivity
    depth = np.array(_DEPTHS)[np.minimum((rng.random(n) * (1.5 + 3.0 * sensitivity)).astype(int), 3)]
    by_coupon = rng.random(n) < 0.5
    percent = np.round(depth * 100).astype(int).astype(str)
    coupon = np.where(discounted & by_coupon, np.char.add("SAVE", percent), "")
    extra = orders["extra"].to_numpy()
    depth = np.where(extra, 0.10, np.where(discounted, depth, 0.0))
    return depth, np.where(extra, experiment.COUPON, coupon)


def draw_refunds(lines: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the lines that are sent back after three days to three weeks, within the history.

    Returns:
        Rows like `lines`, with negative `quantity`, `discount` and `net`, their own `at`, and `refund` true.
    """
    back = lines[rng.random(len(lines)) < REFUND_CHANCE]
    at = np.floor(back["at"] + rng.uniform(3, 21, size=len(back)) * DAY)
    back = back.assign(at=at, quantity=-back["quantity"], discount=-back["discount"], net=-back["net"], refund=True)
    return back[at < END].reset_index(drop=True)


def number_orders(lines: pd.DataFrame) -> pd.DataFrame:
    """Give every order its number by time, and every refund its own with the number of the order it undoes.

    Returns:
        `lines` sorted by time, with `order_id` and `refund_of` ("" for orders).
    """
    lines = lines.sort_values(["at", "order", "line"], ignore_index=True)
    first = lines[~lines["refund"]].drop_duplicates("order")["order"].to_numpy()
    number = pd.Series([f"O{100_000 + i}" for i in range(len(first))], index=first)
    placed = lines["order"].map(number)
    back = [f"R{100_000 + i}" for i in range(int(lines["refund"].sum()))]
    lines["order_id"] = placed
    lines.loc[lines["refund"], "order_id"] = back
    return lines.assign(refund_of=placed.where(lines["refund"], ""))
