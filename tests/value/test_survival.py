from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.errors import WrongUse
from helpers.value import kaplan_meier
from helpers.value.survival import EVERYBODY, cohorts


def test_where_nobody_is_lost_from_sight_it_is_the_share_that_came_back():
    time = np.arange(1, 101)
    curve = kaplan_meier(np.where(time <= 60, time, 300), time <= 60)
    found = curve.by_day(30)
    assert (curve.customers, curve.again, found.n) == (100, 60, 100)
    assert found.value == pytest.approx(0.3)
    log = np.log(0.7)
    reach = np.exp(1.959964 * np.sqrt(0.3 * 0.7 / 100) / (0.7 * -log))
    assert (found.lo, found.hi) == pytest.approx((1 - np.exp(log / reach), 1 - np.exp(log * reach)), rel=1e-6)
    assert curve.by_day(30, level=0.8).lo > found.lo


def test_who_is_lost_from_sight_counts_until_then():
    curve = kaplan_meier([1] * 10 + [2] * 10 + [3] * 20, [True] * 10 + [False] * 10 + [True] * 10 + [False] * 10)
    assert curve.by_day(1).value == pytest.approx(10 / 40)
    assert curve.by_day(3).value == pytest.approx(1 - 30 / 40 * 10 / 20)


@pytest.mark.parametrize(("followed", "told"), [(9, False), (10, True)])
def test_beyond_the_day_to_which_ten_are_followed_nothing_is_told(followed, told):
    curve = kaplan_meier([5] * 30 + [40] * followed, [True] * 30 + [False] * followed)
    assert (curve.by_day(40) is not None) == told
    assert curve.by_day(41) is None
    assert curve.by_day(5) is not None


def test_where_nobody_came_back_or_nobody_yet_there_is_no_interval():
    never = kaplan_meier([50] * 20, [False] * 20)
    assert never.by_day(30)[:3] == (0.0, None, None)
    assert kaplan_meier([20] * 20, [True] * 20).by_day(10)[:3] == (0.0, None, None)
    assert kaplan_meier([20] * 20, [True] * 20).by_day(20)[:3] == (1.0, None, None)
    assert kaplan_meier([5] * 3, [True] * 3).by_day(1) is None
    with pytest.raises(WrongUse, match="level is 95"):
        never.by_day(30, level=95)


def test_simulated_shares_lie_in_their_intervals():
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(200):
        back, until = rng.exponential(60, 150), rng.uniform(10, 120, 150)
        found = kaplan_meier(np.minimum(back, until), back <= until).by_day(45)
        held += found.lo <= 1 - np.exp(-45 / 60) <= found.hi
    assert 182 <= held <= 198


@pytest.mark.parametrize(
    ("days", "names"),
    [
        (["2025-01-01", "2025-06-30"], ["2025 quarter 1", "2025 quarter 2"]),
        (["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01", "2025-04-01"], ["2024", "2025"]),
        ([f"{year}-0{1 + year % 5}-01" for year in range(2015, 2026)],
         ["2021 and before", "2022", "2023", "2024", "2025"]),
    ],
)  # fmt: skip
def test_cohorts_are_few(days, names):
    assert sorted(set(cohorts(pd.Series(pd.to_datetime(days))))) == names


def test_cohorts_make_up_everybody(sold):
    _, built = sold
    everybody, *others = built.curves.values()
    assert next(iter(built.curves)) == EVERYBODY
    assert everybody.customers == sum(each.customers for each in others) == 260
    assert everybody.again == sum(each.again for each in others)
    assert everybody.again == (built.customers.histories.frequency > 0).sum()
