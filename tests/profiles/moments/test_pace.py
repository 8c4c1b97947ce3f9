from datetime import date, timedelta

import pytest
from scipy.stats import poisson

from helpers.profiles.moments.pace import FEWEST, TAIL, WINDOW_DAYS, most_expected

BEGIN = date(2025, 3, 2)


def come(log, *days, who="u"):
    for day in days:
        log.add(f"{BEGIN + timedelta(days=day)}T10:00", user_id=who)


@pytest.mark.parametrize("n", range(FEWEST, WINDOW_DAYS + 1))
def test_the_limit_is_the_tail_of_the_poisson_distribution(n):
    assert poisson.sf(n - 1, most_expected(n)) == pytest.approx(TAIL)


SLOW = (0, 20, 40, 60)


@pytest.mark.parametrize(("days", "begins"), [(5, True), (4, False)])
def test_more_active_days_than_usual_begin_it(log, spans, days, begins):
    # Once in 20 days: 0.7 in 14. Five or more come about once in 1,300 times, four or more once in 170.
    come(log, *SLOW, *range(80, 80 + days))
    assert spans("accelerating", g=20.0) == [("05-25 10:00", "06-01 10:00", "expiry", "")] * begins


@pytest.mark.parametrize(("g", "own", "begins"), [(20.0, 20, True), (10.0, 20, False), (20.0, 10, False)])
def test_the_shorter_of_both_gaps_is_usual(log, spans, g, own, begins):
    come(log, *range(60 - 3 * own, 61, own), *range(80, 85))
    assert bool(spans("accelerating", g=g)) == begins


@pytest.mark.parametrize(
    ("earlier", "begins"), [((0, 20, 40), False), ((0, 20, 40, 70), False), ((0, 20, 40, 66), True)]
)
def test_what_is_usual_is_known_by_three_gaps_before_these_days(log, spans, earlier, begins):
    come(log, *earlier, *range(76, 81))
    assert bool(spans("accelerating", g=22.0)) == begins


def test_whoever_comes_as_often_as_always_does_not(log, spans):
    come(log, *range(60))
    assert spans("accelerating", g=20.0) == []


def test_what_is_done_to_people_is_no_act_of_theirs(log, spans):
    come(log, *SLOW)
    for day in range(80, 90):
        when = f"{BEGIN + timedelta(days=day)}T10:00"
        log.add(when, "Email Delivered", "engagement", user_id="u", send_id="s")
    assert spans("accelerating", g=20.0) == []


def test_it_lasts_a_week_from_the_last_such_day(log, spans, found):
    come(log, *SLOW, *range(80, 86), 110)
    assert spans("accelerating", g=20.0) == [("05-25 10:00", "06-02 10:00", "expiry", "")]
    assert found("accelerating", g=20.0)[0]["evidence"] == "5 active days in 14, usually one in 20"
