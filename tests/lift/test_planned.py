import datetime as dt

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from helpers.errors import WrongUse
from helpers.lift.planned import UNPLANNED, expected_end, level_at_end, level_of_each, moment_of, sequence_between
from helpers.lift.verdict_words import Moment
from helpers.statistics import Moments, sequence_of_difference, standard_errors


def test_intervals_of_several_arms_hold_together():
    assert [level_of_each(arms) for arms in (1, 2, 3, 4, 50)] == [0.95, 0.975, 0.984, 0.988, 0.999]
    with pytest.raises(WrongUse, match="arms"):
        level_of_each(51)


def test_what_is_left_for_the_end():
    assert [level_at_end(level) for level in (0.95, 0.975, 0.984, 0.999)] == [0.96, 0.98, 0.988, 0.999]
    with pytest.raises(WrongUse, match="level"):
        level_at_end(0.9995)


@pytest.mark.parametrize("level", [0.95, 0.975])
def test_however_often_one_looks_before_verdicts_err_as_seldom_as_they_say(level):
    looks = np.linspace(50, 10_000, 200)
    rng, crossed, walk = np.random.default_rng(3), np.zeros(60_000, dtype=bool), np.zeros(60_000)
    for n, step, bound in zip(
        looks, np.diff(looks, prepend=0), standard_errors(looks, planned=10_000, level=level), strict=True
    ):
        walk += rng.standard_normal(60_000) * np.sqrt(step)
        distance = np.abs(walk) / np.sqrt(n)
        crossed |= (distance > bound) & (n < 10_000)
    at_end = distance > norm.isf((1 - level_at_end(level)) / 2)
    assert 0.85 * (1 - level) < np.mean(crossed | at_end) <= 1 - level
    assert np.mean(crossed | (distance > norm.isf((1 - level) / 2))) > 1.05 * (1 - level)


def test_sequences_hold_in_arms_of_uneven_shares():
    """One in ten is treated; the sums are of conversions, looked at after every 250 people."""
    looks, worlds, rng = np.arange(250, 10_001, 250), 4_000, np.random.default_rng(5)
    counts = {n: rng.binomial(n, 0.2, (worlds, len(looks))).cumsum(axis=1) for n in (25, 225)}
    means, errors = [], []
    for n, found in counts.items():
        so_far = looks * n / 250
        means.append(found / so_far)
        errors.append(means[-1] * (1 - means[-1]) / (so_far - 1))
    distance = np.abs(means[0] - means[1]) / np.sqrt(sum(errors))
    carried = np.minimum(counts[25], looks / 10 - counts[25]) >= 30  # until then there is no interval
    bound = standard_errors(looks, planned=10_000)
    last = sequence_of_difference(
        *(Moments(n * 40, *[counts[n][0, -1]] * 2) for n in counts), planned=10_000
    )  # fmt: skip
    assert last.hi - last.value == pytest.approx(bound[-1] * np.sqrt(sum(errors)[0, -1]))
    assert np.mean(((distance > bound) & carried).any(axis=1)) <= 0.05
    assert np.mean(((distance > norm.isf(0.025)) & carried).any(axis=1)) > 0.15


def daily(*people, first="2025-03-01"):
    return pd.DataFrame({"day": pd.date_range(first, periods=len(people)), "people": people})


def test_the_end_is_expected_at_the_pace_of_late():
    today = dt.date(2025, 3, 11)
    # 10 days of 50: 500 of 800 are missing 300, six more days, and the window of a week
    assert expected_end(daily(*[50] * 10), planned=800, today=today, window_days=7) == dt.date(2025, 3, 24)
    # the pace of the last 14 days alone
    slower = daily(*[500] * 10, *[50] * 14)
    assert expected_end(slower, planned=6_000, today=dt.date(2025, 3, 25), window_days=7) == dt.date(2025, 4, 7)
    # reached on the second day, whose last window ends a week after its midnight
    assert expected_end(daily(50, 50, 50), planned=100, today=today, window_days=7) == dt.date(2025, 3, 10)
    assert expected_end(daily(50, 50), planned=800, today=dt.date(2025, 5, 1), window_days=7) is None


def test_how_far_an_experiment_is_follows_from_its_planned_end():
    day, so_far = dt.date(2025, 3, 11), daily(*[50] * 10)

    def now(end, *, read=350, today=day):
        return moment_of(end, so_far, read=read, today=today, window_days=7)

    assert now(800) == Moment(day, over=False, until=dt.date(2025, 3, 24))
    assert now(300).over
    assert now(dt.date(2025, 3, 20)) == Moment(day, over=False, until=dt.date(2025, 3, 28))
    # whoever came late on 3 March has a window that is over late on 10 March
    so_far = daily(*[50] * 7)
    assert not now(dt.date(2025, 3, 3), today=dt.date(2025, 3, 10)).over
    assert now(dt.date(2025, 3, 3)).over
    # and where the local day begins before that of UTC, the windows of the last hours are still open
    assert now(dt.date(2025, 3, 3), read=349) == Moment(day, over=False, until=dt.date(2025, 3, 12))
    assert now(None) == Moment(day, over=False, until=None)


def test_sequences_are_tuned_to_what_was_planned_and_never_to_what_came():
    treated, control = Moments(400, 80.0, 80.0), Moments(500, 50.0, 50.0)
    found = sequence_between(treated, control, 3_000, level=0.975)
    assert found == sequence_of_difference(treated, control, planned=3_000, level=0.975)
    for end in (None, dt.date(2025, 3, 20)):
        found = sequence_between(treated, control, end, level=0.95)
        assert found == sequence_of_difference(treated, control, planned=UNPLANNED)
