from datetime import datetime

import pytest
from scipy import stats

from helpers.errors import NothingToDo
from helpers.lift import exposures, health, require_readable


def checks(log, experiments):
    return health(exposures(log.table(), experiments, moment=datetime(2025, 2, 1)), experiments)


def test_everyone_exposed_is_counted_once(log, experiment):
    log.exposed("a", "2", "mens").exposed("b", "3", "mens").exposed("c", "30", "mens").exposed("d", "2", "none")
    log.exposed("e", "2", "mens").exposed("e", "3", "none")
    log.exposed("f", "2", "none").exposed("f", "3", "gone")
    log.exposed("g", "2", "gone").exposed("h", "2", None)
    (check,) = checks(log, [experiment()])
    assert check.exposed == {"none": 1, "mens": 3}
    assert check.incomplete == {"none": 0, "mens": 1}
    assert (check.two_arms, check.unknown_arm) == (2, 2)


def test_arms_are_compared_with_equal_shares_before_windows_are_judged(log, experiment):
    for person in range(40):
        log.exposed(f"p{person}", "30", "mens" if person < 30 else "none")
    (check,) = checks(log, [experiment()])
    assert check.ratio.p == pytest.approx(stats.chisquare([30, 10]).pvalue)
    assert check.readable == (check.ratio.p >= 0.001)


def test_a_declared_arm_that_nobody_is_in_counts(log, experiment):
    for person in range(30):
        log.exposed(f"p{person}", "2", ("none", "mens")[person % 2])
    (check,) = checks(log, [experiment(arms=["none", "mens", "womens"])])
    assert check.exposed["womens"] == 0
    assert check.ratio.p == pytest.approx(stats.chisquare([15, 15, 0]).pvalue)
    assert not check.readable


def test_experiments_are_checked_apart_and_in_their_order(log, experiment):
    banner = experiment(name="banner", control="off", arms=["off", "on"])
    log.exposed("a", "2", "mens").exposed("a", "2", "on", to="banner").exposed("b", "2", "off", to="banner")
    first, second = checks(log, [banner, experiment()])
    assert (first.experiment, first.exposed) == ("banner", {"off": 1, "on": 1})
    assert (second.experiment, second.exposed) == ("email", {"none": 0, "mens": 1})


def test_nobody_exposed_is_nothing_to_do(log, experiment):
    log.visit("a", "2").exposed("b", "2", "gone")
    found = checks(log, [experiment()])
    assert found[0].ratio is None
    assert not found[0].readable
    with pytest.raises(NothingToDo, match="Nobody was exposed to an arm of `email`"):
        require_readable(found)


def test_only_open_windows_are_nothing_to_do_yet(log, experiment):
    log.exposed("a", "30", "mens").exposed("b", "31", "none")
    with pytest.raises(NothingToDo, match="Fewer than 10 people were exposed in `email`"):
        require_readable(checks(log, [experiment()]))
    require_readable(checks(log.exposed("c", "2", "none"), [experiment()]))
