"""Habits are claimed where they are planted, and hardly ever where there are none."""

import random
from datetime import datetime, timedelta

import numpy as np
import pytest
from scipy import stats

from helpers.profiles.regularity import _peaks, _spreads
from helpers.statistics.shrinkage import FEWEST

BEGIN = datetime(2022, 1, 1, 12)


def found_of(built, metric, as_of="2025-01-01", **head):
    return {who: row[metric] for who, row in built(as_of, **head)[1].items()}


def test_a_yearly_peak_is_found_where_it_is_planted_and_after_two_cycles_only(log, built):
    for year in (2022, 2023, 2024):
        for day in (2, 9, 16, 23):
            log.order(datetime(year, 12, day), 5, user_id="december")
            if year == 2024:
                log.order(datetime(year, 12, day), 5, user_id="one december")
        for month in range(1, 13):
            log.order(datetime(year, month, 5), 5, user_id="every month")
        log.order(datetime(year, 6, 3), 5, user_id="december").order(datetime(year, 6, 3), 5, user_id="once a year")
    log.order(datetime(2024, 5, 5), 5, user_id="one december")
    assert found_of(built, "season_peak_month") == {
        "december": 12, "one december": None, "every month": None, "once a year": None,
    }  # fmt: skip


@pytest.mark.parametrize("years", [2, 3])
def test_chance_makes_no_season(years):
    rng = np.random.default_rng(1)
    for n in (6, 20, 60):
        fullest = rng.multinomial(n, [1 / 12] * 12, size=20_000).max(axis=1)
        assert (fullest > _peaks(np.array([n]), np.array([years]))[0]).mean() <= 0.01


def test_a_weekly_rhythm_is_found_and_chance_makes_hardly_any(log, built):
    chance = random.Random(3)
    for week in range(20):
        log.add(BEGIN + timedelta(weeks=week), user_id="saturdays")
        log.add(BEGIN + timedelta(weeks=week, days=chance.randrange(7)), user_id="any day")
    for who in range(80):
        for day in chance.sample(range(365), 25):
            log.add(BEGIN + timedelta(days=day), user_id=f"u{who}")
    log.add(BEGIN, user_id="thirteen saturdays")
    for week in range(1, 13):
        log.add(BEGIN + timedelta(weeks=week), user_id="thirteen saturdays")
    found = found_of(built, "rhythm_period_d")
    assert (found["saturdays"], found["any day"], found["thirteen saturdays"]) == (7, None, None)
    assert sum(found[f"u{who}"] is not None for who in range(80)) <= 4  # 0.8 are expected


def test_what_is_done_to_a_person_is_no_rhythm_of_theirs(log, built):
    for week in range(30):
        log.add(BEGIN + timedelta(weeks=week), "Email Delivered", "engagement", user_id="reader")
    assert found_of(built, "rhythm_period_d") == {"reader": None}


def test_the_next_gap_lies_in_the_range_in_four_of_five_cases():
    rng = np.random.default_rng(2)
    for n in (2, 5, 20):
        gaps = rng.normal(50, 10, size=(20_000, n + 1))
        known, following = gaps[:, :-1], gaps[:, -1]
        reach = known.std(axis=1, ddof=1) * _spreads(np.array([n]))[0]
        assert (abs(following - known.mean(axis=1)) <= reach).mean() == pytest.approx(0.8, abs=0.01)


def test_the_range_of_the_next_order_begins_after_the_last(log, built):
    for day in (0, 1, 60, 61):
        log.order(BEGIN + timedelta(days=day), 5, user_id="u")
    (row,) = built("2025-01-01")[1].values()
    assert row["expected_next_order_lo"] == (BEGIN + timedelta(days=62)).date()
    assert row["expected_next_order_lo"] < row["expected_next_order_at"] < row["expected_next_order_hi"]


def test_sale_buyers_and_others_are_told_apart(log, built):
    chance = random.Random(4)
    truth = {}
    for who in range(FEWEST * 3):
        truth[f"u{who}"] = share = 0.7 if who % 3 == 0 else 0.1
        for _ in range(chance.randint(2, 12)):
            off = 3 if chance.random() < share else 0
            log.order(BEGIN + timedelta(days=chance.randrange(700)), 20, user_id=f"u{who}", discount=off)
    _, found = built("2025-01-01")
    own = np.array([found[who]["price_sensitivity"] for who in truth])
    waits = np.array(list(truth.values())) > 0.5
    auc = stats.mannwhitneyu(own[waits], own[~waits]).statistic / (waits.sum() * (~waits).sum())
    assert auc > 0.9
    inside = [
        row["price_sensitivity_lo"] < row["price_sensitivity"] < row["price_sensitivity_hi"] for row in found.values()
    ]
    assert all(inside)


@pytest.mark.parametrize(("saturdays", "period"), [(13, None), (14, 7)])
def test_a_rhythm_has_shown_itself_in_fourteen_days(log, built, saturdays, period):
    for day in range(70):
        log.add(BEGIN + timedelta(days=day), user_id="every day")
    for week in range(saturdays):
        log.add(BEGIN + timedelta(weeks=week), user_id="u")
    assert found_of(built, "rhythm_period_d", "2022-06-01")["u"] == period
