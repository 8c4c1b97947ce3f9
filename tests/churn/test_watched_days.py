from __future__ import annotations

from datetime import date, timedelta

import pytest

from helpers.churn.cutoffs import Cutoffs, split_time, watched_days
from helpers.churn.watch.drift import LEVEL
from helpers.statistics import day_splits

AS_OF = date(2026, 4, 1)


def cutoffs(horizon):
    return Cutoffs((), AS_OF - timedelta(days=horizon), AS_OF, horizon)


def test_eight_weekly_midnights_of_then_and_of_now():
    days = watched_days(cutoffs(90))
    assert days.now == tuple(date(2026, 4, 1) - timedelta(days=7 * number) for number in range(7, -1, -1))
    assert days.then == tuple(date(2026, 1, 1) - timedelta(days=7 * number) for number in range(7, -1, -1))


@pytest.mark.parametrize(("horizon", "many"), [(1, 1), (2, 2), (7, 7), (8, 8), (30, 8), (55, 8), (56, 8), (365, 8)])
def test_no_day_of_now_is_one_of_then_and_none_lies_before_history(horizon, many):
    days = watched_days(cutoffs(horizon))
    assert len(days.then) == len(days.now) == many
    assert days.then[-1] == AS_OF - timedelta(days=horizon)
    assert days.now[-1] == AS_OF
    assert list(days.then) == sorted(set(days.then))
    assert days.now[0] > days.then[-1]
    starts = AS_OF - timedelta(days=3 * horizon)
    assert split_time(history_starts=starts, as_of=AS_OF, horizon_days=horizon)
    assert days.then[0] > starts


def test_eight_days_each_are_enough_for_many_features():
    assert day_splits(8, 8, draws=9_999, seed=1).smallest_p * 60 < LEVEL
