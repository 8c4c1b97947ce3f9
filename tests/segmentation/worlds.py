"""People whose groups are known, as the columns of `profiles` that k-means sees: two worlds with, two without."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.segmentation.features import COLUMNS, FEATURES

HALF_LIFE = 90
# Medians of groups: days since the last purchase, orders, revenue an order, decayed events.
REGULARS = (12, 14, 60, 40)
LAPSED = (280, 3, 45, 2)
SPENDERS = (90, 4, 500, 12)


def grouped(medians, sizes, *, seed, spread=0.35):
    """People scattered around the medians of their group, and the group each was made for."""
    rng = np.random.default_rng(seed)
    made_for = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    values = np.exp(np.log(np.array(medians, dtype=float))[made_for] + rng.normal(0, spread, (made_for.size, 4)))
    since, orders, aov, decayed = values.T
    orders = np.maximum(1, orders.round())
    return _frame(since.round(), orders, orders * aov, aov, decayed), made_for


def two_groups(people, *, seed):
    """Regulars, and twice as many who lapsed."""
    return grouped([REGULARS, LAPSED], [people // 3, people - people // 3], seed=seed)


def three_groups(people, *, seed):
    """Regulars and spenders, who are nearer to each other, and as many who lapsed."""
    return grouped([REGULARS, SPENDERS, LAPSED], [people // 4, people // 4, people - people // 4 * 2], seed=seed)


def equidistant(people, *, seed):
    """Three groups of equal size and equally far from each other: none of them lies beside another."""
    rng = np.random.default_rng(seed)
    made_for = rng.integers(0, 3, people)
    corners = 3.0 * np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    low, middle, high = (corners[made_for] + rng.normal(0, 0.5, (people, 3))).T
    since, orders, aov = np.exp(3 + 0.6 * low), 1 + np.exp(1.5 + 0.6 * middle), np.exp(3 + 0.6 * high)
    return _frame(since, orders, np.full(people, 100.0), aov, np.full(people, 9.0)), made_for


def one_cloud(people, *, seed):
    """One normal cloud on the logarithmic scale, with features that go together."""
    rng = np.random.default_rng(seed)
    mixed = rng.normal(size=(people, 4)) @ np.array(
        [[1.0, -0.6, 0.1, -0.7], [0, 0.8, 0.1, 0.5], [0, 0, 1, 0.1], [0, 0, 0, 0.5]]
    )
    since, orders, aov, decayed = np.exp(np.array([4.0, 2.0, 4.0, 2.0]) + np.array([0.8, 0.6, 0.4, 0.8]) * mixed).T
    return _frame(since, orders, orders * aov * np.exp(rng.normal(0, 0.2, people)), aov, decayed)


def shoppers(people, *, seed, shape=1.0, gap=200.0, leave=0.15):
    """Shoppers of one law: gamma rates of Poisson purchases, a chance to leave after each, log-normal spending."""
    rng = np.random.default_rng(seed)
    most, known = 80, rng.integers(270, 540, people)
    rate, usual = rng.gamma(shape, 1 / (shape * gap), people), rng.lognormal(3.5, 0.5, people)
    waits = rng.exponential(1, (people, most)) / rate[:, None]
    waits[:, 0] = 0
    days = waits.cumsum(axis=1)
    stays = np.cumprod(rng.random((people, most)) >= leave, axis=1).astype(bool)
    stays = np.hstack([np.ones((people, 1), dtype=bool), stays[:, :-1]])
    bought = stays & (days <= known[:, None])
    ago = np.where(bought, known[:, None] - days, np.inf)
    orders = bought.sum(axis=1)
    revenue = (bought * usual[:, None] * rng.lognormal(0, 0.4, (people, most))).sum(axis=1)
    events = 1 + rng.poisson(4, (people, most))
    decayed = (events * 0.5 ** (ago / HALF_LIFE)).sum(axis=1)
    return _frame(np.ceil(ago.min(axis=1)), orders, revenue, (revenue + 4 * 50) / (orders + 4), decayed)


def _frame(since, orders, revenue, aov, decayed):
    columns = dict(zip(FEATURES, (since, orders, revenue, aov, decayed), strict=True))
    people = pd.DataFrame(columns).assign(tenure_days=np.ceil(columns["days_since_last_order"]) + 30)
    return people.assign(profile_id=[f"p{number}" for number in range(len(people))])[["profile_id", *COLUMNS]]
