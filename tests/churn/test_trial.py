"""A metric of one's own is judged by what it says of the next orders, where that is known."""

import random
from datetime import date, datetime, timedelta

import numpy as np
import pytest

import helpers
from helpers import profiles
from helpers.churn import trial
from helpers.churn.trial import PERIOD_DAYS
from helpers.errors import NothingToDo
from tests.churn.conftest import make_people
from tests.conftest import Log, tiny_dataset

AS_OF = "2025-08-01"


def views_lately(days):
    """Products looked at in the last 14 days."""
    return days.product_views.sum(where=days.age <= 14).fill_null(0)


def fewer_views(days):
    """The same, upside down."""
    return -views_lately(days)


def first_letter(days):
    """A number that says nothing of anybody."""
    return days.profile_id.max().length() + days.day.min().day()


def lookers(log, people=120):
    """People who look around in the days before they order, and hardly at other times."""
    chance = random.Random(7)
    for who in range(people):
        start = datetime(2025, 1, 1) + timedelta(days=chance.uniform(0, 30))
        log.order(start, 5, user_id=f"u{who}")
        day = start
        while day < datetime(2025, 7, 31):
            day += timedelta(days=chance.expovariate(1 / 50))
            log.order(day, 5, user_id=f"u{who}")
            for before in range(1, 31, 6):
                log.add(day - timedelta(days=before), "Product Viewed", user_id=f"u{who}", session_id="s")
    return log


@pytest.fixture(scope="module")
def shop(home_at, tmp_path_factory):
    with home_at(tmp_path_factory.mktemp("lookers") / "home") as folder:
        tiny_dataset(folder)
        opened = lookers(Log()).write(helpers.open("tiny", as_of=AS_OF))
        profiles.build(opened)
        yield opened


def test_what_tells_the_next_orders_is_found_beside_what_does_not(shop):
    told, nothing = (shop.try_metric(shop.metric(each)) for each in (views_lately, first_letter))
    assert told.test == date(2025, 7, 1)  # the last month whose 30 days are over
    assert told.alone.lo > 0.6
    assert told.over_recency.lo > 0
    assert told.added.value > 0
    assert nothing.alone.lo < 0.55
    assert nothing.over_recency.value < told.over_recency.value
    assert told.alone.value - told.recency.value == pytest.approx(told.over_recency.value)
    assert list(told.by_cutoff.index) == profiles.month_starts(shop)
    assert told.by_cutoff.people.is_monotonic_increasing


def test_its_direction_is_learned_and_equal_data_give_equal_answers(shop):
    one, again, upside_down = (shop.try_metric(shop.metric(each)) for each in (views_lately, views_lately, fewer_views))
    assert (one.alone, one.added) == (again.alone, again.added)
    assert upside_down.alone == one.alone


def test_the_answer_is_told_in_sentences(shop):
    said = str(shop.try_metric(shop.metric(views_lately))).splitlines()
    assert said[0] == "views_lately: Products looked at in the last 14 days."
    assert said[1].startswith("Missing for 0% of 120 people on 1 August 2025; median ")
    assert said[2] == f"Who orders in the {PERIOD_DAYS} days from 1 July 2025, of 120 customers:"
    assert "19 in 20" in said[3]


def test_a_history_that_is_too_short_or_too_quiet_is_a_plain_sentence(make_shop, log):
    opened = lookers(log, people=5).write(make_shop(as_of="2025-03-02"))
    profiles.build(opened)
    with pytest.raises(NothingToDo, match="Two months whose next 30 days are over are needed"):
        opened.try_metric(opened.metric(views_lately))
    opened = log.write(helpers.open("tiny", as_of=AS_OF))
    profiles.build(opened)
    with pytest.raises(NothingToDo, match="Fewer than 20 customers order, or do not, in the 30 days to learn from"):
        opened.try_metric(opened.metric(views_lately))


def test_nothing_is_learned_from_those_who_are_judged():
    learn, judge = (make_people(n=400, seed=seed) for seed in (1, 2))
    learn["value"] = learn["churned"] * -1.0  # who has more of it orders
    assert trial._judged(learn, judge.assign(value=judge["churned"] * 1.0))[0].value == 0
    # Who lacks it is taken for one in the middle of those it was learned of, here below all others.
    missing = judge.assign(value=np.where(judge["churned"] == 1, 5.0, np.nan))
    assert trial._judged(learn.assign(value=learn["value"] - 1), missing)[0].value == 0
