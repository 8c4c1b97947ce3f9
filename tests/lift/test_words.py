from datetime import date, datetime

import pytest

from helpers.lift import (
    Reading,
    Sample,
    apart_sentence,
    contrast_sentence,
    excludes_zero,
    exposures,
    health,
    hidden_sentence,
    opening,
    readout,
    size_sentence,
    standing,
    told,
)
from helpers.reporting import percent, points
from helpers.statistics import Estimate, Moments

SUMS = {
    Sample("email", "none", "visit"): Moments(5_000, 500, 500),
    Sample("email", "mens", "visit"): Moments(5_000, 900, 900),
    Sample("email", "none", "spend"): Moments(500, 250.0, 12_500.0),
    Sample("email", "mens", "spend"): Moments(500, 260.0, 13_000.0),
}


def reading(lo, hi, *, scale="diff", kind="conversion", value=0.08):
    estimate = Estimate(value, lo, hi, 0.95, 1_000, "by hand")
    return Reading("email", "mens", "visit", kind, scale, estimate, 1_000)


def checks(log, experiments):
    return health(exposures(log.table(), experiments, moment=datetime(2025, 2, 1)), experiments)


def split(log, none, mens, *, to="email"):
    for person in range(none + mens):
        log.exposed(f"p{person}", "2", "none" if person < none else "mens", to=to)
    return log


@pytest.mark.parametrize(
    ("lo", "hi", "excluded"),
    [(0.01, 0.2, True), (-0.2, -0.01, True), (-0.01, 0.2, False), (0.0, 0.2, False), (None, None, False)],
)
def test_an_interval_excludes_zero_when_both_ends_lie_on_one_side(lo, hi, excluded):
    assert excludes_zero(reading(lo, hi)) is excluded


def test_a_gap_excludes_nothing():
    assert not excludes_zero(reading(1, 2)._replace(estimate=None))


def test_each_scale_has_its_unit():
    assert told(reading(0.07, 0.09), "USD").startswith(f"{points(0.08)} (")
    assert told(reading(0.07, 0.09, scale="level"), "USD") == f"{percent(0.08)} ({percent(0.07)} to {percent(0.09)})"
    assert told(reading(1.5, 1.9, scale="ratio", value=1.7212), "USD") == "1.72 times (1.50 to 1.90)"
    assert told(reading(-0.1, 1, kind="revenue", value=0.77), "USD") == "+$0.77 (−$0.10 to +$1.00)"
    assert told(reading(0.5, 1, kind="revenue", scale="level", value=0.77), "USD") == "$0.77 ($0.50 to $1.00)"
    assert told(reading(0.07, 0.09), "USD", words=True).endswith(", 19 in 20)")
    assert told(reading(1, 2)._replace(estimate=None, reason="no estimate: nobody"), "USD") == "no estimate: nobody"


def test_differences_are_sorted_by_what_their_interval_holds():
    spend = reading(-1, 1, kind="revenue")._replace(metric="spend")
    assert contrast_sentence([reading(0.07, 0.09), spend]) == (
        "Intervals that exclude zero: visit in mens. "
        "Intervals that include it, so that it may be chance: spend in mens."
    )
    assert contrast_sentence([spend]).startswith("Intervals that exclude zero: none of them.")
    same = spend._replace(metric="same", estimate=spend.estimate._replace(lo=None, hi=None))
    assert contrast_sentence([spend, same]).endswith(
        "chance: spend in mens. Without an interval, as too few people have it or differ in it: same in mens."
    )


def test_the_page_opens_with_the_verdict_then_health_then_the_goal_once_it_is_final(log, experiment, night):
    split(log, 50, 60)
    declared = experiment()
    verdict, size, effect = opening([night(declared, readout(SUMS, [declared]))], currency="USD")
    assert verdict == "Ship mens."
    assert size.startswith("email: 110 people were exposed to one arm, and the arms are as large as planned")
    assert effect == "In mens, visit is 1.80 times (1.63 to 1.99, 19 in 20) that of none."
    assert len(opening([night(declared, readout(SUMS, [declared]), over=False)], currency="USD")) == 2


def test_arms_of_the_wrong_size_silence_the_effects(log, experiment, night):
    split(log, 20, 90)
    _, size = opening([night(experiment(), readout(SUMS, [experiment()]))], currency="USD")
    assert "the arms are not as large as planned" in size


def test_at_most_six_sentences_open_the_page(log, experiment, night):
    arms = ["none", *(f"arm{i}" for i in range(9))]
    for arm in arms:
        for person in range(10):
            log.exposed(f"{arm}{person}", "2", arm)
    declared = experiment(arms=arms)
    sentences = opening([night(declared, readout(SUMS, [declared]))], currency="USD")
    assert len(sentences) == 6
    assert sentences[-1] == "The sections below hold the other experiments and arms."


def test_a_verdict_of_an_earlier_night_says_so(log, experiment, night):
    split(log, 5, 5)
    tonight = night(experiment(), [])
    assert standing(tonight) == ["Ship mens."]
    earlier = tonight._replace(verdicts=[each._replace(day=date(2025, 1, 20)) for each in tonight.verdicts])
    assert standing(earlier)[1].startswith("The verdict on mens was said as of 20 January 2025 and stands")


def test_sizes_and_what_is_left_out_are_said(log, experiment):
    split(log, 30, 40).exposed("late", "31", "mens").exposed("gone", "2", "gone")
    log.exposed("both", "2", "mens").exposed("both", "2", "none")
    (found,) = checks(log, [experiment()])
    assert size_sentence(found).startswith("email: 71 people were exposed to one arm")
    assert apart_sentence(found) == (
        "Left out: fewer than 10 exposed to more than one arm, fewer than 10 only to an arm that is not declared, "
        "and for now fewer than 10 whose outcome window is still open."
    )


def test_what_is_not_shown_apart_is_named():
    assert hidden_sentence(["area", "*tier*"]).startswith(
        r"Not shown apart by area, \*tier\*: a group of it would tell"
    )


def test_names_from_data_stay_words(log, experiment, night):
    declared = experiment(arms=["none", "*mens*"])
    log.exposed("a", "2", "none").exposed("b", "2", "*mens*")
    sums = {sample._replace(arm=sample.arm.replace("mens", "*mens*")): each for sample, each in SUMS.items()}
    sentences = opening([night(declared, readout(sums, [declared]))], currency="USD")
    assert sentences[2].startswith(r"In \*mens\*, visit is 1.80 times")


def test_a_ratio_that_is_not_told_says_why(log, experiment, night):
    split(log, 5, 5)
    readings = readout(SUMS | {Sample("email", "mens", "visit"): Moments(0, 0, 0)}, [experiment()])
    said = opening([night(experiment(), readings)], currency="USD")[2]
    assert said == "In mens, visit against none: no estimate: too few people in an arm."


def test_the_goal_is_told_and_not_the_first_metric(log, experiment, night):
    metrics = [{"name": "visit", "kind": "conversion", "event": "Page Viewed"}, {"name": "spend", "kind": "revenue"}]
    declared = experiment(metric=[metrics[0], metrics[1] | {"role": "goal"}])
    split(log, 50, 60)
    sentences = opening([night(declared, readout(SUMS, [declared]))], currency="USD")
    assert sentences[2].startswith("In mens, spend is 1.04 times (")
