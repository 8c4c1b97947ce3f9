"""Numbers against statsmodels and scipy on rows; order, gaps and the table's form by hand."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from helpers.datasets.tables.lift import LIFT_READOUT
from helpers.errors import WrongUse
from helpers.lift import Sample, as_frame, readout
from helpers.statistics import Moments


def sample(values):
    return Moments(len(values), float(np.sum(values)), float(np.sum(np.square(values))))


def of(name, arms):
    return {Sample("email", arm, name): sums for arm, sums in arms.items()}


VISITS = of("visit", {"none": Moments(1_500, 150, 150), "mens": Moments(1_510, 270, 270)})
SPENT = {"none": np.arange(500) % 7.0, "mens": np.arange(510) % 11.0}
SPEND = of("spend", {arm: sample(values) for arm, values in SPENT.items()})


def by_place(readings):
    return {(r.arm, r.metric, r.scale): r for r in readings}


def test_every_arm_has_its_level_and_every_other_arm_its_comparisons(experiment):
    readings = readout(VISITS | SPEND, [experiment()])
    assert [(r.metric, r.scale, r.arm) for r in readings] == [
        ("visit", "level", "none"),
        ("visit", "level", "mens"),
        ("visit", "diff", "mens"),
        ("visit", "ratio", "mens"),
        ("spend", "level", "none"),
        ("spend", "level", "mens"),
        ("spend", "diff", "mens"),
        ("spend", "ratio", "mens"),
    ]


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_conversions_agree_with_statsmodels(experiment, level):
    found = by_place(readout(VISITS | SPEND, [experiment()], level=level))
    mens = found["mens", "visit", "level"].estimate
    assert (mens.value, mens.numerator, mens.n) == (270 / 1_510, 270, 1_510)
    assert mens[1:3] == pytest.approx(proportion_confint(270, 1_510, 1 - level, method="wilson"))
    for scale, compare, method in (("diff", "diff", "newcomb"), ("ratio", "ratio", "log")):
        estimate = found["mens", "visit", scale].estimate
        oracle = confint_proportions_2indep(270, 1_510, 150, 1_500, method=method, compare=compare, alpha=1 - level)
        assert estimate[1:3] == pytest.approx(oracle)
        assert (estimate.n, estimate.level) == (3_010, level)


def test_spend_agrees_with_scipy_on_rows(experiment):
    found = by_place(readout(VISITS | SPEND, [experiment()]))
    welch = stats.ttest_ind(SPENT["mens"], SPENT["none"], equal_var=False).confidence_interval()
    assert found["mens", "spend", "diff"].estimate[1:3] == pytest.approx((welch.low, welch.high))
    assert found["mens", "spend", "ratio"].estimate.value == pytest.approx(SPENT["mens"].mean() / SPENT["none"].mean())
    none = stats.t.interval(0.95, 499, SPENT["none"].mean(), stats.sem(SPENT["none"]))
    assert found["none", "spend", "level"].estimate[1:3] == pytest.approx(none)


def test_the_control_is_the_declared_one_not_the_first(experiment):
    found = by_place(readout(VISITS | SPEND, [experiment(control="mens")]))
    assert found["none", "visit", "diff"].estimate.value == pytest.approx(150 / 1_500 - 270 / 1_510)
    assert ("mens", "visit", "diff") not in found


def test_what_cannot_be_estimated_says_why(experiment):
    few = of("visit", {"none": Moments(3, 0, 0), "mens": Moments(1, 1, 1)})
    few |= of("spend", {"none": Moments(3, -5.0, 25.0), "mens": Moments(1, 4.0, 16.0)})
    found = by_place(readout(few, [experiment(arms=["none", "mens", "womens"])]))
    assert found["mens", "visit", "level"].estimate.value == 1
    assert found["mens", "visit", "diff"].estimate is not None
    assert found["mens", "visit", "ratio"].reason == "no estimate: an arm's total is not above zero"
    assert found["womens", "visit", "level"].reason == "no estimate: too few people in an arm"
    assert found["mens", "spend", "level"].reason == "no estimate: too few people in an arm"
    assert found["none", "spend", "level"].estimate.value == pytest.approx(-5 / 3)
    assert all((reading.estimate is None) == bool(reading.reason) for reading in found.values())


def test_a_level_out_of_range_is_refused_before_anything_else(experiment):
    with pytest.raises(WrongUse, match="level is 95"):
        readout({}, [experiment()], level=95)


def test_the_frame_has_the_declared_columns_and_keeps_gaps_missing(experiment):
    readings = readout(VISITS, [experiment()], level=0.8)
    frame = as_frame(readings, level=0.8)
    assert list(frame.columns) == LIFT_READOUT.column_names
    assert set(frame["level"]) == {0.8}
    told = frame.set_index(["arm", "metric", "scale"])
    assert told.loc[("mens", "visit", "level"), "numerator"] == 270
    assert told.loc[("mens", "visit", "level"), "method"] == "Wilson score"
    assert told.loc[("mens", "spend", "diff"), ["value", "lo", "hi", "numerator"]].isna().all()
    assert told.loc[("mens", "spend", "diff"), "method"].startswith("no estimate")
    assert told.loc[("mens", "spend", "diff"), "n"] == 0
