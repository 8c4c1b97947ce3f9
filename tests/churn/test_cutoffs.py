"""No label reaches over the next cutoff that counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from helpers.churn.cutoffs import split_time
from helpers.errors import NothingToDo, WrongUse

START = date(2025, 1, 1)


@pytest.mark.parametrize("gap", [0, 7, 45])
@pytest.mark.parametrize("horizon", [1, 30, 90])
@pytest.mark.parametrize("history", [3, 4, 5, 9])
def test_labels_to_learn_from_end_before_the_judging_begins(horizon, history, gap):
    as_of = START + timedelta(days=history * horizon + (history - 1) * gap)
    cutoffs = split_time(history_starts=START, as_of=as_of, horizon_days=horizon, gap_days=gap)
    assert cutoffs.window(cutoffs.test) == (as_of - timedelta(days=horizon), as_of)
    assert len(cutoffs.training) == min(3, history - 2)
    for cutoff, later in zip(cutoffs.training, (cutoffs.test, *cutoffs.training), strict=False):
        first, end = cutoffs.window(cutoff)
        assert first - cutoff == timedelta(days=gap)
        assert end - first == timedelta(days=horizon)
        assert end <= later
    assert all((cutoff - START).days >= horizon for cutoff in cutoffs.training)


def test_cdnow_has_three_cutoffs_to_learn_from():
    cutoffs = split_time(history_starts=date(1997, 1, 1), as_of=date(1998, 7, 1), horizon_days=90)
    assert cutoffs.test == date(1998, 4, 2)
    assert cutoffs.training == (date(1998, 1, 2), date(1997, 10, 4), date(1997, 7, 6))
    assert cutoffs.label == "no_order_90d"


def test_less_than_three_horizons_and_two_gaps_is_nothing_to_do():
    with pytest.raises(NothingToDo, match=r"spans 269 days.*needs 270: .*one to judge by\.$"):
        split_time(history_starts=START, as_of=START + timedelta(days=269), horizon_days=90)
    with pytest.raises(NothingToDo, match=r"spans 289 days.*needs 290: .*with 10 days left out before each"):
        split_time(history_starts=START, as_of=START + timedelta(days=289), horizon_days=90, gap_days=10)


@pytest.mark.parametrize(
    "wrong", [{"horizon_days": 0}, {"horizon_days": 9, "gap_days": -1}, {"horizon_days": 9, "label": "no_visit"}]
)
def test_another_horizon_gap_or_label_is_wrong_use(wrong):
    with pytest.raises(WrongUse, match=[*wrong][-1]):
        split_time(history_starts=START, as_of=date(2026, 1, 1), **wrong)
