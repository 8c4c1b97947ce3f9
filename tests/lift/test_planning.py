"""Guardrails by hand, plans against statsmodels, groups and days against the whole."""

from datetime import date, datetime

import ibis
import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import NormalIndPower

from helpers.lift import (
    Reading,
    Sample,
    by_day,
    daily_sums,
    days_figure,
    exposures,
    guards,
    outcomes,
    paces,
    plans,
    readout,
    sliced,
    sums,
)
from helpers.lift.nights import sequence_of
from helpers.statistics import Estimate, Joint, Moments

NEXT_MONTH = datetime(2025, 2, 1)
VISIT = {"kind": "conversion", "event": "Page Viewed"}
GUARDRAIL = VISIT | {"name": "stays", "role": "guardrail", "smallest_effect": 0.02}
GOAL = {"name": "spend", "kind": "revenue"}


def reading(lo, hi, metric="stays"):
    estimate = None if lo is None else Estimate((lo + hi) / 2, lo, hi, 0.95, 1_000, "by hand")
    return Reading("email", "mens", metric, "conversion", "diff", estimate, 1_000)


@pytest.mark.parametrize(
    ("lo", "hi", "up", "down"),
    [
        (-0.01, 0.03, "holds", "open"),
        (-0.03, 0.03, "open", "open"),
        (-0.05, -0.03, "broken", "holds"),
        (0.03, 0.05, "holds", "broken"),
        (-0.02, 0.01, "open", "holds"),  # a loss of exactly the margin is not ruled out
        (None, None, "unknown", "unknown"),
    ],
)
def test_a_guardrail_holds_where_a_larger_loss_is_ruled_out(experiment, lo, hi, up, down):
    for direction, state in (("up", up), ("down", down)):
        declared = experiment(metric=[GOAL, GUARDRAIL | {"direction": direction}])
        (guard,) = guards(
            declared, [reading(lo, hi), reading(lo, hi, "spend"), reading(lo, hi)._replace(scale="ratio")]
        )
        assert (guard.state, guard.margin) == (state, 0.02)


def test_plans_agree_with_statsmodels(experiment):
    metrics = [GOAL | {"smallest_effect": 0.5}, {"name": "other", "kind": "revenue"}]
    declared = experiment(arms=["none", "mens", "womens"], metric=metrics)
    values = np.random.default_rng(1).normal(10, 4, 800)
    control = Moments(800, values.sum(), np.square(values).sum())
    known = {Sample("email", arm, "spend"): control._replace(n=n) for arm, n in (("mens", 400), ("none", 800))}
    known[Sample("email", "mens", "spend")] = Moments(400, 4_000.0, 46_400.0)
    known |= {Sample("email", arm, "other"): Moments(50, 100.0, 200.0) for arm in declared.arms}  # does not vary
    (plan,) = plans(known, declared, pace=90, level=0.9)
    assert (plan.arm, plan.metric) == ("mens", "spend")
    power, deviation = NormalIndPower(), values.std(ddof=1)
    alpha = 0.8 * 0.1 / 2  # of either arm; a fifth of the error is left to the looks before
    assert plan.power == pytest.approx(power.power(0.5 / deviation, 400, alpha, ratio=2))
    at_it = power.power(plan.detectable / deviation, 400, alpha / 2, ratio=2, alternative="larger")
    assert at_it == pytest.approx(0.8)
    alone = power.power(0.5 / deviation, plan.needed / 3, alpha / 2, ratio=2, alternative="larger")
    assert alone == pytest.approx(0.8, abs=0.002)
    assert plan.days == np.ceil((plan.needed - 1_200) / 60)


@pytest.mark.parametrize("shares", [None, {"none": 0.6, "mens": 0.3, "womens": 0.1}])
def test_plans_of_uneven_arms_agree_with_statsmodels(experiment, shares):
    """An arm that is planned to be small needs more people, and they come slowly."""
    sizes = shares or dict.fromkeys(("none", "mens", "womens"), 1 / 3)
    declared = experiment(arms=list(sizes), metric=[GOAL | {"smallest_effect": 0.5}]).model_copy(
        update={"shares": shares}
    )
    # each person has 8 or 12
    known = {
        Sample("email", arm, "spend"): Moments(n, 10.0 * n, 104.0 * n)
        for arm, share in sizes.items()
        if (n := round(share * 300))
    }
    deviation = 2 * np.sqrt(sizes["none"] * 300 / (sizes["none"] * 300 - 1))
    for plan in plans(known, declared, pace=10):
        ratio = sizes["none"] / sizes[plan.arm]
        treated = NormalIndPower().solve_power(
            0.5 / deviation, alpha=0.010, power=0.8, ratio=ratio, alternative="larger"
        )
        assert plan.needed == pytest.approx(treated * (1 + ratio), abs=1)
        both = sizes["none"] + sizes[plan.arm]
        assert plan.days == np.ceil((plan.needed - 300 * both) / (10 * both))


def test_where_enough_came_no_days_are_missing_and_what_is_not_declared_is_not_told(experiment):
    sample = Moments(90_000, 9_000.0, 9_000.0)
    known = {Sample("email", arm, metric): sample for arm in ("none", "mens") for metric in ("visit", "spend")}
    visit = VISIT | {"name": "visit", "smallest_effect": 0.01}
    first, second = plans(known, experiment(metric=[visit, GOAL]), pace=1)
    assert (first.days, first.power > 0.99) == (0, True)
    assert (second.power, second.needed, second.days) == (None, None, None)


