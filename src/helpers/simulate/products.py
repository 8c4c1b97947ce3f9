"""The catalogue: what the shop sells, since when, at what price and cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.clock import DAY, N_DAYS

CATEGORIES = ("coffee", "tea", "kitchen", "garden", "books", "toys", "outdoor", "home")
PER_CATEGORY = 16
FROM_THE_START = 10  # on sale before the history begins
TYPICAL_PRICE = (14.0, 11.0, 39.0, 32.0, 18.0, 24.0, 65.0, 45.0)  # EUR, by category


def draw_products(*, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the catalogue, sorted by category and launch.

    Returns:
        One row a product: `product_id`, `category`, `launched` (seconds; negative before the history),
        `price` and `cost` (cents).
    """
    parts = []
    for category, typical in zip(CATEGORIES, TYPICAL_PRICE, strict=True):
        before = rng.uniform(-900, -5, size=FROM_THE_START)
        after = rng.uniform(20, N_DAYS - 20, size=PER_CATEGORY - FROM_THE_START)
        launched = np.sort(np.floor(np.concatenate([before, after])) * DAY + 8 * 3600)
        price = np.round(typical * rng.lognormal(0, 0.45, size=PER_CATEGORY)) * 100 - 10
        price = np.maximum(price, 290).astype("int64")
        cost = np.floor(price * rng.uniform(0.4, 0.7, size=PER_CATEGORY)).astype("int64")
        parts.append(pd.DataFrame({"category": category, "launched": launched, "price": price, "cost": cost}))
    products = pd.concat(parts, ignore_index=True)
    products.insert(0, "product_id", [f"P{number:04d}" for number in range(1, len(products) + 1)])
    return products


def choose_products(
    products: pd.DataFrame,
    *,
    category: np.ndarray,
    at: np.ndarray,
    newest: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Choose one product that is on sale at each moment.

    Args:
        products: The catalogue.
        category: Wanted categories, shape (n,).
        at: Moments in seconds, shape (n,).
        newest: Whether the latest launch is wanted; otherwise older products are the more popular ones.
        rng: Source of randomness.

    Returns:
        Row numbers into `products`, shape (n,).
    """
    luck = rng.random(len(at)) ** 1.6
    chosen = np.zeros(len(at), dtype="int64")
    for name, group in products.groupby("category", sort=True):
        wanted = np.flatnonzero(category == name)
        on_sale = np.searchsorted(group["launched"].to_numpy(), at[wanted], side="right")
        place = np.where(newest[wanted], on_sale - 1, np.floor(luck[wanted] * on_sale))
        chosen[wanted] = group.index.to_numpy()[place.astype("int64")]
    return chosen
