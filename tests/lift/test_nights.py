"""What may be told of an experiment on a night, and what still stands from nights before."""

from datetime import date, datetime
from types import SimpleNamespace

import ibis
import pytest

from helpers.lift import exposures, health, look, outcomes, sums, verdicts_frame
from helpers.lift.nights import sequence_of
from helpers.lift.readout import readout
from helpers.lift.sums import Sample
from helpers.lift.verdict import as_frame, definition
from helpers.statistics import Joint, Successes, difference_of_proportions

VISIT = {"name": "visit", "kind": "conversion", "event": "Page Viewed", "role": "goal"}
SPENT = {"name": "big", "kind": "quantile", "of": "revenue", "share": 0.9}


@pytest.fixture
def tonight(log):
    """Reads the log's experiment as of a day, after what was published before."""

    def read(*declared, day=date(2025, 2, 1), before=None, level=0.95):
        shop = SimpleNamespace(
            settings=SimpleNamespace(experiments=list(declared), currency="USD"), as_of=day,
            published=lambda name: before if name == "lift_verdicts" else None,
        )  # fmt: skip
        events, moment = log.table(), datetime(day.year, day.month, day.day)
        exposed = exposures(events, declared, moment=moment)
        rows = outcomes(events, exposed, declared)
        added = sums(rows, declared)
        nights = look(shop, rows, exposed, health(exposed, declared), added, level=level)
        return shop, nights, added

    return read


def crowd(log, *, visits, arms=("none", "mens"), n=400):
    """People who came on ten days, and of each arm a share who visited."""
    for arm in arms:
        for person in range(n):
            name = f"{arm}{person}"
            log.exposed(name, str(2 + person % 10), arm)
            if person < visits[arm] * n:
                log.visit(name, "13").money(name, "13", "9.00")
    return log


def shown(night):
    return {(each.metric, each.arm, each.scale): each for each in night.readings}


def test_until_the_planned_end_nothing_is_shown_that_was_made_for_one_look(log, experiment, tonight):
    crowd(log, visits={"none": 0.3, "mens": 0.4})
    declared = experiment(window_days=14, planned_end=2_000, metric=[VISIT, SPENT])
    _, (night,), added = tonight(declared)
    assert not night.final
    level, diff, ratio = (shown(night)["visit", "mens", scale] for scale in ("level", "diff", "ratio"))
    assert (level.estimate.value, level.estimate.lo, level.estimate.hi) == (0.4, None, None)
    assert diff.estimate == sequence_of(added, declared, "visit", "mens", level=0.95)
    assert diff.estimate.method == "asymptotic confidence sequence"
    assert (diff.p, diff.p_holm, diff.p_bh) == (None, None, None)
    assert (ratio.estimate, ratio.reason) == (None, "told at the planned end")
    assert shown(night)["big", "mens", "diff"].estimate is None
    (verdict,) = night.verdicts
    assert verdict.decision == "keep running"
    assert (verdict.value, verdict.lo) == (diff.estimate.value, diff.estimate.lo)
    assert "however often one looks" in verdict.sentence


def test_where_no_end_is_planned_ratios_are_never_told(log, experiment, tonight):
    crowd(log, visits={"none": 0.3, "mens": 0.4})
    _, (night,), _ = tonight(experiment(metric=[VISIT], window_days=14))
    assert shown(night)["visit", "mens", "ratio"].reason == "not told, as no end is planned"


def test_at_the_planned_end_figures_are_those_of_one_look_and_the_verdict_pays_for_looks_before(
    log, experiment, tonight
):
    crowd(log, visits={"none": 0.3, "mens": 0.4})
    declared = experiment(metric=[VISIT], window_days=14, planned_end=date(2025, 1, 11))
    _, (night,), added = tonight(declared)
    assert night.final
    assert night.readings == readout(added, [declared])
    counts = [added[Sample("email", arm, "visit")] for arm in ("mens", "none")]
    at_end = difference_of_proportions(*(Successes(each.n, round(each.total)) for each in counts), level=0.96)
    (verdict,) = night.verdicts
    assert verdict.decision == "ship"
    assert (verdict.lo, verdict.hi, verdict.level) == (at_end.lo, at_end.hi, 0.96)


def test_arms_share_the_error(log, experiment, tonight):
    crowd(log, visits={"none": 0.3, "mens": 0.4, "womens": 0.4}, arms=("none", "mens", "womens"))
    declared = experiment(metric=[VISIT], arms=["none", "mens", "womens"], window_days=14, planned_end=5_000)
    _, (running,), _ = tonight(declared)
    assert {each.level for each in running.verdicts} == {0.975}
    _, (over,), _ = tonight(declared.model_copy(update={"planned_end": date(2025, 1, 11)}))
    assert {each.level for each in over.verdicts} == {0.98}


def test_nothing_is_shown_of_an_experiment_whose_arms_are_not_as_planned(log, experiment, tonight):
    crowd(log, visits={"none": 0.3, "mens": 0.4})
    for person in range(200):
        log.exposed(f"more{person}", "3", "mens")
    _, (night,), _ = tonight(experiment(metric=[VISIT], window_days=14, planned_end=date(2025, 1, 11)))
    assert not night.final
    assert [each.estimate for each in night.readings] == [None] * 4
    assert all(each.reason.startswith("not read: its arms are not as large") for each in night.readings)
    (verdict,) = night.verdicts
    assert (verdict.decision, verdict.value) == ("do not read", None)


