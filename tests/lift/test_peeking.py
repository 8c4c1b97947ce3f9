import numpy as np
import pandas as pd
import pytest

from helpers.lift.peeking import invent_days, peeking
from helpers.lift.planned import sequence_between
from helpers.lift.resplits import split
from helpers.statistics import Joint, Moments, difference_of_means, effective_size, linearised, sequence_of_difference

VALUES, PEOPLE = [0.0, 20.0, 45.0, 300.0], [1_700, 200, 90, 10]


def groups(days):
    rng = np.random.default_rng(5)
    return pd.concat(
        [pd.DataFrame({"day": day, "value": VALUES, "people": rng.poisson(PEOPLE) + 1}) for day in range(days)]
    )


def test_looking_every_day_breaks_the_interval_for_one_look_and_not_the_sequence():
    found = peeking(groups(10), rng=np.random.default_rng(2), times=3_000)
    assert (len(found.by_look), found.invented) == (10, False)
    assert found.fixed.lo > 0.13
    assert found.last.value == pytest.approx(0.05, abs=0.012)
    assert 0 < found.sequence.value < 0.03
    assert found.by_look["fixed"].is_monotonic_increasing
    assert found.by_look.iloc[-1].tolist() == [10, found.fixed.value, found.sequence.value]
    assert 0.03 < found.verdict.value <= 0.05


def test_the_looks_are_those_that_the_functions_of_the_page_would_give():
    days = groups(3)
    found = peeking(days, rng=np.random.default_rng(3), times=400)
    rng, planned = np.random.default_rng(3), int(days["people"].sum())
    halves = [split(own["value"], own["people"], rng=rng, times=400) for _, own in days.groupby("day")]
    fixed, always = np.zeros(400, dtype=bool), np.zeros(400, dtype=bool)
    for at in range(400):
        ours, theirs = np.zeros(3), np.zeros(3)
        for half in halves:
            ours, theirs = ours + half.treated[at], theirs + half.control[at]
            sums = [Moments(round(each[0]), each[1], each[2]) for each in (ours, theirs)]
            once, often = difference_of_means(*sums), sequence_of_difference(*sums, planned=planned)
            fixed[at] |= not once.lo <= 0 <= once.hi
            always[at] |= often.lo is not None and not often.lo <= 0 <= often.hi
    assert (found.fixed.numerator, found.sequence.numerator) == (fixed.sum(), always.sum())


def test_days_are_invented_where_everybody_came_on_one():
    one_day = pd.DataFrame({"day": 0, "value": VALUES, "people": PEOPLE})
    spread = invent_days(one_day, rng=np.random.default_rng(4))
    assert spread["day"].unique().tolist() == list(range(14))
    assert spread.groupby("value")["people"].sum().tolist() == PEOPLE
    found = peeking(one_day, rng=np.random.default_rng(4), times=500)
    assert (len(found.by_look), found.invented, found.fixed.n) == (14, True, 500)


def test_a_handful_of_people_are_looked_at_like_others():
    few = pd.DataFrame({"day": 0, "value": [0.0, 9.0], "people": [5, 3]})
    found = peeking(few, rng=np.random.default_rng(4), times=30)
    assert len(found.by_look) == 14
    assert found.sequence.value <= 0.1


def test_a_first_day_of_one_person_is_no_look():
    early = pd.concat([pd.DataFrame({"day": [0], "value": [0.0], "people": [1]}), groups(2).assign(day=1)])
    assert peeking(early, rng=np.random.default_rng(6), times=500).fixed.value < 0.09


def ratios(days):
    """Orders and what they cost together, of people who came on some days."""
    rng = np.random.default_rng(5)
    parts = []
    for day in range(days):
        orders = rng.poisson(0.8, 150).astype(float)
        own = pd.DataFrame({"value": (orders * rng.lognormal(3, 0.5, 150)).round(), "denominator": orders})
        parts.append(own.groupby(["value", "denominator"], as_index=False).size().assign(day=day))
    return pd.concat(parts).rename(columns={"size": "people"})


def test_looks_at_a_ratio_are_those_that_the_functions_of_the_page_would_give():
    days = ratios(3)
    found = peeking(days, rng=np.random.default_rng(3), times=400)
    rng, planned = np.random.default_rng(3), int(days["people"].sum())
    columns = ["value", "denominator"]
    halves = [split(own[columns], own["people"], rng=rng, times=400) for _, own in days.groupby("day")]
    fixed, always = np.zeros(400, dtype=bool), np.zeros(400, dtype=bool)
    for at in range(400):
        ours, theirs = np.zeros(6), np.zeros(6)
        for half in halves:
            ours, theirs = ours + half.treated[at], theirs + half.control[at]
            rows = (ours, theirs)
            sums = [linearised(Joint(round(n), (y, x), ((yy, xy), (xy, xx)))) for n, y, yy, x, xx, xy in rows]
            carried = min(float(effective_size(n, *each)) for n, y, yy, x, xx, _ in rows for each in ((y, yy), (x, xx)))
            once = difference_of_means(*sums)
            often = sequence_between(*sums, planned, level=0.95, carried=carried)
            fixed[at] |= not once.lo <= 0 <= once.hi
            always[at] |= often.lo is not None and not often.lo <= 0 <= often.hi
    assert found.fixed.numerator == fixed.sum() > 20
    assert found.sequence.numerator == always.sum()


def test_looking_every_day_at_a_ratio_breaks_the_interval_for_one_look_and_not_the_sequence():
    found = peeking(ratios(12), rng=np.random.default_rng(2), times=2_000)
    assert found.fixed.lo > 0.13
    assert found.last.value == pytest.approx(0.05, abs=0.015)
    assert 0 < found.sequence.value < 0.03


def test_no_sequence_is_left_by_a_ratio_that_few_carry():
    early = pd.DataFrame({"day": 0, "value": [0.0, 3.0, 9.0], "denominator": [0.0, 1.0, 1.0], "people": [900, 20, 20]})
    late = early.assign(day=1, people=[900, 0, 0])
    found = peeking(pd.concat([early, late]), rng=np.random.default_rng(2), times=500)
    assert found.fixed.value > 0.02
    assert found.sequence.value == 0


def test_days_of_a_ratio_are_invented_too():
    spread = invent_days(ratios(1), rng=np.random.default_rng(4))
    assert spread.groupby(["value", "denominator"])["people"].sum().sum() == 150
    assert spread["day"].nunique() == 14
    assert spread[["value", "denominator"]].drop_duplicates().shape[0] == len(ratios(1))


def test_one_order_in_each_half_varies_no_more_than_rounding_and_is_no_difference():
    early = pd.DataFrame({"day": 0, "value": [0.0, 17.3, 23.9], "denominator": [0.0, 1.0, 3.0], "people": [90, 1, 1]})
    found = peeking(pd.concat([early, ratios(2).assign(day=1)]), rng=np.random.default_rng(2), times=400)
    assert found.by_look["fixed"].iloc[0] == 0
