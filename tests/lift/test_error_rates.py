import numpy as np
import pandas as pd
import pytest

from helpers.lift.error_rates import (
    coverage,
    false_positives,
    invent_days,
    of_moments,
    of_successes,
    passes,
    peeking,
    pooled,
)
from helpers.lift.resplits import plant_amounts, split
from helpers.statistics import (
    Estimate,
    Moments,
    difference_of_means,
    difference_of_proportions,
    proportion,
    sequence_of_difference,
)

VALUES, PEOPLE = [0.0, 20.0, 45.0, 300.0], [1_700, 200, 90, 10]


def splits(times=3_000):
    return split(VALUES, PEOPLE, rng=np.random.default_rng(1), times=times)


RIGHT, NARROW = of_moments(difference_of_means), of_moments(difference_of_means, level=0.8)


def groups(days):
    rng = np.random.default_rng(5)
    return pd.concat(
        [pd.DataFrame({"day": day, "value": VALUES, "people": rng.poisson(PEOPLE) + 1}) for day in range(days)]
    )


def test_a_right_interval_errs_once_in_twenty_and_a_narrow_one_is_found_out():
    right = false_positives(splits(), RIGHT)
    assert (right.n, right.level) == (3_000, 0.999)
    assert right.lo < 0.05 < right.hi
    assert passes(right, nominal=True)
    narrow = false_positives(splits(), NARROW)
    assert narrow.value == pytest.approx(0.2, abs=0.03)
    assert not passes(narrow, nominal=True)
    assert not passes(narrow, nominal=False)


def test_a_rate_that_is_too_low_is_no_nominal_one_and_a_conservative_one():
    low = Estimate(0.01, 0.008, 0.013, 0.999, 20_000, "Wilson score", 200)
    assert not passes(low, nominal=True)
    assert passes(low, nominal=False)


def test_where_there_is_no_interval_nothing_is_claimed():
    same = split([7.0], [100], rng=np.random.default_rng(1), times=50)
    assert false_positives(same, RIGHT).value == 0
    assert coverage(same, RIGHT, np.full(50, 9.0)).value == 1


def test_planted_effects_are_covered_and_others_are_not():
    gains = np.linspace(0, 0.4, 3_000)
    planted, whole = plant_amounts(splits(), gains), splits().whole
    truth = gains * whole[1] / whole[0]
    assert coverage(planted, RIGHT, truth).value == pytest.approx(0.95, abs=0.015)
    assert coverage(planted, NARROW, truth).value < 0.85
    assert coverage(planted, RIGHT, truth + 3).value < 0.6


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


def test_shares_are_told_by_their_own_interval():
    converted = split([0.0, 1.0], [1_800, 200], rng=np.random.default_rng(1), times=2_000)
    rate = false_positives(converted, of_successes(difference_of_proportions))
    assert rate.lo < 0.05 < rate.hi


def test_rates_of_several_arms_are_one_rate():
    found = pooled([proportion(2_000, 90, level=0.999), proportion(3_000, 160, level=0.999)])
    assert found == proportion(5_000, 250, level=0.999)