def test_a_metric_that_tells_of_few_has_no_verdict_either(log, experiment, tonight):
    crowd(log, visits={"none": 0.3, "mens": 0.01})
    _, (night,), _ = tonight(experiment(metric=[VISIT], window_days=14, planned_end=date(2025, 1, 11)))
    (verdict,) = night.verdicts
    assert (verdict.decision, verdict.value, verdict.lo, verdict.n) == ("do not read", None, None, None)
    few = "visit is not told, as in an arm it would tell of fewer than 10 people."
    assert verdict.sentence == f"Do not read mens of email: {few}"
    _, (running,), _ = tonight(experiment(metric=[VISIT], window_days=14, planned_end=2_000))
    assert running.verdicts[0].sentence == f"Keep running mens of email, for which no end can be named: {few}"


def test_what_too_few_differ_in_cannot_be_judged(log, experiment, tonight):
    crowd(log, visits={"none": 0.0, "mens": 0.0})
    metrics = [{"name": "spend", "kind": "revenue"}]
    _, (night,), _ = tonight(experiment(metric=metrics, window_days=14, planned_end=date(2025, 1, 11)))
    (verdict,) = night.verdicts
    assert verdict.sentence == (
        "Do not read mens of email: spend cannot be judged, as too few people of an arm have it or differ in it."
    )


@pytest.mark.parametrize(
    ("end", "said"), [(2_000, "big is told at the planned end."), (None, "big is not told, as no end is planned.")]
)
def test_a_quantile_waits_for_the_planned_end(log, experiment, tonight, end, said):
    crowd(log, visits={"none": 0.3, "mens": 0.4})
    _, (night,), _ = tonight(experiment(window_days=14, planned_end=end, metric=[SPENT | {"role": "goal"}]))
    assert night.verdicts[0].decision == "keep running"
    assert night.verdicts[0].sentence.endswith(said)


def test_a_ratio_rests_on_what_was_counted_and_not_on_what_was_made_of_it(experiment):
    declared = experiment(
        metric=[{"name": "per", "kind": "ratio", "numerator": "revenue", "denominator": "Order Completed"}]
    )

    def of(buyers):
        # each of few buyers bought for 20 or for 30 in one order
        total, squares = 25.0 * buyers, 650.0 * buyers
        return Joint(1_000, (total, buyers), ((squares, total), (total, buyers)), buyers)

    def ends(buyers):
        found = sequence_of(
            {Sample("email", arm, "per"): of(buyers) for arm in ("none", "mens")}, declared, "per", "mens", level=0.95
        )
        return found.lo, found.hi

    assert ends(20) == (None, None)
    assert None not in ends(40)


def test_an_arm_of_one_person_has_no_sequence(experiment):
    sums = {
        Sample("email", "none", "visit"): Joint(400, (80.0,), ((80.0,),), 80),
        Sample("email", "mens", "visit"): Joint(1, (1.0,), ((1.0,),), 1),
    }
    assert sequence_of(sums, experiment(), "visit", "mens", level=0.95) is None


def test_what_was_shipped_stands_and_earlier_nights_stay_in_the_table(log, experiment, tonight):
    crowd(log, visits={"none": 0.3, "mens": 0.3})
    declared = experiment(metric=[VISIT], window_days=14, planned_end=2_000)
    shop, (night,), _ = tonight(declared)
    (now,) = night.verdicts
    assert now.decision == "keep running"
    earlier = [
        now._replace(day=date(2025, 1, 20)),
        now._replace(day=date(2025, 1, 25), decision="ship", sentence="Ship mens: so it was."),
        now._replace(day=date(2025, 2, 3), decision="stop"),  # of a night that is not over yet
    ]
    before = ibis.memtable(as_frame(earlier).assign(stands=True))
    before = before.mutate(day=before.day.cast("date"), until=before.until.cast("date"))
    shop, nights, _ = tonight(declared, before=before)
    assert nights[0].verdicts == [earlier[1]]
    frame = verdicts_frame(shop, nights)
    assert frame[["day", "stands"]].to_numpy().tolist() == [[date(2025, 1, 20), False], [date(2025, 1, 25), True]]
    other = experiment(metric=[VISIT], window_days=13, planned_end=2_000)
    shop, nights, _ = tonight(other, before=before)
    assert nights[0].verdicts[0].decision == "keep running"
    assert nights[0].verdicts[0].definition == definition(other)
    assert "Its definition was changed after 25 January 2025" in nights[0].verdicts[0].sentence
    assert verdicts_frame(shop, nights)["stands"].tolist() == [False, False, True]


@pytest.mark.parametrize("end", [None, 100, date(2025, 1, 11)])
def test_an_experiment_that_nobody_is_in_is_not_read(log, experiment, tonight, end):
    crowd(log, visits={"none": 0.3, "mens": 0.4})
    banner = experiment(name="banner", metric=[VISIT, SPENT], planned_end=end)
    _, (_, night), _ = tonight(experiment(metric=[VISIT], window_days=14), banner)
    assert [each.sentence for each in night.verdicts] == ["Do not read banner: nobody is in it."]
    assert not any(each.estimate for each in night.readings)


def test_sessions_are_read_by_person_until_the_end_too(log, experiment, tonight):
    for arm, share in (("none", 0.3), ("mens", 0.5)):
        for person in range(300):
            name = f"{arm}{person}"
            for day in (2, 4):
                log.exposed(name, str(day), arm, session_id=f"{name}-{day}")
            if person < share * 300:
                log.add(name, "2 01:00", "Page Viewed", "web", session_id=f"{name}-2")
    declared = experiment(metric=[VISIT], unit="session", planned_end=date(2025, 3, 1), window_days=14)
    _, (night,), added = tonight(declared)
    found = shown(night)["visit", "mens", "diff"].estimate
    assert found == sequence_of(added, declared, "visit", "mens", level=0.95)
    assert (found.value, found.n) == (pytest.approx(0.1), 600)
    assert "by cluster" in found.method