def test_the_pace_is_that_of_the_days_of_exposure(log, experiment):
    for day in range(2, 12):
        log.exposed(f"a{day}", str(day), "none").exposed(f"b{day}", str(day), "mens")
    exposed = exposures(log.table(), [experiment(), experiment(name="other")], moment=NEXT_MONTH)
    assert paces(exposed, [experiment(), experiment(name="other")]) == {"email": 20 / 9}
    stores = experiment(cluster="area")
    areas = told({f"{arm}{day}": f"{arm}{day % 2}" for day in range(2, 12) for arm in "ab"})
    exposed = exposures(log.table(), [stores], moment=NEXT_MONTH, attributes=areas)
    assert paces(exposed, [stores]) == {"email": 4 / 9}


def crowd(log, n=400):
    """People with an area, who spend more in the north and when they got the e-mail."""
    rng, areas = np.random.default_rng(2), {}
    for person in range(n):
        name, arm = f"p{person}", ("none", "mens")[person % 2]
        areas[name] = "north" if person % 4 < 2 else "south"
        log.exposed(name, str(2 + person % 5), arm)
        spent = rng.gamma(4, 5) * (2 if areas[name] == "north" and arm == "mens" else 1)
        log.money(name, "8", f"{spent:.2f}").visit(name, "8")
    return areas


def told(areas):
    frame = pd.DataFrame({"profile_id": areas.keys(), "name": "area", "value": areas.values()})
    return ibis.memtable(frame.assign(valid_from=datetime(2024, 1, 1)).astype({"valid_from": "datetime64[us]"}))


def rows_of(log, experiments):
    events = log.table()
    return outcomes(events, exposures(events, experiments, moment=NEXT_MONTH), experiments)


def test_groups_show_the_goal_apart_and_are_held_against_each_other(log, experiment):
    areas = crowd(log)
    declared = experiment(
        slices=["area"], metric=[GOAL, {"name": "visit", "kind": "conversion", "event": "Page Viewed"}]
    )
    rows = rows_of(log, [declared])
    north, south = sliced(rows, told(areas), declared)
    assert (north.attribute, north.value, south.value) == ("area", "north", "south")
    assert {north.reading.metric, south.reading.metric} == {"spend"}
    for each in (north, south):
        mine = rows.filter(
            rows.metric == "spend", rows.profile_id.isin([k for k, v in areas.items() if v == each.value])
        )
        by_arm = mine.execute().astype({"value": float}).groupby("variation")["value"].mean()
        assert each.reading.estimate.value == pytest.approx(by_arm["mens"] - by_arm["none"])
        assert each.reading.n == 200
    assert north.reading.p_holm == pytest.approx(min(1, 2 * north.reading.p))
    assert south.reading.p_bh is None


@pytest.mark.parametrize("change", ["few of one value", "few without a value"])
def test_an_attribute_that_would_tell_of_few_is_left_out_as_a_whole(log, experiment, change):
    areas = crowd(log)
    few = [f"p{person}" for person in range(4)]
    areas = {k: v for k, v in areas.items() if k not in few} | (
        dict.fromkeys(few, "east") if change == "few of one value" else {}
    )
    assert sliced(rows_of(log, [experiment()]), told(areas), experiment(slices=["area"], metric=[GOAL])) == []


def test_the_effect_by_day_ends_at_the_effect(log, experiment):
    crowd(log, 600)
    declared = experiment(metric=[GOAL, GUARDRAIL])
    rows = rows_of(log, [declared])
    days = by_day(daily_sums(rows, [declared]), declared)
    assert days["day"].tolist() == [date(2025, 1, day) for day in range(2, 7)]
    whole = next(each for each in readout(sums(rows, [declared]), [declared]) if each.scale == "diff")
    always = sequence_of(sums(rows, [declared]), declared, "spend", "mens", level=0.95)
    assert days.iloc[-1][["value", "lo", "hi"]].tolist() == pytest.approx(always[:3])
    assert always.value == pytest.approx(whole.estimate.value)
    assert always.hi - always.lo > 1.5 * (whole.estimate.hi - whole.estimate.lo)
    told_of = days_figure(declared, days, currency="USD", level=0.95)
    assert told_of["title"].startswith("email: spend against none: mens +$")
    assert "19 in 20" in told_of["subtitle"]


def test_days_of_few_people_are_left_out(log, experiment):
    log.exposed("a", "2", "none").exposed("b", "2", "mens").money("a", "3", "1").money("b", "3", "2")
    for person in range(120):
        log.exposed(f"p{person}", "4", ("none", "mens")[person % 2]).money(f"p{person}", "5", str(9 + person % 7))
    declared = experiment(metric=[GOAL])
    days = by_day(daily_sums(rows_of(log, [declared]), [declared]), declared)
    assert days["day"].tolist() == [date(2025, 1, 4)]


def test_a_sample_of_variables_that_do_not_vary_is_no_plan(experiment):
    same = Joint(30, (90.0,), ((270.0,),), 30)
    assert plans({Sample("email", arm, "spend"): same for arm in ("none", "mens")}, experiment(), pace=1) == []
